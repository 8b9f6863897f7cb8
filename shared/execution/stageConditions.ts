import type { RuleDeclaration, StageDeclaration } from '../model/declaration.ts';
import type { ConditionType } from './events.ts';
import {
  type ConditionState,
  conditionOf,
  type ExecutionState,
  type RuleState,
  type StageState,
  stageIndexOf,
} from './executionState.ts';

/** Reads what a declaration says of conditions (rules.md §1) and what became of them in the present attempt of a stage. */

type ConditionResult = 'ROLLBACK' | 'FAIL' | 'RETRY' | 'SKIP';
/** The conditions that hold an execution back; they can be overridden. */
export type Gate = Exclude<ConditionType, 'ON_FAILURE'>;

const setOf = (stage: StageDeclaration | undefined, conditionType: ConditionType) =>
  ({ BEFORE_ENTRY: stage?.beforeEntry, ON_SUCCESS: stage?.onSuccess, ON_FAILURE: stage?.onFailure })[conditionType];

/** The rules of a condition; none when the stage has no such condition, or one without rules. */
export function rulesOf(stage: StageDeclaration | undefined, conditionType: ConditionType): RuleDeclaration[] {
  return setOf(stage, conditionType)?.conditions?.[0]?.rules ?? [];
}

/** What a failing gate does. FAIL where the declaration does not say, or says what has no meaning in that place. */
export function resultOf(state: ExecutionState, stageName: string, conditionType: Gate): ConditionResult {
  const declared = setOf(state.declaration.stages[stageIndexOf(state, stageName)], conditionType)?.conditions?.[0];
  const meant = conditionType === 'BEFORE_ENTRY' ? 'SKIP' : 'ROLLBACK';
  return declared?.result === meant ? meant : 'FAIL';
}

/** What answers a failure: the results of the condition and of `onFailure` itself, which both wait for the rules if there are any. */
export function failureResults(stage: StageDeclaration | undefined): ConditionResult[] {
  const { onFailure } = stage ?? {};
  return [onFailure?.conditions?.[0]?.result, onFailure?.result].filter((result) => result !== undefined);
}

/** The evaluation in the present attempt of the stage; undefined while there is none. */
export function presentCondition(stage: StageState, conditionType: ConditionType): ConditionState | undefined {
  const condition = conditionOf(stage, conditionType);
  return condition?.stageAttempt === stage.attempt ? condition : undefined;
}

/** Rules that are InProgress in a stage, of whichever condition. */
export const runningRulesIn = (stage: StageState): readonly RuleState[] =>
  stage.conditions.length === 0
    ? noRules // of most stages, asked several times for each decision
    : stage.conditions.flatMap((condition) => condition.rules.filter((rule) => rule.status === 'InProgress'));
const noRules: readonly RuleState[] = [];

/** The gate held: it failed and nobody overrode it. */
export const hasFailed = (condition: ConditionState | undefined): boolean =>
  condition?.status === 'Failed' || condition?.status === 'Errored';
