import type { ExecutionSummary } from '../ipc/contract.ts';
import { type ActionAttempt, type ExecutionState, waitsForApproval } from './executionState.ts';
import { shapeOf } from './shape.ts';

/** One line of the history: what a list shows of an execution. Undefined before ExecutionStarted. */
export function summaryOf(state: ExecutionState): ExecutionSummary | undefined {
  if (state.status === undefined) return undefined;
  const revision = firstRevision(state);
  return {
    pipelineExecutionId: state.pipelineExecutionId,
    pipelineName: state.pipelineName,
    status: state.status,
    origin: 'local',
    triggerType: state.trigger.triggerType,
    triggerDetail: state.trigger.triggerDetail,
    revisionId: revision?.revisionId ?? '',
    revisionSummary: revision?.commitMessage ?? '',
    startTime: state.startedAt,
    lastUpdateTime: state.updatedAt,
    duration: state.finishedMono,
    failedAction: firstFailedAction(state),
    waitsForApproval: state.runningActions > 0 && allActions(state).some(waitsForApproval),
    documentPath: state.documentPath,
  };
}

const allActions = (state: ExecutionState): (ActionAttempt | undefined)[] =>
  state.stages.flatMap((stage) => stage.actions);

function firstRevision(state: ExecutionState) {
  for (const action of state.stages[0]?.actions ?? []) if (action?.revision) return action.revision;
  return undefined;
}

/** 'Stage/Action' of the action that failed first in run order; '' when the latest attempts have no failure. */
function firstFailedAction(state: ExecutionState): string {
  const { stages } = shapeOf(state.declaration);
  for (const [index, stage] of state.stages.entries()) {
    // Asked again while an execution runs, and mostly nothing has failed.
    if (!stage.actions.some((action) => action?.status === 'Failed')) continue;
    const inRunOrder = stages[index]?.groups.flat().map((placed) => stage.actions[placed.index]) ?? stage.actions;
    const failed = inRunOrder
      .filter((action) => action?.status === 'Failed')
      .sort((a, b) => (a?.finishedMono ?? 0) - (b?.finishedMono ?? 0))[0];
    if (failed) return `${failed.stageName}/${failed.actionName}`;
  }
  return '';
}
