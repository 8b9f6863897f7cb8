import type { StageDeclaration } from '../model/declaration.ts';
import type { ConditionType, Happening } from './events.ts';
import type { ConditionState, ExecutionState, StageState } from './executionState.ts';
import { failureResults, hasFailed, presentCondition, resultOf, rulesOf, runningRulesIn } from './stageConditions.ts';
import { stageProgress } from './stageProgress.ts';

/** What to record next; or that the engine is to roll the stage back; or nothing: something has to happen first. */
export type Step = Happening | 'rollback' | undefined;

/** The next step of an execution that is inside a stage: its conditions, its breakpoints, its end. Not its actions. */
export function insideStep(state: ExecutionState, stageIndex: number): Step {
  const stage = state.stages[stageIndex];
  const progress = stageProgress(state, stageIndex);
  if (!stage || !progress) return undefined;
  const { stageName } = stage;
  const declared = declaredConditions(state, stageIndex);
  const ending = conditionEnd(state, stage, declared);
  if (ending) return ending;
  if (mayAct(state, stageIndex)) {
    const pause = progress.held.find(({ isPaused }) => !isPaused);
    if (pause)
      return { type: 'ActionPaused', stageName, actionName: pause.action.action.name, pausedAt: pause.pausedAt };
  }
  if (progress.running > 0 || runningRulesIn(stage).length > 0) return undefined;
  if (state.cancel) return { type: 'StageFinished', stageName, status: 'Cancelled' };
  // "Last action finishes well while Stopping": Stopped, also in the last stage (semantics §6).
  if (state.stop) return { type: 'StageFinished', stageName, status: 'Stopped' };

  const before = gate(stage, declared, 'BEFORE_ENTRY');
  if (before === 'failed') {
    const isSkipped = resultOf(state, stageName, 'BEFORE_ENTRY') === 'SKIP';
    return { type: 'StageFinished', stageName, status: isSkipped ? 'Skipped' : 'Failed' };
  }
  if (before !== 'passed') return before;
  if (progress.held.length > 0 || progress.toStart.length > 0) return undefined;
  if (progress.failed) return { type: 'StageFinished', stageName, status: 'Failed' };

  const after = gate(stage, declared, 'ON_SUCCESS');
  if (after === 'failed' && resultOf(state, stageName, 'ON_SUCCESS') === 'ROLLBACK') {
    if (!stage.rollback) return rollbackStep(state, stageIndex);
    // As AWS shows it: the stage succeeded and was rolled back; its execution goes no further (rules.md §3).
    const status = stage.rollback.pipelineExecutionId === undefined ? 'Failed' : 'Succeeded';
    return { type: 'StageFinished', stageName, status };
  }
  if (after === 'failed') return { type: 'StageFinished', stageName, status: 'Failed' };
  if (after === 'passed') return { type: 'StageFinished', stageName, status: 'Succeeded' };
  return after;
}

/** The next step of an execution whose stage has ended; nothing when it is to go on to the next stage. */
export function leftStep(state: ExecutionState, stageIndex: number): Step {
  const stage = state.stages[stageIndex];
  if (!stage) return undefined;
  const ending = conditionEnd(state, stage, declaredConditions(state, stageIndex));
  if (ending) return ending;
  if (runningRulesIn(stage).length > 0) return undefined;
  if (stage.status === 'Cancelled' || state.cancel) return { type: 'ExecutionFinished', status: 'Cancelled' };
  // Before the failure: from Stopping an execution only becomes Stopped (semantics §1).
  if (stage.status === 'Stopped' || state.stop) return { type: 'ExecutionFinished', status: 'Stopped' };
  if (stage.status === 'Failed') return failureStep(state, stage, stageIndex);
  if (isRolledBack(stage)) return { type: 'ExecutionFinished', status: 'Failed' };
  return isLastStage(state, stageIndex) ? { type: 'ExecutionFinished', status: 'Succeeded' } : undefined;
}

/** The stage succeeded but for its onSuccess condition, and a rollback answers that. */
export const isRolledBack = (stage: StageState): boolean =>
  stage.status === 'Succeeded' &&
  stage.rollback?.pipelineExecutionId !== undefined &&
  hasFailed(presentCondition(stage, 'ON_SUCCESS'));

/** True when nothing follows: the pipeline ends, or the execution was to run one stage or one action only. */
function isLastStage({ declaration, startingPoint }: ExecutionState, stageIndex: number): boolean {
  if (stageIndex === declaration.stages.length - 1) return true;
  const isAlone = startingPoint?.kind === 'rollback' || startingPoint?.kind === 'action';
  return isAlone && declaration.stages[stageIndex]?.name === startingPoint.stageName;
}

/** The answer to a failure (semantics §18.6): the automatic retry if it is unused, else the rollback, else the failure stands. */
function failureStep(state: ExecutionState, stage: StageState, stageIndex: number): Step {
  const declared = declaredConditions(state, stageIndex);
  const answer = gate(stage, declared, 'ON_FAILURE');
  if (answer !== 'passed' && answer !== 'failed') return answer;
  const results = answer === 'passed' ? failureResults(declared) : [];
  if (results.includes('RETRY') && stage.retries.automatic === 0) {
    return {
      type: 'StageRetryRequested',
      stageName: stage.stageName,
      retryMode: declared?.onFailure?.retryConfiguration?.retryMode ?? 'FAILED_ACTIONS',
      trigger: 'AutomatedStageRetry',
    };
  }
  if (results.includes('ROLLBACK') && !stage.rollback) return rollbackStep(state, stageIndex);
  return { type: 'ExecutionFinished', status: 'Failed' };
}

function rollbackStep(state: ExecutionState, stageIndex: number): Step {
  const refused = noRollback(state, stageIndex);
  if (refused === undefined) return 'rollback';
  return { type: 'RollbackRequested', stageName: state.stages[stageIndex]?.stageName ?? '', refused };
}

/** What never has a rollback (semantics §8), whichever executions there are. */
function noRollback(state: ExecutionState, stageIndex: number): string | undefined {
  if (state.executionType === 'ROLLBACK') return 'this execution is itself a rollback.';
  if (state.executionMode === 'PARALLEL') return 'a pipeline in PARALLEL mode has no rollback.';
  return stageIndex === 0 ? 'the source stage has no rollback.' : undefined;
}

/** The stage as far as conditions go; an execution that runs a single action evaluates none. */
export const declaredConditions = (state: ExecutionState, stageIndex: number): StageDeclaration | undefined =>
  state.startingPoint?.kind === 'action' ? undefined : state.declaration.stages[stageIndex];

/** True when the actions of the stage may run. */
export function mayAct(state: ExecutionState, stageIndex: number): boolean {
  const stage = state.stages[stageIndex];
  if (!stage || state.position.at !== 'inside' || state.stop || state.cancel) return false;
  return gate(stage, declaredConditions(state, stageIndex), 'BEFORE_ENTRY') === 'passed';
}

/** What a condition says of the present attempt; a condition without rules has nothing against it. */
function gate(
  stage: StageState,
  declared: StageDeclaration | undefined,
  conditionType: ConditionType,
): 'passed' | 'failed' | Happening | undefined {
  if (rulesOf(declared, conditionType).length === 0) return 'passed';
  const condition = presentCondition(stage, conditionType);
  switch (condition?.status) {
    case undefined:
      return { type: 'ConditionStarted', stageName: stage.stageName, conditionType };
    case 'InProgress':
      return undefined;
    case 'Succeeded':
    case 'Overridden':
      return 'passed';
    default:
      return 'failed';
  }
}

/** The end of the condition that is evaluated now, as soon as it is certain. */
function conditionEnd(
  state: ExecutionState,
  stage: StageState,
  declared: StageDeclaration | undefined,
): Happening | undefined {
  const condition = stage.conditions.find(({ status }) => status === 'InProgress');
  const end = condition && verdictOf(state, condition, declared);
  if (!end) return undefined;
  const { conditionType } = condition;
  return { type: 'ConditionFinished', stageName: stage.stageName, conditionType, ...end };
}

function verdictOf(
  { stop, cancel }: ExecutionState,
  { conditionType, rules }: ConditionState,
  declared: StageDeclaration | undefined,
): Pick<Extract<Happening, { type: 'ConditionFinished' }>, 'status' | 'summary'> | undefined {
  if (cancel) return { status: 'Cancelled', summary: `The execution is cancelled: ${cancel.reason}` };
  if (stop?.abandon) return { status: 'Abandoned', summary: 'The execution was stopped and its rules abandoned.' };
  const failed = rules.find(({ status }) => status === 'Failed');
  if (failed) {
    const { errorDetails, ruleName } = failed;
    const isErrored = errorDetails?.code === 'ConfigurationError' || errorDetails?.code === 'PermissionError';
    const text = errorDetails?.message ?? failed.summary;
    return {
      status: isErrored ? 'Errored' : 'Failed',
      summary: `Rule ${ruleName} ${isErrored ? 'could not be evaluated' : 'failed'}${text ? `: ${text}` : '.'}`,
    };
  }
  const succeeded = new Set(rules.filter(({ status }) => status === 'Succeeded').map(({ ruleName }) => ruleName));
  if (rulesOf(declared, conditionType).every(({ name }) => succeeded.has(name))) {
    return { status: 'Succeeded', summary: 'Every rule succeeded.' };
  }
  const isStuck = stop && rules.every(({ status }) => status !== 'InProgress');
  return isStuck
    ? { status: 'Abandoned', summary: 'The execution was stopped before its rules were done.' }
    : undefined;
}
