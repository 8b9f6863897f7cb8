import { useMemo, useRef } from 'react';
import { findActionExecution, waitsForApproval } from '../../shared/execution/executionState.ts';
import { useExecution } from '../state/executionStore.ts';
import { ApprovalPrompt } from './ApprovalPrompt.tsx';
import { LogView } from './LogView.tsx';
import { followedAction, logChoices } from './logTarget.ts';
import { RunBanner } from './RunBanner.tsx';
import { Reports } from './reports/Reports.tsx';
import styles from './run.module.css';
import { chooseLog, useRun } from './runStore.ts';

/** The log of the running action (or of a chosen one) of the shown execution. */
export function LogPanel() {
  const state = useExecution((store) => store.state);
  const problem = useExecution((store) => store.problem);
  const shownId = useExecution((store) => store.shownId);
  const wanted = useRun((run) => run.logActionExecutionId);
  const root = useRef<HTMLDivElement>(null);
  // What was pressed is gone once it is answered; the keyboard stays where the work is.
  const keepFocus = () => root.current?.focus();
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
    <div ref={root} tabIndex={-1} className={styles.logPanel}>
      <RunBanner onRetry={keepFocus} />
      {attempt && waitsForApproval(attempt) && (
        // The same question as on the card, for a keyboard that is here and for a canvas that is out of sight.
        <div className={styles.waitsHere}>
          <h2>{attempt.actionName} waits for your answer</h2>
          <ApprovalPrompt
            stageName={attempt.stageName}
            actionName={attempt.actionName}
            onAnswered={keepFocus}
            place=" beside its log"
          />
        </div>
      )}
      <Reports reports={attempt?.reports} />
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
