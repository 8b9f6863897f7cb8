import type { ActionDeclaration, RuleDeclaration } from '../model/declaration.ts';
import type { FailureCode } from '../providers/host.ts';
import { advance, lockHolder, type Next, type PipelineContext, supersession, waiting } from './entranceSteps.ts';
import type { ArtifactRecord, ConditionType, Happening } from './events.ts';
import { afterwards } from './evolve.ts';
import { type ExecutionState, isFinished, runningActionsOf, stageIndexOf } from './executionState.ts';
import { prepareAction } from './prepareAction.ts';
import { prepareRule } from './prepareRule.ts';
import { presentCondition, rulesOf, runningRulesIn } from './stageConditions.ts';
import { stageProgress } from './stageProgress.ts';
import { declaredConditions, insideStep, leftStep, mayAct, type Step } from './stageSteps.ts';

export type Decision =
  | { do: 'record'; pipelineExecutionId: string; happening: Happening }
  | {
      do: 'startAction';
      pipelineExecutionId: string;
      stageName: string;
      actionName: string;
      attempt: number;
      /** Its configuration, commands and environment variables are resolved. */
      action: ActionDeclaration;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      /** The action must be started and fail at once. */
      failure?: { code: FailureCode; message: string; fix?: string };
    }
  | {
      do: 'abandonAction';
      pipelineExecutionId: string;
      stageName: string;
      actionName: string;
      actionExecutionId: string;
    }
  | {
      do: 'startRule';
      pipelineExecutionId: string;
      stageName: string;
      conditionType: ConditionType;
      /** Its configuration and commands are resolved. */
      rule: RuleDeclaration;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      /** The rule must be started and fail at once. */
      failure?: { code: FailureCode; message: string; fix?: string };
    }
  | {
      do: 'abandonRule';
      pipelineExecutionId: string;
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
    }
  /** Asked until RollbackRequested is in the log: look for the target, record RollbackRequested, start the rollback execution. */
  | { do: 'rollback'; pipelineExecutionId: string; stageName: string };

export type { PipelineContext } from './entranceSteps.ts';

const allOpen: PipelineContext = { closedTransitions: new Map() };

/** In PARALLEL mode at most this many actions of one execution run at once (semantics §3.6). */
export const PARALLEL_MODE_ACTIONS = 5;

/**
 * What must happen next in one pipeline, in the order in which it must happen; empty means wait. Pure: asked again with the
 * same states it answers the same, and nothing that is already in the log.
 *
 * `executions` are all that have not finished (finished ones are passed over). Records come first and are complete: when an
 * action's end ends its stage, the answer has the stage's end, the next entrance and its start. Write those of one execution
 * together if you like, but not before what stands earlier in the list is on disk: that order is what keeps a crash between two
 * journals from letting an older execution in behind a newer one. Then come the rollbacks that are due, the rules and actions
 * to abandon and to start. An action or a rule that waits for a slot is answered again each time until its start is in the
 * log; if it is no longer answered (a stop came), it must not start any more.
 *
 * Decisions of ours where the reference leaves room.
 * Stages: one turns Failed when the last of its running actions has ended, not at the first failure, so the lock is never
 * free while an action or a rule runs; siblings of a failed action that only wait for a slot still run, as they would have
 * been started together on AWS. A stage is retried automatically once per execution.
 * Entrances: an older execution that arrives where a newer one waits is superseded itself. A disabled transition holds
 * PARALLEL executions too. One that waited for more than 30 days at a disabled transition stays there until it is stopped or
 * superseded, and holds up nobody.
 * Conditions: decided at the first rule that fails, the other rules are then abandoned; a rule that fails for its
 * configuration or permissions makes the condition Errored, which counts as failed. A result that has no meaning in its
 * place, or none, is FAIL for the gates. onFailure is evaluated at every failure, also that of a condition; with rules, both
 * results (of the condition and of `onFailure`) wait for them; a retry comes before a rollback. A retry evaluates
 * everything anew. A stop that waits lets running rules end; a cancellation abandons them.
 * Rollbacks: when the onSuccess condition asks for one, the stage is Succeeded (as AWS shows it) and the execution Failed; without
 * a target both are Failed. A rollback execution ends Succeeded after its stage, evaluates the stage's conditions, and is
 * not rolled back itself.
 */
export function decide(executions: readonly ExecutionState[], context: PipelineContext = allOpen): Decision[] {
  const decisions: Decision[] = [];
  const states = executions
    .filter((state) => state.status !== undefined && !isFinished(state))
    .sort((a, b) => a.startNumber - b.startNumber);
  let instant = context.now ?? 0;
  for (const state of states) instant = Math.max(instant, state.updatedAt);
  for (let next = nextRecord(states, context); next; next = nextRecord(states, context)) {
    const { state, happening } = next;
    decisions.push({ do: 'record', pipelineExecutionId: state.pipelineExecutionId, happening });
    // As it will be once recorded: after everything that has happened so far.
    const stamp = { seq: state.lastSeq, at: instant, mono: state.lastMono };
    states[states.indexOf(state)] = afterwards(state, happening, stamp);
  }
  for (const state of states) decisions.push(...workDecisions(state, states));
  return decisions;
}

/**
 * The order makes simultaneous events come out as on AWS (semantics §4, §18): first locks are released, then executions move
 * forward, from the last stage to the first. Who can not is told why.
 */
function nextRecord(states: readonly ExecutionState[], context: PipelineContext): Next | undefined {
  for (const state of states) {
    const happening = ownStep(state, states);
    if (happening && happening !== 'rollback') return { state, happening };
  }
  return supersession(states) ?? advance(states, context) ?? waiting(states, context);
}

/** What an execution does without regard to those that wait; or the stage starts again for its retry. */
function ownStep(state: ExecutionState, states: readonly ExecutionState[]): Step {
  const { at, stageName } = state.position;
  const index = stageIndexOf(state, stageName);
  switch (at) {
    case 'start':
    case 'entrance':
      return endOfWaiting(state);
    case 'retrying': {
      const end = endOfWaiting(state);
      const stage = state.stages[index];
      if (end || !stage || lockHolder(state, states)) return end;
      return { type: 'StageStarted', stageName, attempt: stage.attempt + (state.position.isOverride ? 0 : 1) };
    }
    case 'inside':
      return insideStep(state, index);
    case 'left':
      return leftStep(state, index);
    case 'ended':
      return undefined;
    default:
      at satisfies never;
      return undefined;
  }
}

/** Who is inside no stage stops, and is cancelled, at once. */
function endOfWaiting({ stop, cancel }: ExecutionState): Happening | undefined {
  if (cancel) return { type: 'ExecutionFinished', status: 'Cancelled' };
  return stop && { type: 'ExecutionFinished', status: 'Stopped' };
}

/** What the engine has to do for an execution, once its records are written. */
function workDecisions(state: ExecutionState, states: readonly ExecutionState[]): Decision[] {
  const { at, stageName } = state.position;
  if (at !== 'inside' && at !== 'left') return [];
  const { pipelineExecutionId } = state;
  const stageIndex = stageIndexOf(state, stageName);
  // Inside a stage only a condition asks for a rollback; most stages have none.
  const mayRollBack = at === 'left' || (state.stages[stageIndex]?.conditions.length ?? 0) > 0;
  if (mayRollBack && ownStep(state, states) === 'rollback') {
    return [{ do: 'rollback', pipelineExecutionId, stageName }];
  }
  return [...ruleDecisions(state, stageIndex), ...(at === 'inside' ? actionDecisions(state, stageIndex) : [])];
}

/** Rules of a condition that is decided are abandoned; those of one that is not are started, all at once (rules.md §3.1). */
function ruleDecisions(state: ExecutionState, stageIndex: number): Decision[] {
  const stage = state.stages[stageIndex];
  if (!stage || stage.conditions.length === 0) return [];
  const { pipelineExecutionId } = state;
  const { stageName } = stage;
  const decisions: Decision[] = [];
  for (const { conditionType, ruleName, ruleExecutionId } of runningRulesIn(stage)) {
    if (presentCondition(stage, conditionType)?.status === 'InProgress') continue;
    decisions.push({ do: 'abandonRule', pipelineExecutionId, stageName, conditionType, ruleName, ruleExecutionId });
  }
  const condition = stage.conditions.find(({ status }) => status === 'InProgress');
  if (!condition || state.stop || state.cancel) return decisions;
  const { conditionType } = condition;
  for (const rule of rulesOf(declaredConditions(state, stageIndex), conditionType)) {
    if (condition.rules.some(({ ruleName }) => ruleName === rule.name)) continue;
    const prepared = prepareRule(state, stageIndex, conditionType, rule);
    decisions.push({ do: 'startRule', pipelineExecutionId, stageName, conditionType, ...prepared });
  }
  return decisions;
}

function actionDecisions(state: ExecutionState, stageIndex: number): Decision[] {
  const { pipelineExecutionId, position } = state;
  const { stageName } = position;
  if (state.stop) {
    if (!state.stop.abandon) return [];
    return runningActionsOf(state).map(({ actionName, actionExecutionId }) => ({
      do: 'abandonAction',
      pipelineExecutionId,
      stageName,
      actionName,
      actionExecutionId,
    }));
  }
  const progress = mayAct(state, stageIndex) ? stageProgress(state, stageIndex) : undefined;
  if (!progress) return [];
  const startable =
    state.executionMode === 'PARALLEL'
      ? progress.toStart.slice(0, Math.max(0, PARALLEL_MODE_ACTIONS - progress.running))
      : progress.toStart;
  return startable.map((placed) => ({
    do: 'startAction',
    pipelineExecutionId,
    stageName,
    actionName: placed.action.name,
    attempt: (state.stages[stageIndex]?.actions[placed.index]?.attempt ?? 0) + 1,
    ...prepareAction(state, stageIndex, placed),
  }));
}
