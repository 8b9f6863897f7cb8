import styles from './Gate.module.css';

/**
 * The transition into a stage: a sluice gate on the line between two lanes. It stands open, and shows when an execution waits
 * in front of it for the stage to be free.
 */
export function Gate({ stageName, isWaiting }: { stageName: string; isWaiting: boolean }) {
  const label = `Transition into ${stageName}: enabled${isWaiting ? ', an execution waits' : ''}`;
  return (
    <div className={styles.gate} role="img" aria-label={label} title={label} data-waiting={isWaiting || undefined}>
      <svg width="44" height="40" viewBox="0 0 44 40" aria-hidden="true">
        <path className={styles.line} d="M0 22H12M32 22H44" />
        <path className={styles.frame} d="M14 34V7M30 34V7M11 7H33" />
        <rect className={styles.leaf} x="16.5" y="10" width="11" height="7" rx="1.5" />
        <path className={styles.water} d="M12 22H32" />
      </svg>
      {isWaiting && <span className={styles.waiting}>1</span>}
    </div>
  );
}
