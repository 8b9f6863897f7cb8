import { randomUUID } from 'node:crypto';
import { userInfo } from 'node:os';
import * as commands from '../../shared/execution/commands.ts';
import { notStarted, replay } from '../../shared/execution/evolve.ts';
import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { ProblemError, toProblem } from '../../shared/problem.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { Endpoint, Engine, History, StartRequest } from '../parts.ts';
import { absoluteBindings } from './absoluteBindings.ts';
import { attemptFolder, removeKept, spoolDirectory } from './attemptFolder.ts';
import { createAttempts } from './attempts.ts';
import { createHolds, requestOf } from './holds.ts';
import { createPipelineLoop, type PipelineLoop } from './pipelineLoop.ts';
import { keepHeapSmall } from './process/smallHeap.ts';
import { createSlotPool } from './slotPool.ts';
import { createWriteTroubles } from './writeTroubles.ts';

/**
 * The engine: makes happen what `decide` asks for, and writes down what happened. It owns every process, timer and file of a
 * running action; `close` lets go of them all without ending a process.
 */
export interface EngineOptions {
  /** Private to the user (0700). */
  dataDirectory: string;
  history: History;
  /** Where job workers and functions report; without it their actions fail. */
  endpoint?: Endpoint;
  /** Action types; all others run as custom types do. */
  providers: readonly Provider[];
  /** How many actions may work at once. Asked each time. Approvals and simulated actions take no slot. */
  slots: () => number;
  /** Milliseconds since 1970. */
  now?: () => number;
  /** Lower-case UUIDs for executions, action executions and approval tokens. */
  newId?: () => string;
  /** Whether the user agreed to exactly this; asked of executions that are taken over. By default all are. */
  isAgreed?: (request: StartRequest) => Promise<boolean>;
  /** Told of faults that belong to no call, such as a disk that takes no more facts. */
  onProblem?: (problem: ReturnType<typeof toProblem>) => void;
  /** Wait before facts that could not be written are tried again. */
  retryMs?: number;
}

const RETRY_MS = 5000;

export function createEngine(options: EngineOptions): Engine {
  const { dataDirectory, history, now = Date.now, newId = randomUUID, isAgreed = async () => true } = options;
  const onProblem = options.onProblem ?? ((problem) => console.error(`${problem.what} ${problem.fix}`));
  keepHeapSmall();
  const loops = new Map<string, PipelineLoop>();
  const startNumbers = new Map<string, Promise<number>>();
  const logListeners = new Set<Parameters<Engine['onLog']>[0]>();
  let whenIdle: (() => void)[] = [];
  let spool: string | undefined;

  const troubles = createWriteTroubles({
    append: history.append,
    onProblem,
    onLost: (pipelineExecutionId) => attempts.leave(pipelineExecutionId),
  });
  const holds = createHolds();
  const attempts = createAttempts({
    providers: options.providers,
    dataDirectory,
    endpoint: options.endpoint,
    slots: createSlotPool(options.slots),
    now,
    newId,
    loopOf: (pipelineName) => loopOf(pipelineName),
    folderOf: (pipelineExecutionId, actionExecutionId) =>
      attemptFolder(history.folder(pipelineExecutionId), actionExecutionId, () => {
        spool ??= spoolDirectory(dataDirectory);
        return spool;
      }),
    mayStart: holds.released,
    onLog: (grew) => {
      for (const listener of logListeners) listener(grew);
    },
    onQuiet: () => checkIdle(),
    onFault: (where, error) => {
      if (!troubles.isOfLost(error)) onProblem(toProblem('engine.fault', error, where));
    },
  });

  const loopOf = (pipelineName: string): PipelineLoop => {
    const known = loops.get(pipelineName);
    if (known) return known;
    const loop = createPipelineLoop(
      {
        append: troubles.append,
        begin: (start, bindings) =>
          holds.isHeld(start.pipelineExecutionId) ? undefined : attempts.begin(start, bindings, loop.wake),
        takeBack: attempts.takeBack,
        launch: attempts.launch,
        abandon: (abandon) => attempts.abandon(abandon, loop),
        onEnded: attempts.executionEnded,
        onWriteFailure: troubles.onWriteFailure,
        retryMs: options.retryMs ?? RETRY_MS,
      },
      () => checkIdle(),
    );
    loops.set(pipelineName, loop);
    return loop;
  };

  const isIdle = () => attempts.areQuiet() && [...loops.values()].every((loop) => !loop.isBusy);
  const checkIdle = () => {
    if (whenIdle.length === 0 || !isIdle()) return;
    const told = whenIdle;
    whenIdle = [];
    for (const tell of told) tell();
  };

  const nextStartNumber = (pipelineName: string): Promise<number> => {
    const last = startNumbers.get(pipelineName) ?? history.lastStartNumber(pipelineName);
    const next = last.then((number) => number + 1);
    startNumbers.set(pipelineName, next);
    next.catch(() => startNumbers.delete(pipelineName));
    return next;
  };

  /** The loop and state of an execution, also of one that has finished. */
  const find = async (pipelineExecutionId: string): Promise<{ loop: PipelineLoop; state: ExecutionState }> => {
    for (const loop of loops.values()) {
      const state = loop.state(pipelineExecutionId);
      if (state) return { loop, state };
    }
    checkId(pipelineExecutionId);
    const state = replay(await history.events(pipelineExecutionId));
    if (state.status === undefined) throw unknownExecution(pipelineExecutionId);
    return { loop: loopOf(state.pipelineName), state };
  };

  /** Executions that could have overtaken `state`: those started later, and those that run. */
  const others = async (loop: PipelineLoop, state: ExecutionState): Promise<ExecutionState[]> => {
    const states = [...loop.states()];
    for (const id of await history.startedAfter(state.pipelineName, state.startNumber)) {
      if (!loop.state(id)) states.push(replay(await history.events(id)));
    }
    return states;
  };

  return {
    handlers: {
      async stopPipelineExecution({ pipelineExecutionId, abandon, reason }) {
        const { loop, state } = await find(pipelineExecutionId);
        if (!loop.state(pipelineExecutionId)) commands.stop(state, { abandon, reason }); // throws: it has finished
        await loop.ask(pipelineExecutionId, (current) => commands.stop(current, { abandon, reason }));
        return {};
      },
      async retryStageExecution({ pipelineExecutionId, stageName, retryMode }) {
        const { loop, state } = await find(pipelineExecutionId);
        const rivals = await others(loop, state);
        const isNew = loop.state(pipelineExecutionId) === undefined;
        if (isNew) loop.add(state);
        try {
          await loop.ask(pipelineExecutionId, (current) => commands.retry(current, { stageName, retryMode }, rivals));
        } catch (error) {
          if (isNew) loop.drop(pipelineExecutionId);
          throw error;
        }
        return {};
      },
      async putApprovalResult({ pipelineExecutionId, stageName, actionName, token, status, summary }) {
        const { loop, state } = await find(pipelineExecutionId);
        const input = { stageName, actionName, token, status, summary, answeredBy: userName() };
        if (!loop.state(pipelineExecutionId)) commands.putApprovalResult(state, input, now()); // throws: it has finished
        await loop.ask(pipelineExecutionId, (current) => commands.putApprovalResult(current, input, now()));
        attempts.answer(token, { status, summary });
        return {};
      },
      async readLog({ pipelineExecutionId, actionExecutionId, offset, limit }) {
        checkId(pipelineExecutionId);
        checkId(actionExecutionId);
        return attempts.readLog(pipelineExecutionId, actionExecutionId, offset, limit);
      },
    },

    async start({ declaration, bindings, variables, documentPath, folder, ...asked }: StartRequest) {
      const pipelineExecutionId = newId();
      const loop = loopOf(declaration.name);
      const happenings = commands.start({
        pipelineExecutionId,
        declaration,
        variables,
        bindings: absoluteBindings(bindings, folder),
        documentPath,
        trigger: asked.trigger ?? { triggerType: 'StartPipelineExecution', triggerDetail: userName() },
        ...(asked.sourceRevisions && { sourceRevisions: asked.sourceRevisions }),
        startNumber: await nextStartNumber(declaration.name),
        unfinished: loop.states().length,
      });
      if (loop.states().length === 0) removeKept(dataDirectory, declaration.name);
      loop.add({ ...notStarted, pipelineExecutionId });
      try {
        await loop.ask(pipelineExecutionId, () => happenings);
      } catch (error) {
        loop.drop(pipelineExecutionId);
        throw error;
      }
      return { pipelineExecutionId };
    },

    async resume() {
      const touched = new Set<PipelineLoop>();
      const adopted: Promise<void>[] = [];
      for (const pipelineExecutionId of await history.unfinished()) {
        const events = await history.events(pipelineExecutionId);
        const state = replay(events);
        if (state.status === undefined || isFinished(state)) continue;
        const loop = loopOf(state.pipelineName);
        if (!(await isAgreed(requestOf(state)))) onProblem(holds.hold(state));
        loop.add(state);
        touched.add(loop);
        adopted.push(attempts.adopt(state, events, loop));
      }
      await Promise.all(adopted);
      for (const loop of touched) loop.wake();
    },

    idle: () =>
      isIdle()
        ? Promise.resolve()
        : new Promise<void>((resolve) => {
            whenIdle.push(resolve);
          }),

    lost: troubles.lost,
    held: holds.list,
    release(pipelineExecutionId) {
      if (!holds.release(pipelineExecutionId)) return;
      for (const loop of loops.values()) if (loop.state(pipelineExecutionId)) loop.wake();
    },

    onLog(listener) {
      logListeners.add(listener);
      return () => logListeners.delete(listener);
    },

    async close() {
      for (const loop of loops.values()) loop.close();
      attempts.close();
    },
  };
}

/** Ids become parts of paths, and a window may send anything. */
function checkId(id: string): void {
  if (!/^[A-Za-z0-9-]{1,64}$/.test(id)) throw unknownExecution(id);
}

function unknownExecution(id: string): ProblemError {
  return new ProblemError({
    code: 'execution.unknown',
    where: '',
    what: `There is no execution "${id.slice(0, 64)}" (PipelineExecutionNotFoundException).`,
    fix: 'Choose one of the history.',
  });
}

let cachedName: string | undefined;
function userName(): string {
  try {
    cachedName ??= userInfo().username;
  } catch {
    cachedName = 'unknown'; // a user id without an account
  }
  return cachedName;
}
