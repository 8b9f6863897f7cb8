import { actionKey, type PipelineDeclaration, type StageDeclaration } from '../model/declaration.ts';
import type { Comparison, Mark } from './comparison.ts';

/** Two declarations as one to be drawn: the later one, with what is gone where it was. Not a pipeline that could run. */
export interface JoinedPipeline {
  pipeline: PipelineDeclaration;
  /** By 'Stage' and 'Stage/Action' of the joined pipeline. */
  marks: ReadonlyMap<string, readonly Mark[]>;
}

export function joinedPipeline(
  comparison: Comparison,
  before: PipelineDeclaration,
  after: PipelineDeclaration,
): JoinedPipeline {
  const marks = new Map<string, readonly Mark[]>();
  const laterStage = new Map<number, number>();
  for (const { before: old, after: now } of comparison.stages) if (old && now) laterStage.set(old.index, now.index);

  const later: StageDeclaration[] = after.stages.map((stage) => ({ ...stage, actions: [...stage.actions] }));
  const gone: { index: number; stage: StageDeclaration }[] = [];
  for (const { before: old, after: now, marks: found } of comparison.stages) {
    if (old && !now) gone.push({ index: old.index, stage: { ...old.value, actions: [] } });
    if (found.length > 0) marks.set((now ?? old)!.value.name, found);
  }
  const goneAt = new Map(gone.map(({ index, stage }) => [index, stage]));
  for (const { before: old, after: now, stageBefore, stageAfter, marks: found } of comparison.actions) {
    if (found.length === 0) continue;
    if (now) {
      marks.set(actionKey(after.stages[stageAfter!]!.name, now.value.name), found);
      continue;
    }
    const home = laterStage.has(stageBefore!) ? later[laterStage.get(stageBefore!)!] : goneAt.get(stageBefore!);
    home!.actions.push(old!.value);
    marks.set(actionKey(home!.name, old!.value.name), found);
  }

  // A stage that is gone follows the one that it followed.
  const follows = new Map<number, StageDeclaration[]>();
  for (const { index, stage } of gone) {
    let last = index - 1;
    while (last >= 0 && !laterStage.has(last)) last -= 1;
    const place = last < 0 ? -1 : laterStage.get(last)!;
    follows.set(place, [...(follows.get(place) ?? []), stage]);
  }
  const stages = [...(follows.get(-1) ?? []), ...later.flatMap((stage, at) => [stage, ...(follows.get(at) ?? [])])];
  return { pipeline: { ...after, name: after.name || before.name, stages }, marks };
}
