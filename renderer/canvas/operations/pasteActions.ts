import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { strings } from '../../strings/strings.ts';
import type { Slot } from '../slots.ts';
import { copyOf } from './duplicate.ts';
import { allActions, type Operation, outputNames, uniqueName } from './operation.ts';
import { MOST_ACTIONS, makeRoom, refusal } from './placement.ts';

/**
 * Puts copies of actions into one slot, side by side: names and output artifacts stay where they are free and are new where
 * they are taken, inputs are kept (validation marks those that nothing produces there).
 */
export function pasteActions(
  pipeline: PipelineDeclaration,
  actions: readonly ActionDeclaration[],
  slot: Slot,
): Operation {
  for (const { actionTypeId } of actions) {
    const refused = refusal(pipeline, actionTypeId.category, slot);
    if (refused) return { refused };
  }
  const names = allActions(pipeline).map(({ name }) => name);
  const outputs = outputNames(pipeline);
  const copies = actions.map((action) => copyOf(action, names, outputs).copy);
  const [first] = copies;
  if (!first) return { refused: strings.canvas.operations.copyFirst };
  const what = copies.length === 1 ? first.name : strings.canvas.operations.actions(copies.length);
  if (slot.kind === 'stage') {
    const name = uniqueName(
      slot.name ?? first.name,
      pipeline.stages.map((stage) => stage.name),
    );
    const value = { name, actions: copies.map((copy) => ({ ...copy, runOrder: 1 })) };
    return {
      label: strings.canvas.operations.pasteToNew(what),
      edits: [{ path: ['stages', slot.index], value, insert: true }],
      select: `${name}/${first.name}`,
    };
  }
  const stage = pipeline.stages[slot.stageIndex]!;
  if (stage.actions.length + copies.length > MOST_ACTIONS)
    return { refused: strings.canvas.operations.mostActions(MOST_ACTIONS) };
  const { runOrder, index, edits } = makeRoom(slot.stageIndex, stage.actions, slot);
  return {
    label: strings.canvas.operations.paste(what, stage.name),
    edits: [
      ...edits,
      // Each before the one that was put there last, so that they stand in their order.
      ...copies.toReversed().map((copy) => ({
        path: ['stages', slot.stageIndex, 'actions', index],
        value: { ...copy, runOrder },
        insert: true,
      })),
    ],
    select: `${stage.name}/${first.name}`,
  };
}
