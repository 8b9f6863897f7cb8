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
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable by keyboard. */}
      <pre role="region" className={styles.json} tabIndex={0} aria-label={`JSON of ${name}`}>
        {text}
      </pre>
    </>
  );
}
