import type { LucideIcon } from 'lucide-react';
import type { ButtonHTMLAttributes, Ref } from 'react';
import styles from './Button.module.css';

/** A button of the frame (forms and dialogs use Cloudscape's). One primary button a view. */
export function Button({
  icon: Icon,
  variant = 'normal',
  children,
  ...rest
}: {
  icon?: LucideIcon;
  variant?: 'normal' | 'primary' | 'quiet';
  ref?: Ref<HTMLButtonElement>;
} & ButtonHTMLAttributes<HTMLButtonElement>) {
  return (
    <button type="button" className={styles.button} data-variant={variant} {...rest}>
      {Icon && <Icon size={15} strokeWidth={2} aria-hidden="true" />}
      {children}
    </button>
  );
}
