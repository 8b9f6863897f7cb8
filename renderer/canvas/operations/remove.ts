import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { strings } from '../../strings/strings.ts';
import { indicesOf, type Operation } from './operation.ts';

/** Deletes actions and stages. Inputs that this leaves without a producer stay, marked by validation, so that undo is not the only way back. */
export function remove(pipeline: PipelineDeclaration, places: readonly string[]): Operation {
  const stages = new Set<number>();
  const actions = new Map<number, number[]>();
  for (const where of places) {
    const found = indicesOf(pipeline, where);
    if (!found) continue;
    if (found.actionIndex === undefined) stages.add(found.stageIndex);
    else actions.set(found.stageIndex, [...(actions.get(found.stageIndex) ?? []), found.actionIndex]);
  }
  for (const stageIndex of stages) actions.delete(stageIndex);
  const actionCount = [...actions.values()].flat().length;
  if (stages.size + actionCount === 0) return { refused: strings.canvas.operations.selectToDelete };

  // From the back, so that earlier paths stay true.
  const edits: DocumentEdit[] = [];
  for (const stageIndex of [...new Set([...stages, ...actions.keys()])].sort((a, b) => b - a)) {
    if (stages.has(stageIndex)) edits.push({ path: ['stages', stageIndex], value: undefined });
    else
      for (const actionIndex of actions.get(stageIndex)!.sort((a, b) => b - a))
        edits.push({ path: ['stages', stageIndex, 'actions', actionIndex], value: undefined });
  }
  const only = places.length === 1 ? places[0]!.split('/').at(-1) : undefined;
  const words = strings.canvas.operations;
  const what = only ?? words.deletedParts(stages.size, actionCount);
  return {
    label: words.delete(what),
    done: words.deleted(what),
    edits,
    select: places.length === 1 && places[0]!.includes('/') ? places[0]!.split('/')[0]! : '',
  };
}
