import { strings } from '../../strings/strings.ts';
import { useVariableScope } from '../variables/VariableScope.tsx';
import styles from './controls.module.css';
import { insertReference } from './insertReference.ts';

interface VariablePickerProps {
  /** The field that the reference goes into. */
  fieldLabel: string;
  /** Takes the reference where the row has no field to write it into. */
  onPick?: (reference: string) => void;
}

/** Offers what is known before this action, as `#{namespace.key}`. A native list: keyboard and screen reader included. */
export function VariablePicker({ fieldLabel, onPick }: VariablePickerProps) {
  const scope = useVariableScope();
  if (scope.length === 0) return null;
  return (
    <span className={styles.picker} title={strings.inspector.controls.insert}>
      <span aria-hidden="true">#{'{ }'}</span>
      <select
        aria-label={strings.inspector.controls.insertInto(fieldLabel)}
        value=""
        onChange={({ target }) => {
          if (target.value !== '' && !insertReference(target, target.value)) onPick?.(target.value);
        }}
      >
        <option value="">{strings.inspector.controls.insertWhich}</option>
        {scope.map(({ namespace, title, where, keys, dynamic, reason }) => (
          <optgroup
            key={`${where}:${namespace}`}
            label={reason === undefined ? title : `${title} — ${reason}`}
            disabled={reason !== undefined}
          >
            {keys.map(({ key, help }) => (
              <option key={key} value={`#{${namespace}.${key}}`} title={strings.provided.text(help)}>
                {`#{${namespace}.${key}}`}
              </option>
            ))}
            {keys.length === 0 && (
              <option disabled>
                {dynamic === undefined ? strings.inspector.controls.noVariables : strings.provided.text(dynamic)}
              </option>
            )}
          </optgroup>
        ))}
      </select>
    </span>
  );
}
