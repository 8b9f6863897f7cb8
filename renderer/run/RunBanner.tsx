import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { continuePaused, pausedHere } from '../debug/debugRun.ts';
import { HISTORY_PLACE, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { type ShownStatus, StatusIcon } from '../ui/StatusIcon.tsx';
import { endOf } from './endOf.ts';
import { failureOf } from './failureOf.ts';
import styles from './run.module.css';
import { chooseLog } from './runStore.ts';
import { StageActions } from './StageActions.tsx';
import { reasonsAt } from './whyHere.ts';

/** Above the log: how an execution ended, or what it waits for; why; and the ways on. */
export function RunBanner({ onRetry }: { onRetry?: () => void }) {
  const state = useExecution((store) => store.state);
  // There the head of the page says how it ended; only a failure has more to say.
  const isHistory = useExecution((store) => store.place === HISTORY_PLACE);
  const failure = state && failureOf(state);
  if (failure) {
    const { stageName, actionName, actionExecutionId, verb, message, isQuote, fix } = failure;
    return (
      <div className={styles.banner} data-status="Failed">
        <StatusIcon status="Failed" size={16} />
        <p>
          <button type="button" className={styles.link} onClick={() => chooseLog(actionExecutionId)}>
            {stageName} / {actionName}
          </button>{' '}
          {verb}
          {isQuote ? ': ' : '. '}
          {message} {fix && <span className={styles.quietInline}>{fix}</span>}
        </p>
        <StageActions stageName={stageName} isCompact onRetry={onRetry} />
      </div>
    );
  }
  if (!state) return null;
  if (!isFinished(state)) return <Standing state={state} />;
  // No action failed: then a condition did.
  if (state.status === 'Failed') {
    const { stageName } = state.position;
    return (
      <div className={styles.banner} data-status="Failed">
        <StatusIcon status="Failed" size={16} />
        <p>
          <strong>{strings.run.end.stageFailed(stageName)}</strong> {reasonsAt(stageName).join(' ')}
        </p>
        <StageActions stageName={stageName} isCompact onRetry={onRetry} />
      </div>
    );
  }
  const end = isHistory ? undefined : endOf(state);
  if (!end) return null;
  return (
    <div className={styles.banner} data-status={end.status} title={reasonsAt('').join('\n')}>
      <StatusIcon status={end.status} size={16} />
      <p>
        <strong>{end.text}</strong> {end.note && <span className={styles.quietInline}>{end.note}</span>}
      </p>
      <StageActions stageName={end.stageName} isCompact onRetry={onRetry} />
    </div>
  );
}

/** What an execution waits for that somebody has to do something about; nothing while it works. */
function Standing({ state }: { state: ExecutionState }) {
  const isLive = useExecution((store) => store.at === 'live');
  const paused = isLive ? pausedHere() : undefined;
  const isWaiting = state.position.at === 'entrance' && state.waiting !== undefined;
  const status: ShownStatus = paused ? 'Paused' : 'Waiting';
  const text = paused
    ? strings.run.end[paused.pausedAt === 'before' ? 'pausedBefore' : 'pausedAfter'](
        `${paused.stageName} / ${paused.actionName}`,
      )
    : isWaiting
      ? reasonsAt(state.position.stageName).join(' ')
      : '';
  if (text === '') return null;
  const others = paused ? state.stages.flatMap((stage) => Object.keys(stage.paused)).length - 1 : 0;
  return (
    <div className={styles.banner} data-status={status}>
      <StatusIcon status={status} size={16} />
      <p>
        {text} {others > 0 && <span className={styles.quietInline}>{strings.run.end.morePaused(others)}</span>}
      </p>
      {paused && <Button onClick={() => void continuePaused(paused)}>{strings.run.end.continue}</Button>}
    </div>
  );
}
