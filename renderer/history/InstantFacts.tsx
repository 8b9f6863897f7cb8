import { Fragment } from 'react';
import type { ArtifactRecord } from '../../shared/execution/events.ts';
import { actionOf, attemptsOf } from '../../shared/execution/executionState.ts';
import { useExecution } from '../state/executionStore.ts';
import { fidelityText } from '../ui/fidelityText.ts';
import styles from './History.module.css';

const size = (bytes: number): string =>
  bytes < 1000
    ? `${bytes} B`
    : bytes < 1_000_000
      ? `${(bytes / 1000).toFixed(1)} kB`
      : `${(bytes / 1_000_000).toFixed(1)} MB`;

/** Variables and artifacts at the shown instant: of the selected action, else of the whole execution. */
export function InstantFacts({ selection }: { selection: string }) {
  const state = useExecution((store) => store.state);
  if (!state) return null;
  const [stageName = '', actionName] = selection.split('/', 2);
  const action = actionName ? actionOf(state, stageName, actionName) : undefined;

  if (actionName && !action)
    return (
      <div className={styles.facts}>
        <h2>{actionName}</h2>
        <p className={styles.quiet}>Not started at this instant.</p>
      </div>
    );
  if (action)
    return (
      <div className={styles.facts}>
        <h2>{action.actionName}</h2>
        <p className={styles.quiet}>
          Attempt {action.attempt} of {attemptsOf(action).length} so far · {fidelityText(action.fidelity)}
        </p>
        {action.errorDetails && (
          <p className={styles.fault}>
            {action.errorDetails.message} {action.errorDetails.fix}
          </p>
        )}
        {action.approval?.answer && (
          <p>
            {action.approval.answer.status} by {action.approval.answer.answeredBy}
            {action.approval.answer.summary && `: ${action.approval.answer.summary}`}
          </p>
        )}
        <Values title="Configuration as resolved" values={action.resolvedConfiguration} />
        <Artifacts title="Input artifacts" artifacts={action.inputArtifacts} />
        <Artifacts title="Output artifacts" artifacts={action.outputArtifacts} />
        <Values title="Output variables" values={action.outputVariables} />
      </div>
    );

  const done = state.stages.flatMap((stage) => stage.actions.filter((one) => one !== undefined));
  const made = done.flatMap((one) => one.outputArtifacts);
  const telling = done.filter((one) => Object.keys(one.outputVariables).length > 0);
  return (
    <div className={styles.facts}>
      <h2>Values at this instant</h2>
      <Values title="Pipeline variables" values={state.variables} />
      <Artifacts title="Artifacts" artifacts={made} />
      {telling.map((one) => (
        <Values
          key={one.actionExecutionId}
          title={`Output variables of ${one.stageName} / ${one.actionName}`}
          values={one.outputVariables}
        />
      ))}
      {Object.keys(state.variables).length + made.length + telling.length === 0 && (
        <p className={styles.quiet}>Nothing yet. Select an action to see what it was given.</p>
      )}
    </div>
  );
}

function Values({ title, values }: { title: string; values: Readonly<Record<string, string>> }) {
  const entries = Object.entries(values);
  if (entries.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className={styles.values}>
        {entries.map(([key, value]) => (
          <Fragment key={key}>
            <dt>{key}</dt>
            <dd>{value}</dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}

function Artifacts({ title, artifacts }: { title: string; artifacts: readonly ArtifactRecord[] }) {
  if (artifacts.length === 0) return null;
  return (
    <>
      <h3>{title}</h3>
      <dl className={styles.values}>
        {artifacts.map((artifact, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: an artifact of one name may be there twice, from two attempts.
          <Fragment key={index}>
            <dt>{artifact.name}</dt>
            <dd title={artifact.digest}>
              {size(artifact.size)} · {artifact.digest.slice(0, 12)}
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
