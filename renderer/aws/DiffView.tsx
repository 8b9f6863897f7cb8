import { useMemo } from 'react';
import { strings } from '../strings/strings.ts';
import styles from './aws.module.css';
import { textDiff } from './textDiff.ts';

const SIGNS = { added: '+', removed: '−', same: ' ', gap: '…' } as const;
/** More rows than anyone reads would only slow the dialog down. */
const MOST_ROWS = 5000;

/** Two texts as one list of changed lines: marked by sign and ground, never by colour alone. */
export function DiffView({
  before,
  after,
  label,
  same = strings.aws.diff.same,
}: {
  before: string;
  after: string;
  label: string;
  /** Said instead where both are the same. */
  same?: string;
}) {
  const texts = strings.aws.diff;
  const { lines, added, removed } = useMemo(() => textDiff(before, after), [before, after]);
  if (lines.length === 0) return <p className={styles.quiet}>{same}</p>;
  const shown = lines.slice(0, MOST_ROWS);
  return (
    <>
      <p className={styles.quiet}>{texts.counts(added, removed)}</p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reachable by keyboard. */}
      <section className={styles.diff} tabIndex={0} aria-label={label}>
        {shown.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the rows of one difference are made anew together.
          <div key={index} className={styles.diffLine} data-kind={line.kind}>
            <span className={styles.lineNumber} aria-hidden="true">
              {line.after ?? line.before}
            </span>
            <span className={styles.sign} aria-hidden="true">
              {SIGNS[line.kind]}
            </span>
            <span className={styles.lineText}>
              <span className="visually-hidden">
                {line.kind === 'added' || line.kind === 'removed' ? texts[line.kind] : ''}
              </span>
              {line.text}
            </span>
          </div>
        ))}
        {lines.length > shown.length && <p className={styles.quiet}>{texts.more(lines.length - shown.length)}</p>}
      </section>
    </>
  );
}
