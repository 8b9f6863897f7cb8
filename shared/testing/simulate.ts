import { createVirtualClock, type VirtualClock } from '../execution/clock.ts';
import { type ApprovalInput, putApprovalResult, retry, start, stop } from '../execution/commands.ts';
import { type Decision, decide } from '../execution/decide.ts';
import type { ExecutionEvent, Happening } from '../execution/events.ts';
import { evolve, notStarted } from '../execution/evolve.ts';
import { actionOf, type ExecutionState, findActionExecution, isFinished } from '../execution/executionState.ts';
import type { PipelineDeclaration, RetryMode } from '../model/declaration.ts';

export type StartAction = Extract<Decision, { do: 'startAction' }>;
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
}

/** One pipeline on a virtual clock: a small engine without processes, disk or time. */
export interface Simulation {
  readonly clock: VirtualClock;
  start(id: string, variables?: Record<string, string>, pipeline?: PipelineDeclaration): void;
  stop(id: string, abandon?: boolean): void;
  retry(id: string, stageName: string, retryMode?: RetryMode): void;
  answer(id: string, input: Omit<ApprovalInput, 'answeredBy' | 'summary' | 'token'>): void;
  closeTransition(stageName: string): void;
  openTransition(stageName: string): void;
  state(id: string): ExecutionState;
  log(id: string): readonly ExecutionEvent[];
  executions(): ExecutionState[];
  /** What happened, as '<time> <execution> <type> <place> <status>', in order; `types` chooses kinds of events. */
  history(...types: Happening['type'][]): string[];
}

export function simulate({
  pipeline,
  duration,
  outcome,
  slots = Number.POSITIVE_INFINITY,
  approvalTime = Number.POSITIVE_INFINITY,
}: SimulationOptions): Simulation {
  const clock = createVirtualClock();
  const states = new Map<string, ExecutionState>();
  const logs = new Map<string, ExecutionEvent[]>();
  const lines: { type: Happening['type']; line: string }[] = [];
  const closed = new Map<string, { reason: string; by: string }>();
  let running = 0;
  let actionsStarted = 0;

  const state = (id: string): ExecutionState => {
    const found = states.get(id);
    if (!found) throw new Error(`No execution ${id} was started.`);
    return found;
  };
  const record = (id: string, happening: Happening) => {
    const before = states.get(id) ?? notStarted;
    const log = logs.get(id) ?? [];
    const firstAt = log[0]?.at ?? clock.now();
    const event = { seq: log.length + 1, at: clock.now(), mono: clock.now() - firstAt, ...happening };
    logs.set(id, [...log, event]);
    states.set(id, evolve(before, event));
    lines.push({ type: event.type, line: describe(event.at, id, event) });
  };
  const settle = () => {
    for (let again = true; again; ) {
      again = false;
      for (const decision of decide([...states.values()], { closedTransitions: closed })) {
        if (decision.do === 'record') record(decision.pipelineExecutionId, decision.happening);
        else if (decision.do === 'abandonAction') {
          finish(decision, { status: 'Abandoned', outputArtifacts: [] });
          again = true;
        } else if (decision.do === 'startAction' && running < slots) begin(decision);
      }
    }
  };
  const begin = (action: StartAction) => {
    const { pipelineExecutionId, stageName, actionName, attempt, resolvedConfiguration, inputArtifacts } = action;
    const { category, owner, provider, version } = action.action.actionTypeId;
    actionsStarted += 1;
    if (category !== 'Approval') running += 1; // an approval occupies nobody
    const actionExecutionId = `${pipelineExecutionId}-${actionName}-${actionsStarted}`;
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
  const command = (id: string, happenings: readonly Happening[]) => {
    for (const happening of happenings) record(id, happening);
    settle();
  };

  return {
    clock,
    start(id, variables = {}, declaration = pipeline) {
      const all = [...states.values()];
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
          unfinished: all.filter((other) => !isFinished(other)).length,
        }),
      );
    },
    stop: (id, abandon = false) => command(id, stop(state(id), { abandon, reason: 'spec' })),
    retry: (id, stageName, retryMode = 'FAILED_ACTIONS') =>
      command(id, retry(state(id), { stageName, retryMode }, [...states.values()])),
    answer(id, input) {
      const action = actionOf(state(id), input.stageName, input.actionName);
      const token = action?.approval?.token ?? '';
      command(id, putApprovalResult(state(id), { ...input, token, summary: 'seen', answeredBy: 'spec' }, clock.now()));
      if (!action) return;
      const status = input.status === 'Approved' ? 'Succeeded' : 'Failed';
      finish({ pipelineExecutionId: id, ...placeOf(action) }, { status, summary: 'seen' });
      settle();
    },
    closeTransition: (stageName) => void closed.set(stageName, { reason: 'spec', by: 'spec' }),
    openTransition(stageName) {
      closed.delete(stageName);
      settle();
    },
    state,
    log: (id) => logs.get(id) ?? [],
    executions: () => [...states.values()],
    history: (...types) =>
      lines.filter(({ type }) => types.length === 0 || types.includes(type)).map(({ line }) => line),
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
