import type { Problem } from '../../shared/problem.ts';
import { go } from '../canvas/keyboard.ts';
import { goToText } from '../code/textTarget.ts';
import { activeProblems, setSelection, useDocuments } from '../state/documentStore.ts';
import { useUi } from '../state/uiStore.ts';
import { ErrorIcon, SucceededIcon, WarningIcon } from '../ui/icons.ts';
import styles from './ProblemsList.module.css';

/** Selects the place of a problem where the user can mend it: on the canvas, or in the text where it has only a line. */
export function showProblem({ where, line, column }: Problem): void {
  if (line !== undefined && where === '') goToText({ line, ...(column && { column }) });
  setSelection(where);
  useUi.setState({ isInspectorOpen: true });
  if (where) go(where);
}

/** What keeps the active pipeline from being right: what, where, and what to do. */
export function ProblemsList() {
  const problems = useDocuments(activeProblems);
  if (problems.length === 0)
    return (
      <div className={styles.none}>
        <SucceededIcon size={18} aria-hidden="true" />
        No problems. This pipeline can run here and be pushed to AWS.
      </div>
    );
  const sorted = [...problems].sort((a, b) => Number(a.severity === 'warning') - Number(b.severity === 'warning'));
  return (
    <ul className={styles.list} aria-label="Problems">
      {sorted.map((problem, index) => (
        // Two problems may be the same in every word; their order is all they have.
        // biome-ignore lint/suspicious/noArrayIndexKey: see above
        <li key={`${problem.code}/${problem.where}/${problem.field}/${index}`}>
          <button type="button" className={styles.problem} onClick={() => showProblem(problem)}>
            <span className={styles.icon} data-severity={problem.severity}>
              {problem.severity === 'error' ? <ErrorIcon size={15} /> : <WarningIcon size={15} />}
            </span>
            <span className={styles.text}>
              <span className="visually-hidden">{problem.severity}: </span>
              <span>{problem.what}</span> <span className={styles.fix}>{problem.fix}</span>
            </span>
            <span className={styles.where}>
              {problem.where || (problem.line ? `line ${problem.line}` : 'pipeline')}
              {problem.field ? ` · ${problem.field}` : ''}
            </span>
          </button>
        </li>
      ))}
    </ul>
  );
}
