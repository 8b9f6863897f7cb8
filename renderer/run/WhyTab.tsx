import { setSelection } from '../state/documentStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import styles from './WhyTab.module.css';
import { reasonsHere } from './whyHere.ts';

/** Why the shown execution is as it is at the shown instant: first the whole of it, then place by place. */
export function WhyTab({ onSelect = setSelection }: { onSelect?: (where: string) => void }) {
  // What the reasons follow from: the state, and the clock for what lies ahead.
  const state = useExecution((store) => store.state);
  useExecution((store) => store.clockNow);
  const texts = strings.run.why;
  const reasons = reasonsHere();
  if (!state) return <p className={styles.empty}>{texts.empty}</p>;
  return (
    <ul className={styles.reasons} aria-label={texts.label}>
      {reasons.map(({ where, text }, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a place may have several sentences; all are made anew together.
        <li key={index}>
          {where === '' ? (
            <span className={styles.whole}>{texts.execution}</span>
          ) : (
            <button type="button" className={styles.where} onClick={() => onSelect(where)}>
              {where.replace('/', ' / ')}
            </button>
          )}
          <span>{text}</span>
        </li>
      ))}
    </ul>
  );
}
