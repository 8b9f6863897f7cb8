import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes } from 'react';
import styles from './IconButton.module.css';
import { Tooltip } from './Tooltip.tsx';

/** A button that is only an icon: named, 28 px, with a tooltip. `reason` says why it does nothing now. */
export function IconButton({
  icon: Icon,
  label,
  keys,
  reason,
  isPressed,
  side,
  ...rest
}: {
  icon: LucideIcon;
  label: string;
  keys?: string;
  reason?: string;
  isPressed?: boolean;
  side?: 'top' | 'right' | 'bottom' | 'left';
} & Omit<ButtonHTMLAttributes<HTMLButtonElement>, 'children'>) {
  return (
    <Tooltip text={reason ? `${label}: ${reason}` : label} keys={keys} side={side}>
      <button
        type="button"
        className={styles.button}
        aria-label={label}
        aria-pressed={isPressed}
        // Stays reachable, so that a keyboard user can hear why it is off.
        aria-disabled={reason ? true : undefined}
        {...rest}
        onClick={reason ? undefined : rest.onClick}
      >
        <Icon size={17} strokeWidth={1.8} aria-hidden="true" />
      </button>
    </Tooltip>
  );
}
