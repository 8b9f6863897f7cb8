import type { ConditionType } from '../../../shared/execution/events.ts';
import {
  conditionSets,
  type PipelineDeclaration,
  type RetryMode,
  type RuleDeclaration,
  ruleKey,
  rulesOfStage,
  type StageDeclaration,
} from '../../../shared/model/declaration.ts';
import type { Change, Refused } from '../../../shared/model/edits/change.ts';
import { sidecarRename } from '../../../shared/model/edits/sidecarRenames.ts';
import { uniqueName } from '../../../shared/model/edits/uniqueName.ts';
import type { RuleType } from '../../../shared/providers/provider.ts';
import { strings } from '../../strings/strings.ts';

const words = strings.inspector.edits;

/** A condition of a stage, by its place in the declaration. */
export interface ConditionPlace {
  stage: StageDeclaration;
  stageIndex: number;
  conditionType: ConditionType;
}

const NAMES = { BEFORE_ENTRY: 'beforeEntry', ON_SUCCESS: 'onSuccess', ON_FAILURE: 'onFailure' } as const;
/** The condition's member of the stage. */
export const setOf = ({ stage, conditionType }: ConditionPlace) => stage[conditionSets[conditionType]];
const pathOf = ({ stageIndex, conditionType }: ConditionPlace) => ['stages', stageIndex, conditionSets[conditionType]];
const nameOf = ({ stage, conditionType }: ConditionPlace) => words.condition(NAMES[conditionType], stage.name);

/** The results that CodePipeline takes in each place (rules.md §1). */
export const resultsOf: Readonly<Record<ConditionType, readonly string[]>> = {
  BEFORE_ENTRY: ['FAIL', 'SKIP'],
  ON_SUCCESS: ['FAIL', 'ROLLBACK'],
  ON_FAILURE: ['ROLLBACK', 'RETRY'],
};

export const rulePath = (place: ConditionPlace, index: number): (string | number)[] => [
  ...pathOf(place),
  'conditions',
  0,
  'rules',
  index,
];

/** A rule of a type under a name that no other rule of the stage has, with the keys that it must have. */
export function newRule(stage: StageDeclaration, type: RuleType): RuleDeclaration {
  const taken = rulesOfStage(stage).map(({ rule }) => rule.name);
  return {
    name: uniqueName(type.ruleTypeId.provider, taken),
    ruleTypeId: { ...type.ruleTypeId },
    ...(type.commandsField && { commands: ['true'] }),
  };
}

/** Adds the condition with the least that it can be: one rule, or for onFailure only a result. */
export function addCondition(pipeline: PipelineDeclaration, place: ConditionPlace, type: RuleType): Change {
  const mayRollBack = place.stageIndex > 0 && pipeline.executionMode !== 'PARALLEL';
  const value =
    place.conditionType === 'ON_FAILURE'
      ? mayRollBack
        ? { result: 'ROLLBACK' }
        : { result: 'RETRY', retryConfiguration: { retryMode: 'FAILED_ACTIONS' } }
      : { conditions: [{ result: 'FAIL', rules: [newRule(place.stage, type)] }] };
  return { label: words.addCondition(nameOf(place)), edits: [{ path: pathOf(place), value }] };
}

export function removeCondition(place: ConditionPlace): Change {
  return { label: words.removeCondition(nameOf(place)), edits: [{ path: pathOf(place), value: undefined }] };
}

/** The result that counts: that of the condition, for onFailure without rules its own. */
export function resultOfSet(place: ConditionPlace): string {
  const set = setOf(place);
  return (
    set?.conditions?.[0]?.result ?? (place.conditionType === 'ON_FAILURE' ? place.stage.onFailure?.result : '') ?? ''
  );
}

/** Sets what follows. Only RETRY has a retry mode, so another result takes it away. */
export function setResult(place: ConditionPlace, result: string): Change {
  const label = words.changeResult(nameOf(place), result);
  if (resultOfSet(place) === result) return { label, edits: [] };
  const path = pathOf(place);
  const hasRules = (setOf(place)?.conditions?.length ?? 0) > 0;
  const { onFailure } = place.stage;
  if (place.conditionType !== 'ON_FAILURE' || !onFailure)
    return { label, edits: [{ path: [...path, 'conditions', 0, 'result'], value: result }] };
  if (!hasRules) {
    const { retryConfiguration, ...rest } = onFailure;
    const retry =
      result === 'RETRY' ? { retryConfiguration: retryConfiguration ?? { retryMode: 'FAILED_ACTIONS' } } : {};
    return { label, edits: [{ path, value: { ...rest, result, ...retry } }] };
  }
  return { label, edits: [{ path: [...path, 'conditions', 0, 'result'], value: result }] };
}

export function setRetryMode(place: ConditionPlace, retryMode: RetryMode): Change {
  const label = words.changeRetry(retryMode, place.stage.name);
  if (place.stage.onFailure?.retryConfiguration?.retryMode === retryMode) return { label, edits: [] };
  return { label, edits: [{ path: [...pathOf(place), 'retryConfiguration'], value: { retryMode } }] };
}

/** Adds a rule at the end. The first rule of an onFailure takes its bare result into the condition. */
export function addRule(place: ConditionPlace, type: RuleType): Change | Refused {
  const rule = newRule(place.stage, type);
  const label = words.addRule(rule.name, nameOf(place));
  const condition = setOf(place)?.conditions?.[0];
  if (!condition) {
    const { result = 'ROLLBACK', retryConfiguration, ...rest } = place.stage.onFailure ?? {};
    if (result === 'RETRY') return { refused: words.noRulesWithRetry };
    return { label, edits: [{ path: pathOf(place), value: { ...rest, conditions: [{ result, rules: [rule] }] } }] };
  }
  if ((condition.rules?.length ?? 0) >= 5) return { refused: words.mostRules };
  const path = [...pathOf(place), 'conditions', 0, 'rules'];
  return { label, edits: [{ path, value: [...(condition.rules ?? []), rule] }] };
}

/** Removes a rule; the last one takes the condition along, of an onFailure its rules only. */
export function removeRule(place: ConditionPlace, index: number): Change {
  const condition = setOf(place)?.conditions?.[0];
  const rules = condition?.rules ?? [];
  const left = rules.filter((_, at) => at !== index);
  const label = words.removeRule(rules[index]?.name ?? '', nameOf(place));
  if (left.length > 0) return { label, edits: [{ path: [...pathOf(place), 'conditions', 0, 'rules'], value: left }] };
  if (place.conditionType !== 'ON_FAILURE' || !place.stage.onFailure) return { ...removeCondition(place), label };
  const { conditions: _, ...rest } = place.stage.onFailure;
  const result = rest.result ?? condition?.result ?? 'ROLLBACK';
  return { label, edits: [{ path: pathOf(place), value: { ...rest, result } }] };
}

/** Renames a rule; what the sidecar keeps for it moves along. */
export function renameRule(place: ConditionPlace, index: number, to: string): Change | Refused {
  const { stage, conditionType } = place;
  const rule = setOf(place)?.conditions?.[0]?.rules?.[index];
  if (!rule) return { refused: words.ruleIsGone };
  const label = words.renameRule(rule.name, to);
  if (to === rule.name) return { label, edits: [] };
  if (to === '') return { refused: words.ruleNeedsName };
  if (rulesOfStage(stage).some((other) => other.conditionType === conditionType && other.rule.name === to))
    return { refused: words.ruleIsTaken(NAMES[conditionType], to) };
  return {
    label,
    edits: [{ path: [...rulePath(place, index), 'name'], value: to }],
    sidecar: sidecarRename(ruleKey(stage.name, conditionType, rule.name), ruleKey(stage.name, conditionType, to)),
  };
}
