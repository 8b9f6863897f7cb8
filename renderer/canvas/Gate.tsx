import styles from './Gate.module.css';

/**
 * The transition into a stage: a sluice gate on the line between two lanes, its leaf raised. It shows when an execution waits
 * in front of it for the stage to be free.
 */
export function Gate({ stageName, isWaiting }: { stageName: string; isWaiting: boolean }) {
  const label = `Transition into ${stageName}: enabled${isWaiting ? ', an execution waits' : ''}`;
  return (
    <div className={styles.gate} role="img" aria-label={label} title={label} data-waiting={isWaiting || undefined}>
      {isWaiting && <span className={styles.waiting}>1</span>}
    </div>
  );
}
