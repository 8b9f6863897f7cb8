import { useEffect, useId, useRef, useState } from 'react';
import { isShownRunning, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { StopIcon } from '../ui/icons.ts';
import styles from './run.module.css';
import { stopExecution } from './runPipeline.ts';

/** Stop, and the two ways of it. Renders nothing while the shown execution does not run. */
export function StopMenu({ variant = 'primary' }: { variant?: 'primary' | 'normal' }) {
  const isRunning = useExecution(isShownRunning);
  const shownId = useExecution((store) => store.shownId);
  const isStopping = useExecution((store) => store.notes[store.shownId ?? '']?.status === 'Stopping');
  const [isOpen, setIsOpen] = useState(false);
  const root = useRef<HTMLSpanElement>(null);
  const menuId = useId();

  useEffect(() => {
    if (!isOpen) return;
    root.current?.querySelector<HTMLElement>('[role="menuitem"]')?.focus();
    const onPointerDown = (event: PointerEvent) => {
      if (!root.current?.contains(event.target as Node)) setIsOpen(false);
    };
    document.addEventListener('pointerdown', onPointerDown, true);
    return () => document.removeEventListener('pointerdown', onPointerDown, true);
  }, [isOpen]);

  if (!isRunning || shownId === null) return null;
  const texts = strings.run.stop;
  const stop = (abandon: boolean) => {
    setIsOpen(false);
    root.current?.querySelector('button')?.focus();
    void stopExecution(shownId, abandon);
  };
  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: keys of the menu inside, which is the interactive element.
    <span
      ref={root}
      className={styles.stopMenu}
      onKeyDown={(event) => {
        if (!isOpen) return;
        const items = [...(root.current?.querySelectorAll<HTMLElement>('[role="menuitem"]') ?? [])];
        const index = items.indexOf(document.activeElement as HTMLElement);
        if (event.key === 'Escape') {
          setIsOpen(false);
          root.current?.querySelector('button')?.focus();
        } else if (event.key === 'ArrowDown' || event.key === 'ArrowUp')
          items[(index + (event.key === 'ArrowDown' ? 1 : items.length - 1)) % items.length]?.focus();
        else return;
        event.preventDefault();
        event.stopPropagation();
      }}
    >
      <Button
        icon={StopIcon}
        variant={variant}
        aria-haspopup="menu"
        aria-expanded={isOpen}
        aria-controls={isOpen ? menuId : undefined}
        onClick={() => setIsOpen(!isOpen)}
      >
        {isStopping ? texts.stopping : texts.stop}
      </Button>
      {isOpen && (
        <div id={menuId} role="menu" aria-label={texts.stop} className={styles.menu}>
          <button type="button" role="menuitem" disabled={isStopping} onClick={() => stop(false)}>
            <strong>{texts.wait}</strong>
            <span>{texts.waitHelp}</span>
          </button>
          <button type="button" role="menuitem" onClick={() => stop(true)}>
            <strong>{texts.abandon}</strong>
            <span>{texts.abandonHelp}</span>
          </button>
        </div>
      )}
    </span>
  );
}
