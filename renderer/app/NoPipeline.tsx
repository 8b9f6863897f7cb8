import type { Problem } from '../../shared/problem.ts';
import { setEditorMode } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorIcon } from '../ui/icons.ts';
import styles from './NoPipeline.module.css';

/** In place of a canvas for a file that holds no pipeline: what is wrong with it, never an empty page. */
export function NoPipeline({ name, problems }: { name: string; problems: readonly Problem[] }) {
  return (
    <div className={styles.page}>
      <div className={styles.card} role="alert">
        <ErrorIcon size={22} aria-hidden="true" />
        <h2>{name || 'This file'} cannot be drawn yet</h2>
        <ul>
          {problems.slice(0, 6).map((problem) => (
            <li key={`${problem.code}:${problem.line}:${problem.column}`}>
              {problem.line !== undefined && <span className={styles.line}>line {problem.line}</span>}
              <span>
                {problem.what} <span className={styles.fix}>{problem.fix}</span>
              </span>
            </li>
          ))}
        </ul>
        <Button variant="primary" onClick={() => setEditorMode('code')}>
          Look at the text
        </Button>
      </div>
    </div>
  );
}
