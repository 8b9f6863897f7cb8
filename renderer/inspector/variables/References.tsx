import { findReferences } from '../../../shared/execution/variables.ts';
import { judgeReference, type ReferenceState } from '../../../shared/references/variableScope.ts';
import { setSelection } from '../../state/documentStore.ts';
import { useVariableScope } from './VariableScope.tsx';
import styles from './variables.module.css';

const MARKS: Record<ReferenceState['state'], { sign: string; words: string }> = {
  known: { sign: '→', words: 'is produced before' },
  dynamic: { sign: '?', words: 'may be produced before' },
  unknown: { sign: '▲', words: 'is not there' },
};

/** The references of a text: each says whether it will be found, and leads to the action that produces it. */
export function References({ text }: { text: string }) {
  const scope = useVariableScope();
  if (scope.length === 0 || !text.includes('#{')) return null;
  const found = findReferences(text).filter(({ malformed }) => malformed === undefined);
  const unique = [...new Map(found.map((reference) => [reference.text, reference])).values()];
  if (unique.length === 0) return null;
  return (
    <ul className={styles.references} aria-label="References">
      {unique.map(({ text: reference, namespace, key }) => {
        const { state, where, what } = judgeReference(scope, namespace, key);
        const { sign, words } = MARKS[state];
        return (
          <li key={reference}>
            <button
              type="button"
              data-state={state}
              title={what}
              aria-label={`${reference} ${words}. ${what}`}
              disabled={where === ''}
              onClick={() => setSelection(where)}
            >
              <span aria-hidden="true">{sign}</span> {namespace}.{key}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
