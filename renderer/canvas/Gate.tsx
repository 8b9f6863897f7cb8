import styles from './Gate.module.css';

/**
 * The transition into a stage: a sluice gate on the line between two lanes. It stands open, and shows when an execution waits
 * in front of it for the stage to be free.
 */
export function Gate({ stageName, isWaiting }: { stageName: string; isWaiting: boolean }) {
  const label = `Transition into ${stageName}: enabled${isWaiting ? ', an execution waits' : ''}`;
  return (
    <div className={styles.gate} role="img" aria-label={label} title={label} data-waiting={isWaiting || undefined}>
      <svg width="36" height="40" viewBox="0 0 36 40" aria-hidden="true">
        <path className={styles.line} d="M0 22H8M28 22H36" />
        <path className={styles.frame} d="M10 33V7M26 33V7M7 7H29" />
        <rect className={styles.leaf} x="12.5" y="10" width="11" height="7" rx="1.5" />
        <path className={styles.water} d="M8 22H28" />
      </svg>
      {isWaiting && <span className={styles.waiting}>1</span>}
    </div>
  );
}
