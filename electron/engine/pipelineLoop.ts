import { type Decision, decide, type PipelineContext } from '../../shared/execution/decide.ts';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import { evolve } from '../../shared/execution/evolve.ts';
import {
  type ExecutionState,
  isFinished,
  runningActionsOf,
  runningRulesOf,
} from '../../shared/execution/executionState.ts';
import { type AbandonWork, type Started, type StartWork, startOf } from './attemptSubject.ts';

/**
 * The loop of one pipeline: facts are appended, state evolves, `decide` says what follows, and its records go to disk in the
 * same append as the facts that caused them. Nothing is acted on before it is on disk. It never polls: `record` and `wake`
 * are its only beginnings.
 */

export type RollBack = Extract<Decision, { do: 'rollback' }>;

export interface LoopPorts {
  /** What is known of the pipeline beside its executions; a promise until it is read from disk. */
  context(): PipelineContext | Promise<PipelineContext>;
  append(pipelineExecutionId: string, happenings: readonly Happening[]): Promise<ExecutionEvent[]>;
  /** The facts that start an action or a rule, or undefined while it has to wait for a slot. */
  begin(start: StartWork, bindings: ExecutionState['bindings']): Happening[] | undefined;
  /** Takes back `begin`: its facts could not be written. */
  takeBack(start: StartWork): void;
  /** The facts of `begin` are on disk: carry it out. */
  launch(start: StartWork, started: Started, state: ExecutionState): void;
  /** May be asked again for one that is being abandoned already. */
  abandon(abandon: AbandonWork): void;
  /** May be asked again while it is under way, until RollbackRequested is recorded. */
  rollBack(rollBack: RollBack): void;
  /** The end of an execution is on disk. */
  onEnded(state: ExecutionState): void;
  /**
   * Writing failed. `again`: it is tried again after `retryMs`. `lost`: this execution can take no more facts, so nothing more is
   * decided for it; it keeps its place and its lock, because another host will go on with it.
   */
  onWriteFailure(pipelineExecutionId: string, error: unknown): 'again' | 'lost';
  retryMs: number;
}

export interface PipelineLoop {
  /** Takes an execution in, as its journal has it. */
  add(state: ExecutionState): void;
  /** Lets an execution go that turned out to have nothing to do here. */
  drop(pipelineExecutionId: string): void;
  state(pipelineExecutionId: string): ExecutionState | undefined;
  /** Executions that have not finished, by start. */
  states(): ExecutionState[];
  /**
   * Appends what has happened and does what follows from it. Resolves when it is on disk. When it cannot be written it is
   * kept and tried again, because it has happened all the same. Rejects when the execution is lost.
   */
  record(pipelineExecutionId: string, happenings: readonly Happening[]): Promise<void>;
  /**
   * Appends what `command` answers for the execution's state, which nothing can change between the question and the answer.
   * Rejects with what `command` throws, or when it cannot be written.
   */
  ask(pipelineExecutionId: string, command: (state: ExecutionState) => readonly Happening[]): Promise<void>;
  /** Something outside changed (a slot is free): decide again. */
  wake(): void;
  /** True while it has something to write or to decide. */
  readonly isBusy: boolean;
  close(): void;
}

interface Fact {
  pipelineExecutionId: string;
  happenings: (state: ExecutionState) => readonly Happening[];
  /** It has happened: try again when it cannot be written. */
  keep: boolean;
  resolve: () => void;
  reject: (error: unknown) => void;
}

/** Facts of one execution that are written together. Batches of one round are written in order. */
interface Batch {
  pipelineExecutionId: string;
  happenings: Happening[];
  facts: Fact[];
  starts: StartWork[];
}

export function createPipelineLoop(ports: LoopPorts, onIdle: () => void): PipelineLoop {
  const states = new Map<string, ExecutionState>();
  /** Executions whose journals take nothing any more, and why. */
  const lost = new Map<string, unknown>();
  let facts: Fact[] = [];
  let isRunning = false;
  let mustRun = false;
  let isClosed = false;
  let retry: NodeJS.Timeout | undefined;

  const run = async () => {
    if (isRunning || isClosed) return;
    isRunning = true;
    while (mustRun && !isClosed) {
      mustRun = false;
      await round();
    }
    isRunning = false;
    onIdle();
  };

  const wake = () => {
    mustRun = true;
    // On the next turn, so that what happens together is written together.
    if (!isRunning) queueMicrotask(() => void run());
  };

  const put = (pipelineExecutionId: string, happenings: Fact['happenings'], keep: boolean) =>
    new Promise<void>((resolve, reject) => {
      facts.push({ pipelineExecutionId, happenings, keep, resolve, reject });
      wake();
    });

  const round = async () => {
    const asked = ports.context();
    const context = asked instanceof Promise ? await asked : asked;
    const plan = planRound(states, facts, lost, { ...ports, context });
    facts = [];
    for (const batch of plan.batches) {
      if (isClosed) return;
      let events: ExecutionEvent[];
      try {
        events = await ports.append(batch.pipelineExecutionId, batch.happenings);
      } catch (error) {
        giveUp(plan.batches.slice(plan.batches.indexOf(batch)), error);
        return;
      }
      const state = commit(states, batch.pipelineExecutionId, events);
      for (const fact of batch.facts) fact.resolve();
      launch(batch.starts, events, state);
      if (!states.has(batch.pipelineExecutionId)) ports.onEnded(state);
    }
    if (isClosed) return;
    // The plan is older than its own writing: meanwhile an action may have ended.
    for (const abandon of plan.abandons) if (stillRuns(states, abandon)) ports.abandon(abandon);
    for (const rollBack of plan.rollBacks) ports.rollBack(rollBack);
  };

  const launch = (starts: readonly StartWork[], events: readonly ExecutionEvent[], state: ExecutionState) => {
    for (const start of starts) {
      for (const event of events) {
        if (startOf(start, event)) ports.launch(start, event, state);
      }
    }
  };

  /** What follows is decided again later; only what has happened is kept. */
  const giveUp = (batches: readonly Batch[], error: unknown) => {
    const [{ pipelineExecutionId: failedId } = { pipelineExecutionId: '' }] = batches;
    const isLost = ports.onWriteFailure(failedId, error) === 'lost';
    if (isLost) lost.set(failedId, error);
    for (const batch of batches) {
      for (const start of batch.starts) ports.takeBack(start);
      for (const fact of batch.facts) {
        if (isLost ? fact.pipelineExecutionId !== failedId : fact.keep) facts.push(fact);
        else fact.reject(error);
      }
    }
    if (isLost) return wake();
    clearTimeout(retry);
    retry = setTimeout(wake, ports.retryMs);
  };

  return {
    add: (state) => void states.set(state.pipelineExecutionId, state),
    drop: (id) => void states.delete(id),
    state: (id) => states.get(id),
    states: () => [...states.values()],
    record: (id, happenings) => put(id, () => happenings, true),
    ask: (id, command) => put(id, command, false),
    wake,
    get isBusy() {
      return isRunning || mustRun || facts.length > 0;
    },
    close() {
      isClosed = true;
      clearTimeout(retry);
    },
  };
}

function commit(states: Map<string, ExecutionState>, id: string, events: readonly ExecutionEvent[]): ExecutionState {
  let state = states.get(id);
  if (!state) throw new Error(`Execution ${id} is not in its loop.`);
  for (const event of events) state = evolve(state, event);
  if (isFinished(state) && state.runningActions === 0 && runningRulesOf(state).length === 0) states.delete(id);
  else states.set(id, state);
  return state;
}

function stillRuns(states: ReadonlyMap<string, ExecutionState>, abandon: AbandonWork): boolean {
  const state = states.get(abandon.pipelineExecutionId);
  if (!state) return false;
  return abandon.do === 'abandonRule'
    ? runningRulesOf(state).some(({ ruleExecutionId }) => ruleExecutionId === abandon.ruleExecutionId)
    : runningActionsOf(state).some(({ actionExecutionId }) => actionExecutionId === abandon.actionExecutionId);
}

/**
 * Plays the facts and all that follows from them on drafts of the states. Times in drafts do not matter: nothing is decided
 * by a clock, and the states themselves evolve from the written events.
 */
function planRound(
  states: ReadonlyMap<string, ExecutionState>,
  facts: readonly Fact[],
  lost: ReadonlyMap<string, unknown>,
  ports: Pick<LoopPorts, 'begin'> & { context: PipelineContext },
): { batches: Batch[]; abandons: AbandonWork[]; rollBacks: RollBack[] } {
  const drafts = new Map(states);
  const batches: Batch[] = [];
  let abandons: AbandonWork[] = [];
  let rollBacks: RollBack[] = [];

  const batchFor = (id: string): Batch => {
    const last = batches.at(-1);
    if (last?.pipelineExecutionId === id) return last;
    const batch: Batch = { pipelineExecutionId: id, happenings: [], facts: [], starts: [] };
    batches.push(batch);
    return batch;
  };
  const add = (id: string, happening: Happening) => {
    batchFor(id).happenings.push(happening);
    const draft = drafts.get(id);
    if (!draft) return;
    drafts.set(id, evolve(draft, { ...happening, seq: draft.lastSeq, at: draft.updatedAt, mono: draft.lastMono }));
  };

  for (const fact of [...facts].sort((a, b) => a.pipelineExecutionId.localeCompare(b.pipelineExecutionId))) {
    const draft = drafts.get(fact.pipelineExecutionId);
    try {
      if (lost.has(fact.pipelineExecutionId)) throw lost.get(fact.pipelineExecutionId);
      if (!draft) throw new Error(`Execution ${fact.pipelineExecutionId} is not in its loop.`);
      const happenings = fact.happenings(draft);
      for (const happening of happenings) add(fact.pipelineExecutionId, happening);
      batchFor(fact.pipelineExecutionId).facts.push(fact);
    } catch (error) {
      fact.reject(error);
    }
  }
  for (let isSettled = false; !isSettled; ) {
    isSettled = true;
    abandons = [];
    rollBacks = [];
    for (const decision of decide([...drafts.values()], ports.context)) {
      if (lost.has(decision.pipelineExecutionId)) continue;
      if (decision.do === 'record') add(decision.pipelineExecutionId, decision.happening);
      else if (decision.do === 'abandonAction' || decision.do === 'abandonRule') abandons.push(decision);
      else if (decision.do === 'rollback') rollBacks.push(decision);
      else {
        const begun = ports.begin(decision, drafts.get(decision.pipelineExecutionId)?.bindings ?? {});
        if (!begun) continue;
        for (const happening of begun) add(decision.pipelineExecutionId, happening);
        // Only an action that has failed at once changes what is to be decided.
        if (decision.failure) isSettled = false;
        else batchFor(decision.pipelineExecutionId).starts.push(decision);
      }
    }
  }
  return { batches, abandons, rollBacks };
}
