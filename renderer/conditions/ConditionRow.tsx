import { Popover } from 'radix-ui';
import { useMemo, useState } from 'react';
import type { ConditionType } from '../../shared/execution/events.ts';
import type { StageDeclaration } from '../../shared/model/declaration.ts';
import { useCanvas } from '../canvas/canvasStore.ts';
import { useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import popover from '../ui/Popover.module.css';
import { StatusIcon } from '../ui/StatusIcon.tsx';
import { ConditionPanel } from './ConditionPanel.tsx';
import styles from './ConditionRow.module.css';
import { CONDITION_TITLES, type ConditionView, conditionViewOf } from './conditionView.ts';

interface ConditionRowProps {
  stageName: string;
  conditionType: ConditionType;
  /** In flow pixels from the top of the lane. */
  top: number;
}

/** A condition of a stage as a row among its cards: a small gate with its state. Opens the rules. */
export function ConditionRow({ stageName, conditionType, top }: ConditionRowProps) {
  const stage = useCanvas(({ pipeline }) => pipeline.stages.find(({ name }) => name === stageName));
  return stage ? <Row stage={stage} conditionType={conditionType} top={top} /> : null;
}

function Row({ stage, conditionType, top }: { stage: StageDeclaration; conditionType: ConditionType; top: number }) {
  // As one text: the row is drawn again when its own words change, not with every event.
  const said = useExecution(({ state }) => {
    const view = conditionViewOf(state, stage, conditionType);
    return `${view.status}/${view.text}`;
  });
  const [status, text] = useMemo(() => {
    const at = said.indexOf('/');
    return [said.slice(0, at) as ConditionView['status'], said.slice(at + 1)] as const;
  }, [said]);
  const [isOpen, setIsOpen] = useState(false);
  const title = CONDITION_TITLES[conditionType];
  return (
    <Popover.Root open={isOpen} onOpenChange={setIsOpen}>
      <Popover.Trigger asChild>
        <button
          type="button"
          tabIndex={-1}
          className={`${styles.row} nopan`}
          style={{ top }}
          data-condition={conditionType}
          data-status={status}
          aria-label={strings.conditions.row(
            title,
            stage.name,
            status === 'NotStarted' ? strings.conditions.notEvaluated(text) : text,
          )}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => event.stopPropagation()}
        >
          <StatusIcon status={status} size={13} isStill />
          <span className={styles.title}>{title}</span>
          <span className={styles.text}>{text}</span>
        </button>
      </Popover.Trigger>
      <Popover.Portal>
        <Popover.Content
          className={popover.popover}
          data-wide
          aria-label={strings.conditions.conditionOf(title, stage.name)}
          side="right"
          align="start"
          sideOffset={8}
          collisionPadding={12}
        >
          <ConditionPanel stage={stage} conditionType={conditionType} />
        </Popover.Content>
      </Popover.Portal>
    </Popover.Root>
  );
}
