import { evolveJobs } from '../jobs/jobRecord.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';
import type { EntranceWait, ExecutionEvent } from './events.ts';
import { evolveConditions } from './evolveConditions.ts';
import {
  type ActionAttempt,
  actionIndexOf,
  type ExecutionState,
  type StageState,
  stageIndexOf,
} from './executionState.ts';

/** Of nearly every execution: one object, so that nothing is looked up in it. */
export const noBreakpoints: ExecutionState['breakpoints'] = {};

const emptyDeclaration: PipelineDeclaration = { name: '', roleArn: '', stages: [] };

/** The state before the first event. */
export const notStarted: ExecutionState = {
  pipelineExecutionId: '',
  pipelineName: '',
  pipelineVersion: 0,
  executionMode: 'SUPERSEDED',
  executionType: 'STANDARD',
  trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
  startNumber: 0,
  declaration: emptyDeclaration,
  variables: {},
  bindings: {},
  documentPath: '',
  sourceRevisions: [],
  startingPoint: undefined,
  breakpoints: noBreakpoints,
  changedVariables: {},
  status: undefined,
  position: { at: 'start', stageName: '' },
  stages: [],
  stop: undefined,
  cancel: undefined,
  waiting: undefined,
  attempt: 1,
  runningActions: 0,
  supersededBy: undefined,
  summary: undefined,
  startedAt: 0,
  updatedAt: 0,
  finishedAt: undefined,
  finishedMono: undefined,
  lastSeq: 0,
  lastMono: 0,
};

/**
 * What is true after an event. Never refuses one: a fact has already happened. Kinds it does not know (a newer program
 * wrote the journal) change nothing but the time. Costs the same for the first and the hundred-thousandth event: only the
 * lists of stages and of one stage's actions are copied.
 */
export function evolve(state: ExecutionState, event: ExecutionEvent): ExecutionState {
  return { ...state, ...changesOf(state, event), lastSeq: event.seq, lastMono: event.mono, updatedAt: event.at };
}

export function replay(events: readonly ExecutionEvent[], from: ExecutionState = notStarted): ExecutionState {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
}

type Changes = Partial<ExecutionState>;

function changesOf(state: ExecutionState, event: ExecutionEvent): Changes {
  switch (event.type) {
    case 'ExecutionStarted':
      return {
        ...notStarted,
        pipelineExecutionId: event.pipelineExecutionId,
        pipelineName: event.pipelineName,
        pipelineVersion: event.pipelineVersion,
        executionMode: event.executionMode,
        executionType: event.executionType,
        trigger: event.trigger,
        startNumber: event.startNumber,
        declaration: event.declaration,
        variables: event.variables,
        bindings: event.bindings,
        documentPath: event.documentPath ?? '',
        sourceRevisions: event.sourceRevisions ?? [],
        startingPoint: event.startingPoint,
        breakpoints: event.breakpoints ?? noBreakpoints,
        status: 'InProgress',
        startedAt: event.at,
        stages: event.declaration.stages.map((stage) => newStage(stage.name, stage.actions.length)),
      };
    case 'StageEntranceReached':
      return {
        position: { at: 'entrance', stageName: event.stageName },
        waiting: undefined,
        ...withStage(state, event.stageName, (stage) => ({ ...stage, reachedAt: event.at })),
      };
    case 'EntranceWaited':
      return { waiting: { ...event.wait, since: waitsSince(state, event.wait, event.at) } };
    case 'StageStarted':
      return {
        position: { at: 'inside', stageName: event.stageName },
        waiting: undefined,
        ...withStage(state, event.stageName, (stage) => ({
          ...stage,
          status: state.stop ? 'Stopping' : 'InProgress',
          attempt: event.attempt,
          freshFrom: stage.retryMode === 'ALL_ACTIONS' ? event.attempt : stage.freshFrom,
          rollback: undefined,
          // An override lets the same attempt go on.
          ...(event.attempt === stage.attempt
            ? {}
            : { paused: {}, passed: {}, skipped: [], startedAt: event.at, startedMono: event.mono }),
          finishedAt: undefined,
          finishedMono: undefined,
        })),
      };
    case 'ActionStarted':
      return withStage(state, event.stageName, (stage, stageIndex) => {
        const index = actionIndexOf(state, stageIndex, event.actionName);
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
          startedAt: event.at,
          startedMono: event.mono,
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
          process: undefined,
          adoptions: 0,
          approval: undefined,
          previous: stage.actions[index],
        };
        const actions = index === -1 ? [...stage.actions, started] : stage.actions.with(index, started);
        return { ...stage, actions, runningActions: stage.runningActions + 1 };
      });
    case 'ActionProcessStarted':
      return withAction(state, event, (action) => ({
        ...action,
        process: { pid: event.pid, startTime: event.startTime },
      }));
    case 'ActionAdopted':
      return withAction(state, event, (action) => ({ ...action, adoptions: action.adoptions + 1 }));
    case 'ApprovalRequested':
      return withAction(state, event, (action) => ({
        ...action,
        approval: {
          token: event.token,
          expiresAt: event.expiresAt,
          customData: event.customData,
          externalEntityLink: event.externalEntityLink,
          answer: undefined,
        },
      }));
    case 'ApprovalAnswered':
      return withAction(state, event, (action) =>
        action.approval
          ? {
              ...action,
              approval: {
                ...action.approval,
                answer: {
                  status: event.status,
                  summary: event.summary,
                  answeredBy: event.answeredBy,
                  at: event.at,
                },
              },
            }
          : action,
      );
    case 'JobQueued':
    case 'JobAcknowledged':
    case 'JobArtifactStored':
    case 'JobFinished':
      return withAction(state, event, (action) => ({ ...action, jobs: evolveJobs(action.jobs, event) }));
    case 'ActionFinished':
      return withAction(state, event, (action, stage) =>
        // An action ends once: a second end would be a fault of the writer, and the first is what others have acted on.
        action.status === 'InProgress'
          ? {
              ...action,
              status: event.status,
              stageAttempt: stage.attempt,
              finishedAt: event.at,
              finishedMono: event.mono,
              summary: event.summary,
              errorDetails: event.errorDetails,
              outputArtifacts: event.outputArtifacts,
              outputVariables: event.outputVariables,
              externalExecutionId: event.externalExecutionId,
              externalExecutionUrl: event.externalExecutionUrl,
              revision: event.revision,
              reports: event.reports,
            }
          : action,
      );
    case 'ConditionStarted':
    case 'RuleStarted':
    case 'RuleProcessStarted':
    case 'RuleAdopted':
    case 'RuleFinished':
      return withStage(state, event.stageName, (stage) => evolveConditions(stage, event));
    case 'ConditionFinished':
      return {
        ...(event.status === 'Overridden' && state.position.at === 'ended' ? reopened(event.stageName) : {}),
        ...withStage(state, event.stageName, (stage) => evolveConditions(stage, event)),
      };
    case 'RollbackRequested':
      return withStage(state, event.stageName, (stage) => ({
        ...stage,
        rollback: {
          pipelineExecutionId: event.pipelineExecutionId,
          targetPipelineExecutionId: event.targetPipelineExecutionId,
          refused: event.refused,
        },
      }));
    case 'ActionPaused':
      return withStage(state, event.stageName, (stage) => ({
        ...stage,
        paused: { ...stage.paused, [event.actionName]: { pausedAt: event.pausedAt, since: event.at } },
      }));
    case 'ActionContinued':
      return {
        changedVariables: event.variables ? { ...state.changedVariables, ...event.variables } : state.changedVariables,
        ...withStage(state, event.stageName, (stage) => {
          const { [event.actionName]: _, ...paused } = stage.paused;
          const passed = [...(stage.passed[event.actionName] ?? []), event.pausedAt];
          return {
            ...stage,
            paused,
            passed: { ...stage.passed, [event.actionName]: passed },
            skipped: event.skip ? [...stage.skipped, event.actionName] : stage.skipped,
          };
        }),
      };
    case 'CancelRequested':
      return { cancel: { reason: event.reason, at: event.at } };
    case 'StageFinished':
      return {
        position: { at: 'left', stageName: event.stageName },
        ...withStage(state, event.stageName, (stage) => ({
          ...stage,
          status: event.status,
          paused: {},
          finishedAt: event.at,
          finishedMono: event.mono,
        })),
      };
    case 'StopRequested':
      return {
        status: 'Stopping',
        stop: { abandon: event.abandon, reason: event.reason, at: event.at },
        ...(state.position.at === 'inside'
          ? withStage(state, state.position.stageName, (stage) => ({ ...stage, status: 'Stopping' }))
          : {}),
      };
    case 'StageRetryRequested': {
      const isAutomatic = event.trigger === 'AutomatedStageRetry';
      return {
        status: 'InProgress',
        position: { at: 'retrying', stageName: event.stageName },
        stop: undefined,
        cancel: undefined,
        waiting: undefined,
        attempt: state.attempt + 1,
        ...(event.bindings ? { bindings: event.bindings } : {}),
        summary: undefined,
        finishedAt: undefined,
        finishedMono: undefined,
        ...withStage(state, event.stageName, (stage) => ({
          ...stage,
          retryMode: event.retryMode,
          retries: {
            automatic: stage.retries.automatic + (isAutomatic ? 1 : 0),
            manual: stage.retries.manual + (isAutomatic ? 0 : 1),
            latestTrigger: event.trigger,
          },
        })),
      };
    }
    case 'ExecutionFinished':
      return {
        status: event.status,
        position: { at: 'ended', stageName: state.position.stageName },
        waiting: undefined,
        supersededBy: event.supersededBy,
        summary: event.summary,
        finishedAt: event.at,
        finishedMono: event.mono,
      };
    default:
      event satisfies never; // a new kind does not compile until it is handled here
      return {};
  }
}

/** A person overrode the condition that had ended the execution: it goes on where it stood. */
const reopened = (stageName: string): Changes => ({
  status: 'InProgress',
  position: { at: 'retrying', stageName, isOverride: true },
  summary: undefined,
  finishedAt: undefined,
  finishedMono: undefined,
});

/** A transition that is disabled again with another reason does not begin the 30 days anew (semantics §5). */
function waitsSince({ waiting }: ExecutionState, wait: EntranceWait, at: number): number {
  return waiting?.reason === 'transition' && wait.reason === 'transition' ? waiting.since : at;
}

function newStage(stageName: string, actions: number): StageState {
  return {
    stageName,
    status: undefined,
    attempt: 0,
    freshFrom: 1,
    retryMode: undefined,
    retries: { automatic: 0, manual: 0, latestTrigger: undefined },
    actions: new Array<undefined>(actions).fill(undefined),
    runningActions: 0,
    conditions: [],
    rollback: undefined,
    paused: {},
    passed: {},
    skipped: [],
    reachedAt: undefined,
    startedAt: undefined,
    startedMono: undefined,
    finishedAt: undefined,
    finishedMono: undefined,
  };
}

/** Replaces one stage; a stage that the declaration does not have is added at the end. */
function withStage(
  state: ExecutionState,
  stageName: string,
  change: (stage: StageState, stageIndex: number) => StageState,
): Changes {
  const known = stageIndexOf(state, stageName);
  const index = known === -1 ? state.stages.length : known;
  const before = state.stages[index] ?? newStage(stageName, 0);
  const after = change(before, index);
  if (after === before) return {};
  return {
    stages: known === -1 ? [...state.stages, after] : state.stages.with(index, after),
    runningActions: state.runningActions + after.runningActions - before.runningActions,
  };
}

function withAction(
  state: ExecutionState,
  place: { stageName: string; actionName: string; actionExecutionId: string },
  change: (action: ActionAttempt, stage: StageState) => ActionAttempt,
): Changes {
  if (stageIndexOf(state, place.stageName) === -1) return {};
  return withStage(state, place.stageName, (stage, stageIndex) => {
    const index = actionIndexOf(state, stageIndex, place.actionName);
    const latest = stage.actions[index];
    if (!latest) return stage;
    let running = stage.runningActions;
    const replace = (attempt: ActionAttempt): ActionAttempt => {
      if (attempt.actionExecutionId !== place.actionExecutionId) {
        const previous = attempt.previous && replace(attempt.previous);
        return previous === attempt.previous ? attempt : { ...attempt, previous };
      }
      const after = change(attempt, stage);
      if (attempt.status === 'InProgress' && after.status !== 'InProgress') running -= 1;
      return after;
    };
    const after = replace(latest);
    return after === latest ? stage : { ...stage, actions: stage.actions.with(index, after), runningActions: running };
  });
}
