import {
  type ActionAttempt,
  attemptsOf,
  type ConditionState,
  type ExecutionState,
  findActionExecution,
  type RuleState,
} from '../../shared/execution/executionState.ts';
import { strings } from '../strings/strings.ts';

/** Whose log is shown: an action execution, or a rule's, which has the same about it. */
export type LogOf = Pick<
  ActionAttempt,
  'stageName' | 'actionName' | 'actionExecutionId' | 'status' | 'fidelity' | 'startedMono'
>;

/** Every action and rule execution of the shown execution, for the choice of a log: latest attempt first within an action. */
export interface LogChoice {
  actionExecutionId: string;
  label: string;
  stageName: string;
  actionName: string;
  attempt: number;
  status: ActionAttempt['status'];
}

export function logChoices(state: ExecutionState): LogChoice[] {
  return state.stages.flatMap((stage) => [
    ...rulesIn(stage.conditions).map((rule) => ({
      ...logOfRule(rule),
      label: strings.run.log.rule(stage.stageName, rule.ruleName),
      attempt: 1,
    })),
    ...stage.actions.flatMap((latest) => {
      const attempts = attemptsOf(latest).reverse();
      return attempts.map((attempt) => ({
        actionExecutionId: attempt.actionExecutionId,
        label: attempts.length > 1 ? strings.run.log.attempt(placeOf(attempt), attempt.attempt) : placeOf(attempt),
        stageName: attempt.stageName,
        actionName: attempt.actionName,
        attempt: attempt.attempt,
        status: attempt.status,
      }));
    }),
  ]);
}

const placeOf = ({ stageName, actionName }: LogOf): string => `${stageName} / ${actionName}`;

/** The rules of every evaluation, latest evaluation first. */
function rulesIn(conditions: readonly ConditionState[]): RuleState[] {
  const rules: RuleState[] = [];
  for (const latest of conditions)
    for (let one: ConditionState | undefined = latest; one; one = one.previous) rules.push(...one.rules);
  return rules;
}

const logOfRule = ({ stageName, ruleName, ruleExecutionId, status, fidelity, startedMono }: RuleState): LogOf => ({
  stageName,
  actionName: ruleName,
  actionExecutionId: ruleExecutionId,
  status,
  fidelity,
  startedMono,
});

/** The action or rule execution of this id. */
export function findLogOf(state: ExecutionState, id: string): LogOf | undefined {
  const action = findActionExecution(state, id);
  if (action) return action;
  const rules = state.stages.flatMap(({ conditions }) => rulesIn(conditions));
  const rule = rules.find(({ ruleExecutionId }) => ruleExecutionId === id);
  return rule && logOfRule(rule);
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
