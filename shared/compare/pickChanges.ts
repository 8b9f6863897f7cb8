import type { ActionDeclaration, PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { actionId, type Change, changeList, itemId, stageId } from './changeList.ts';
import type { Comparison, FieldChange, Matched } from './comparison.ts';

/** A change that can be taken by itself, or with those that it needs. */
export interface PickableChange extends Change {
  /** Ids of the changes without which this one has no place: the stage that an action comes into … */
  needs: readonly string[];
  /** Of a stage that comes or goes: the changes of its actions, which are picked and dropped with it. */
  brings: readonly string[];
}

const fieldId = ({ path }: FieldChange): string => `pipeline ${path.join('.')}`;

/**
 * What can be picked of the changes between two declarations, in the order of changeList. Members of the pipeline itself each
 * stand alone; artifacts are left out, for they come and go with the actions.
 */
export function pickableChanges(
  comparison: Comparison,
  before: PipelineDeclaration,
  after: PipelineDeclaration,
): PickableChange[] {
  const { needs, brings } = bondsOf(comparison);
  return changeList(comparison, before, after).flatMap((change): PickableChange[] => {
    if (change.kind === 'artifact') return [];
    if (change.kind === 'pipeline')
      return change.fields.map((field) => ({ ...change, id: fieldId(field), fields: [field], needs: [], brings: [] }));
    return [{ ...change, needs: needs.get(change.id) ?? [], brings: brings.get(change.id) ?? [] }];
  });
}

/** An action needs the new stage that it stands in; a stage goes only after all that was in it went or moved. */
function bondsOf({ stages, actions }: Comparison): Record<'needs' | 'brings', ReadonlyMap<string, readonly string[]>> {
  const [needs, brings] = [new Map<string, string[]>(), new Map<string, string[]>()];
  const add = (bonds: Map<string, string[]>, id: string, other: string) =>
    bonds.set(id, [...(bonds.get(id) ?? []), other]);
  const [added, removed] = [new Map<number, string>(), new Map<number, string>()];
  for (const stage of stages)
    if (!stage.before) added.set(stage.after!.index, stageId(stage));
    else if (!stage.after) removed.set(stage.before.index, stageId(stage));
  for (const action of actions) {
    const home = action.after && added.get(action.stageAfter!);
    const left = action.before && removed.get(action.stageBefore!);
    if (home) add(needs, actionId(action), home);
    if (left) add(needs, left, actionId(action));
    for (const stage of [home, left]) if (stage) add(brings, stage, actionId(action));
  }
  return { needs, brings };
}

/** Picks or drops a change and what it brings, with all that they need, or all that need them. */
export function togglePick(
  changes: readonly PickableChange[],
  picked: ReadonlySet<string>,
  id: string,
): ReadonlySet<string> {
  const next = new Set(picked);
  const isPicked = picked.has(id);
  const follow = (one: string): void => {
    if (next.has(one) !== isPicked) return;
    if (isPicked) next.delete(one);
    else next.add(one);
    for (const change of changes) {
      if (isPicked && change.needs.includes(one)) follow(change.id);
      if (!isPicked && change.id === one) change.needs.forEach(follow);
    }
  };
  for (const one of [id, ...(changes.find((change) => change.id === id)?.brings ?? [])]) follow(one);
  return next;
}

/**
 * The earlier declaration with only the picked changes made. Whether it is a valid one is for the caller to ask. `picked` must
 * hold what its members need (togglePick keeps it so).
 */
export function withPicked(
  comparison: Comparison,
  before: PipelineDeclaration,
  picked: ReadonlySet<string>,
): PipelineDeclaration {
  const actions = comparison.actions.flatMap((item) => {
    const taken = take(item, picked.has(actionId(item)));
    if (!taken) return [];
    const { stageBefore, stageAfter } = item;
    // One that comes from another stage comes as a new one does.
    const stays = comparison.stages.some(
      ({ before: old, after: now }) => old?.index === stageBefore && now?.index === stageAfter,
    );
    return [{ ...taken, comes: taken.comes || (taken.isLater && !stays), stageBefore, stageAfter }];
  });
  const stages = arranged(comparison.stages.flatMap((item) => take(item, picked.has(stageId(item))) ?? [])).map(
    ({ item, value }): StageDeclaration => {
      const here = actions.filter(({ isLater, stageBefore, stageAfter }) =>
        isLater ? stageAfter === item.after?.index : stageBefore === item.before?.index,
      );
      return { ...value, actions: arranged(here).map((action): ActionDeclaration => action.value) };
    },
  );
  const variables = picks('variable', comparison.variables, picked);
  const triggers = picks('trigger', comparison.triggers, picked);
  const { variables: _variables, triggers: _triggers, ...rest } = before;
  return {
    ...withFields(
      rest,
      comparison.fields.filter((field) => picked.has(fieldId(field))),
    ),
    stages,
    ...(variables.length > 0 && { variables }),
    ...(triggers.length > 0 && { triggers }),
  };
}

function picks<T extends object>(
  kind: 'variable' | 'trigger',
  items: readonly Matched<T>[],
  picked: ReadonlySet<string>,
): T[] {
  return arranged(items.flatMap((item) => take(item, picked.has(itemId(kind, item))) ?? [])).map(({ value }) => value);
}

/** An item that is there after the picked changes. */
interface Taken<T> {
  item: Matched<T>;
  value: T;
  /** It is as it is on the later side. */
  isLater: boolean;
  /** It stands where it stands there, too. */
  comes: boolean;
}

function take<T>(item: Matched<T>, isPicked: boolean): Taken<T> | undefined {
  const { before, after, marks } = item;
  if (isPicked && after) return { item, value: after.value, isLater: true, comes: !before || marks.includes('moved') };
  return before && !isPicked ? { item, value: before.value, isLater: false, comes: false } : undefined;
}

/** What stays in its old order, then each that comes behind the one that it follows on the later side. */
function arranged<One extends Taken<unknown>>(taken: readonly One[]): One[] {
  const placeOf = ({ item }: One): number => item.after?.index ?? Number.POSITIVE_INFINITY;
  const result = taken.filter(({ comes }) => !comes).sort((a, b) => a.item.before!.index - b.item.before!.index);
  for (const one of taken.filter(({ comes }) => comes).sort((a, b) => placeOf(a) - placeOf(b))) {
    const earlier = result.filter((other) => placeOf(other) < placeOf(one));
    const last = earlier.sort((a, b) => placeOf(b) - placeOf(a))[0];
    result.splice(last ? result.indexOf(last) + 1 : 0, 0, one);
  }
  return result;
}

function withFields<T extends object>(item: T, fields: readonly FieldChange[]): T {
  const copy = { ...item } as Record<string, unknown>;
  for (const { path, after } of fields) {
    // Members of the pipeline itself differ as a whole.
    const [key = ''] = path;
    if (after === undefined) delete copy[key];
    else copy[key] = after;
  }
  return copy as T;
}
