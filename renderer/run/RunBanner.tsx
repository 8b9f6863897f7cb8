import { useExecution } from '../state/executionStore.ts';
import { FailedIcon } from '../ui/icons.ts';
import { failureOf } from './failureOf.ts';
import styles from './run.module.css';
import { chooseLog } from './runStore.ts';
import { StageActions } from './StageActions.tsx';

/** Above the log of a failed execution: what failed, why, and the ways on. */
export function RunBanner() {
  const state = useExecution((store) => store.state);
  const failure = state && failureOf(state);
  if (!failure) return null;
  const { stageName, actionName, actionExecutionId, message, fix } = failure;
  return (
    <div className={styles.banner}>
      <FailedIcon size={16} aria-hidden="true" />
      <p>
        <button type="button" className={styles.link} onClick={() => chooseLog(actionExecutionId)}>
          {stageName} / {actionName}
        </button>{' '}
        failed. {message} {fix && <span className={styles.quietInline}>{fix}</span>}
      </p>
      <StageActions stageName={stageName} isCompact />
    </div>
  );
}
