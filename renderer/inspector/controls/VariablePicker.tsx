import { useVariableScope } from '../variables/VariableScope.tsx';
import styles from './controls.module.css';

interface VariablePickerProps {
  /** The field that the reference goes into. */
  fieldLabel: string;
  onPick: (reference: string) => void;
}

/** Offers what is known before this action, as `#{namespace.key}`. A native list: keyboard and screen reader included. */
export function VariablePicker({ fieldLabel, onPick }: VariablePickerProps) {
  const scope = useVariableScope();
  if (scope.length === 0) return null;
  return (
    <span className={styles.picker} title="Insert a variable">
      <span aria-hidden="true">#{'{ }'}</span>
      <select
        aria-label={`Insert a variable into ${fieldLabel}`}
        value=""
        onChange={(event) => event.target.value && onPick(event.target.value)}
      >
        <option value="">Insert a variable …</option>
        {scope.map(({ namespace, title, where, keys, dynamic, reason }) => (
          <optgroup
            key={`${where}:${namespace}`}
            label={reason === undefined ? title : `${title} — ${reason}`}
            disabled={reason !== undefined}
          >
            {keys.map(({ key, help }) => (
              <option key={key} value={`#{${namespace}.${key}}`} title={help}>
                {`#{${namespace}.${key}}`}
              </option>
            ))}
            {keys.length === 0 && <option disabled>{dynamic ?? 'No variables'}</option>}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
