import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { runOrderGroups } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { strings } from '../../strings/strings.ts';
import type { Slot } from '../slots.ts';
import { indicesOf, type Operation, uniqueName } from './operation.ts';
import { makeRoom, refusal } from './placement.ts';

/** Moves an action into a slot. A stage that it leaves empty goes with it, unless it is the only one. */
export function moveAction(pipeline: PipelineDeclaration, where: string, slot: Slot): Operation {
  const from = indicesOf(pipeline, where);
  if (from?.actionIndex === undefined) return { refused: strings.canvas.operations.actionGone };
  const stage = pipeline.stages[from.stageIndex]!;
  const action = stage.actions[from.actionIndex]!;
  const refused = refusal(pipeline, action.actionTypeId.category, slot, from);
  if (refused) return { refused };
  if (isWhereItIs(pipeline, from.stageIndex, from.actionIndex, slot)) return { label: '', edits: [] };

  const rest = stage.actions.filter((other) => other !== action);
  const leavesEmpty = rest.length === 0 && (slot.kind === 'stage' || slot.stageIndex !== from.stageIndex);
  const remove: DocumentEdit = { path: ['stages', from.stageIndex, 'actions', from.actionIndex], value: undefined };
  const removeStage: DocumentEdit = { path: ['stages', from.stageIndex], value: undefined };

  if (slot.kind === 'stage') {
    const taken = pipeline.stages.map(({ name }) => name);
    const name = leavesEmpty ? stage.name : uniqueName(slot.name ?? action.name, taken);
    // Alone in its stage: the stage itself moves, with all that is set for it.
    const index = leavesEmpty && slot.index > from.stageIndex ? slot.index - 1 : slot.index;
    const value = leavesEmpty ? stage : { name, actions: [{ ...action, runOrder: 1 }] };
    return {
      label: leavesEmpty
        ? strings.canvas.operations.moveStage(stage.name)
        : strings.canvas.operations.moveToNew(action.name),
      edits: [leavesEmpty ? removeStage : remove, { path: ['stages', index], value, insert: true }],
      select: `${name}/${action.name}`,
      renamed: { from: where, to: `${name}/${action.name}` },
    };
  }

  const target = pipeline.stages[slot.stageIndex]!;
  const isSameStage = slot.stageIndex === from.stageIndex;
  const others = isSameStage ? rest : target.actions;
  const groupIndex = isSameStage ? withoutGroup(pipeline, from, slot) : slot.groupIndex;
  const room = makeRoom(slot.stageIndex, others, { kind: slot.kind, groupIndex });
  const name = isSameStage
    ? action.name
    : uniqueName(
        action.name,
        target.actions.map((other) => other.name),
      );
  const moved = { ...action, name, runOrder: room.runOrder };
  return {
    label: isSameStage
      ? strings.canvas.operations.move(action.name)
      : strings.canvas.operations.moveTo(action.name, target.name),
    edits: [
      remove,
      ...room.edits,
      { path: ['stages', slot.stageIndex, 'actions', room.index], value: moved, insert: true },
      ...(leavesEmpty && from.stageIndex > 0 ? [removeStage] : []),
    ],
    select: `${target.name}/${name}`,
    renamed: { from: where, to: `${target.name}/${name}` },
  };
}

/** The slot's group counted without the moving action: its own group vanishes when it was alone in it. */
function withoutGroup(
  { stages }: PipelineDeclaration,
  from: { stageIndex: number; actionIndex: number | undefined },
  slot: { groupIndex: number },
): number {
  const stage = stages[from.stageIndex]!;
  const action = stage.actions[from.actionIndex!]!;
  const own = runOrderGroups(stage).findIndex(({ actions }) => actions.length === 1 && actions[0] === action);
  return own >= 0 && own < slot.groupIndex ? slot.groupIndex - 1 : slot.groupIndex;
}

function isWhereItIs({ stages }: PipelineDeclaration, stageIndex: number, actionIndex: number, slot: Slot): boolean {
  const stage = stages[stageIndex]!;
  const groups = runOrderGroups(stage);
  const own = groups.findIndex(({ actions }) => actions.includes(stage.actions[actionIndex]!));
  const isAlone = groups[own]!.actions.length === 1;
  if (slot.kind === 'stage')
    return stage.actions.length === 1 && (slot.index === stageIndex || slot.index === stageIndex + 1);
  if (slot.stageIndex !== stageIndex) return false;
  if (slot.kind === 'beside') return slot.groupIndex === own;
  return isAlone && (slot.groupIndex === own || slot.groupIndex === own + 1);
}
