import type { ActionStatus, StageStatus } from '../../shared/execution/events.ts';
import { attemptsOf, type ExecutionState } from '../../shared/execution/executionState.ts';

/** One bar: an attempt of an action. Times are milliseconds since the execution's first event. */
export interface Bar {
  actionExecutionId: string;
  attempt: number;
  status: ActionStatus;
  from: number;
  /** Undefined while it runs. */
  to: number | undefined;
  /** It waits (or waited) for a person. */
  isApproval: boolean;
}

export interface TimelineRow {
  stageName: string;
  /** '' for the row of the stage itself. */
  actionName: string;
  stageStatus: StageStatus | undefined;
  bars: Bar[];
}

/** The rows of a timeline: each stage, then its actions that were started, in the order of the declaration. */
export function timelineRows(state: ExecutionState): TimelineRow[] {
  const rows: TimelineRow[] = [];
  for (const stage of state.stages) {
    rows.push({ stageName: stage.stageName, actionName: '', stageStatus: stage.status, bars: [] });
    for (const latest of stage.actions) {
      if (!latest) continue;
      rows.push({
        stageName: stage.stageName,
        actionName: latest.actionName,
        stageStatus: stage.status,
        bars: attemptsOf(latest).map((attempt) => ({
          actionExecutionId: attempt.actionExecutionId,
          attempt: attempt.attempt,
          status: attempt.status,
          from: attempt.startedMono,
          to: attempt.finishedMono,
          isApproval: attempt.approval !== undefined,
        })),
      });
    }
  }
  return rows;
}
