import { actionKey } from '../model/declaration.ts';
import { PARALLEL_MODE_ACTIONS } from './decide.ts';
import {
  type ActionAttempt,
  type ExecutionState,
  isFinished,
  type StageState,
  waitsForApproval,
} from './executionState.ts';
import { type PlacedAction, shapeOf } from './shape.ts';
import { hasFailed, presentCondition } from './stageConditions.ts';
import { stageProgress } from './stageProgress.ts';
import { mayAct } from './stageSteps.ts';
import { because, instantText, type Reason } from './whyReason.ts';

/** Why each action of a stage that was entered waits, failed, was abandoned or never started. Silent about those that succeeded. */
export function whyAction(state: ExecutionState, stageIndex: number): Reason[] {
  const stage = state.stages[stageIndex];
  const shape = shapeOf(state.declaration).stages[stageIndex];
  if (!stage || !shape) return [];
  return shape.groups.flat().flatMap((placed) => {
    const text = textOf(state, stage, stageIndex, placed);
    return text === '' ? [] : [{ where: actionKey(stage.stageName, placed.action.name), text }];
  });
}

function textOf(state: ExecutionState, stage: StageState, stageIndex: number, placed: PlacedAction): string {
  const { name } = placed.action;
  const latest = stage.actions[placed.index];
  const paused = stage.paused[name];
  if (paused) {
    const when = paused.pausedAt === 'before' ? 'before it starts' : 'after its end';
    return `Waits at a breakpoint ${when}, since ${instantText(paused.since)}.`;
  }
  if (latest?.status === 'InProgress') return runningText(latest);
  if (latest?.status === 'Abandoned') return 'Abandoned: the execution was stopped without waiting for it.';
  if (latest?.status === 'Failed' && (latest.stageAttempt === stage.attempt || isFinished(state))) {
    return `Failed${because(latest.errorDetails, latest.summary)}`;
  }
  if (latest?.status === 'Succeeded' && latest.stageAttempt >= stage.freshFrom) return '';
  return notStarted(state, stage, stageIndex, placed);
}

function runningText(action: ActionAttempt): string {
  const { approval, jobs } = action;
  if (approval && waitsForApproval(action)) {
    return `Waits for an approval, until ${instantText(approval.expiresAt)}${approval.customData ? `: ${approval.customData}` : '.'}`;
  }
  const job = jobs?.jobs.at(-1);
  if (job && job.acknowledgedAt === undefined && !job.result) return 'Waits for a job worker to take its job.';
  return 'It is running.';
}

function notStarted(
  state: ExecutionState,
  stage: StageState,
  stageIndex: number,
  { action, index }: PlacedAction,
): string {
  const { startingPoint } = state;
  const isHere = state.position.at === 'inside' && state.position.stageName === stage.stageName;
  if (startingPoint?.stageName === stage.stageName) {
    if (startingPoint.kind === 'action' && startingPoint.actionName !== action.name) {
      return 'Not run: only another action of the stage was asked for.';
    }
    if (startingPoint.results[actionKey(stage.stageName, action.name)] && stage.freshFrom === 1) {
      return `Not run: its result of execution ${startingPoint.pipelineExecutionId} counts.`;
    }
  }
  if (stage.skipped.includes(action.name)) return 'Not run: a person skipped it at a breakpoint.';
  const progress = stageProgress(state, stageIndex);
  if (isHere && progress && mayAct(state, stageIndex)) {
    const isNext = progress.toStart.some((placed) => placed.index === index);
    if (!isNext)
      return progress.failed ? earlierFailed(stage) : waitsForGroup(state, stage, stageIndex, action.runOrder ?? 1);
    if (state.executionMode === 'PARALLEL' && progress.running >= PARALLEL_MODE_ACTIONS) {
      return `Waits for its turn: in PARALLEL mode ${PARALLEL_MODE_ACTIONS} actions of an execution run at once.`;
    }
    return 'Waits to be started: for a free slot on this machine.';
  }
  if (stage.status === 'Skipped') return "Didn't run: the stage was skipped.";
  if (hasFailed(presentCondition(stage, 'BEFORE_ENTRY')))
    return 'Never started: the beforeEntry condition was not met.';
  if (state.cancel && stage.status !== 'Succeeded') return 'Never started: the pipeline was updated.';
  if (state.stop && stage.status !== 'Failed') return 'Never started: the execution was stopped.';
  if (stage.status === 'Failed') return earlierFailed(stage);
  return isHere ? 'Waits for the beforeEntry condition.' : 'Never started.';
}

function earlierFailed({ actions, attempt }: StageState): string {
  const failed = actions.filter((action) => action?.status === 'Failed' && action.stageAttempt === attempt);
  return `Never started: ${failed.map((action) => action?.actionName).join(', ')} failed before it.`;
}

/** The actions of lower run orders that are not done. */
function waitsForGroup(state: ExecutionState, stage: StageState, stageIndex: number, runOrder: number): string {
  const groups = shapeOf(state.declaration).stages[stageIndex]?.groups ?? [];
  const before = groups.flat().filter(({ action }) => (action.runOrder ?? 1) < runOrder);
  const open = before.filter(({ action, index }) => {
    const latest = stage.actions[index];
    return latest?.status !== 'Succeeded' || latest.stageAttempt < stage.freshFrom || stage.paused[action.name];
  });
  return `Waits for ${open.map(({ action }) => action.name).join(', ')}, which ${open.length === 1 ? 'has' : 'have'} a lower run order.`;
}
