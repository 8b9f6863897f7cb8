import { actionKey } from '../model/declaration.ts';
import { ProblemError } from '../problem.ts';
import type { StartingPoint } from './events.ts';
import { actionIndexOf, type ExecutionState, stageIndexOf } from './executionState.ts';
import { resultsBefore, stagesNotDoneBefore } from './startingResults.ts';

export interface ForkRequest {
  /** Absent = where the execution stands (stood, for a state of an earlier instant). */
  stageName?: string;
  actionName?: string;
  /** Run only `actionName`, with the inputs as they were. */
  only?: boolean;
  /**
   * Actions of the stage that had succeeded count as done. Absent = true without a `stageName` (a fork of that instant),
   * false with one ("run from here").
   */
  keepDone?: boolean;
}

/**
 * Where a new execution begins that takes over what this one had produced: its results stay as they are here, whatever
 * happens to this one. Give the state of an instant (`replay` of its first events) to fork from that instant.
 *
 * "Run from here" is `{stageName}` or `{stageName, actionName}`: the actions of lower run orders count as done, and of the
 * same run order those that had succeeded, but for the named one.
 */
export function fork(state: ExecutionState, request: ForkRequest): StartingPoint {
  const stageName = request.stageName ?? state.position.stageName;
  const { actionName, only = false } = request;
  const stageIndex = stageIndexOf(state, stageName);
  const where = actionName === undefined ? stageName : `${stageName}/${actionName}`;
  const refuse = (code: string, what: string, fix: string) => new ProblemError({ code, where, what, fix });
  const declared = state.declaration.stages[stageIndex];
  if (!declared) {
    throw refuse(
      'fork.stage-not-found',
      stageName === '' ? 'The execution has not reached a stage yet.' : `The execution has no stage "${stageName}".`,
      'Choose a stage that the execution has.',
    );
  }
  const action = declared.actions.find(({ name }) => name === actionName);
  if ((actionName !== undefined || only) && !action) {
    throw refuse(
      'fork.action-not-found',
      `"${stageName}" has no action ${actionName === undefined ? 'that was named' : `"${actionName}"`}.`,
      'Choose an action of the stage.',
    );
  }
  const notDone = stagesNotDoneBefore(state, stageIndex);
  if (notDone.length > 0) {
    throw refuse(
      'fork.not-that-far',
      `The execution has not passed ${notDone.map((name) => `"${name}"`).join(', ')}, so there is nothing for "${stageName}" to begin with.`,
      `Begin at "${notDone[0]}" or before it.`,
    );
  }
  const stage = state.stages[stageIndex];
  const succeeded = (actionIndex: number) => {
    const latest = stage?.actions[actionIndex];
    if (latest) return latest.status === 'Succeeded' && latest.stageAttempt >= (stage?.freshFrom ?? 1);
    // Begun here itself with the results of another: those count as long as nothing made them void.
    const key = actionKey(stageName, declared.actions[actionIndex]?.name ?? '');
    return stage?.freshFrom === 1 && state.startingPoint?.results[key] !== undefined;
  };
  const own = actionName === undefined ? -1 : actionIndexOf(state, stageIndex, actionName);
  const runOrder = action?.runOrder ?? 1;
  const keepDone = request.keepDone ?? request.stageName === undefined;
  const keep = (index: number, actionIndex: number): boolean => {
    if (index !== stageIndex || actionIndex === own || !succeeded(actionIndex)) return false;
    if (keepDone) return true;
    return action !== undefined && (declared.actions[actionIndex]?.runOrder ?? 1) === runOrder;
  };
  return {
    kind: only ? 'action' : 'fork',
    pipelineExecutionId: state.pipelineExecutionId,
    stageName,
    results: resultsBefore(state, stageIndex, action ? runOrder : 0, keep),
    ...(only && actionName !== undefined ? { actionName } : {}),
  };
}
