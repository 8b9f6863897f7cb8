import { type ReactNode, useId, useLayoutEffect, useRef } from 'react';
import { strings } from '../strings/strings.ts';
import { CloseIcon } from './icons.ts';
import styles from './Modal.module.css';

const FILLED_IN = 'input, select, textarea, button';

/** A dialog of the frame on the browser's own <dialog>: it keeps focus inside, gives it back, and closes with Escape. */
export function Modal({
  title,
  onClose,
  footer,
  size = 'medium',
  children,
}: {
  title: string;
  onClose: () => void;
  footer?: ReactNode;
  size?: 'small' | 'medium' | 'large';
  children: ReactNode;
}) {
  const dialog = useRef<HTMLDialogElement>(null);
  const body = useRef<HTMLDivElement>(null);
  const titleId = useId();
  // Before the element leaves the page: afterwards the browser does not give the focus back.
  useLayoutEffect(() => {
    const element = dialog.current;
    if (element && !element.open) {
      element.showModal();
      // The browser would choose the button that closes; what there is to fill in comes first.
      body.current?.querySelector<HTMLElement>(FILLED_IN)?.focus();
    }
    return () => element?.close();
  }, []);
  // Words alone that do not fit are scrolled by the keyboard only where they can have it.
  useLayoutEffect(() => {
    const { current } = body;
    if (!current) return;
    const scrolls = current.scrollHeight > current.clientHeight && !current.querySelector(FILLED_IN);
    if (scrolls) current.tabIndex = 0;
    else current.removeAttribute('tabindex');
  });
  return (
    <dialog
      ref={dialog}
      className={styles.modal}
      data-size={size}
      aria-labelledby={titleId}
      onCancel={(event) => {
        event.preventDefault();
        onClose();
      }}
    >
      <header className={styles.header}>
        <h2 id={titleId}>{title}</h2>
        <button type="button" className={styles.close} aria-label={strings.ui.close} onClick={onClose}>
          <CloseIcon size={17} strokeWidth={1.8} aria-hidden="true" />
        </button>
      </header>
      <div ref={body} className={styles.body}>
        {children}
      </div>
      {footer && <footer className={styles.footer}>{footer}</footer>}
    </dialog>
  );
}
