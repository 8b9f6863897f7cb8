import type { Provider } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { EnvironmentControl } from './controls/EnvironmentControl.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { ListControl } from './controls/ListControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { VariablePicker } from './controls/VariablePicker.tsx';
import { setActionField } from './edits/actionEdits.ts';
import { EXAMPLES } from './examples.ts';
import { problemsAt } from './fieldState.ts';

interface DeclarationFieldsProps extends ActionFormProps {
  provider: Provider;
}

/** Fields of an action outside its configuration that some types take: commands, their environment, their variables. */
export function DeclarationFields({ inspected, stageName, action, path, provider }: DeclarationFieldsProps) {
  const { problems, apply } = inspected;
  const where = `${stageName}/${action.name}`;
  const takes = (field: 'commands' | 'environmentVariables' | 'outputVariables') =>
    provider.declarationFields?.includes(field) || (action[field]?.length ?? 0) > 0;
  return (
    <>
      {takes('commands') && (
        <FormRow
          label={strings.inspector.action.commands}
          aside={<VariablePicker fieldLabel={strings.inspector.action.commands} />}
          help={strings.inspector.action.commandsHelp}
          problems={problemsAt(problems, where, 'commands')}
        >
          {(ids) => (
            <TextControl
              ids={ids}
              mono
              multiline
              takesVariables
              rows={Math.min(14, Math.max(4, (action.commands?.length ?? 0) + 1))}
              value={(action.commands ?? []).join('\n')}
              placeholder={EXAMPLES.commands}
              onCommit={(text) =>
                apply(
                  setActionField(
                    action,
                    path,
                    'commands',
                    text.split('\n').filter((line) => line.trim() !== ''),
                  ),
                )
              }
            />
          )}
        </FormRow>
      )}
      {takes('environmentVariables') && (
        <FormRow
          group
          label={strings.inspector.action.environment}
          aside={
            (action.environmentVariables?.length ?? 0) > 0 && (
              <VariablePicker fieldLabel={strings.inspector.action.environment} />
            )
          }
          optional
          problems={problemsAt(problems, where, 'environmentVariables')}
        >
          {() => (
            <EnvironmentControl
              rows={action.environmentVariables ?? []}
              types={['PLAINTEXT', 'SECRETS_MANAGER']}
              onChange={(rows) => apply(setActionField(action, path, 'environmentVariables', rows))}
            />
          )}
        </FormRow>
      )}
      {takes('outputVariables') && (
        <FormRow
          group
          label={strings.inspector.action.outputVariables}
          optional
          help={strings.inspector.action.outputVariablesHelp}
          problems={problemsAt(problems, where, 'outputVariables')}
        >
          {() => (
            <ListControl
              itemLabel={strings.inspector.action.outputVariable}
              mono
              values={action.outputVariables ?? []}
              onChange={(names) => apply(setActionField(action, path, 'outputVariables', names))}
            />
          )}
        </FormRow>
      )}
    </>
  );
}
