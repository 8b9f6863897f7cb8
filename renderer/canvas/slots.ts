import { strings } from '../strings/strings.ts';
import { type Box, CARD, type CanvasLayout, GAP, LANE, type StageBox } from './layout.ts';

/**
 * The places where an action or a stage can be put. Dragging, the "+" buttons and the keyboard use the same ones.
 * - `beside`: into an existing runOrder group, to run in parallel with it
 * - `group`: a new group before the stage's group `groupIndex` (its number of groups = after the last)
 * - `stage`: a new stage at `index`
 */
export type Slot =
  | { kind: 'beside'; stageIndex: number; groupIndex: number }
  | { kind: 'group'; stageIndex: number; groupIndex: number }
  | { kind: 'stage'; index: number; name?: string };

export const sameSlot = (a: Slot | undefined, b: Slot | undefined): boolean => JSON.stringify(a) === JSON.stringify(b);

const MARK = 28;
/** No target is lower (WCAG 2.5.8). */
const LEAST = 24;

/** The slot under a point (flow pixels). Never undefined: each point is nearest to some slot. */
export function slotAt(layout: CanvasLayout, { x, y }: { x: number; y: number }): Slot {
  const ghost = layout.ghosts.find((box) => x >= box.x - LANE.gap / 2 && x < box.x + box.width + LANE.gap / 2);
  if (ghost) return { kind: 'stage', index: ghost.insertAt, name: ghost.name };
  const lane = layout.stages.find((box) => x >= box.x && x <= box.x + box.width);
  if (!lane) return { kind: 'stage', index: layout.stages.filter((box) => box.x + box.width / 2 < x).length };
  return slotInLane(lane, y);
}

function slotInLane({ groups, stageIndex, foldedGroups }: StageBox, y: number): Slot {
  // What is put into a folded stage comes last in it.
  if (foldedGroups !== undefined) return { kind: 'group', stageIndex, groupIndex: foldedGroups };
  if (groups.length === 0) return { kind: 'group', stageIndex, groupIndex: 0 };
  for (const [groupIndex, group] of groups.entries()) {
    // A third of the gap above a group still belongs to the slot before it; the group itself reaches a little beyond its cards.
    if (y < group.y - 4) return { kind: 'group', stageIndex, groupIndex };
    if (y <= group.y + group.height + GAP.card) return { kind: 'beside', stageIndex, groupIndex };
  }
  return { kind: 'group', stageIndex, groupIndex: groups.length };
}

/** Where the slot is drawn. */
export function slotBox(layout: CanvasLayout, slot: Slot): Box {
  if (slot.kind === 'stage') {
    const ghost = layout.ghosts.find(({ name, insertAt }) => name === slot.name && insertAt === slot.index);
    if (ghost) return ghost;
    const next = layout.stages[slot.index];
    const last = layout.stages.at(-1);
    const x = next ? next.x - LANE.gap / 2 : last ? last.x + last.width + LANE.gap / 2 : 0;
    return { x: x - MARK / 2, y: 0, width: MARK, height: layout.height };
  }
  const lane = layout.stages[slot.stageIndex]!;
  const x = lane.x + LANE.padding;
  const group = lane.groups[slot.groupIndex];
  if (slot.kind === 'beside') return { x: x - 5, y: group!.y - 5, width: CARD.width + 10, height: group!.height + 10 };
  // The first stands between the header and the cards, where there is less room.
  if (group && slot.groupIndex === 0 && lane.top === group.y)
    return { x, y: group.y - LEAST - 2, width: CARD.width, height: LEAST };
  if (group) return { x, y: group.y - MARK - 3, width: CARD.width, height: MARK };
  const above = lane.groups.at(-1);
  const y = above ? above.y + above.height + 14 : lane.top;
  const width = Math.min(CARD.width, lane.width - 2 * LANE.padding);
  return { x, y, width, height: above ? MARK : CARD.height };
}

/** In words, for the live region and the drag hint. */
export function slotSentence(layout: CanvasLayout, slot: Slot): string {
  const words = strings.canvas.slot;
  if (slot.kind === 'stage') {
    if (slot.name) return words.newStage(slot.name);
    const before = layout.stages[slot.index - 1];
    return before ? words.newStageAfter(before.name) : words.newStageFirst;
  }
  const { name, groups } = layout.stages[slot.stageIndex]!;
  if (slot.kind === 'beside') return words.beside(name, groups[slot.groupIndex]!.runOrder);
  if (groups.length === 0) return words.inStage(name);
  return slot.groupIndex === 0 ? words.first(name) : words.after(name, groups[slot.groupIndex - 1]!.runOrder);
}

/** The same for a stage that is carried there. */
export function stageSlotSentence(layout: CanvasLayout, slot: Slot): string {
  const before = slot.kind === 'stage' ? layout.stages[slot.index - 1] : undefined;
  return before ? strings.canvas.slot.stageAfter(before.name) : strings.canvas.slot.stageFirst;
}

/** Every slot there is, stage by stage in the order in which they run: the gap before a stage, then the slots in it. */
export function allSlots({ stages, ghosts }: CanvasLayout): Slot[] {
  return [
    ...ghosts.map(({ name, insertAt }): Slot => ({ kind: 'stage', index: insertAt, name })),
    ...stages.flatMap(({ stageIndex, groups, foldedGroups }): Slot[] => [
      { kind: 'stage', index: stageIndex },
      ...groups.flatMap((_, groupIndex): Slot[] => [
        { kind: 'group', stageIndex, groupIndex },
        { kind: 'beside', stageIndex, groupIndex },
      ]),
      { kind: 'group', stageIndex, groupIndex: foldedGroups ?? groups.length },
    ]),
    { kind: 'stage', index: stages.length },
  ];
}

/** Of the slots that `isLegal` takes, the one whose mark is nearest to that of `slot`; undefined when it takes none. */
export function nearestTo(slot: Slot, layout: CanvasLayout, isLegal: (slot: Slot) => boolean): Slot | undefined {
  const centre = (box: Box) => ({ x: box.x + box.width / 2, y: box.y + box.height / 2 });
  const from = centre(slotBox(layout, slot));
  const far = (candidate: Slot) => {
    const to = centre(slotBox(layout, candidate));
    return Math.hypot(to.x - from.x, to.y - from.y);
  };
  return allSlots(layout)
    .toSorted((a, b) => far(a) - far(b))
    .find(isLegal);
}
