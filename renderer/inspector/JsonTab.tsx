import { useMemo } from 'react';
import { CopyButton } from './controls/CopyButton.tsx';
import styles from './Inspector.module.css';

/** The declaration of the selection as AWS has it. */
export function JsonTab({ value, name }: { value: unknown; name: string }) {
  const text = useMemo(() => JSON.stringify(value, null, 2), [value]);
  return (
    <>
      <div className={styles.jsonHead}>
        <span className={styles.quiet}>Read-only</span>
        <CopyButton text={text} label={`Copy the JSON of ${name}`} />
      </div>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section tabIndex={0} aria-label={`JSON of ${name}`} className={styles.json}>
        <pre>{text}</pre>
      </section>
    </>
  );
}
