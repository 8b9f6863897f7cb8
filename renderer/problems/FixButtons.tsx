import type { Problem } from '../../shared/problem.ts';
import { strings } from '../strings/strings.ts';
import { FixIcon, MoreIcon } from '../ui/icons.ts';
import styles from './FixButtons.module.css';
import { countLike, makeFix, offerFixes } from './fixStore.ts';
import { useFixesOf } from './useFixesOf.ts';

/** The best fix as a button, and the others behind one. Nothing where nobody but the user can know. */
export function FixButtons({ problem, tabIndex }: { problem: Problem; tabIndex?: number }) {
  const fixes = useFixesOf(problem);
  const [best] = fixes;
  if (!best) return null;
  const hasMore = fixes.length > 1 || countLike(problem) > 1;
  return (
    <span className={styles.fixes}>
      <button type="button" className={styles.fix} tabIndex={tabIndex} onClick={() => makeFix(best)}>
        <FixIcon size={13} aria-hidden="true" />
        {best.title}
      </button>
      {hasMore && (
        <button
          type="button"
          className={styles.more}
          aria-label={strings.problems.moreFixes(strings.messages.text(problem.what))}
          aria-haspopup="menu"
          tabIndex={tabIndex}
          onClick={({ currentTarget }) => offerFixes([problem], currentTarget.getBoundingClientRect(), currentTarget)}
        >
          <MoreIcon size={14} aria-hidden="true" />
        </button>
      )}
    </span>
  );
}
