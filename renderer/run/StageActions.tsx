import { stageViewOf, useExecution } from '../state/executionStore.ts';
import { Button } from '../ui/Button.tsx';
import { RetryIcon } from '../ui/icons.ts';
import styles from './run.module.css';
import { retryStage } from './runPipeline.ts';

/** Retry of a failed stage, for its header and for the banner above the log. Renders nothing where none is possible. */
export function StageActions({ stageName, isCompact = false }: { stageName: string; isCompact?: boolean }) {
  const isRetryable = useExecution((store) => store.at === 'live' && stageViewOf(stageName)(store).isRetryable);
  const shownId = useExecution((store) => store.shownId);
  if (!isRetryable || shownId === null) return null;
  return (
    <span className={`${styles.stageActions} nodrag nopan`} data-compact={isCompact}>
      <Button
        icon={RetryIcon}
        title="Runs only the actions that failed, with the artifacts as they are"
        onClick={() => void retryStage(shownId, stageName, 'FAILED_ACTIONS')}
      >
        {isCompact ? 'Retry failed' : 'Retry failed actions'}
      </Button>
      <Button
        variant="quiet"
        aria-label="Retry all actions"
        title="Runs the whole stage again from its first action"
        onClick={() => void retryStage(shownId, stageName, 'ALL_ACTIONS')}
      >
        {isCompact ? 'All' : 'Retry all actions'}
      </Button>
    </span>
  );
}
