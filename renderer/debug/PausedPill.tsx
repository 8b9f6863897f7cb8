import { Popover } from 'radix-ui';
import { useState } from 'react';
import styles from '../canvas/ApprovalPill.module.css';
import { canvas, select } from '../canvas/canvasStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { Button } from '../ui/Button.tsx';
import popover from '../ui/Popover.module.css';
import { continuePaused } from './debugRun.ts';
import { usePausedTab } from './pausedTab.ts';

/** On the card of an action that waits at a breakpoint: the ways on. */
export function PausedPill({
  stageName,
  actionName,
  pausedAt,
}: {
  stageName: string;
  actionName: string;
  pausedAt: 'before' | 'after';
}) {
  const isLive = useExecution((store) => store.at === 'live');
  const [isOpen, setIsOpen] = useState(false);
  const [isBusy, setIsBusy] = useState(false);
  if (!isLive) return null;
  const go = async (skip: boolean) => {
    setIsBusy(true);
    await continuePaused({ stageName, actionName }, { skip });
    setIsBusy(false);
    setIsOpen(false);
  };
  const look = () => {
    setIsOpen(false);
    select(`${stageName}/${actionName}`);
    usePausedTab.setState(({ asked }) => ({ asked: asked + 1 }));
    useUi.setState({ isInspectorOpen: true });
  };
  // In the history there is no inspector: what it would show stands below the canvas.
  const hasInspector = canvas().documentId !== null;
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          className={`${styles.pill} nopan`}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
        >
          Paused…
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          aria-label={`${actionName} is paused`}
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={12}
        >
          <h3 className={popover.title}>
            {pausedAt === 'before' ? `Paused before ${actionName}` : `Paused after ${actionName}`}
          </h3>
          <p className={popover.quiet}>
            {pausedAt === 'before'
              ? 'Its inputs are there and its configuration is resolved. Nothing of it has run.'
              : 'It has ended. What follows sees its outputs once you continue.'}
          </p>
          <div className={popover.row}>
            <Button variant="primary" disabled={isBusy} onClick={() => void go(false)}>
              Continue
            </Button>
            {pausedAt === 'before' && (
              <Button disabled={isBusy} onClick={() => void go(true)}>
                Skip it
              </Button>
            )}
            {hasInspector && <Button onClick={look}>Change variables…</Button>}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
