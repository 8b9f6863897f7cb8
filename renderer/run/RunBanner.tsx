import { HISTORY_PLACE, useExecution } from '../state/executionStore.ts';
import { StatusIcon } from '../ui/StatusIcon.tsx';
import { endOf } from './endOf.ts';
import { failureOf } from './failureOf.ts';
import styles from './run.module.css';
import { chooseLog } from './runStore.ts';
import { StageActions } from './StageActions.tsx';

/** Above the log of an execution that ended: how it ended, why, and the ways on. */
export function RunBanner({ onRetry }: { onRetry?: () => void }) {
  const state = useExecution((store) => store.state);
  // There the head of the page says how it ended; only a failure has more to say.
  const isHistory = useExecution((store) => store.place === HISTORY_PLACE);
  const failure = state && failureOf(state);
  if (failure) {
    const { stageName, actionName, actionExecutionId, verb, message, fix } = failure;
    return (
      <div className={styles.banner} data-status="Failed">
        <StatusIcon status="Failed" size={16} />
        <p>
          <button type="button" className={styles.link} onClick={() => chooseLog(actionExecutionId)}>
            {stageName} / {actionName}
          </button>{' '}
          {verb}
          {message.startsWith('“') ? ': ' : '. '}
          {message} {fix && <span className={styles.quietInline}>{fix}</span>}
        </p>
        <StageActions stageName={stageName} isCompact onRetry={onRetry} />
      </div>
    );
  }
  const end = state && !isHistory ? endOf(state) : undefined;
  if (!end) return null;
  return (
    <div className={styles.banner} data-status={end.status}>
      <StatusIcon status={end.status} size={16} />
      <p>
        <strong>{end.text}</strong> {end.note && <span className={styles.quietInline}>{end.note}</span>}
      </p>
      <StageActions stageName={end.stageName} isCompact onRetry={onRetry} />
    </div>
  );
}
