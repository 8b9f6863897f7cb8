import { stageViewOf, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { RetryIcon } from '../ui/icons.ts';
import styles from './run.module.css';
import { retryStage } from './runPipeline.ts';

/** Retry of a failed stage, for its header and for the banner above the log. Renders nothing where none is possible. */
export function StageActions({
  stageName,
  isCompact = false,
  onRetry,
}: {
  stageName: string;
  isCompact?: boolean;
  /** A retry was asked for: the buttons are about to go. Unless it says otherwise, the canvas takes the focus. */
  onRetry?: (() => void) | undefined;
}) {
  const isRetryable = useExecution((store) => store.at === 'live' && stageViewOf(stageName)(store).isRetryable);
  const shownId = useExecution((store) => store.shownId);
  if (!isRetryable || shownId === null) return null;
  const texts = strings.run.retry;
  const retry = (retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS') => {
    if (onRetry) onRetry();
    else document.querySelector<HTMLElement>('[data-canvas]')?.focus({ preventScroll: true });
    void retryStage(shownId, stageName, retryMode);
  };
  return (
    <span className={`${styles.stageActions} nodrag nopan`} data-compact={isCompact}>
      <Button icon={RetryIcon} title={texts.failedHelp} onClick={() => retry('FAILED_ACTIONS')}>
        {isCompact ? texts.failed : texts.failedLong}
      </Button>
      <Button aria-label={texts.allLong} title={texts.allHelp} onClick={() => retry('ALL_ACTIONS')}>
        {isCompact ? texts.all : texts.allLong}
      </Button>
    </span>
  );
}
