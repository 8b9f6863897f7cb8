import { Popover } from 'radix-ui';
import { useState } from 'react';
import { ApprovalPrompt } from '../run/ApprovalPrompt.tsx';
import styles from './ApprovalPill.module.css';

/** On the card of an approval that waits: opens the question beside it, at the size of the window whatever the zoom. */
export function ApprovalPill({ stageName, actionName }: { stageName: string; actionName: string }) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={`${styles.pill} nopan`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
        >
          Review
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          aria-label={`Review of ${actionName}`}
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={12}
        >
          <h3 className={styles.title}>{actionName}</h3>
          <ApprovalPrompt stageName={stageName} actionName={actionName} onAnswered={() => setIsOpen(false)} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
