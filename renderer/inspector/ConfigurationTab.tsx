import { useMemo } from 'react';
import { renameAction } from '../../shared/model/edits/renames.ts';
import { regionNames } from '../../shared/model/regionNames.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { usesOfWhole } from '../../shared/references/findUses.ts';
import { FixButtons } from '../problems/FixButtons.tsx';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { ActionTypeField } from './ActionTypeField.tsx';
import { ArtifactsForm } from './ArtifactsForm.tsx';
import { ConfigurationField } from './ConfigurationField.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { PairsControl } from './controls/PairsControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { VariablePicker } from './controls/VariablePicker.tsx';
import { DeclarationFields } from './DeclarationFields.tsx';
import { setActionField, setConfiguration } from './edits/actionEdits.ts';
import { actionDrawers } from './edits/drawers.ts';
import { EXAMPLES } from './examples.ts';
import { integerOf, isRequired, problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { UsedBy } from './UsedBy.tsx';

interface ConfigurationTabProps extends ActionFormProps {
  provider: Provider;
  problems: readonly Problem[];
}

/** The declaration of an action as a form: what AWS demands first, then the rest of its keys, then how it is run. */
export function ConfigurationTab({ inspected, stageName, action, path, provider, problems }: ConfigurationTabProps) {
  const { pipeline, apply } = inspected;
  const where = `${stageName}/${action.name}`;
  const configuration = action.configuration ?? {};
  const inputArtifacts = (action.inputArtifacts ?? []).map(({ name }) => name);
  const runOrder = action.runOrder ?? 1;
  const uses = useMemo(() => usesOfWhole(pipeline, stageName, action), [pipeline, stageName, action]);
  const at = (field: string) => problemsAt(problems, where, field);
  const fieldsAt = new Set([...Object.keys(provider.configuration), ...KNOWN]);
  const others = problems.filter(
    ({ field }) => field === undefined || !fieldsAt.has(field.replace(/^configuration\./, '').split('.')[0]!),
  );

  const rename = (to: string) => {
    if (apply(renameAction(pipeline, stageName, action.name, to.trim())))
      actionDrawers.move(inspected.documentId, where, `${stageName}/${to.trim()}`);
  };
  const field = (key: string) => (
    <ConfigurationField
      key={key}
      field={provider.configuration[key]!}
      value={Object.hasOwn(configuration, key) ? configuration[key]! : ''}
      isRequired={isRequired(provider.configuration[key]!.required, configuration, inputArtifacts.length)}
      problems={at(key)}
      inputArtifacts={inputArtifacts}
      onCommit={(value) => apply(setConfiguration(action, path, key, value))}
    />
  );
  const keys = Object.keys(provider.configuration);
  const isPlain = (key: string) =>
    !Object.hasOwn(configuration, key) &&
    at(key).length === 0 &&
    !isRequired(provider.configuration[key]!.required, configuration, inputArtifacts.length);
  const optional = keys.filter(isPlain);
  const folded = optional.length > 3 ? optional : [];
  const unknown = Object.entries(configuration).filter(([key]) => !Object.hasOwn(provider.configuration, key));

  const listed = provider.freeConfiguration ? Object.entries(configuration) : unknown;

  return (
    <>
      {others.map((problem) => (
        <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
          <strong>{strings.messages.text(problem.what)}</strong> {strings.messages.text(problem.fix)}{' '}
          <FixButtons problem={problem} />
        </p>
      ))}
      <FormRow label={strings.inspector.action.name} problems={at('name')}>
        {(ids) => <TextControl ids={ids} value={action.name} onCommit={rename} />}
      </FormRow>
      <ActionTypeField {...{ inspected, stageName, action, path, provider }} />
      <ArtifactsForm inspected={inspected} stageName={stageName} action={action} path={path} provider={provider} />
      {keys.filter((key) => !folded.includes(key)).map(field)}
      <DeclarationFields inspected={inspected} stageName={stageName} action={action} path={path} provider={provider} />
      {(provider.freeConfiguration || unknown.length > 0) && (
        <FormRow
          group
          label={
            provider.freeConfiguration ? strings.inspector.action.configuration : strings.inspector.action.unknownKeys
          }
          help={provider.freeConfiguration ? strings.inspector.action.configurationHelp : undefined}
          aside={listed.length > 0 && <VariablePicker fieldLabel={strings.inspector.action.configuration} />}
          problems={at('configuration')}
        >
          {() => (
            <PairsControl
              itemLabel={strings.inspector.action.key}
              pairs={listed}
              keyPlaceholder={strings.inspector.action.addKey}
              takesVariables
              onChange={(pairs) =>
                apply(
                  setActionField(action, path, 'configuration', {
                    ...Object.fromEntries(
                      Object.entries(configuration).filter(([key]) => Object.hasOwn(provider.configuration, key)),
                    ),
                    ...Object.fromEntries(pairs),
                  }),
                )
              }
            />
          )}
        </FormRow>
      )}
      {folded.length > 0 && (
        <details className={styles.fold}>
          <summary>{strings.inspector.action.moreSettings(folded.length)}</summary>
          {folded.map(field)}
        </details>
      )}
      <details className={styles.fold} open={at('runOrder').length + at('roleArn').length + at('region').length > 0}>
        <summary>{strings.inspector.action.place}</summary>
        <FormRow
          label={strings.inspector.action.runOrder}
          help={strings.inspector.action.runOrderHelp}
          problems={at('runOrder')}
        >
          {(ids) => (
            <TextControl
              ids={ids}
              inputMode="numeric"
              value={String(runOrder)}
              onCommit={(text) => {
                const value = integerOf(text);
                apply(
                  value === undefined || value < 1 || value > 999
                    ? { refused: strings.inspector.action.runOrderFault }
                    : setActionField(action, path, 'runOrder', value),
                );
              }}
            />
          )}
        </FormRow>
        <FormRow
          label={strings.inspector.action.region}
          optional
          help={provider.crossRegion ? strings.inspector.action.regionHelp : strings.inspector.action.regionFixed}
          problems={at('region')}
        >
          {(ids) => (
            <TextControl
              ids={ids}
              suggestions={provider.crossRegion ? regionNames : undefined}
              value={action.region ?? ''}
              placeholder={EXAMPLES.region}
              onCommit={(text) => apply(setActionField(action, path, 'region', text.trim()))}
            />
          )}
        </FormRow>
        <FormRow
          label={strings.inspector.action.roleArn}
          optional
          help={strings.inspector.action.roleArnHelp}
          problems={at('roleArn')}
        >
          {(ids) => (
            <TextControl
              ids={ids}
              mono
              value={action.roleArn ?? ''}
              placeholder={EXAMPLES.roleArn}
              onCommit={(text) => apply(setActionField(action, path, 'roleArn', text.trim()))}
            />
          )}
        </FormRow>
        {provider.timeoutConfigurable && (
          <FormRow
            label={strings.inspector.action.timeout}
            optional
            help={strings.inspector.action.timeoutHelp(provider.timeoutMinutes)}
            problems={at('timeoutInMinutes')}
          >
            {(ids) => (
              <TextControl
                ids={ids}
                inputMode="numeric"
                value={action.timeoutInMinutes === undefined ? '' : String(action.timeoutInMinutes)}
                onCommit={(text) => {
                  const value = integerOf(text);
                  apply(
                    text.trim() !== '' && value === undefined
                      ? { refused: strings.inspector.action.timeoutFault }
                      : setActionField(action, path, 'timeoutInMinutes', value),
                  );
                }}
              />
            )}
          </FormRow>
        )}
      </details>
      {uses.length > 0 && (
        <details className={styles.fold}>
          <summary>{strings.inspector.action.usedByFields(uses.length)}</summary>
          <UsedBy name={action.name} uses={uses} />
        </details>
      )}
    </>
  );
}

/** Fields whose problems stand at a control of this tab; all others are listed at its top. */
const KNOWN = [
  'name',
  'actionTypeId',
  'configuration',
  'runOrder',
  'region',
  'roleArn',
  'timeoutInMinutes',
  'inputArtifacts',
  'outputArtifacts',
  'commands',
  'environmentVariables',
  'outputVariables',
];
