import type { Happening } from './events.ts';
import type { ActionAttempt, StageState } from './executionState.ts';

// Of nearly every stage: one object each, for ten thousand executions of five stages.
const noRetries: StageState['retries'] = { automatic: 0, manual: 0, latestTrigger: undefined };
const noConditions: StageState['conditions'] = [];
/** Nothing waits at a breakpoint. */
export const nothingPaused: StageState['paused'] = {};
const nothingPassed: StageState['passed'] = {};
const nothingSkipped: StageState['skipped'] = [];

/** A stage that was not entered. */
export function newStage(stageName: string, actions: number): StageState {
  return {
    stageName,
    status: undefined,
    attempt: 0,
    freshFrom: 1,
    retryMode: undefined,
    retries: noRetries,
    actions: new Array<undefined>(actions).fill(undefined),
    runningActions: 0,
    conditions: noConditions,
    rollback: undefined,
    paused: nothingPaused,
    passed: nothingPassed,
    skipped: nothingSkipped,
    reachedAt: undefined,
    startedAt: undefined,
    startedMono: undefined,
    finishedAt: undefined,
    finishedMono: undefined,
  };
}

/** A stage after StageStarted. */
export function startedStage(
  stage: StageState,
  attempt: number,
  status: StageState['status'],
  at: number,
  mono: number,
): StageState {
  const freshFrom = stage.retryMode === 'ALL_ACTIONS' ? attempt : stage.freshFrom;
  const entered = { ...stage, status, freshFrom, rollback: undefined, finishedAt: undefined, finishedMono: undefined };
  // An override lets the same attempt go on.
  if (attempt === stage.attempt) return entered;
  const started = { ...entered, attempt, startedAt: at, startedMono: mono };
  return { ...started, paused: nothingPaused, passed: nothingPassed, skipped: nothingSkipped };
}

/** A stage after ActionStarted; `index` is that of the action, -1 for one that the declaration does not have. */
export function withStartedAction(
  stage: StageState,
  index: number,
  event: Happening & { type: 'ActionStarted' },
  at: number,
  mono: number,
): StageState {
  // An action execution starts once: counted twice it would never be seen to end.
  if (stage.actions[index]?.actionExecutionId === event.actionExecutionId) return stage;
  const started: ActionAttempt = {
    stageName: event.stageName,
    actionName: event.actionName,
    actionExecutionId: event.actionExecutionId,
    actionTypeId: event.actionTypeId,
    attempt: event.attempt,
    stageAttempt: stage.attempt,
    status: 'InProgress',
    startedAt: at,
    startedMono: mono,
    finishedAt: undefined,
    finishedMono: undefined,
    fidelity: event.fidelity,
    resolvedConfiguration: event.resolvedConfiguration,
    inputArtifacts: event.inputArtifacts,
    outputArtifacts: [],
    outputVariables: {},
    summary: undefined,
    errorDetails: undefined,
    externalExecutionId: undefined,
    externalExecutionUrl: undefined,
    revision: undefined,
    reports: undefined,
    process: undefined,
    adoptions: 0,
    approval: undefined,
    jobs: undefined,
    previous: stage.actions[index],
  };
  const actions = index === -1 ? [...stage.actions, started] : stage.actions.with(index, started);
  return { ...stage, actions, runningActions: stage.runningActions + 1 };
}
