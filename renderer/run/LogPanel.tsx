import { useEffect, useMemo, useRef, useState } from 'react';
import { type ActionAttempt, findActionExecution, waitsForApproval } from '../../shared/execution/executionState.ts';
import { useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { statusText } from '../ui/StatusIcon.tsx';
import { ApprovalPrompt } from './ApprovalPrompt.tsx';
import { LogView } from './LogView.tsx';
import { findLogOf, followedAction, logChoices } from './logTarget.ts';
import { RunBanner } from './RunBanner.tsx';
import { Reports } from './reports/Reports.tsx';
import styles from './run.module.css';
import { chooseLog, setReviewing, useRun } from './runStore.ts';

/**
 * That an approval waits. The question is asked in one place: on its card while that is in view, else here. From here the
 * card is one button away, and so is an answer in this place, for a keyboard that is here.
 */
function WaitsHere({ attempt, onAnswered }: { attempt: ActionAttempt; onAnswered: () => void }) {
  const { stageName, actionName } = attempt;
  const where = `${stageName}/${actionName}`;
  const texts = strings.run.approval;
  const isLive = useExecution((store) => store.at === 'live');
  const isOnCard = useRun((run) => run.onCards.has(where));
  const [isHere, setIsHere] = useState(false);
  const root = useRef<HTMLDivElement>(null);
  const asks = isLive && (isHere || !isOnCard);
  useEffect(() => {
    if (isHere) root.current?.querySelector('textarea')?.focus();
  }, [isHere]);
  return (
    <div ref={root} className={styles.waitsHere}>
      <h2>{isLive ? texts.waits(actionName) : texts.waited(actionName)}</h2>
      {asks ? (
        <ApprovalPrompt stageName={stageName} actionName={actionName} onAnswered={onAnswered} place={texts.besideLog} />
      ) : (
        isLive && (
          <>
            <Button onClick={() => setReviewing(where)}>{texts.onCard}</Button>
            <Button variant="quiet" onClick={() => setIsHere(true)}>
              {texts.here}
            </Button>
          </>
        )
      )}
    </div>
  );
}

/** The log of the running action (or of a chosen one) of the shown execution. */
export function LogPanel() {
  const texts = strings.run.log;
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
        {strings.messages.text(problem.what)} {strings.messages.text(problem.fix)}
      </p>
    );
  if (!state || shownId === null) return <p className={styles.emptyPanel}>{texts.empty}</p>;
  const isChosen = choices.some((choice) => choice.actionExecutionId === wanted);
  const shown = isChosen ? wanted : followedAction(state);
  const attempt = shown ? findActionExecution(state, shown) : undefined;

  return (
    <div ref={root} tabIndex={-1} className={styles.logPanel}>
      <RunBanner onRetry={keepFocus} />
      {attempt && waitsForApproval(attempt) && (
        <WaitsHere key={`question of ${attempt.actionExecutionId}`} attempt={attempt} onAnswered={keepFocus} />
      )}
      <Reports reports={attempt?.reports} />
      <LogView
        key={shown ?? ''}
        pipelineExecutionId={shownId}
        attempt={attempt ?? (shown ? findLogOf(state, shown) : undefined)}
        head={
          <select
            className={styles.choice}
            aria-label={texts.of}
            value={isChosen ? wanted : ''}
            onChange={(event) => chooseLog(event.target.value)}
          >
            <option value="">
              {attempt
                ? texts.attempt(`${attempt.stageName} / ${attempt.actionName}`, attempt.attempt)
                : texts.noAction}
            </option>
            {choices.map((choice) => (
              <option key={choice.actionExecutionId} value={choice.actionExecutionId}>
                {`${choice.label} · ${statusText(choice.status).toLowerCase()}`}
              </option>
            ))}
          </select>
        }
      />
    </div>
  );
}
