import { strings } from '../strings/strings.ts';
import { canvas, type Gesture } from './canvasStore.ts';
import { addAction } from './operations/addAction.ts';
import { connect } from './operations/connect.ts';
import { duplicateInto } from './operations/duplicateInto.ts';
import { moveAction } from './operations/moveAction.ts';
import { moveStage } from './operations/moveStage.ts';
import type { Operation } from './operations/operation.ts';
import { type Slot, slotAt } from './slots.ts';

/** What letting go in this slot (or over this card) would do. The drag asks at every new slot, so that the answer is known before. */
export function dropOperation(gesture: Gesture, at: { slot?: Slot; target?: string }): Operation {
  const { pipeline } = canvas();
  if (gesture.kind === 'connect')
    return at.target
      ? connect(pipeline, gesture.where, at.target, gesture.artifact)
      : { refused: strings.canvas.operations.dropLater };
  if (!at.slot) return { refused: '' };
  switch (gesture.kind) {
    case 'add':
      return addAction(pipeline, gesture.provider, at.slot);
    case 'move':
      return gesture.isCopy
        ? duplicateInto(pipeline, gesture.where, at.slot)
        : moveAction(pipeline, gesture.where, at.slot);
    case 'stage':
      return at.slot.kind === 'stage' ? moveStage(pipeline, gesture.where, at.slot.index) : { refused: '' };
    default:
      return gesture satisfies never;
  }
}

/** The slot under a point, as far as the gesture cares: a stage only ever goes between stages. */
export function slotFor(gesture: Gesture, point: { x: number; y: number }): Slot {
  const { layout } = canvas();
  if (gesture.kind !== 'stage') return slotAt(layout, point);
  return { kind: 'stage', index: layout.stages.filter((box) => box.x + box.width / 2 < point.x).length };
}

/** The card under a point; a little beyond its edges still counts. */
export function cardAt({ x, y }: { x: number; y: number }): string {
  const reach = 12;
  for (const box of canvas().layout.cards.values())
    if (x > box.x - reach && x < box.x + box.width + reach && y > box.y - 4 && y < box.y + box.height + 4)
      return box.where;
  return '';
}
