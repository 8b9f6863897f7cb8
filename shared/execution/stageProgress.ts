import { actionKey } from '../model/declaration.ts';
import { noBreakpoints } from './evolve.ts';
import type { ActionAttempt, ExecutionState, StageState } from './executionState.ts';
import { type PlacedAction, shapeOf } from './shape.ts';

/** How far an execution is inside a stage. */
export interface StageProgress {
  /** Actions of the present runOrder group that were not started in this attempt and that no breakpoint holds. */
  toStart: PlacedAction[];
  running: number;
  /** Actions of the present group that a breakpoint holds, whether that is in the log (`isPaused`) or not. */
  held: { action: PlacedAction; pausedAt: 'before' | 'after'; isPaused: boolean }[];
  /** An action failed: no further group starts (semantics §3.4). */
  failed: boolean;
}

/** Undefined when the declaration has no such stage. */
export function stageProgress(state: ExecutionState, stageIndex: number): StageProgress | undefined {
  const stage = state.stages[stageIndex];
  const shape = shapeOf(state.declaration).stages[stageIndex];
  if (!stage || !shape) return undefined;
  const progress: StageProgress = { toStart: [], running: stage.runningActions, held: [], failed: false };
  for (const group of shape.groups) {
    let isDone = true;
    for (const placed of group) {
      const standing = isBeside(state, stage, placed)
        ? 'succeeded'
        : standingOf(stage, stage.actions[placed.index], isGiven(state, stage, placed));
      const pausedAt = heldAt(state, stage, placed, standing);
      if (pausedAt)
        progress.held.push({ action: placed, pausedAt, isPaused: stage.paused[placed.action.name] !== undefined });
      else if (standing === 'pending') progress.toStart.push(placed);
      if (standing === 'failed') progress.failed = true;
      if (standing !== 'succeeded' || pausedAt) isDone = false;
    }
    if (!isDone) break;
  }
  return progress;
}

type Standing = 'pending' | 'running' | 'succeeded' | 'failed';

/** What an action's latest attempt means for the stage's present attempt (semantics §7). */
function standingOf(stage: StageState, latest: ActionAttempt | undefined, isGiven: boolean): Standing {
  switch (isGiven && latest?.stageAttempt !== stage.attempt ? 'Given' : latest?.status) {
    case 'Given':
      return 'succeeded';
    case undefined:
      return 'pending';
    case 'InProgress':
      return 'running';
    case 'Succeeded':
      // ALL_ACTIONS makes earlier successes void, also for a FAILED_ACTIONS retry that follows it.
      return (latest?.stageAttempt ?? 0) < stage.freshFrom ? 'pending' : 'succeeded';
    default:
      return (latest?.stageAttempt ?? 0) < stage.attempt ? 'pending' : 'failed';
  }
}

/** Only one action was asked for, and it is not this one. */
const isBeside = ({ startingPoint }: ExecutionState, stage: StageState, { action }: PlacedAction): boolean =>
  startingPoint?.kind === 'action' &&
  startingPoint.stageName === stage.stageName &&
  startingPoint.actionName !== action.name;

/** Done without being run: a person skipped it, or its result came with the start (until ALL_ACTIONS makes that void). */
function isGiven({ startingPoint }: ExecutionState, stage: StageState, { action, index }: PlacedAction): boolean {
  if (stage.skipped.includes(action.name)) return true;
  if (startingPoint?.stageName !== stage.stageName || stage.actions[index] || stage.freshFrom > 1) return false;
  return startingPoint.results[actionKey(stage.stageName, action.name)] !== undefined;
}

/** Where a breakpoint holds an action now. A stop and a cancellation let everything pass. */
function heldAt(
  state: ExecutionState,
  stage: StageState,
  { action, index }: PlacedAction,
  standing: Standing,
): 'before' | 'after' | undefined {
  if (state.breakpoints === noBreakpoints) return undefined;
  const breakpoint = state.breakpoints[actionKey(stage.stageName, action.name)];
  if (!breakpoint || state.stop || state.cancel || stage.passed[action.name]?.includes(breakpoint)) return undefined;
  if (breakpoint === 'before') return standing === 'pending' ? 'before' : undefined;
  const latest = stage.actions[index];
  const hasEnded = latest?.status === 'Succeeded' || latest?.status === 'Failed';
  return hasEnded && latest.stageAttempt === stage.attempt ? 'after' : undefined;
}
