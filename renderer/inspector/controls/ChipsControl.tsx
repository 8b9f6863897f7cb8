import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';

interface ChipsControlProps {
  label: string;
  names: readonly string[];
  /** What may be added, with where it comes from. */
  choices: readonly { name: string; detail: string }[];
  addLabel: string;
  emptyHint: string;
  onAdd: (name: string) => void;
  onRemove: (name: string) => void;
}

/** Input artifacts as chips, and a list of what can still be connected. */
export function ChipsControl({ label, names, choices, addLabel, emptyHint, onAdd, onRemove }: ChipsControlProps) {
  const offered = choices.filter(({ name }) => !names.includes(name));
  return (
    <div className={styles.chips}>
      {names.map((name) => (
        <span key={name} className={styles.chip}>
          {name}
          <button type="button" aria-label={strings.inspector.controls.remove(name)} onClick={() => onRemove(name)}>
            ×
          </button>
        </span>
      ))}
      {offered.length > 0 ? (
        <span className={styles.chipAdd}>
          <span aria-hidden="true">+ {addLabel}</span>
          <select
            aria-label={`${label}: ${addLabel}`}
            value=""
            onChange={(event) => event.target.value && onAdd(event.target.value)}
          >
            <option value="">{strings.inspector.controls.choose}</option>
            {offered.map(({ name, detail }) => (
              <option key={name} value={name}>
                {`${name} — ${detail}`}
              </option>
            ))}
          </select>
        </span>
      ) : (
        names.length === 0 && <span className={styles.hint}>{emptyHint}</span>
      )}
    </div>
  );
}
