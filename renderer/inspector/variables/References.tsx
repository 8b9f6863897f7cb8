import { findReferences } from '../../../shared/execution/variables.ts';
import { judgeReference, type ReferenceState } from '../../../shared/references/variableScope.ts';
import { setSelection } from '../../state/documentStore.ts';
import { strings } from '../../strings/strings.ts';
import { useVariableScope } from './VariableScope.tsx';
import styles from './variables.module.css';

const SIGNS: Record<ReferenceState['state'], string> = { known: '→', dynamic: '?', unknown: '▲' };

/** The references of a text: each says whether it will be found, and leads to the action that produces it. */
export function References({ text }: { text: string }) {
  const scope = useVariableScope();
  if (scope.length === 0 || !text.includes('#{')) return null;
  const found = findReferences(text).filter(({ malformed }) => malformed === undefined);
  const unique = [...new Map(found.map((reference) => [reference.text, reference])).values()];
  if (unique.length === 0) return null;
  return (
    <ul className={styles.references} aria-label={strings.inspector.controls.references}>
      {unique.map(({ text: reference, namespace, key }) => {
        const { state, where, ...judged } = judgeReference(scope, namespace, key);
        const what = strings.scope.text(judged.what);
        return (
          <li key={reference}>
            <button
              type="button"
              data-state={state}
              title={what}
              aria-label={strings.inspector.controls.reference[state](reference, what)}
              disabled={where === ''}
              onClick={() => setSelection(where)}
            >
              <span aria-hidden="true">{SIGNS[state]}</span> {namespace}.{key}
            </button>
          </li>
        );
      })}
    </ul>
  );
}
