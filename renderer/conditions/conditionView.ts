import type { ConditionType } from '../../shared/execution/events.ts';
import {
  type ConditionState,
  type ExecutionState,
  isFinished,
  stageOf,
} from '../../shared/execution/executionState.ts';
import { failureResults, presentCondition, rulesOf } from '../../shared/execution/stageConditions.ts';
import type { StageDeclaration } from '../../shared/model/declaration.ts';
import { strings } from '../strings/strings.ts';
import type { ShownStatus } from '../ui/StatusIcon.tsx';

export const CONDITION_TITLES: Readonly<Record<ConditionType, string>> = strings.conditions.titles;

/** What a condition of a stage shows of an execution: a status by shape, and few words. */
export interface ConditionView {
  status: ShownStatus;
  /** "Passed", "1 of 2 rules", "Failed: ROLLBACK" … */
  text: string;
}

/** What the declaration says that follows, in CodePipeline's words; '' where it says nothing. */
export function resultText(stage: StageDeclaration, conditionType: ConditionType): string {
  if (conditionType === 'ON_FAILURE') return [...new Set(failureResults(stage))].join(', ');
  return (conditionType === 'BEFORE_ENTRY' ? stage.beforeEntry : stage.onSuccess)?.conditions?.[0]?.result ?? 'FAIL';
}

/** As a row shows it while nothing was evaluated: what follows, of a gate when it does not pass. */
function declaredText(stage: StageDeclaration, conditionType: ConditionType): string {
  const result = resultText(stage, conditionType);
  if (conditionType === 'ON_FAILURE') return result || strings.conditions.view.noResult;
  return strings.conditions.view.otherwise(result);
}

export function conditionViewOf(
  state: ExecutionState | undefined,
  stage: StageDeclaration,
  conditionType: ConditionType,
): ConditionView {
  const notEvaluated: ConditionView = { status: 'NotStarted', text: declaredText(stage, conditionType) };
  const here = state && stageOf(state, stage.name);
  if (!here) return notEvaluated;
  const condition = presentCondition(here, conditionType);
  if (condition) return evaluated(condition, stage);
  // A bare result of onFailure has no rules that could be seen running.
  if (conditionType === 'ON_FAILURE' && here.rollback)
    return here.rollback.refused === undefined
      ? { status: 'Failed', text: strings.conditions.view.rolledBack }
      : { status: 'Skipped', text: strings.conditions.view.notRolledBack };
  if (conditionType === 'ON_FAILURE' && here.retries.latestTrigger === 'AutomatedStageRetry')
    return { status: 'Succeeded', text: strings.conditions.view.retried };
  return notEvaluated;
}

function evaluated(condition: ConditionState, stage: StageDeclaration): ConditionView {
  const { conditionType, status, rules } = condition;
  const { view } = strings.conditions;
  const isFailure = conditionType === 'ON_FAILURE';
  const result = resultText(stage, conditionType);
  switch (status) {
    case 'InProgress': {
      const done = rules.filter((rule) => rule.status !== 'InProgress').length;
      return { status: 'InProgress', text: view.progress(done, rulesOf(stage, conditionType).length) };
    }
    case 'Succeeded':
      return isFailure ? { status: 'Failed', text: view.met(result) } : { status: 'Succeeded', text: view.passed };
    case 'Failed':
    case 'Errored':
      return isFailure ? { status: 'Skipped', text: view.notMet } : { status: 'Failed', text: view.failed(result) };
    case 'Overridden':
      return { status: 'Overridden', text: view.overridden };
    case 'Cancelled':
      return { status: 'Cancelled', text: view.cancelled };
    case 'Abandoned':
      return { status: 'Abandoned', text: view.abandoned };
  }
}

/** Can the gate be let pass now? The engine has the last word; this only keeps the button from standing where it means nothing. */
export function isOverridable(state: ExecutionState, stage: StageDeclaration, conditionType: ConditionType): boolean {
  if (conditionType === 'ON_FAILURE' || resultText(stage, conditionType) === 'SKIP' || state.stop || state.cancel)
    return false;
  const here = stageOf(state, stage.name);
  const condition = here && presentCondition(here, conditionType);
  if (
    !here ||
    !condition ||
    state.position.stageName !== stage.name ||
    here.rollback?.pipelineExecutionId !== undefined
  )
    return false;
  if (condition.status === 'InProgress') return state.position.at === 'inside';
  const hasFailed = condition.status === 'Failed' || condition.status === 'Errored';
  return hasFailed && isFinished(state) && state.status === 'Failed';
}
