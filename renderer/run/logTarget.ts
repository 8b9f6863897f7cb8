import { type ActionAttempt, attemptsOf, type ExecutionState } from '../../shared/execution/executionState.ts';

/** Every action execution of the shown execution, for the choice of a log: latest attempt first within an action. */
export interface LogChoice {
  actionExecutionId: string;
  label: string;
  stageName: string;
  actionName: string;
  attempt: number;
  status: ActionAttempt['status'];
}

export function logChoices(state: ExecutionState): LogChoice[] {
  return state.stages.flatMap((stage) =>
    stage.actions.flatMap((latest) => {
      const attempts = attemptsOf(latest).reverse();
      return attempts.map((attempt) => ({
        actionExecutionId: attempt.actionExecutionId,
        label: `${attempt.stageName} / ${attempt.actionName}${attempts.length > 1 ? ` · attempt ${attempt.attempt}` : ''}`,
        stageName: attempt.stageName,
        actionName: attempt.actionName,
        attempt: attempt.attempt,
        status: attempt.status,
      }));
    }),
  );
}

/**
 * Which log to show when none was chosen: of what runs, the one started last (an approval has little to say, so others
 * first); else the first failure of the current attempt; else what ended last. Undefined before the first action.
 */
export function followedAction(state: ExecutionState): string | undefined {
  const latest = state.stages.flatMap((stage) => stage.actions.filter((action) => action !== undefined));
  const running = latest.filter(({ status }) => status === 'InProgress');
  const newest = (actions: readonly ActionAttempt[]) =>
    actions.reduce<ActionAttempt | undefined>(
      (best, action) => (!best || action.startedMono >= best.startedMono ? action : best),
      undefined,
    );
  const working = newest(running.filter(({ approval }) => !approval)) ?? newest(running);
  if (working) return working.actionExecutionId;
  const failed = latest.find(({ status }) => status === 'Failed');
  if (failed && state.status === 'Failed') return failed.actionExecutionId;
  const ended = latest.reduce<ActionAttempt | undefined>(
    (best, action) => (!best || (action.finishedMono ?? 0) >= (best.finishedMono ?? 0) ? action : best),
    undefined,
  );
  return ended?.actionExecutionId;
}
