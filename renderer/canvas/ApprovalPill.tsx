import { Popover } from 'radix-ui';
import { useEffect, useRef } from 'react';
import { ApprovalPrompt } from '../run/ApprovalPrompt.tsx';
import { setOnCard, setReviewing, useRun } from '../run/runStore.ts';
import { strings } from '../strings/strings.ts';
import styles from './ApprovalPill.module.css';

/**
 * On the card of an approval that waits: opens the question beside it, at the size of the window whatever the zoom. While
 * it is in view the question is asked here, and the log panel only points to it.
 */
export function ApprovalPill({ stageName, actionName }: { stageName: string; actionName: string }) {
  const where = `${stageName}/${actionName}`;
  const isOpen = useRun((run) => run.reviewing === where);
  const pill = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const { current } = pill;
    if (!current) return;
    const observer = new IntersectionObserver(([entry]) => setOnCard(where, entry?.isIntersecting ?? false));
    observer.observe(current);
    return () => {
      observer.disconnect();
      setOnCard(where, false);
      if (useRun.getState().reviewing === where) setReviewing('');
    };
  }, [where]);
  return (
    <Popover.Root open={isOpen} onOpenChange={(open) => setReviewing(open ? where : '')}>
      <Popover.Trigger asChild>
        <button
          ref={pill}
          type="button"
          className={`${styles.pill} nopan`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
        >
          {strings.canvas.card.review}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={styles.popover}
          aria-label={strings.canvas.card.reviewOf(actionName)}
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={12}
        >
          <h3 className={styles.title}>{actionName}</h3>
          <ApprovalPrompt stageName={stageName} actionName={actionName} onAnswered={() => setReviewing('')} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
