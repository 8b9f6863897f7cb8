import { nextOpening } from '../cron/nextOpening.ts';
import { CronFault, parseCron } from '../cron/parseCron.ts';
import { TimeZoneFault, timeZone } from '../cron/timeZone.ts';
import { conditionNames } from './eventSentence.ts';
import type { ConditionState, ExecutionState, RuleState, StageState } from './executionState.ts';
import { failureResults, hasFailed, resultOf, rulesOf } from './stageConditions.ts';
import { declaredConditions } from './stageSteps.ts';
import { whyAction } from './whyAction.ts';
import { instantText, type Reason } from './whyReason.ts';

/** Why a stage that was entered is as it is: its conditions, then its actions. */
export function whyStage(state: ExecutionState, stageIndex: number, now: number): Reason[] {
  const stage = state.stages[stageIndex];
  if (!stage) return [];
  const { stageName } = stage;
  const reasons: Reason[] = [];
  const add = (text: string) => reasons.push({ where: stageName, text });
  if (state.position.at === 'retrying' && state.position.stageName === stageName) {
    add(`${state.position.isOverride ? 'Goes on' : 'Is retried'} as soon as the stage is free.`);
  }
  for (const condition of stage.conditions) {
    if (condition.stageAttempt !== stage.attempt) continue;
    for (const text of ofCondition(state, stage, stageIndex, condition, now)) add(text);
  }
  const status = statusText(state, stage);
  if (status !== '') add(status);
  reasons.push(...whyAction(state, stageIndex));
  return reasons;
}

/** Why the stage has its status, as far as neither its conditions nor its actions say so. */
function statusText(state: ExecutionState, stage: StageState): string {
  switch (stage.status) {
    case 'Failed': {
      const { automatic } = stage.retries;
      const retried = automatic > 0 ? ' It was retried automatically before, which happens once.' : '';
      const failed = stage.actions.filter(
        (action) => action?.status === 'Failed' && action.stageAttempt === stage.attempt,
      );
      if (failed.length === 0) return retried.trim();
      return `Failed because ${failed.map((action) => action?.actionName).join(', ')} failed.${retried}`;
    }
    case 'Stopped':
      return 'Stopped: the execution was stopped while it was in this stage.';
    case 'Cancelled':
      return `Cancelled: ${state.cancel?.reason ?? 'the pipeline was updated.'}`;
    default:
      return '';
  }
}

function ofCondition(
  state: ExecutionState,
  stage: StageState,
  stageIndex: number,
  condition: ConditionState,
  now: number,
): string[] {
  const { conditionType, status, summary } = condition;
  const name = conditionNames[conditionType];
  if (status === 'InProgress') {
    const declared = rulesOf(declaredConditions(state, stageIndex), conditionType);
    const waiting = declared.filter((rule) => condition.rules.every(({ ruleName }) => ruleName !== rule.name));
    return [
      ...condition.rules
        .filter((rule) => rule.status === 'InProgress')
        .map((rule) => `${name}: ${ruleText(rule, now)}`),
      ...waiting.map((rule) => `${name}: the rule ${rule.name} waits to be started.`),
    ];
  }
  if (status === 'Overridden')
    return [`The ${name} condition was overridden by ${condition.overriddenBy ?? 'a person'}.`];
  if (!hasFailed(condition)) {
    if (status !== 'Succeeded') return [`The ${name} condition was not decided: ${summary}`];
    if (conditionType !== 'ON_FAILURE') return [];
    return [`The ${name} condition was met: ${failureResults(declaredConditions(state, stageIndex)).join(', ')}.`];
  }
  if (conditionType === 'ON_FAILURE') return [`The ${name} condition was not met, so the failure stands. ${summary}`];
  const result = resultOf(state, stage.stageName, conditionType);
  const then = {
    SKIP: 'so the stage was skipped',
    FAIL: 'so the stage failed',
    ROLLBACK: 'which asks for a rollback',
    RETRY: '',
  }[result];
  return [`The ${name} condition was not met, ${then}. ${summary}`];
}

function ruleText(rule: RuleState, now: number): string {
  const { provider } = rule.ruleTypeId;
  const opening = provider === 'DeploymentWindow' ? openingText(rule.resolvedConfiguration, now) : '';
  return `the rule ${rule.ruleName} (${provider}) ${opening || 'is being evaluated.'}`;
}

function openingText(configuration: Readonly<Record<string, string>>, now: number): string {
  const { Cron = '', TimeZone = 'UTC' } = configuration;
  try {
    const opening = nextOpening(parseCron(Cron), timeZone(TimeZone), now);
    if (opening === undefined) return `waits for a deployment window (${Cron}) that does not open any more.`;
    if (opening <= now) return `finds the deployment window (${Cron}, ${TimeZone}) open.`;
    return `waits for the deployment window (${Cron}, ${TimeZone}), which opens at ${instantText(opening)}.`;
  } catch (error) {
    if (error instanceof CronFault || error instanceof TimeZoneFault) return '';
    throw error;
  }
}
