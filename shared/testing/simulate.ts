import { createVirtualClock, type VirtualClock } from '../execution/clock.ts';
import { type ApprovalInput, cancel, putApprovalResult, retry, start, stop } from '../execution/commands.ts';
import { type ContinueInput, continueAction } from '../execution/continueAction.ts';
import { type Decision, decide } from '../execution/decide.ts';
import type { ConditionType, ExecutionEvent, Happening, StartingPoint } from '../execution/events.ts';
import { afterwards, notStarted } from '../execution/evolve.ts';
import {
  actionOf,
  type ExecutionState,
  findActionExecution,
  isFinished,
  runningRulesOf,
} from '../execution/executionState.ts';
import { type ForkRequest, fork } from '../execution/fork.ts';
import { overrideStageCondition } from '../execution/overrideStageCondition.ts';
import { checkRollback, latestRollbackTarget, startRollback } from '../execution/rollback.ts';
import type { PipelineDeclaration, RetryMode } from '../model/declaration.ts';

export type StartAction = Extract<Decision, { do: 'startAction' }>;
export type StartRule = Extract<Decision, { do: 'startRule' }>;
export type RuleOutcome = Partial<
  Pick<Extract<Happening, { type: 'RuleFinished' }>, 'status' | 'summary' | 'errorDetails'>
>;
export type Outcome = Partial<Omit<Extract<Happening, { type: 'ActionFinished' }>, 'type'>>;

export interface SimulationOptions {
  pipeline: PipelineDeclaration;
  /** Units of time that an action takes; absent = 1. */
  duration?: (action: StartAction) => number;
  /** How an action ends; absent = Succeeded with every declared output artifact. */
  outcome?: (action: StartAction) => Outcome;
  /** Actions that may run at once; absent = any number. */
  slots?: number;
  /** Units of time after which an approval that nobody answered fails; absent = it waits for ever. */
  approvalTime?: number;
  /** Units of time that a rule takes; absent = 1. */
  ruleDuration?: (rule: StartRule) => number;
  /** How a rule ends; absent = Succeeded. */
  ruleOutcome?: (rule: StartRule) => RuleOutcome;
  /** No events are kept: for very many executions, of which only the ends count. */
  forgets?: boolean;
  /** Told of every event, when it has happened. */
  seen?: (moment: Moment) => void;
}

export interface Moment {
  happening: Happening;
  before: ExecutionState;
  after: ExecutionState;
}

export interface StartOptions {
  variables?: Record<string, string>;
  pipeline?: PipelineDeclaration;
  breakpoints?: Record<string, 'before' | 'after'>;
  startingPoint?: StartingPoint;
}

/** One pipeline on a virtual clock: a small engine without processes, disk or time. */
export interface Simulation {
  readonly clock: VirtualClock;
  start(id: string, variables?: Record<string, string>, pipeline?: PipelineDeclaration): void;
  startWith(id: string, options: StartOptions): void;
  stop(id: string, abandon?: boolean): void;
  retry(id: string, stageName: string, retryMode?: RetryMode): void;
  answer(id: string, input: Omit<ApprovalInput, 'answeredBy' | 'summary' | 'token'>): void;
  override(id: string, stageName: string, conditionType: ConditionType): void;
  /** Rolls a stage back by hand: `id` is the new execution. */
  rollback(id: string, stageName: string, target: string): void;
  /** Lets an action pass its breakpoint. */
  continueAction(id: string, input: Omit<ContinueInput, 'by'>): void;
  fork(id: string, from: string, request: ForkRequest, pipeline?: PipelineDeclaration): void;
  /** A new version of the definition; it counts for what starts from now on. */
  update(pipeline: PipelineDeclaration): void;
  closeTransition(stageName: string, reason?: string): void;
  openTransition(stageName: string): void;
  /** By stage name: the transitions that are disabled now. */
  readonly closed: ReadonlyMap<string, { reason: string; by: string }>;
  state(id: string): ExecutionState;
  log(id: string): readonly ExecutionEvent[];
  executions(): ExecutionState[];
  /** What happened, as '<time> <execution> <type> <place> <status>', in order; `types` chooses kinds of events. */
  history(...types: Happening['type'][]): string[];
}

export function simulate({
  pipeline: first,
  duration,
  outcome,
  slots = Number.POSITIVE_INFINITY,
  approvalTime = Number.POSITIVE_INFINITY,
  ruleDuration,
  ruleOutcome,
  forgets = false,
  seen,
}: SimulationOptions): Simulation {
  const clock = createVirtualClock();
  let pipeline = first;
  const states = new Map<string, ExecutionState>();
  /** In the order of their starts, so the one with startNumber n at n - 1. */
  const ids: string[] = [];
  const unfinished = new Map<string, ExecutionState>();
  const logs = new Map<string, ExecutionEvent[]>();
  const happened: { id: string; event: ExecutionEvent }[] = [];
  const closed = new Map<string, { reason: string; by: string }>();
  let running = 0;
  let workStarted = 0;

  const state = (id: string): ExecutionState => {
    const found = states.get(id);
    if (!found) throw new Error(`No execution ${id} was started.`);
    return found;
  };
  const record = (id: string, happening: Happening) => {
    const before = states.get(id) ?? notStarted;
    const at = clock.now();
    if (before === notStarted) ids.push(id);
    const stamp = { seq: before.lastSeq + 1, at, mono: before === notStarted ? 0 : at - before.startedAt };
    const after = afterwards(before, happening, stamp);
    states.set(id, after);
    if (isFinished(after)) unfinished.delete(id);
    else unfinished.set(id, after);
    if (!forgets) {
      const event = { ...happening, ...stamp };
      if (before === notStarted) logs.set(id, []);
      logs.get(id)?.push(event);
      happened.push({ id, event });
    }
    seen?.({ happening, before, after });
  };
  const settle = () => {
    for (let again = true; again; ) {
      again = false;
      for (const decision of decide([...unfinished.values()], { closedTransitions: closed, now: clock.now() })) {
        if (decision.do === 'record') record(decision.pipelineExecutionId, decision.happening);
        else if (decision.do === 'startRule') beginRule(decision);
        else if (decision.do !== 'startAction') {
          if (decision.do === 'abandonAction') finish(decision, { status: 'Abandoned', outputArtifacts: [] });
          else if (decision.do === 'abandonRule') finishRule(decision, { status: 'Abandoned' });
          else rollBack(decision);
          again = true;
        } else if (running < slots) begin(decision);
      }
    }
  };
  const rollBack = ({ pipelineExecutionId, stageName }: Extract<Decision, { do: 'rollback' }>) => {
    const target = latestRollbackTarget([...states.values()], stageName, pipeline.version ?? 1);
    if (!target) {
      const refused = 'no execution of the present version has succeeded in it.';
      record(pipelineExecutionId, { type: 'RollbackRequested', stageName, refused });
      return;
    }
    const id = `R${states.size + 1}`;
    const targetPipelineExecutionId = target.pipelineExecutionId;
    record(pipelineExecutionId, {
      type: 'RollbackRequested',
      stageName,
      pipelineExecutionId: id,
      targetPipelineExecutionId,
    });
    const trigger = { triggerType: 'AutomatedRollback', triggerDetail: pipelineExecutionId } as const;
    const input = { pipelineExecutionId: id, stageName, target, trigger, startNumber: states.size + 1 };
    for (const happening of startRollback(input)) record(id, happening);
  };
  const beginRule = (start: StartRule) => {
    const { pipelineExecutionId, stageName, conditionType, rule, resolvedConfiguration, inputArtifacts } = start;
    workStarted += 1;
    const ruleExecutionId = `${pipelineExecutionId}-${rule.name}-${workStarted}`;
    const place = { stageName, conditionType, ruleName: rule.name, ruleExecutionId };
    const { category, owner = 'AWS', provider, version = '1' } = rule.ruleTypeId;
    record(pipelineExecutionId, {
      type: 'RuleStarted',
      ...place,
      ruleTypeId: { category, owner, provider, version },
      fidelity: 'simulated',
      resolvedConfiguration,
      inputArtifacts,
    });
    clock.after(start.failure ? 0 : (ruleDuration?.(start) ?? 1), () => {
      finishRule(
        { pipelineExecutionId, ...place },
        start.failure ? { status: 'Failed', errorDetails: start.failure } : (ruleOutcome?.(start) ?? {}),
      );
      settle();
    });
  };
  const finishRule = (
    { pipelineExecutionId, ...place }: Omit<Extract<Decision, { do: 'abandonRule' }>, 'do'>,
    outcome: RuleOutcome,
  ) => {
    const { stageName, conditionType, ruleName, ruleExecutionId } = place;
    if (!runningRulesOf(state(pipelineExecutionId)).some((rule) => rule.ruleExecutionId === ruleExecutionId)) return;
    const happening = { stageName, conditionType, ruleName, ruleExecutionId, status: 'Succeeded' as const, ...outcome };
    record(pipelineExecutionId, { type: 'RuleFinished', ...happening });
  };
  const begin = (action: StartAction) => {
    const { pipelineExecutionId, stageName, actionName, attempt, resolvedConfiguration, inputArtifacts } = action;
    const { category, owner, provider, version } = action.action.actionTypeId;
    workStarted += 1;
    if (category !== 'Approval') running += 1; // an approval occupies nobody
    const actionExecutionId = `${pipelineExecutionId}-${actionName}-${workStarted}`;
    record(pipelineExecutionId, {
      type: 'ActionStarted',
      stageName,
      actionName,
      actionExecutionId,
      actionTypeId: { category, owner, provider, version },
      attempt,
      fidelity: 'simulated',
      resolvedConfiguration,
      inputArtifacts,
    });
    const place = { pipelineExecutionId, stageName, actionName, actionExecutionId };
    if (category === 'Approval' && !action.failure) {
      const token = `token-${actionExecutionId}`;
      const expiresAt = clock.now() + Math.min(approvalTime, 10_080);
      record(pipelineExecutionId, { type: 'ApprovalRequested', ...placeOf(place), token, expiresAt });
      clock.after(approvalTime, () => {
        const errorDetails = { code: 'TimedOut' as const, message: 'Nobody answered in time.' };
        finish(place, { status: 'Failed', errorDetails });
        settle();
      });
      return;
    }
    clock.after(action.failure ? 0 : (duration?.(action) ?? 1), () => {
      const outputArtifacts = (action.action.outputArtifacts ?? []).map(({ name }) => ({
        name,
        digest: `${actionExecutionId}-${name}`,
        size: 1,
      }));
      finish(
        place,
        action.failure
          ? { status: 'Failed', errorDetails: action.failure, outputArtifacts: [] }
          : { outputArtifacts, ...outcome?.(action) },
      );
      settle();
    });
  };
  const finish = (place: Omit<Extract<Decision, { do: 'abandonAction' }>, 'do'>, given: Outcome) => {
    // An abandoned action's work may still come to its end; nobody listens any more.
    const attempt = findActionExecution(state(place.pipelineExecutionId), place.actionExecutionId);
    if (attempt?.status !== 'InProgress') return;
    if (attempt.actionTypeId.category !== 'Approval') running -= 1;
    record(place.pipelineExecutionId, {
      type: 'ActionFinished',
      status: 'Succeeded',
      outputArtifacts: [],
      outputVariables: {},
      ...given,
      ...placeOf(place),
    });
  };
  /** An execution that was started with a definition of its own is none of the pipeline's versions. */
  const versionFor = (old: ExecutionState) => (pipeline === first ? old.pipelineVersion : (pipeline.version ?? 1));
  /** Those that were started later, or have not finished. */
  const othersOf = ({ startNumber }: ExecutionState) => [
    ...ids.slice(startNumber).map(state),
    ...[...unfinished.values()].filter((other) => other.startNumber < startNumber),
  ];
  const command = (id: string, happenings: readonly Happening[]) => {
    for (const happening of happenings) record(id, happening);
    settle();
  };

  const startWith = (id: string, { variables = {}, pipeline: declaration = pipeline, ...more }: StartOptions) =>
    command(
      id,
      start({
        pipelineExecutionId: id,
        declaration,
        variables,
        bindings: {},
        documentPath: '',
        trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'spec' },
        startNumber: states.size + 1,
        unfinished: unfinished.size,
        ...more,
      }),
    );

  return {
    clock,
    closed,
    start: (id, variables = {}, declaration = pipeline) => startWith(id, { variables, pipeline: declaration }),
    startWith,
    override: (id, stageName, conditionType) =>
      command(
        id,
        overrideStageCondition(state(id), { stageName, conditionType, overriddenBy: 'spec' }, othersOf(state(id))),
      ),
    rollback(id, stageName, targetPipelineExecutionId) {
      const asked = { stageName, targetPipelineExecutionId, target: states.get(targetPipelineExecutionId) };
      const target = checkRollback({ ...asked, pipelineVersion: pipeline.version ?? 1 }, [...states.values()]);
      const trigger = { triggerType: 'ManualRollback', triggerDetail: 'spec' } as const;
      const startNumber = states.size + 1;
      command(id, startRollback({ pipelineExecutionId: id, stageName, target, trigger, startNumber }));
    },
    continueAction: (id, input) => command(id, continueAction(state(id), { ...input, by: 'spec' })),
    fork(id, from, request, declaration = state(from).declaration) {
      const { variables } = state(from);
      startWith(id, { variables: { ...variables }, pipeline: declaration, startingPoint: fork(state(from), request) });
    },
    update(declaration) {
      pipeline = { ...declaration, version: (pipeline.version ?? 1) + 1 };
      const reason = `the pipeline was updated to version ${pipeline.version}.`;
      for (const [id, old] of [...unfinished]) for (const happening of cancel(old, reason)) record(id, happening);
      settle();
    },
    stop: (id, abandon = false) => command(id, stop(state(id), { abandon, reason: 'spec' })),
    retry: (id, stageName, retryMode = 'FAILED_ACTIONS') =>
      command(
        id,
        retry(state(id), { stageName, retryMode, currentVersion: versionFor(state(id)) }, othersOf(state(id))),
      ),
    answer(id, input) {
      const action = actionOf(state(id), input.stageName, input.actionName);
      const token = action?.approval?.token ?? '';
      command(id, putApprovalResult(state(id), { ...input, token, summary: 'seen', answeredBy: 'spec' }, clock.now()));
      if (!action) return;
      const status = input.status === 'Approved' ? 'Succeeded' : 'Failed';
      finish({ pipelineExecutionId: id, ...placeOf(action) }, { status, summary: 'seen' });
      settle();
    },
    closeTransition(stageName, reason = 'spec') {
      closed.set(stageName, { reason, by: 'spec' });
      settle();
    },
    openTransition(stageName) {
      closed.delete(stageName);
      settle();
    },
    state,
    log: (id) => logs.get(id) ?? [],
    executions: () => [...states.values()],
    history: (...types) =>
      happened
        .filter(({ event }) => types.length === 0 || types.includes(event.type))
        .map(({ id, event }) => describe(event.at, id, event)),
  };
}

const placeOf = ({
  stageName,
  actionName,
  actionExecutionId,
}: {
  stageName: string;
  actionName: string;
  actionExecutionId: string;
}) => ({
  stageName,
  actionName,
  actionExecutionId,
});

/** One event as a line: '5 E1 ActionFinished B/X Succeeded'. */
function describe(at: number, id: string, event: Happening): string {
  const stage = 'stageName' in event ? event.stageName : '';
  const place = 'actionName' in event ? `${stage}/${event.actionName}` : stage;
  const status = 'status' in event ? event.status : '';
  return [String(at), id, event.type, place, status].filter((part) => part !== '').join(' ');
}
