import type { ActionAttempt, ExecutionState, StageState } from './executionState.ts';
import { type PlacedAction, shapeOf } from './shape.ts';

/** How far an execution is inside a stage. */
export interface StageProgress {
  /** Actions of the present runOrder group that were not started in this attempt. */
  toStart: PlacedAction[];
  running: number;
  /** An action failed: no further group starts (semantics §3.4). */
  failed: boolean;
}

/** Undefined when the declaration has no such stage. */
export function stageProgress(state: ExecutionState, stageIndex: number): StageProgress | undefined {
  const stage = state.stages[stageIndex];
  const shape = shapeOf(state.declaration).stages[stageIndex];
  if (!stage || !shape) return undefined;
  const progress: StageProgress = { toStart: [], running: stage.runningActions, failed: false };
  for (const group of shape.groups) {
    let isDone = true;
    for (const placed of group) {
      const standing = standingOf(stage, stage.actions[placed.index]);
      if (standing === 'pending') progress.toStart.push(placed);
      if (standing === 'failed') progress.failed = true;
      if (standing !== 'succeeded') isDone = false;
    }
    if (!isDone) break;
  }
  return progress;
}

/** What an action's latest attempt means for the stage's present attempt (semantics §7). */
function standingOf(
  stage: StageState,
  latest: ActionAttempt | undefined,
): 'pending' | 'running' | 'succeeded' | 'failed' {
  if (!latest) return 'pending';
  switch (latest.status) {
    case 'InProgress':
      return 'running';
    case 'Succeeded':
      // ALL_ACTIONS makes earlier successes void, also for a FAILED_ACTIONS retry that follows it.
      return latest.stageAttempt < stage.freshFrom ? 'pending' : 'succeeded';
    default:
      return latest.stageAttempt < stage.attempt ? 'pending' : 'failed';
  }
}
