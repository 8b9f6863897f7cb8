import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { runOrderGroups } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { strings } from '../../strings/strings.ts';
import type { Slot } from '../slots.ts';

/*
 * Which slot takes which category, and the edits that make room in it. Source actions stand in the first stage and nothing
 * else does (reference/validation.md, P-006 and P-007).
 */

const LAST_RUN_ORDER = 999;
/** Stages of one pipeline, actions of one stage (reference/pipeline-structure.md, quotas). */
export const MOST_STAGES = 50;
export const MOST_ACTIONS = 50;

/** Why an action of this category must not stand there, or undefined. `moving` = the action leaves its own place for it. */
export function refusal(
  pipeline: PipelineDeclaration,
  category: string,
  slot: Slot,
  moving?: { stageIndex: number },
): string | undefined {
  const { stages } = pipeline;
  const words = strings.canvas.operations;
  const isSource = category === 'Source';
  const first = stages[0];
  const hasSources = first?.actions.some(({ actionTypeId }) => actionTypeId.category === 'Source') ?? false;
  if (slot.kind === 'stage') {
    if (stages.length >= MOST_STAGES) return words.mostStages(MOST_STAGES);
    if (isSource && slot.index > 0) return words.onlyFirst;
    if (isSource && hasSources) return words.firstIsThere(first!.name);
    if (!isSource && slot.index === 0 && hasSources) return words.nothingBefore;
    return undefined;
  }
  const stage = stages[slot.stageIndex]!;
  if (isSource && slot.stageIndex > 0) return first ? words.onlyFirstNamed(first.name) : words.onlyFirst;
  if (!isSource && slot.stageIndex === 0 && (hasSources || stage.actions.length === 0))
    return words.sourcesOnly(stage.name);
  if (moving?.stageIndex !== slot.stageIndex && stage.actions.length >= MOST_ACTIONS)
    return words.mostActions(MOST_ACTIONS);
  return undefined;
}

/**
 * The runOrder that an action in this slot gets, the array index it is inserted at, and the edits that move later groups out
 * of the way. `actions` is the stage without the action that moves.
 */
export function makeRoom(
  stageIndex: number,
  actions: readonly ActionDeclaration[],
  slot: { kind: 'beside' | 'group'; groupIndex: number },
): { runOrder: number; index: number; edits: DocumentEdit[] } {
  const groups = runOrderGroups({ actions: [...actions] });
  const after = (groupIndex: number) => {
    const last = groups[groupIndex]?.actions.at(-1);
    return last ? actions.indexOf(last) + 1 : 0;
  };
  if (slot.kind === 'beside') {
    const { runOrder } = groups[slot.groupIndex]!;
    return { runOrder, index: after(slot.groupIndex), edits: [] };
  }
  const before = slot.groupIndex === 0 ? 0 : groups[slot.groupIndex - 1]!.runOrder;
  const next = groups[slot.groupIndex]?.runOrder;
  const runOrder = Math.min(before + 1, LAST_RUN_ORDER);
  const edits: DocumentEdit[] = [];
  // Later groups move only as far as they must: a gap in the numbers takes up the rest.
  let free = runOrder;
  if (next !== undefined && next <= runOrder) {
    for (const group of groups.slice(slot.groupIndex)) {
      if (group.runOrder > free) break;
      free += 1;
      for (const action of group.actions)
        edits.push({ path: ['stages', stageIndex, 'actions', actions.indexOf(action), 'runOrder'], value: free });
    }
  }
  const follower = groups[slot.groupIndex]?.actions[0];
  const index =
    slot.groupIndex === 0 && follower
      ? Math.min(...groups[0]!.actions.map((a) => actions.indexOf(a)))
      : after(slot.groupIndex - 1);
  return { runOrder, index, edits };
}
