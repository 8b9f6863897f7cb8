import type { ExecutionState } from '../../../shared/execution/executionState.ts';
import { runsBefore, shapeOf } from '../../../shared/execution/shape.ts';
import { resultOfAction } from '../../../shared/execution/startingResults.ts';

/** The variables that an action can refer to, by 'namespace.key', with the values that a person gave at breakpoints. */
export function visibleVariables(state: ExecutionState, stageIndex: number, runOrder: number): Record<string, string> {
  const found: [string, string][] = [['codepipeline.PipelineExecutionId', state.pipelineExecutionId]];
  if (stageIndex > 0)
    for (const [name, value] of Object.entries(state.variables)) found.push([`variables.${name}`, value]);
  for (const [namespace, place] of shapeOf(state.declaration).namespaces) {
    if (!runsBefore(place, stageIndex, runOrder)) continue;
    const outputs = resultOfAction(state, place.stageIndex, place.actionIndex)?.outputVariables ?? {};
    for (const [key, value] of Object.entries(outputs)) found.push([`${namespace}.${key}`, value]);
  }
  return Object.fromEntries([...found, ...Object.entries(state.changedVariables)]);
}
