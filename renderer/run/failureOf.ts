import type { ExecutionState } from '../../shared/execution/executionState.ts';

export interface Failure {
  stageName: string;
  actionName: string;
  actionExecutionId: string;
  message: string;
  fix: string;
}

/** The first action that failed in the attempt that ended a failed execution; undefined for any other. */
export function failureOf(state: ExecutionState): Failure | undefined {
  if (state.status !== 'Failed') return undefined;
  for (const stage of state.stages) {
    if (stage.status !== 'Failed') continue;
    for (const action of stage.actions)
      if (action?.status === 'Failed')
        return {
          stageName: stage.stageName,
          actionName: action.actionName,
          actionExecutionId: action.actionExecutionId,
          message: action.errorDetails?.message ?? '',
          fix: action.errorDetails?.fix ?? '',
        };
  }
  return undefined;
}
