import { evolveJobs } from '../jobs/jobRecord.ts';
import type { PipelineDeclaration } from '../model/declaration.ts';
import type { EntranceWait, ExecutionEvent, Happening } from './events.ts';
import { evolveConditions } from './evolveConditions.ts';
import { newStage, nothingPaused, startedStage, withStartedAction } from './evolveStage.ts';
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
  return afterwards(state, event, event);
}

/** When something happened: what an event has beside its happening. */
export type Stamp = Pick<ExecutionEvent, 'seq' | 'at' | 'mono'>;

/** As `evolve`, for a happening that is not an event yet, or will never be one. */
export function afterwards(state: ExecutionState, happening: Happening, { seq, at, mono }: Stamp): ExecutionState {
  // One copy with members put into it takes a fraction of a second object spread over the first.
  const next: Draft = { ...(happening.type === 'ExecutionStarted' ? notStarted : state) };
  apply(next, happening, at, mono);
  next.lastSeq = seq;
  next.lastMono = mono;
  next.updatedAt = at;
  return next;
}

export function replay(events: readonly ExecutionEvent[], from: ExecutionState = notStarted): ExecutionState {
  let state = from;
  for (const event of events) state = evolve(state, event);
  return state;
}

/** The state that is being made; nobody else has it yet. */
type Draft = { -readonly [Name in keyof ExecutionState]: ExecutionState[Name] };

function apply(next: Draft, event: Happening, at: number, mono: number): void {
  switch (event.type) {
    case 'ExecutionStarted':
      next.pipelineExecutionId = event.pipelineExecutionId;
      next.pipelineName = event.pipelineName;
      next.pipelineVersion = event.pipelineVersion;
      next.executionMode = event.executionMode;
      next.executionType = event.executionType;
      next.trigger = event.trigger;
      next.startNumber = event.startNumber;
      next.declaration = event.declaration;
      next.variables = event.variables;
      next.bindings = event.bindings;
      next.documentPath = event.documentPath ?? '';
      next.sourceRevisions = event.sourceRevisions ?? [];
      next.startingPoint = event.startingPoint;
      next.breakpoints = event.breakpoints ?? noBreakpoints;
      next.status = 'InProgress';
      next.startedAt = at;
      next.stages = event.declaration.stages.map((stage) => newStage(stage.name, stage.actions.length));
      break;
    case 'StageEntranceReached':
      next.position = { at: 'entrance', stageName: event.stageName };
      next.waiting = undefined;
      changeStage(next, event.stageName, (stage) => ({ ...stage, reachedAt: at }));
      break;
    case 'EntranceWaited':
      next.waiting = { ...event.wait, since: waitsSince(next, event.wait, at) };
      break;
    case 'StageStarted':
      next.position = { at: 'inside', stageName: event.stageName };
      next.waiting = undefined;
      changeStage(next, event.stageName, (stage) =>
        startedStage(stage, event.attempt, next.stop ? 'Stopping' : 'InProgress', at, mono),
      );
      break;
    case 'ActionStarted':
      changeStage(next, event.stageName, (stage, stageIndex) =>
        withStartedAction(stage, actionIndexOf(next, stageIndex, event.actionName), event, at, mono),
      );
      break;
    case 'ActionProcessStarted':
      changeAction(next, event, (action) => ({
        ...action,
        process: { pid: event.pid, startTime: event.startTime },
      }));
      break;
    case 'ActionAdopted':
      changeAction(next, event, (action) => ({ ...action, adoptions: action.adoptions + 1 }));
      break;
    case 'ApprovalRequested':
      changeAction(next, event, (action) => ({
        ...action,
        approval: {
          token: event.token,
          expiresAt: event.expiresAt,
          customData: event.customData,
          externalEntityLink: event.externalEntityLink,
          answer: undefined,
        },
      }));
      break;
    case 'ApprovalAnswered': {
      const { status, summary, answeredBy } = event;
      changeAction(next, event, (action) =>
        action.approval
          ? { ...action, approval: { ...action.approval, answer: { status, summary, answeredBy, at } } }
          : action,
      );
      break;
    }
    case 'JobQueued':
    case 'JobAcknowledged':
    case 'JobArtifactStored':
    case 'JobFinished':
      changeAction(next, event, (action) => ({
        ...action,
        jobs: evolveJobs(action.jobs, { ...event, seq: 0, at, mono }),
      }));
      break;
    case 'ActionFinished':
      changeAction(next, event, (action, stage) =>
        // An action ends once: a second end would be a fault of the writer, and the first is what others have acted on.
        action.status === 'InProgress'
          ? {
              ...action,
              status: event.status,
              stageAttempt: stage.attempt,
              finishedAt: at,
              finishedMono: mono,
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
      break;
    case 'ConditionStarted':
    case 'RuleStarted':
    case 'RuleProcessStarted':
    case 'RuleAdopted':
    case 'RuleFinished':
      changeStage(next, event.stageName, (stage) => evolveConditions(stage, event, at, mono));
      break;
    case 'ConditionFinished':
      if (event.status === 'Overridden' && next.position.at === 'ended') reopen(next, event.stageName);
      changeStage(next, event.stageName, (stage) => evolveConditions(stage, event, at, mono));
      break;
    case 'RollbackRequested': {
      const { pipelineExecutionId, targetPipelineExecutionId, refused } = event;
      changeStage(next, event.stageName, (stage) => ({
        ...stage,
        rollback: { pipelineExecutionId, targetPipelineExecutionId, refused },
      }));
      break;
    }
    case 'ActionPaused':
      changeStage(next, event.stageName, (stage) => ({
        ...stage,
        paused: { ...stage.paused, [event.actionName]: { pausedAt: event.pausedAt, since: at } },
      }));
      break;
    case 'ActionContinued':
      if (event.variables) next.changedVariables = { ...next.changedVariables, ...event.variables };
      changeStage(next, event.stageName, (stage) => {
        const { [event.actionName]: _, ...paused } = stage.paused;
        const passed = [...(stage.passed[event.actionName] ?? []), event.pausedAt];
        return {
          ...stage,
          paused,
          passed: { ...stage.passed, [event.actionName]: passed },
          skipped: event.skip ? [...stage.skipped, event.actionName] : stage.skipped,
        };
      });
      break;
    case 'CancelRequested':
      next.cancel = { reason: event.reason, at: at };
      break;
    case 'StageFinished':
      next.position = { at: 'left', stageName: event.stageName };
      changeStage(next, event.stageName, (stage) => ({
        ...stage,
        status: event.status,
        paused: nothingPaused,
        finishedAt: at,
        finishedMono: mono,
      }));
      break;
    case 'StopRequested':
      next.status = 'Stopping';
      next.stop = { abandon: event.abandon, reason: event.reason, at: at };
      if (next.position.at === 'inside') {
        changeStage(next, next.position.stageName, (stage) => ({ ...stage, status: 'Stopping' }));
      }
      break;
    case 'StageRetryRequested':
      next.status = 'InProgress';
      next.position = { at: 'retrying', stageName: event.stageName };
      next.stop = undefined;
      next.cancel = undefined;
      next.waiting = undefined;
      next.attempt += 1;
      if (event.bindings) next.bindings = event.bindings;
      next.summary = undefined;
      next.finishedAt = undefined;
      next.finishedMono = undefined;
      changeStage(next, event.stageName, (stage) => {
        const { automatic, manual } = stage.retries;
        const isAutomatic = event.trigger === 'AutomatedStageRetry';
        const counts = isAutomatic ? { automatic: automatic + 1, manual } : { automatic, manual: manual + 1 };
        return { ...stage, retryMode: event.retryMode, retries: { ...counts, latestTrigger: event.trigger } };
      });
      break;
    case 'ExecutionFinished':
      next.status = event.status;
      next.position = { at: 'ended', stageName: next.position.stageName };
      next.waiting = undefined;
      next.supersededBy = event.supersededBy;
      next.summary = event.summary;
      next.finishedAt = at;
      next.finishedMono = mono;
      break;
    default:
      event satisfies never; // a new kind does not compile until it is handled here
  }
}

/** A person overrode the condition that had ended the execution: it goes on where it stood. */
function reopen(next: Draft, stageName: string): void {
  next.status = 'InProgress';
  next.position = { at: 'retrying', stageName, isOverride: true };
  next.summary = undefined;
  next.finishedAt = undefined;
  next.finishedMono = undefined;
}

/** A transition that is disabled again with another reason does not begin the 30 days anew (semantics §5). */
function waitsSince({ waiting }: ExecutionState, wait: EntranceWait, at: number): number {
  return waiting?.reason === 'transition' && wait.reason === 'transition' ? waiting.since : at;
}

/** Replaces one stage; a stage that the declaration does not have is added at the end. */
function changeStage(
  next: Draft,
  stageName: string,
  change: (stage: StageState, stageIndex: number) => StageState,
): void {
  const known = stageIndexOf(next, stageName);
  const index = known === -1 ? next.stages.length : known;
  const before = next.stages[index] ?? newStage(stageName, 0);
  const after = change(before, index);
  if (after === before) return;
  next.stages = known === -1 ? [...next.stages, after] : next.stages.with(index, after);
  next.runningActions += after.runningActions - before.runningActions;
}

function changeAction(
  next: Draft,
  place: { stageName: string; actionName: string; actionExecutionId: string },
  change: (action: ActionAttempt, stage: StageState) => ActionAttempt,
): void {
  if (stageIndexOf(next, place.stageName) === -1) return;
  changeStage(next, place.stageName, (stage, stageIndex) => {
    const index = actionIndexOf(next, stageIndex, place.actionName);
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
