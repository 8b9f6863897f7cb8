import type { Problem } from '../../shared/problem.ts';
import { setEditorMode } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { ErrorIcon } from '../ui/icons.ts';
import styles from './NoPipeline.module.css';

/** In place of a canvas for a file that holds no pipeline: what is wrong with it, never an empty page. */
export function NoPipeline({ name, problems }: { name: string; problems: readonly Problem[] }) {
  const say = strings.app.noPipeline;
  return (
    <div className={styles.page}>
      <div className={styles.card} role="alert">
        <ErrorIcon size={22} aria-hidden="true" />
        <h2>{say.title(name)}</h2>
        <ul>
          {problems.slice(0, 6).map((problem) => (
            <li key={`${problem.code}:${problem.line}:${problem.column}`}>
              {problem.line !== undefined && <span className={styles.line}>{say.line(problem.line)}</span>}
              <span>
                {strings.messages.text(problem.what)}{' '}
                <span className={styles.fix}>{strings.messages.text(problem.fix)}</span>
              </span>
            </li>
          ))}
        </ul>
        <Button variant="primary" onClick={() => setEditorMode('code')}>
          {say.look}
        </Button>
      </div>
    </div>
  );
}
