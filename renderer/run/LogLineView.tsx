import { memo } from 'react';
import { strings } from '../strings/strings.ts';
import { kindOf } from './findInLog.ts';
import styles from './log.module.css';
import { parseLogLine } from './logLine.ts';

interface LogLineViewProps {
  raw: string;
  /** From 1; undefined while the beginning of the log is not held. */
  number: number | undefined;
  top: number;
  isMarked: boolean;
  isMatch: boolean;
  /** Printed after the shown instant. */
  isLater?: boolean;
  /** Given where lines wrap: then each has its own height. */
  measure?: ((element: HTMLElement | null) => void) | undefined;
  index: number;
}

/** One line, its colours as class names of ours; everything it says is text. */
export const LogLineView = memo(function LogLineView({
  raw,
  number,
  top,
  isMarked,
  isMatch,
  isLater = false,
  measure,
  index,
}: LogLineViewProps) {
  const { spans, overwritten } = parseLogLine(raw);
  return (
    <div
      ref={measure}
      data-index={index}
      className={styles.line}
      style={{ transform: `translateY(${top}px)` }}
      data-kind={kindOf(raw)}
      data-marked={isMarked}
      data-match={isMatch}
      data-later={isLater || undefined}
    >
      <span className={styles.number} aria-hidden="true">
        {number}
      </span>
      <span className={styles.text}>
        {spans.map((span, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the spans of a line are made anew together.
          <span key={index} className={span.className || undefined}>
            {span.text}
          </span>
        ))}
        {overwritten > 0 && (
          <span className={styles.overwritten} title={strings.run.log.overwritten(overwritten)}>
            ↺
          </span>
        )}
      </span>
    </div>
  );
});
