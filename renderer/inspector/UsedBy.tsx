import type { Use } from '../../shared/references/findUses.ts';
import { setSelection } from '../state/documentStore.ts';
import { strings } from '../strings/strings.ts';
import styles from './Inspector.module.css';

interface UsedByProps {
  /** What is used, for the list's name: 'artifact App'. */
  name: string;
  uses: readonly Use[];
}

/** Who refers to something by name; each line leads there. Nothing where nobody does. */
export function UsedBy({ name, uses }: UsedByProps) {
  if (uses.length === 0) return <p className={styles.unused}>{strings.inspector.action.usedByNothing}</p>;
  const places = new Map<string, string[]>();
  for (const { where, what } of uses) places.set(where, [...(places.get(where) ?? []), what]);
  return (
    <div className={styles.usedBy}>
      <span>{strings.inspector.action.usedBy}</span>
      <ul aria-label={strings.inspector.action.usesOf(name)}>
        {[...places].map(([where, what]) => (
          <li key={where}>
            <button type="button" onClick={() => setSelection(where)}>
              <span>{where === '' ? strings.inspector.action.ofPipeline : where.replace('/', ' / ')}</span>
              <small>{[...new Set(what)].join(', ')}</small>
            </button>
          </li>
        ))}
      </ul>
    </div>
  );
}
