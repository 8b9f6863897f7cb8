import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';
import { artifactInConfiguration } from '../../../shared/references/artifactUses.ts';
import { indicesOf, isRefused, type Operation } from './operation.ts';
import { remove } from './remove.ts';

/**
 * Deletes as remove() does, and closes the gaps: an action that took the output of a deleted one takes what that one took first.
 * Where there was nothing before it, the input stays, marked by validation.
 */
export function removeHealed(pipeline: PipelineDeclaration, places: readonly string[]): Operation {
  const operation = remove(pipeline, places);
  if (isRefused(operation)) return operation;
  const gone = new Set<ActionDeclaration>();
  for (const where of places) {
    const found = indicesOf(pipeline, where);
    if (!found) continue;
    const { actions } = pipeline.stages[found.stageIndex]!;
    for (const action of found.actionIndex === undefined ? actions : [actions[found.actionIndex]!]) gone.add(action);
  }
  const makerOf = new Map(
    [...gone].flatMap((action) => (action.outputArtifacts ?? []).map(({ name }) => [name, action] as const)),
  );
  /** What is there in place of a deleted output; through as many deleted actions as there are in a row. */
  const instead = (artifact: string, seen = new Set<string>()): string | undefined => {
    const maker = makerOf.get(artifact);
    if (!maker || seen.has(artifact)) return seen.has(artifact) ? undefined : artifact;
    const before = maker.inputArtifacts?.[0]?.name;
    return before === undefined ? undefined : instead(before, seen.add(artifact));
  };

  const edits: DocumentEdit[] = [];
  for (const [stageIndex, stage] of pipeline.stages.entries())
    for (const [actionIndex, action] of stage.actions.entries()) {
      if (gone.has(action)) continue;
      const path = ['stages', stageIndex, 'actions', actionIndex];
      const inputs = (action.inputArtifacts ?? []).map(({ name }) => name);
      const held = new Set(inputs.filter((name) => !makerOf.has(name)));
      const removed: DocumentEdit[] = [];
      for (const [index, name] of inputs.entries()) {
        const healed = makerOf.has(name) ? instead(name) : undefined;
        if (healed === undefined) continue;
        const input = [...path, 'inputArtifacts', index];
        // An action takes an artifact once. From the back, so that earlier paths stay true.
        if (held.has(healed)) removed.unshift({ path: input, value: undefined });
        else edits.push({ path: [...input, 'name'], value: healed });
        held.add(healed);
        for (const { key, renamed } of artifactInConfiguration(action, name))
          edits.push({ path: [...path, 'configuration', key], value: renamed(healed) });
      }
      edits.push(...removed);
    }
  return { ...operation, edits: [...edits, ...operation.edits] };
}
