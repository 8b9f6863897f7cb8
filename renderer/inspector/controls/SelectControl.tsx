import { strings } from '../../strings/strings.ts';
import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';

export interface Option {
  value: string;
  label: string;
}

interface SelectControlProps {
  ids?: ControlIds;
  label?: string;
  value: string;
  options: readonly Option[];
  onChange: (value: string) => void;
}

/** A choice, committed at once. A value that is no longer offered stays visible instead of turning into another. */
export function SelectControl({ ids, label, value, options, onChange }: SelectControlProps) {
  const isKnown = options.some((option) => option.value === value);
  return (
    <select
      {...ids}
      aria-label={label}
      className={styles.select}
      value={value}
      onChange={(event) => onChange(event.target.value)}
    >
      {!isKnown && <option value={value}>{strings.inspector.controls.notOffered(value)}</option>}
      {options.map((option) => (
        <option key={option.value} value={option.value}>
          {option.label}
        </option>
      ))}
    </select>
  );
}
