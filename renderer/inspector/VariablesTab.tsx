import { renameNamespace } from '../../shared/model/edits/renames.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { usesOfVariable } from '../../shared/references/findUses.ts';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { FormRow } from './controls/FormRow.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { UsedBy } from './UsedBy.tsx';
import { useVariableScope } from './variables/VariableScope.tsx';

const words = strings.inspector.action;

interface VariablesTabProps extends ActionFormProps {
  provider: Provider;
}

/** The namespace of an action, what it tells later ones, and what it can use itself. */
export function VariablesTab({ inspected, stageName, action, path, provider }: VariablesTabProps) {
  const { pipeline, problems, apply } = inspected;
  const scope = useVariableScope();
  const made = [
    ...provider.outputVariables.map(({ name, help }) => ({ name, help: strings.provided.text(help) })),
    ...(action.outputVariables ?? []).map((name) => ({ name, help: words.readAtTheEnd })),
  ];
  const makesVariables = made.length > 0 || provider.dynamicOutputVariables !== undefined;
  return (
    <>
      {makesVariables ? (
        <FormRow
          label={words.namespace}
          optional
          help={words.namespaceHelp}
          problems={problemsAt(problems, `${stageName}/${action.name}`, 'namespace')}
        >
          {(ids) => (
            <TextControl
              ids={ids}
              value={action.namespace ?? ''}
              placeholder={`${action.name}Variables`.replace(/[^A-Za-z0-9@_-]/g, '')}
              onCommit={(text) => apply(renameNamespace(pipeline, path, text.trim()))}
            />
          )}
        </FormRow>
      ) : (
        <p className={styles.quiet}>{words.noVariables}</p>
      )}
      {action.namespace && (
        <UsedBy name={words.usesOfNamespace(action.namespace)} uses={usesOfVariable(pipeline, action.namespace)} />
      )}
      {made.length > 0 && (
        <>
          <h4 className={styles.heading}>{words.tells}</h4>
          <dl className={styles.variables}>
            {made.map(({ name, help }) => (
              <div key={name}>
                <dt>{action.namespace ? `#{${action.namespace}.${name}}` : name}</dt>
                <dd>{strings.provided.text(help)}</dd>
              </div>
            ))}
          </dl>
        </>
      )}
      {provider.dynamicOutputVariables && (
        <p className={styles.quiet}>{words.also(strings.provided.text(provider.dynamicOutputVariables))}</p>
      )}
      <h4 className={styles.heading}>{words.canUse}</h4>
      {scope
        .filter(({ reason }) => reason === undefined)
        .map(({ namespace, title, where, keys, dynamic }) => (
          <section key={`${where}:${namespace}`} aria-label={title}>
            <p className={styles.variableGroup}>{title}</p>
            <dl className={styles.variables}>
              {keys.map(({ key, help }) => (
                <div key={key}>
                  <dt>{`#{${namespace}.${key}}`}</dt>
                  <dd>{strings.provided.text(help)}</dd>
                </div>
              ))}
            </dl>
            {dynamic && <p className={styles.quiet}>{words.also(strings.provided.text(dynamic))}</p>}
          </section>
        ))}
      {scope.some(({ reason }) => reason !== undefined) && (
        <>
          <h4 className={styles.heading}>{words.cannotUse}</h4>
          <dl className={styles.variables}>
            {scope
              .filter(({ reason }) => reason !== undefined)
              .map(({ namespace, where, reason }) => (
                <div key={`${where}:${namespace}`}>
                  <dt>{namespace}</dt>
                  <dd>{reason}</dd>
                </div>
              ))}
          </dl>
        </>
      )}
    </>
  );
}
