import { Popover } from 'radix-ui';
import { useState } from 'react';
import styles from '../canvas/ApprovalPill.module.css';
import { canvas, select } from '../canvas/canvasStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
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
  const texts = strings.debug;
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
          {texts.pill}
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          aria-label={texts.isPaused(actionName)}
          side="bottom"
          align="end"
          sideOffset={8}
          collisionPadding={12}
        >
          <h3 className={popover.title}>{texts[pausedAt](actionName)}</h3>
          <p className={popover.quiet}>{pausedAt === 'before' ? texts.beforeHelp : texts.afterHelp}</p>
          <div className={popover.row}>
            <Button variant="primary" disabled={isBusy} onClick={() => void go(false)}>
              {texts.continue}
            </Button>
            {pausedAt === 'before' && (
              <Button disabled={isBusy} onClick={() => void go(true)}>
                {texts.skip}
              </Button>
            )}
            {hasInspector && <Button onClick={look}>{texts.changeVariables}</Button>}
          </div>
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
