import { Fragment } from 'react';
import type { ArtifactRecord } from '../../shared/execution/events.ts';
import { type ActionAttempt, actionOf, attemptsOf } from '../../shared/execution/executionState.ts';
import { PausedView } from '../debug/PausedView.tsx';
import { reasonsAt } from '../run/whyHere.ts';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { fidelityText } from '../ui/fidelityText.ts';
import { fileSizeText } from '../ui/fileSizeText.ts';
import styles from './History.module.css';

/** Variables and artifacts at the shown instant: of the selected action, else of the whole execution. */
export function InstantFacts({ selection }: { selection: string }) {
  const state = useExecution((store) => store.state);
  if (!state) return null;
  const texts = strings.history.facts;
  const [stageName = '', actionName] = selection.split('/', 2);
  const action = actionName ? actionOf(state, stageName, actionName) : undefined;

  if (actionName && !action)
    return (
      <div className={styles.facts}>
        <h2>{actionName}</h2>
        <p className={styles.quiet}>{texts.notStarted}</p>
        <Reasons where={selection} />
        <Paused stageName={stageName} actionName={actionName} />
      </div>
    );
  if (action)
    return (
      <div className={styles.facts}>
        <h2>{action.actionName}</h2>
        <p className={styles.quiet}>
          {texts.attempt(action.attempt, attemptsOf(action).length, fidelityText(action.fidelity))}
        </p>
        <Reasons where={selection} />
        <Paused stageName={stageName} actionName={action.actionName} />
        {action.errorDetails && (
          <p className={styles.fault}>
            {action.errorDetails.message} {action.errorDetails.fix}
          </p>
        )}
        {action.approval?.answer && <p>{answerText(action.approval.answer)}</p>}
        <Values title={texts.configuration} values={action.resolvedConfiguration} />
        <Artifacts title={texts.inputs} artifacts={action.inputArtifacts} />
        <Artifacts title={texts.outputs} artifacts={action.outputArtifacts} />
        <Values title={texts.outputVariables} values={action.outputVariables} />
      </div>
    );

  const done = state.stages.flatMap((stage) => stage.actions.filter((one) => one !== undefined));
  const made = done.flatMap((one) => one.outputArtifacts);
  const telling = done.filter((one) => Object.keys(one.outputVariables).length > 0);
  return (
    <div className={styles.facts}>
      <h2>{texts.values}</h2>
      <Reasons where={selection} />
      <Values title={texts.variables} values={state.variables} />
      <Artifacts title={texts.artifacts} artifacts={made} />
      {telling.map((one) => (
        <Values
          key={one.actionExecutionId}
          title={texts.outputVariablesOf(`${one.stageName} / ${one.actionName}`)}
          values={one.outputVariables}
        />
      ))}
      {Object.keys(state.variables).length + made.length + telling.length === 0 && (
        <p className={styles.quiet}>{texts.nothing}</p>
      )}
    </div>
  );
}

const answerText = ({
  status,
  answeredBy,
  summary,
}: NonNullable<NonNullable<ActionAttempt['approval']>['answer']>): string =>
  strings.history.facts.answered(status, answeredBy, summary);

/** Why the selected place (or the whole execution) is as it is. */
function Reasons({ where }: { where: string }) {
  useExecution((store) => store.clockNow);
  const reasons = reasonsAt(where);
  return reasons.map((text) => <p key={text}>{text}</p>);
}

/** What can be done to an action that waits at a breakpoint; here there is no inspector to do it in. */
function Paused({ stageName, actionName }: { stageName: string; actionName: string }) {
  const view = useExecution(actionViewOf(stageName, actionName));
  const isLive = useExecution((store) => store.at === 'live');
  const shownId = useExecution((store) => store.shownId);
  if (view.pausedAt === '' || !isLive || shownId === null) return null;
  return (
    <PausedView
      key={`${stageName}/${actionName}/${view.pausedAt}`}
      pipelineExecutionId={shownId}
      stageName={stageName}
      actionName={actionName}
    />
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
              {fileSizeText(artifact.size)} · {artifact.digest.slice(0, 12)}
            </dd>
          </Fragment>
        ))}
      </dl>
    </>
  );
}
