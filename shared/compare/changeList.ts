import { actionKey, type PipelineDeclaration } from '../model/declaration.ts';
import type { ActionComparison, Comparison, FieldChange, Mark, Matched, StageComparison } from './comparison.ts';

export type ChangedKind = 'pipeline' | 'stage' | 'action' | 'artifact' | 'variable' | 'trigger';

/** What it was called, or where it stood: a stage by its place in the row (from 1), an action by its run order or its stage. */
export type ChangeDetail =
  | { from: 'name'; name: string }
  | { from: 'place'; place: number }
  | { from: 'runOrder'; runOrder: number }
  | { from: 'stage'; stageName: string };

/** One line of a list of changes. */
export interface Change {
  /** Tells the lines of one list apart. */
  id: string;
  kind: ChangedKind;
  /** How the item is called: on the later side, or as it was if it is gone. A trigger by its source action. */
  name: string;
  /** The place that stands for it: 'Stage', 'Stage/Action' or '' (the pipeline), on the later side where it exists there. */
  where: string;
  marks: readonly Mark[];
  /** One for each mark that says more than its name. */
  details: readonly ChangeDetail[];
  fields: readonly FieldChange[];
}

/** Everything that changed, in the order of the pipeline: itself, its stages and their actions, then what they work with. */
export function changeList(comparison: Comparison, before: PipelineDeclaration, after: PipelineDeclaration): Change[] {
  const changes: Change[] = [];
  if (comparison.fields.length > 0)
    changes.push({
      id: 'pipeline',
      kind: 'pipeline',
      name: after.name,
      where: '',
      marks: ['changed'],
      details: [],
      fields: comparison.fields,
    });
  const places: { order: number; change: Change }[] = [];
  for (const stage of comparison.stages) {
    if (stage.marks.length === 0) continue;
    const name = (stage.after ?? stage.before)!.value.name;
    const old = stage.before;
    const details: ChangeDetail[] = [];
    if (stage.marks.includes('renamed')) details.push({ from: 'name', name: old!.value.name });
    if (stage.marks.includes('moved')) details.push({ from: 'place', place: old!.index + 1 });
    const { marks, fields } = stage;
    const change: Change = { id: stageId(stage), kind: 'stage', name, where: name, marks, details, fields };
    places.push({ order: orderOf(stage, -1), change });
  }
  for (const action of comparison.actions) {
    if (action.marks.length === 0) continue;
    places.push({ order: actionOrder(action, comparison), change: actionChange(action, before, after) });
  }
  changes.push(...places.sort((a, b) => a.order - b.order).map(({ change }) => change));
  changes.push(...itemChanges('artifact', comparison.artifacts, (one) => one.madeBy[0] ?? one.readBy[0] ?? ''));
  changes.push(...itemChanges('variable', comparison.variables, () => ''));
  for (const one of comparison.triggers) {
    if (one.marks.length === 0) continue;
    const { sourceActionName } = (one.after ?? one.before)!.value.gitConfiguration;
    const trigger: Change = {
      id: itemId('trigger', one),
      kind: 'trigger',
      name: sourceActionName,
      where: '',
      marks: one.marks,
      details: [],
      fields: one.fields,
    };
    changes.push(trigger);
  }
  return changes;
}

export const itemId = (kind: ChangedKind, { before, after }: Matched<unknown>): string =>
  `${kind} ${before?.index ?? ''}>${after?.index ?? ''}`;
export const stageId = (stage: StageComparison): string => itemId('stage', stage);
export const actionId = (action: ActionComparison): string =>
  `${itemId('action', action)} in ${action.stageBefore ?? ''}>${action.stageAfter ?? ''}`;

/** Later items stand where they are; what is gone stands where it was. Actions come after their stage's own line. */
const orderOf = ({ before, after }: Matched<unknown>, within: number): number =>
  (after?.index ?? before!.index + 0.5) * 1_000_000 + within;

function actionOrder({ before, after, stageBefore, stageAfter }: ActionComparison, { stages }: Comparison): number {
  const stage = stages.find((one) => (after ? one.after?.index === stageAfter : one.before?.index === stageBefore));
  return orderOf(stage!, after ? after.index : before!.index + 0.5);
}

function actionChange(action: ActionComparison, before: PipelineDeclaration, after: PipelineDeclaration): Change {
  const { marks, fields } = action;
  const name = (action.after ?? action.before)!.value.name;
  const stageName = action.after ? after.stages[action.stageAfter!]!.name : before.stages[action.stageBefore!]!.name;
  const details: ChangeDetail[] = [];
  if (marks.includes('renamed')) details.push({ from: 'name', name: action.before!.value.name });
  if (marks.includes('moved')) {
    const stage = before.stages[action.stageBefore!]!.name;
    const runOrder = action.before!.value.runOrder ?? 1;
    details.push(stage === stageName ? { from: 'runOrder', runOrder } : { from: 'stage', stageName: stage });
  }
  return { id: actionId(action), kind: 'action', name, where: actionKey(stageName, name), marks, details, fields };
}

function itemChanges<T extends { name: string }>(
  kind: ChangedKind,
  items: readonly Matched<T>[],
  whereOf: (item: T) => string,
): Change[] {
  return items
    .filter(({ marks }) => marks.length > 0)
    .map((one) => {
      const { before, after, marks, fields } = one;
      const item = (after ?? before)!.value;
      const details: ChangeDetail[] = marks.includes('renamed') ? [{ from: 'name', name: before!.value.name }] : [];
      return { id: itemId(kind, one), kind, name: item.name, where: whereOf(item), marks, details, fields };
    });
}
