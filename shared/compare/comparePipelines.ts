import {
  type ActionDeclaration,
  actionTypeKey,
  type PipelineDeclaration,
  runOrderGroups,
  type StageDeclaration,
} from '../model/declaration.ts';
import { pipelineTypeOf } from '../model/pipelineTypeOf.ts';
import { compareArtifacts } from './compareArtifacts.ts';
import type { ActionComparison, Comparison, FieldChange, Mark, Matched, StageComparison } from './comparison.ts';
import { fieldChanges } from './fieldChanges.ts';
import { movedOf, type Pairs, pairByKey, pairByLikeness, wordsOf } from './matchItems.ts';

const NAME = new Set(['name']);

/**
 * Compares two declarations. Defaults that the service fills in count as written (reference/pipeline-structure.md §4), and
 * `version` does not count. Any two declarations compare, valid or not; about linear in the number of their actions.
 */
export function comparePipelines(before: PipelineDeclaration, after: PipelineDeclaration): Comparison {
  const stagePairs = pairStages(before.stages, after.stages);
  const actions = compareActions(before, after, stagePairs);
  return {
    fields: fieldChanges(withDefaults(before), withDefaults(after), {
      without: ['stages', 'variables', 'triggers', 'version'],
    }),
    stages: compareStages(before.stages, after.stages, stagePairs),
    actions,
    artifacts: compareArtifacts(before, after, actions),
    variables: compareList(before.variables ?? [], after.variables ?? [], (one) => one.name, {
      wordsOf: (one) => wordsOf(one, NAME),
    }),
    triggers: compareTriggers(before, after, actions),
  };
}

const withDefaults = (pipeline: PipelineDeclaration) => ({
  ...pipeline,
  executionMode: pipeline.executionMode ?? 'SUPERSEDED',
  pipelineType: pipelineTypeOf(pipeline),
});

// Stages

const stageWords = (stage: StageDeclaration): Set<string> => {
  const words = wordsOf({ ...stage, actions: [] }, NAME);
  for (const action of stage.actions) {
    words.add(`action=${action.name}`);
    for (const word of wordsOf(action, NAME)) words.add(word);
  }
  return words;
};

function pairStages(before: readonly StageDeclaration[], after: readonly StageDeclaration[]): Pairs {
  const pairs = pairByKey(before, after, ({ name }) => name);
  return pairByLikeness(before, after, stageWords, () => true, pairs);
}

function compareStages(
  before: readonly StageDeclaration[],
  after: readonly StageDeclaration[],
  pairs: Pairs,
): StageComparison[] {
  return compareMatched(before, after, pairs, (a, b) => fieldChanges(a, b, { without: ['name', 'actions'] }));
}

// Actions

interface Placed {
  action: ActionDeclaration;
  stageIndex: number;
  index: number;
}

const placed = ({ stages }: PipelineDeclaration): Placed[] =>
  stages.flatMap(({ actions }, stageIndex) => actions.map((action, index) => ({ action, stageIndex, index })));

const actionWords = ({ action }: Placed): Set<string> => wordsOf(action, NAME);
const isOfOneType = ({ action: a }: Placed, { action: b }: Placed): boolean =>
  actionTypeKey(a.actionTypeId) === actionTypeKey(b.actionTypeId);

function compareActions(before: PipelineDeclaration, after: PipelineDeclaration, stages: Pairs): ActionComparison[] {
  const [old, now] = [placed(before), placed(after)];
  const names = (items: readonly Placed[]) => {
    const counts = new Map<string, number>();
    for (const { action } of items) counts.set(action.name, (counts.get(action.name) ?? 0) + 1);
    return counts;
  };
  const pairs = pairByKey(old, now, ({ action, stageIndex }, side) => {
    // A place is told by the later stage's index, so that a renamed stage keeps its actions.
    const stage = side === 'after' ? stageIndex : stages.get(stageIndex);
    return stage === undefined ? undefined : `${stage}/${action.name}`;
  });
  // A name that is left over once on each side went to another stage.
  const taken = new Set(pairs.values());
  const leftBefore = names(old.filter((_, index) => !pairs.has(index)));
  const leftAfter = names(now.filter((_, index) => !taken.has(index)));
  pairByKey(
    old,
    now,
    ({ action: { name, actionTypeId } }) =>
      leftBefore.get(name) === 1 && leftAfter.get(name) === 1 ? `${name} ${actionTypeKey(actionTypeId)}` : undefined,
    pairs,
  );
  pairByKey(old, now, (item) => [...actionWords(item)].sort().join('\n'), pairs);
  pairByLikeness(old, now, actionWords, isOfOneType, pairs);
  return markActions(old, now, pairs, { stages, before, after });
}

function markActions(
  old: readonly Placed[],
  now: readonly Placed[],
  pairs: Pairs,
  { stages, before, after }: { stages: Pairs; before: PipelineDeclaration; after: PipelineDeclaration },
): ActionComparison[] {
  const rankBefore = ranksOf(before);
  const rankAfter = ranksOf(after);
  const shifted = regrouped(old, now, pairs, stages, rankBefore, rankAfter);
  const taken = new Set(pairs.values());
  const compared: ActionComparison[] = old.map((item, index) => {
    const other = pairs.get(index);
    const there = other === undefined ? undefined : now[other]!;
    const common = {
      before: { index: item.index, value: item.action },
      stageBefore: item.stageIndex,
    };
    if (!there) return { ...common, after: undefined, stageAfter: undefined, marks: ['removed'], fields: [] };
    const fields = fieldChanges(filled(item.action), filled(there.action), {
      without: ['name'],
      inside: ['configuration'],
    });
    const hasMoved = stages.get(item.stageIndex) !== there.stageIndex || shifted.has(index);
    const found: Mark[] = [];
    if (item.action.name !== there.action.name) found.push('renamed');
    if (hasMoved) found.push('moved');
    if (fields.some(({ path }) => !(hasMoved && path[0] === 'runOrder'))) found.push('changed');
    return {
      ...common,
      after: { index: there.index, value: there.action },
      stageAfter: there.stageIndex,
      marks: found,
      fields,
    };
  });
  for (const [index, item] of now.entries())
    if (!taken.has(index))
      compared.push({
        before: undefined,
        stageBefore: undefined,
        after: { index: item.index, value: item.action },
        stageAfter: item.stageIndex,
        marks: ['added'],
        fields: [],
      });
  return compared;
}

const filled = (action: ActionDeclaration) => ({ ...action, runOrder: action.runOrder ?? 1 });

/** Of each action, the rank of its runOrder group in its stage. */
function ranksOf({ stages }: PipelineDeclaration): Map<ActionDeclaration, number> {
  return new Map(
    stages.flatMap((stage) => runOrderGroups(stage).flatMap(({ actions }, rank) => actions.map((one) => [one, rank]))),
  );
}

/**
 * The actions that stayed in their stage but run before, beside or after others than they did. Ranks count only among those
 * that stayed, so that a group that came or went moves nobody.
 */
function regrouped(
  old: readonly Placed[],
  now: readonly Placed[],
  pairs: Pairs,
  stages: Pairs,
  rankBefore: ReadonlyMap<ActionDeclaration, number>,
  rankAfter: ReadonlyMap<ActionDeclaration, number>,
): Set<number> {
  const byStage = new Map<number, number[]>();
  for (const [index, other] of pairs) {
    const { stageIndex } = old[index]!;
    if (stages.get(stageIndex) !== now[other]!.stageIndex) continue;
    const known = byStage.get(stageIndex);
    if (known) known.push(index);
    else byStage.set(stageIndex, [index]);
  }
  const shifted = new Set<number>();
  for (const stayed of byStage.values()) {
    const old_ = dense(stayed.map((index) => rankBefore.get(old[index]!.action)!));
    const now_ = dense(stayed.map((index) => rankAfter.get(now[pairs.get(index)!]!.action)!));
    // As many groups as before, in another order: the fewest that can have moved did. Else all whose rank differs.
    const isSerial = new Set(old_).size === stayed.length && new Set(now_).size === stayed.length;
    if (isSerial) {
      const order = stayed.map((_, at) => at).sort((a, b) => old_[a]! - old_[b]!);
      for (const at of movedOf(order.map((place) => now_[place]!))) shifted.add(stayed[order[at]!]!);
    } else for (const [at, index] of stayed.entries()) if (old_[at] !== now_[at]) shifted.add(index);
  }
  return shifted;
}

/** Ranks without gaps. */
function dense(ranks: readonly number[]): number[] {
  const order = new Map([...new Set(ranks)].sort((a, b) => a - b).map((rank, place) => [rank, place]));
  return ranks.map((rank) => order.get(rank)!);
}

// Variables and triggers

function compareTriggers(
  before: PipelineDeclaration,
  after: PipelineDeclaration,
  actions: readonly ActionComparison[],
): Comparison['triggers'] {
  // A trigger stays with its source action, also when that is renamed.
  const renamed = new Map(
    actions.flatMap((one) => (one.before && one.after ? [[one.before.value.name, one.after.value.name]] : [])),
  );
  const old = before.triggers ?? [];
  const now = after.triggers ?? [];
  const isOld = new Set<unknown>(old);
  return compareList(
    old,
    now,
    (trigger) => {
      const name = trigger.gitConfiguration.sourceActionName;
      return isOld.has(trigger) ? (renamed.get(name) ?? name) : name;
    },
    { inside: ['gitConfiguration'] },
  );
}

function compareList<T extends object>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T) => string,
  options: { wordsOf?: (item: T) => ReadonlySet<string>; inside?: readonly string[] },
): Matched<T>[] {
  const pairs = pairByKey(before, after, (item) => keyOf(item));
  if (options.wordsOf) pairByLikeness(before, after, options.wordsOf, () => true, pairs);
  return compareMatched(before, after, pairs, (a, b) =>
    fieldChanges(a, b, { without: ['name'], ...(options.inside && { inside: options.inside }) }),
  );
}

function compareMatched<T extends object>(
  before: readonly T[],
  after: readonly T[],
  pairs: Pairs,
  fieldsOf: (a: T, b: T) => FieldChange[],
): Matched<T>[] {
  const both = [...before.keys()].filter((index) => pairs.has(index));
  const moved = new Set([...movedOf(both.map((index) => pairs.get(index)!))].map((at) => both[at]!));
  const taken = new Set(pairs.values());
  const nameOf = (item: T) => (item as { name?: unknown }).name;
  const compared: Matched<T>[] = before.map((value, index) => {
    const other = pairs.get(index);
    if (other === undefined)
      return { before: { index, value }, after: undefined, marks: ['removed'], fields: [] } as Matched<T>;
    const there = after[other]!;
    const fields = fieldsOf(value, there);
    const found: Mark[] = [];
    if (nameOf(value) !== nameOf(there)) found.push('renamed');
    if (moved.has(index)) found.push('moved');
    if (fields.length > 0) found.push('changed');
    return { before: { index, value }, after: { index: other, value: there }, marks: found, fields };
  });
  for (const [index, value] of after.entries())
    if (!taken.has(index)) compared.push({ before: undefined, after: { index, value }, marks: ['added'], fields: [] });
  return compared;
}
