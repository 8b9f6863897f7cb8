import type { ConditionType, Happening } from './events.ts';
import type { ConditionState, RuleState, StageState } from './executionState.ts';

type ConditionHappening = Extract<
  Happening,
  {
    type:
      | 'ConditionStarted'
      | 'RuleStarted'
      | 'RuleProcessStarted'
      | 'RuleAdopted'
      | 'RuleFinished'
      | 'ConditionFinished';
  }
>;

/** What is true of a stage after an event of one of its conditions. Like `evolve` it never refuses an event. */
export function evolveConditions(stage: StageState, event: ConditionHappening, at: number, mono: number): StageState {
  switch (event.type) {
    case 'ConditionStarted':
      return {
        ...stage,
        conditions: [
          ...stage.conditions.filter(({ conditionType }) => conditionType !== event.conditionType),
          {
            conditionType: event.conditionType,
            stageAttempt: stage.attempt,
            status: 'InProgress',
            summary: undefined,
            overriddenBy: undefined,
            startedAt: at,
            startedMono: mono,
            finishedAt: undefined,
            finishedMono: undefined,
            rules: [],
            previous: stage.conditions.find(({ conditionType }) => conditionType === event.conditionType),
          },
        ],
      };
    case 'RuleStarted':
      return withCondition(stage, event.conditionType, (condition) => ({
        ...condition,
        rules: [
          ...condition.rules,
          {
            stageName: event.stageName,
            conditionType: event.conditionType,
            ruleName: event.ruleName,
            ruleExecutionId: event.ruleExecutionId,
            ruleTypeId: event.ruleTypeId,
            fidelity: event.fidelity,
            status: 'InProgress',
            startedAt: at,
            startedMono: mono,
            finishedAt: undefined,
            finishedMono: undefined,
            resolvedConfiguration: event.resolvedConfiguration,
            inputArtifacts: event.inputArtifacts,
            summary: undefined,
            errorDetails: undefined,
            externalExecutionId: undefined,
            externalExecutionUrl: undefined,
            process: undefined,
            adoptions: 0,
          },
        ],
      }));
    case 'RuleProcessStarted':
      return withRule(stage, event, (rule) => ({ ...rule, process: { pid: event.pid, startTime: event.startTime } }));
    case 'RuleAdopted':
      return withRule(stage, event, (rule) => ({ ...rule, adoptions: rule.adoptions + 1 }));
    case 'RuleFinished':
      return withRule(stage, event, (rule) =>
        // As an action, a rule ends once.
        rule.status === 'InProgress'
          ? {
              ...rule,
              status: event.status,
              finishedAt: at,
              finishedMono: mono,
              summary: event.summary,
              errorDetails: event.errorDetails,
              externalExecutionId: event.externalExecutionId,
              externalExecutionUrl: event.externalExecutionUrl,
            }
          : rule,
      );
    case 'ConditionFinished':
      return withCondition(stage, event.conditionType, (condition) => ({
        ...condition,
        status: event.status,
        summary: event.summary,
        overriddenBy: event.overriddenBy,
        finishedAt: at,
        finishedMono: mono,
      }));
    default:
      event satisfies never;
      return stage;
  }
}

function withCondition(
  stage: StageState,
  conditionType: ConditionType,
  change: (condition: ConditionState) => ConditionState,
): StageState {
  return {
    ...stage,
    conditions: stage.conditions.map((condition) =>
      condition.conditionType === conditionType ? change(condition) : condition,
    ),
  };
}

function withRule(
  stage: StageState,
  { conditionType, ruleExecutionId }: { conditionType: ConditionType; ruleExecutionId: string },
  change: (rule: RuleState) => RuleState,
): StageState {
  return withCondition(stage, conditionType, (condition) => ({
    ...condition,
    rules: condition.rules.map((rule) => (rule.ruleExecutionId === ruleExecutionId ? change(rule) : rule)),
  }));
}
