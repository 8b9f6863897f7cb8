import { actionKey, type PipelineDeclaration, type StageDeclaration } from '../model/declaration.ts';
import type { ActionComparison, Comparison, Mark, Matched } from './comparison.ts';

/** Two declarations as one to be drawn: one of them, with what only the other has where it would be. Not one that could run. */
export interface JoinedPipeline {
  pipeline: PipelineDeclaration;
  /** By 'Stage' and 'Stage/Action' of the joined pipeline. */
  marks: ReadonlyMap<string, readonly Mark[]>;
  /** The place in the joined pipeline of each change whose `where` (changeList) is another one. */
  places: ReadonlyMap<string, string>;
}

/** `drawn`: the declaration that is drawn as it is; by default the later one. The marks are the same either way. */
export function joinedPipeline(
  comparison: Comparison,
  before: PipelineDeclaration,
  after: PipelineDeclaration,
  drawn: 'before' | 'after' = 'after',
): JoinedPipeline {
  const isFlipped = drawn === 'before';
  const [other, base] = isFlipped ? [after, before] : [before, after];
  const stages = isFlipped ? comparison.stages.map(flipped) : comparison.stages;
  const actions = isFlipped ? comparison.actions.map(flippedAction) : comparison.actions;
  const marks = new Map<string, readonly Mark[]>();
  const places = new Map<string, string>();
  /** The list of changes says it by the later name, also when the earlier one is drawn. */
  const put = (listed: string, place: string, found: readonly Mark[]) => {
    marks.set(place, found);
    if (listed !== place) places.set(listed, place);
  };
  const placeInBase = new Map<number, number>();
  for (const { before: old, after: now } of stages) if (old && now) placeInBase.set(old.index, now.index);

  const drawnStages: StageDeclaration[] = base.stages.map((stage) => ({ ...stage, actions: [...stage.actions] }));
  const gone: { index: number; stage: StageDeclaration }[] = [];
  for (const { before: old, after: now, marks: found } of stages) {
    if (old && !now) gone.push({ index: old.index, stage: { ...old.value, actions: [] } });
    if (found.length === 0) continue;
    const listed = (isFlipped ? (old ?? now) : (now ?? old))!.value.name;
    put(listed, (now ?? old)!.value.name, found);
  }
  const goneAt = new Map(gone.map(({ index, stage }) => [index, stage]));
  for (const { before: old, after: now, stageBefore, stageAfter, marks: found } of actions) {
    if (found.length === 0) continue;
    const here = now && actionKey(base.stages[stageAfter!]!.name, now.value.name);
    const there = old && actionKey(other.stages[stageBefore!]!.name, old.value.name);
    const listed = (isFlipped ? (there ?? here) : (here ?? there))!;
    if (here !== undefined) {
      put(listed, here, found);
      continue;
    }
    const home = placeInBase.has(stageBefore!) ? drawnStages[placeInBase.get(stageBefore!)!] : goneAt.get(stageBefore!);
    home!.actions.push(old!.value);
    put(listed, actionKey(home!.name, old!.value.name), found);
  }

  // A stage that is gone follows the one that it followed.
  const follows = new Map<number, StageDeclaration[]>();
  for (const { index, stage } of gone) {
    let last = index - 1;
    while (last >= 0 && !placeInBase.has(last)) last -= 1;
    const place = last < 0 ? -1 : placeInBase.get(last)!;
    follows.set(place, [...(follows.get(place) ?? []), stage]);
  }
  const joined = [
    ...(follows.get(-1) ?? []),
    ...drawnStages.flatMap((stage, at) => [stage, ...(follows.get(at) ?? [])]),
  ];
  return { pipeline: { ...base, name: base.name || other.name, stages: joined }, marks, places };
}

/** Seen from the other side. The marks stay: what was added stays added. */
const flipped = <Item extends Matched<unknown>>(item: Item): Item => ({
  ...item,
  before: item.after,
  after: item.before,
});
const flippedAction = (action: ActionComparison): ActionComparison => ({
  ...flipped(action),
  stageBefore: action.stageAfter,
  stageAfter: action.stageBefore,
});
