import styles from './controls.module.css';
import type { ControlIds } from './FormRow.tsx';

interface SwitchControlProps {
  ids: ControlIds;
  checked: boolean;
  onChange: (checked: boolean) => void;
}

/** On or off, committed at once. */
export function SwitchControl({ ids, checked, onChange }: SwitchControlProps) {
  return (
    <input
      {...ids}
      type="checkbox"
      role="switch"
      className={styles.switch}
      checked={checked}
      aria-checked={checked}
      onChange={(event) => onChange(event.target.checked)}
    />
  );
}
