import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { strings } from '../../strings/strings.ts';
import type { Slot } from '../slots.ts';
import { copyOf } from './duplicate.ts';
import { allActions, indicesOf, type Operation, outputNames, uniqueName } from './operation.ts';
import { makeRoom, refusal } from './placement.ts';

/** Copies an action into a slot (Alt+drag): a new name and new output artifacts, inputs kept. */
export function duplicateInto(pipeline: PipelineDeclaration, where: string, slot: Slot): Operation {
  const from = indicesOf(pipeline, where);
  if (from?.actionIndex === undefined) return { refused: strings.canvas.operations.actionGone };
  const action = pipeline.stages[from.stageIndex]!.actions[from.actionIndex]!;
  const refused = refusal(pipeline, action.actionTypeId.category, slot);
  if (refused) return { refused };
  const names = allActions(pipeline).map(({ name }) => name);
  const { copy } = copyOf(action, names, outputNames(pipeline));
  if (slot.kind === 'stage') {
    const name = uniqueName(
      slot.name ?? copy.name,
      pipeline.stages.map((stage) => stage.name),
    );
    return {
      label: strings.canvas.operations.copyToNew(action.name),
      edits: [{ path: ['stages', slot.index], value: { name, actions: [{ ...copy, runOrder: 1 }] }, insert: true }],
      select: `${name}/${copy.name}`,
    };
  }
  const stage = pipeline.stages[slot.stageIndex]!;
  const { runOrder, index, edits } = makeRoom(slot.stageIndex, stage.actions, slot);
  return {
    label: strings.canvas.operations.copyTo(action.name, stage.name),
    edits: [
      ...edits,
      { path: ['stages', slot.stageIndex, 'actions', index], value: { ...copy, runOrder }, insert: true },
    ],
    select: `${stage.name}/${copy.name}`,
  };
}
