import type { Decision } from '../../shared/execution/decide.ts';
import type { ConditionType, ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import { type ActionDeclaration, actionKey, type RuleDeclaration, ruleKey } from '../../shared/model/declaration.ts';
import type { Fidelity } from '../../shared/providers/provider.ts';

/**
 * What an attempt is of: an action, or a rule of a stage's condition. Both run alike (a folder, a log, a deadline, a result that
 * survives the host); only the facts that begin and end them have different names.
 */
export type StartWork = Extract<Decision, { do: 'startAction' | 'startRule' }>;
export type AbandonWork = Extract<Decision, { do: 'abandonAction' | 'abandonRule' }>;
export type Started = Extract<ExecutionEvent, { type: 'ActionStarted' | 'RuleStarted' }>;
export type Ended = Extract<Happening, { type: 'ActionFinished' | 'RuleFinished' }>;
export type Ending = Omit<
  Extract<Happening, { type: 'ActionFinished' }>,
  'type' | 'stageName' | 'actionName' | 'actionExecutionId'
>;

export interface Subject {
  readonly stageName: string;
  readonly name: string;
  /** The action's or rule's execution id. */
  readonly id: string;
  /** Of a rule. */
  readonly conditionType?: ConditionType | undefined;
}

/** Where the pipeline has it: names its binding, and where its faults are. */
export const whereOf = ({ stageName, name, conditionType }: Omit<Subject, 'id'>): string =>
  conditionType ? ruleKey(stageName, conditionType, name) : actionKey(stageName, name);

export const startsRule = (start: StartWork): start is Extract<StartWork, { do: 'startRule' }> =>
  start.do === 'startRule';

export function subjectOfStart(start: StartWork): Omit<Subject, 'id'> {
  const { stageName } = start;
  return startsRule(start)
    ? { stageName, name: start.rule.name, conditionType: start.conditionType }
    : { stageName, name: start.actionName };
}

export function subjectOfAbandon(abandon: AbandonWork): Subject {
  const { stageName } = abandon;
  return abandon.do === 'abandonRule'
    ? { stageName, name: abandon.ruleName, conditionType: abandon.conditionType, id: abandon.ruleExecutionId }
    : { stageName, name: abandon.actionName, id: abandon.actionExecutionId };
}

export const isStarted = (event: ExecutionEvent): event is Started =>
  event.type === 'ActionStarted' || event.type === 'RuleStarted';

export const startedId = (event: Started): string =>
  event.type === 'ActionStarted' ? event.actionExecutionId : event.ruleExecutionId;

export const endedId = (fact: Ended): string =>
  fact.type === 'ActionFinished' ? fact.actionExecutionId : fact.ruleExecutionId;

export const startOf = (start: StartWork, event: ExecutionEvent): event is Started =>
  isStarted(event) &&
  event.stageName === start.stageName &&
  (event.type === 'ActionStarted'
    ? start.do === 'startAction' && event.actionName === start.actionName
    : start.do === 'startRule' && event.ruleName === start.rule.name && event.conditionType === start.conditionType);

/** The fact that begins it. `boot`: this start of the machine. */
export function startedFact(start: StartWork, id: string, fidelity: Fidelity, boot: string): Happening {
  const { stageName, resolvedConfiguration, inputArtifacts } = start;
  if (startsRule(start)) {
    const { owner = 'AWS', provider, version = '1' } = start.rule.ruleTypeId;
    return {
      type: 'RuleStarted',
      stageName,
      conditionType: start.conditionType,
      ruleName: start.rule.name,
      ruleExecutionId: id,
      ruleTypeId: { category: 'Rule', owner, provider, version },
      fidelity,
      resolvedConfiguration,
      inputArtifacts,
      boot,
    };
  }
  const { category, owner, provider, version } = start.action.actionTypeId;
  return {
    type: 'ActionStarted',
    stageName,
    actionName: start.actionName,
    actionExecutionId: id,
    actionTypeId: { category, owner, provider, version },
    attempt: start.attempt,
    fidelity,
    resolvedConfiguration,
    inputArtifacts,
    boot,
  };
}

/** The fact that ends it. A rule has no outputs. */
export function endedFact({ stageName, name, id, conditionType }: Subject, ending: Ending): Ended {
  if (!conditionType) {
    return { type: 'ActionFinished', stageName, actionName: name, actionExecutionId: id, ...ending };
  }
  const { status, summary, errorDetails, externalExecutionId, externalExecutionUrl } = ending;
  return {
    type: 'RuleFinished',
    stageName,
    conditionType,
    ruleName: name,
    ruleExecutionId: id,
    status,
    ...(summary === undefined ? {} : { summary }),
    ...(errorDetails === undefined ? {} : { errorDetails }),
    ...(externalExecutionId === undefined ? {} : { externalExecutionId }),
    ...(externalExecutionUrl === undefined ? {} : { externalExecutionUrl }),
  };
}

export function processFact(
  { stageName, name, id, conditionType }: Subject,
  pid: number,
  startTime: string,
): Happening {
  return conditionType
    ? { type: 'RuleProcessStarted', stageName, conditionType, ruleName: name, ruleExecutionId: id, pid, startTime }
    : { type: 'ActionProcessStarted', stageName, actionName: name, actionExecutionId: id, pid, startTime };
}

export function adoptedFact({ stageName, name, id, conditionType }: Subject): Happening {
  return conditionType
    ? { type: 'RuleAdopted', stageName, conditionType, ruleName: name, ruleExecutionId: id }
    : { type: 'ActionAdopted', stageName, actionName: name, actionExecutionId: id };
}

export const abandoned: Ending = { status: 'Abandoned', outputArtifacts: [], outputVariables: {} };

/** A rule in the shape of an action, for what both are run with. Its type exists as an action's in this form nowhere else. */
export function actionOfRule({
  name,
  configuration,
  commands,
  inputArtifacts,
  roleArn,
  region,
  ...rule
}: RuleDeclaration) {
  const action: ActionDeclaration = {
    name,
    actionTypeId: { category: 'Compute', owner: 'AWS', provider: rule.ruleTypeId.provider, version: '1' },
    ...(configuration ? { configuration } : {}),
    ...(commands ? { commands } : {}),
    ...(inputArtifacts ? { inputArtifacts } : {}),
    ...(roleArn ? { roleArn } : {}),
    ...(region ? { region } : {}),
    ...(rule.timeoutInMinutes ? { timeoutInMinutes: rule.timeoutInMinutes } : {}),
  };
  return action;
}
