import { useMemo } from 'react';
import { findActionExecution } from '../../shared/execution/executionState.ts';
import { useExecution } from '../state/executionStore.ts';
import { LogView } from './LogView.tsx';
import { followedAction, logChoices } from './logTarget.ts';
import { RunBanner } from './RunBanner.tsx';
import styles from './run.module.css';
import { chooseLog, useRun } from './runStore.ts';

/** The log of the running action (or of a chosen one) of the shown execution. */
export function LogPanel() {
  const state = useExecution((store) => store.state);
  const problem = useExecution((store) => store.problem);
  const shownId = useExecution((store) => store.shownId);
  const wanted = useRun((run) => run.logActionExecutionId);
  const choices = useMemo(() => (state ? logChoices(state) : []), [state]);

  if (problem)
    return (
      <p className={styles.emptyPanel} role="alert">
        {problem.what} {problem.fix}
      </p>
    );
  if (!state || shownId === null)
    return <p className={styles.emptyPanel}>Run the pipeline to see what its actions print.</p>;
  const isChosen = choices.some((choice) => choice.actionExecutionId === wanted);
  const shown = isChosen ? wanted : followedAction(state);
  const attempt = shown ? findActionExecution(state, shown) : undefined;

  return (
    <div className={styles.logPanel}>
      <RunBanner />
      <LogView
        key={shown ?? ''}
        pipelineExecutionId={shownId}
        attempt={attempt}
        head={
          <select
            className={styles.choice}
            aria-label="Log of"
            value={isChosen ? wanted : ''}
            onChange={(event) => chooseLog(event.target.value)}
          >
            <option value="">
              {attempt ? `${attempt.stageName} / ${attempt.actionName} · attempt ${attempt.attempt}` : 'No action yet'}
              {state.status === 'InProgress' ? ' (following the run)' : ''}
            </option>
            {choices.map((choice) => (
              <option key={choice.actionExecutionId} value={choice.actionExecutionId}>
                {`${choice.label} · ${choice.status === 'InProgress' ? 'in progress' : choice.status.toLowerCase()}`}
              </option>
            ))}
          </select>
        }
      />
    </div>
  );
}
