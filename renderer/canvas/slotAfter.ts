import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { CanvasLayout } from './layout.ts';
import { refusal } from './operations/placement.ts';
import type { Slot } from './slots.ts';

/** The slot that "Add action" fills without a drag: after the selected action or stage, else at the end of the pipeline. */
export function slotAfter(pipeline: PipelineDeclaration, layout: CanvasLayout, selected: string): Slot {
  const card = [...layout.cards.values()].find(({ where }) => where === selected);
  if (card) return { kind: 'group', stageIndex: card.stageIndex, groupIndex: card.groupIndex + 1 };
  const stage = layout.stages.find(({ name }) => name === selected) ?? layout.stages.at(-1);
  const ghost = layout.ghosts.find(({ insertAt }) => insertAt <= pipeline.stages.length);
  if (ghost && !selected) return { kind: 'stage', index: ghost.insertAt, name: ghost.name };
  if (!stage) return { kind: 'stage', index: 0 };
  return { kind: 'group', stageIndex: stage.stageIndex, groupIndex: stage.groups.length };
}

/**
 * The slot for an action type that was chosen without a place: after the selection if it may stand there, else the nearest
 * legal slot behind it, else anywhere it may stand.
 */
export function nearestSlot(
  pipeline: PipelineDeclaration,
  layout: CanvasLayout,
  selected: string,
  category: string,
): Slot {
  const first = slotAfter(pipeline, layout, selected);
  const ghost = layout.ghosts.find(({ name }) => name === category);
  const candidates: Slot[] = [
    ...(ghost ? [{ kind: 'stage', index: ghost.insertAt, name: ghost.name } as const] : []),
    first,
    ...layout.stages
      .map(({ stageIndex, groups }): Slot => ({ kind: 'group', stageIndex, groupIndex: groups.length }))
      .reverse(),
    { kind: 'stage', index: pipeline.stages.length },
    { kind: 'stage', index: 0 },
  ];
  const isLegal = (slot: Slot) => refusal(pipeline, category, slot) === undefined;
  // A selected source column cannot take a build: the stage right behind it can.
  const from = first.kind === 'stage' ? 0 : first.stageIndex;
  const after = layout.stages
    .filter(({ stageIndex }) => stageIndex > from)
    .map(({ stageIndex, groups }): Slot => ({ kind: 'group', stageIndex, groupIndex: groups.length }));
  const [lead, ...rest] = candidates;
  return [...(ghost ? [lead!, rest[0]!] : [lead!]), ...after, ...rest].find(isLegal) ?? first;
}
