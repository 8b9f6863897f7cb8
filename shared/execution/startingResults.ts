import { actionKey } from '../model/declaration.ts';
import type { ActionResult } from './events.ts';
import { type ActionAttempt, type ExecutionState, stageIndexOf } from './executionState.ts';
import { runsBefore, shapeOf } from './shape.ts';

/** The newest attempt of an action that succeeded: its outputs replaced those of every attempt before (semantics §7). */
export function latestSuccess(latest: ActionAttempt | undefined): ActionAttempt | undefined {
  let attempt = latest;
  while (attempt && attempt.status !== 'Succeeded') attempt = attempt.previous;
  return attempt;
}

/** What an action produced, here or in the execution that this one began from; undefined when nothing. Not a copy. */
export function resultOfAction(
  state: ExecutionState,
  stageIndex: number,
  actionIndex: number,
):
  | (Pick<ActionAttempt, 'outputArtifacts' | 'outputVariables'> & { readonly revision?: ActionAttempt['revision'] })
  | undefined {
  const stage = state.stages[stageIndex];
  const success = latestSuccess(stage?.actions[actionIndex]);
  if (success) return success;
  const action = state.declaration.stages[stageIndex]?.actions[actionIndex];
  return stage && action && state.startingPoint?.results[actionKey(stage.stageName, action.name)];
}

/** Results of all actions before a place, by 'Stage/Action'; without a `runOrder` those of earlier stages. */
export function resultsBefore(
  state: ExecutionState,
  stageIndex: number,
  runOrder = 0,
  keep: (stageIndex: number, actionIndex: number) => boolean = () => false,
): Record<string, ActionResult> {
  const results: Record<string, ActionResult> = {};
  for (const [index, stage] of shapeOf(state.declaration).stages.entries()) {
    for (const { action, index: actionIndex } of stage.groups.flat()) {
      const place = { stageIndex: index, actionIndex, runOrder: action.runOrder ?? 1 };
      if (!runsBefore(place, stageIndex, runOrder) && !keep(index, actionIndex)) continue;
      const result = resultOfAction(state, index, actionIndex);
      if (!result) continue;
      const { outputArtifacts, outputVariables, revision } = result;
      results[actionKey(stage.stageName, action.name)] = {
        outputArtifacts: [...outputArtifacts],
        outputVariables: { ...outputVariables },
        ...(revision ? { revision } : {}),
      };
    }
  }
  return results;
}

/** Names of the stages before a place that have neither succeeded nor been skipped, here or where this execution began. */
export function stagesNotDoneBefore(state: ExecutionState, stageIndex: number): string[] {
  const begin = state.startingPoint ? stageIndexOf(state, state.startingPoint.stageName) : 0;
  return state.stages
    .slice(begin, Math.max(begin, stageIndex))
    .filter(({ status }) => status !== 'Succeeded' && status !== 'Skipped')
    .map(({ stageName }) => stageName);
}
