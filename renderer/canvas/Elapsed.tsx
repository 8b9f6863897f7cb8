import { useExecution } from '../state/executionStore.ts';
import { runningText, shortDurationText } from '../ui/duration.ts';
import styles from './Elapsed.module.css';

/** How long something took, or takes so far. Only what still runs hears the clock. */
export function Elapsed({ startedAt, finishedAt }: { startedAt: number; finishedAt: number | undefined }) {
  const text = useExecution(({ clockNow }) =>
    finishedAt === undefined ? runningText(clockNow - startedAt) : shortDurationText(finishedAt - startedAt),
  );
  return <span className={styles.elapsed}>{text}</span>;
}
