import type { VariableGroup } from '../edits/available.ts';
import styles from './controls.module.css';

interface VariablePickerProps {
  /** The field that the reference goes into. */
  fieldLabel: string;
  groups: readonly VariableGroup[];
  onPick: (reference: string) => void;
}

/** Offers what is known before this action, as `#{namespace.key}`. A native list: keyboard and screen reader included. */
export function VariablePicker({ fieldLabel, groups, onPick }: VariablePickerProps) {
  return (
    <span className={styles.picker} title="Insert a variable">
      <span aria-hidden="true">#{'{ }'}</span>
      <select
        aria-label={`Insert a variable into ${fieldLabel}`}
        value=""
        onChange={(event) => event.target.value && onPick(event.target.value)}
      >
        <option value="">Insert a variable …</option>
        {groups.map((group) => (
          <optgroup key={group.title} label={group.title}>
            {group.references.map(({ text, help }) => (
              <option key={text} value={text} title={help}>
                {text}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
