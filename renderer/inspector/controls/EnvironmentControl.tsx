import { strings } from '../../strings/strings.ts';
import type { EnvironmentRow } from '../fieldState.ts';
import styles from './controls.module.css';
import { TextControl } from './TextControl.tsx';

const words = strings.inspector.controls;
const MARKS: Readonly<Record<string, string>> = words.marks;
const TITLES: Readonly<Record<string, string>> = words.kinds;

interface EnvironmentControlProps {
  rows: readonly EnvironmentRow[];
  /** The kinds of value that this action type takes. */
  types: readonly string[];
  onChange: (rows: EnvironmentRow[]) => void;
}

/** Environment variables: name, value, and where the value comes from. An emptied name takes its row with it. */
export function EnvironmentControl({ rows, types, onChange }: EnvironmentControlProps) {
  const change = (index: number, changed: Partial<EnvironmentRow>) => {
    const next = rows.map((row, at) => (at === index ? { ...row, ...changed } : row));
    onChange(changed.name === '' ? next.toSpliced(index, 1) : next);
  };
  return (
    <div className={styles.pairs}>
      {rows.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: names may repeat while they are edited; the place is the identity.
        <div className={styles.pair} data-typed="true" key={index}>
          <TextControl
            label={words.nameOfItem(words.variable, index + 1)}
            value={row.name}
            mono
            onCommit={(name) => change(index, { name })}
          />
          <TextControl
            label={words.valueOf(row.name)}
            value={row.value}
            mono
            takesVariables
            placeholder={words.value}
            onCommit={(value) => change(index, { value })}
          />
          <span className={styles.mark} title={TITLES[row.type ?? 'PLAINTEXT'] ?? row.type}>
            <span aria-hidden="true">{MARKS[row.type ?? 'PLAINTEXT'] ?? '?'}</span>
            <select
              aria-label={words.kindOf(row.name)}
              value={row.type ?? 'PLAINTEXT'}
              onChange={(event) => change(index, { type: event.target.value })}
            >
              {types.map((type) => (
                <option key={type} value={type}>
                  {TITLES[type] ?? type}
                </option>
              ))}
            </select>
          </span>
          <button
            type="button"
            className={styles.iconButton}
            aria-label={words.remove(row.name)}
            onClick={() => change(index, { name: '' })}
          >
            ×
          </button>
        </div>
      ))}
      <div className={styles.pair} data-new="true">
        <TextControl
          key={`new-${rows.length}`}
          label={words.add(words.variable)}
          value=""
          mono
          placeholder={words.add(words.variable)}
          onCommit={(name) => name !== '' && onChange([...rows, { name, value: '', type: 'PLAINTEXT' }])}
        />
      </div>
    </div>
  );
}
