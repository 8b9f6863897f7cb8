import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { strings } from '../../strings/strings.ts';
import { artifactsBefore } from '../graph.ts';
import type { Slot } from '../slots.ts';
import { copyOf } from './duplicate.ts';
import { allActions, type Operation, outputNames, uniqueName } from './operation.ts';
import { MOST_ACTIONS, makeRoom, refusal } from './placement.ts';

/** What becomes of input artifacts that nothing produces before the place: `held` drops them, `all` keeps them. */
export type Links = 'held' | 'all';

/**
 * Puts copies of actions into a slot. Those of a group (each list is one) run side by side, the groups one after the other. Names
 * and output artifacts stay where they are free and are new where they are taken; what one copy took from another it takes
 * from that one's copy.
 */
export function pasteActions(
  pipeline: PipelineDeclaration,
  groups: readonly (readonly ActionDeclaration[])[],
  slot: Slot,
  links: Links = 'held',
): Operation {
  const words = strings.canvas.operations;
  const actions = groups.flat();
  for (const { actionTypeId } of actions) {
    const refused = refusal(pipeline, actionTypeId.category, slot);
    if (refused) return { refused };
  }
  const [first] = actions;
  if (!first) return { refused: words.copyFirst };
  const copies = copiesOf(pipeline, groups, slot, links);
  const firstName = copies[0]![0]!.name;
  const what = actions.length === 1 ? firstName : words.actions(actions.length);

  if (slot.kind === 'stage') {
    const name = uniqueName(
      slot.name ?? firstName,
      pipeline.stages.map((stage) => stage.name),
    );
    const all = copies.flatMap((group, index) => group.map((copy) => ({ ...copy, runOrder: index + 1 })));
    return {
      label: words.pasteToNew(what),
      edits: [{ path: ['stages', slot.index], value: { name, actions: all }, insert: true }],
      select: `${name}/${firstName}`,
    };
  }
  const stage = pipeline.stages[slot.stageIndex]!;
  if (stage.actions.length + actions.length > MOST_ACTIONS) return { refused: words.mostActions(MOST_ACTIONS) };
  const edits: DocumentEdit[] = [];
  // The stage as the edits so far leave it.
  let standing: readonly ActionDeclaration[] = stage.actions;
  for (const [index, group] of copies.entries()) {
    const at =
      index === 0
        ? { kind: slot.kind, groupIndex: slot.groupIndex }
        : { kind: 'group' as const, groupIndex: slot.groupIndex + index };
    const room = makeRoom(slot.stageIndex, standing, at);
    const placed = group.map((copy) => ({ ...copy, runOrder: room.runOrder }));
    edits.push(
      ...room.edits,
      // Each before the one that was put there last, so that they stand in their order.
      ...placed.toReversed().map((value) => ({
        path: ['stages', slot.stageIndex, 'actions', room.index],
        value,
        insert: true,
      })),
    );
    const moved = standing.map((action, position) => {
      const edit = room.edits.find(({ path }) => path[3] === position);
      return edit ? { ...action, runOrder: edit.value as number } : action;
    });
    standing = moved.toSpliced(room.index, 0, ...placed);
  }
  return { label: words.paste(what, stage.name), edits, select: `${stage.name}/${firstName}` };
}

function copiesOf(
  pipeline: PipelineDeclaration,
  groups: readonly (readonly ActionDeclaration[])[],
  slot: Slot,
  links: Links,
): ActionDeclaration[][] {
  const names = allActions(pipeline).map(({ name }) => name);
  const outputs = outputNames(pipeline);
  const position =
    slot.kind === 'stage'
      ? { stageIndex: slot.index - 1, runOrder: Number.POSITIVE_INFINITY }
      : { stageIndex: slot.stageIndex, runOrder: runOrderAt(pipeline, slot) };
  const held = new Set(artifactsBefore(pipeline, position).map(({ artifact }) => artifact));
  const renamed = new Map<string, string>();
  return groups.map((group) => {
    const made: [string, string][] = [];
    const copies = group.map((action) => {
      const { copy, artifacts } = copyOf(action, names, outputs);
      made.push(...artifacts);
      if (!action.inputArtifacts) return copy;
      const inputArtifacts = action.inputArtifacts
        .map((input) => ({ ...input, name: renamed.get(input.name) ?? input.name }))
        .filter(({ name }) => links === 'all' || held.has(name));
      const { inputArtifacts: _, ...rest } = copy;
      return (inputArtifacts.length > 0 ? { ...rest, inputArtifacts } : rest) as ActionDeclaration;
    });
    for (const [before, after] of made) {
      renamed.set(before, after);
      held.add(after);
    }
    return copies;
  });
}

/** Actions with a lower runOrder run before the slot. */
function runOrderAt({ stages }: PipelineDeclaration, slot: Exclude<Slot, { kind: 'stage' }>): number {
  const orders = [...new Set(stages[slot.stageIndex]!.actions.map(({ runOrder = 1 }) => runOrder))].sort(
    (a, b) => a - b,
  );
  return slot.kind === 'beside' ? (orders[slot.groupIndex] ?? 1) : (orders[slot.groupIndex - 1] ?? 0) + 0.5;
}
