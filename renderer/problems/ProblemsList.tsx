import { type KeyboardEvent, useLayoutEffect, useMemo, useRef, useState } from 'react';
import type { Problem } from '../../shared/problem.ts';
import { advise } from '../../shared/validation/advise.ts';
import { activePipeline, activeProblems, useDocuments } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import { ErrorIcon, InfoIcon, SucceededIcon, WarningIcon } from '../ui/icons.ts';
import { FixButtons } from './FixButtons.tsx';
import { offerFixes } from './fixStore.ts';
import { ownsProblems } from './fixTarget.ts';
import styles from './ProblemsList.module.css';
import { showProblem } from './showProblem.ts';

/** What keeps the active pipeline from being right: what, where, and what to do. Below it, what could be better. */
export function ProblemsList() {
  const problems = useDocuments(activeProblems);
  const pipeline = useDocuments(activePipeline);
  const advice = useMemo(() => (pipeline ? advise(pipeline) : []), [pipeline]);
  const sorted = useMemo(
    () => [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning')),
    [problems],
  );
  return (
    <div className={styles.panel}>
      {sorted.length === 0 ? (
        <div className={styles.none}>
          <SucceededIcon size={18} aria-hidden="true" />
          {strings.problems.none}
        </div>
      ) : (
        <Rows label={strings.problems.list} problems={sorted} />
      )}
      {advice.length > 0 && (
        <details className={styles.advice}>
          <summary className={styles.summary}>
            {strings.problems.advice}
            <span className={styles.count}>{advice.length}</span>
            <span className={styles.note}>{strings.problems.adviceNote}</span>
          </summary>
          <Rows label={strings.problems.advice} problems={advice} isAdvice />
        </details>
      )}
    </div>
  );
}

/** One tab stop: ↑ and ↓ go from row to row, Tab goes on to the fixes of the row. */
function Rows({
  label,
  problems,
  isAdvice = false,
}: {
  label: string;
  problems: readonly Problem[];
  isAdvice?: boolean;
}) {
  const list = useRef<HTMLUListElement>(null);
  const [current, setCurrent] = useState(0);
  const active = Math.min(current, problems.length - 1);
  const focusRow = (index: number) => list.current?.querySelectorAll<HTMLElement>('[data-row]')[index]?.focus();

  // A row that was mended is gone, and the focus with it: it stays in the list, where the next one now is.
  const hadFocus = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looked at whenever other rows are shown
  useLayoutEffect(() => {
    if (hadFocus.current && document.activeElement === document.body) focusRow(active);
  }, [problems]);

  const onKeyDown = (event: KeyboardEvent) => {
    const to = { ArrowDown: active + 1, ArrowUp: active - 1, Home: 0, End: problems.length - 1 }[event.key];
    if (to === undefined || to < 0 || to >= problems.length) return;
    event.preventDefault();
    setCurrent(to);
    focusRow(to);
  };
  return (
    <ul
      ref={list}
      className={styles.list}
      aria-label={label}
      onKeyDown={onKeyDown}
      onFocus={() => {
        hadFocus.current = true;
      }}
      onBlur={({ relatedTarget }) => {
        // Without another element the focus was lost, not moved.
        if (relatedTarget) hadFocus.current = false;
      }}
    >
      {problems.map((problem, index) => (
        <li
          // Two problems may be the same in every word; their order is all they have.
          // biome-ignore lint/suspicious/noArrayIndexKey: see above
          key={`${problem.code}/${problem.where}/${problem.field}/${index}`}
          className={styles.row}
          ref={ownsProblems([problem])}
          onFocus={() => setCurrent(index)}
        >
          <button
            type="button"
            className={styles.problem}
            data-row
            tabIndex={index === active ? 0 : -1}
            onClick={() => showProblem(problem)}
            onContextMenu={(event) => {
              event.preventDefault();
              offerFixes([problem], event.currentTarget.getBoundingClientRect(), event.currentTarget);
            }}
          >
            <span className={styles.icon} data-severity={isAdvice ? 'advice' : problem.severity}>
              {isAdvice ? (
                <InfoIcon size={15} />
              ) : problem.severity === 'error' ? (
                <ErrorIcon size={15} />
              ) : (
                <WarningIcon size={15} />
              )}
            </span>
            <span className={styles.text}>
              <span className="visually-hidden">
                {strings.problems.severity[isAdvice ? 'advice' : problem.severity]}:{' '}
              </span>
              <span>{strings.messages.text(problem.what)}</span>{' '}
              <span className={styles.fix}>{strings.messages.text(problem.fix)}</span>
              <span className={styles.where}>
                {problem.where || (problem.line ? strings.problems.line(problem.line) : strings.problems.pipeline)}
                {problem.field ? ` · ${problem.field}` : ''}
              </span>
            </span>
          </button>
          <FixButtons problem={problem} tabIndex={index === active ? 0 : -1} />
        </li>
      ))}
    </ul>
  );
}
