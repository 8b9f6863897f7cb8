import { randomUUID } from 'node:crypto';
import * as commands from '../../shared/execution/commands.ts';
import { notStarted, replay } from '../../shared/execution/evolve.ts';
import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { overrideStageCondition } from '../../shared/execution/overrideStageCondition.ts';
import { ProblemError, toProblem } from '../../shared/problem.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import type { Endpoint, Engine, History, StartOther, StartRequest } from '../parts.ts';
import { absoluteBindings } from './absoluteBindings.ts';
import { attemptFolder, removeKept, spoolDirectory } from './attemptFolder.ts';
import { createAttempts } from './attempts.ts';
import { createDebugCalls } from './debugging/debugCalls.ts';
import type { EngineCore } from './engineCore.ts';
import { createHolds, ongoingRequestOf } from './holds.ts';
import { takeOver } from './lostRecords.ts';
import { createPipelineLoop, type PipelineLoop } from './pipelineLoop.ts';
import { createDefinitionVersions } from './pipelines/definitionVersions.ts';
import { createPipelineCalls } from './pipelines/pipelineCalls.ts';
import { createRollbacks } from './pipelines/rollbacks.ts';
import { cancelOutdated, takeVersion } from './pipelines/takeVersion.ts';
import { createTransitions, type DisabledTransition } from './pipelines/transitions.ts';
import { keepHeapSmall } from './process/smallHeap.ts';
import { createAlarms } from './rules/alarms.ts';
import { createSlotPool } from './slotPool.ts';
import { userName } from './userName.ts';
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
  /** How an action starts another pipeline; without it none is started. */
  startOther?: StartOther;
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
  const pipelineListeners = new Set<Parameters<Engine['onPipelineChanged']>[0]>();
  /** As far as they were read: the loops ask at every turn. */
  const closed = new Map<string, ReadonlyMap<string, DisabledTransition>>();
  let whenIdle: (() => void)[] = [];
  let spool: string | undefined;

  const troubles = createWriteTroubles({
    append: history.append,
    onProblem,
    onLost: (pipelineExecutionId) => attempts.leave(pipelineExecutionId),
  });
  const holds = createHolds();
  const versions = createDefinitionVersions(dataDirectory, now);
  const transitions = createTransitions({
    dataDirectory,
    now,
    report: onProblem,
    async stagesOf(pipelineName) {
      const newest = loops.get(pipelineName)?.states().at(-1)?.declaration;
      const version = await versions.latest(pipelineName);
      const { stages = [] } = (await versions.read(pipelineName, version).catch(() => newest)) ?? {};
      return stages.map(({ name }) => name);
    },
  });
  const alarms = createAlarms(dataDirectory, now);
  const attempts = createAttempts({
    providers: options.providers,
    dataDirectory,
    endpoint: options.endpoint,
    startOther: options.startOther,
    history,
    slots: createSlotPool(options.slots),
    alarms,
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
        context: () => {
          const known = closed.get(pipelineName);
          if (known) return { closedTransitions: known, now: now() };
          return transitions.of(pipelineName).then((closedTransitions) => {
            closed.set(pipelineName, closedTransitions);
            return { closedTransitions, now: now() };
          });
        },
        append: troubles.append,
        begin: (start, bindings) =>
          holds.isHeld(start.pipelineExecutionId) ? undefined : attempts.begin(start, bindings, loop.wake),
        takeBack: attempts.takeBack,
        launch: attempts.launch,
        abandon: (abandon) => attempts.abandon(abandon, loop),
        rollBack: (rollBack) => rollbacks.automatic(rollBack),
        onEnded: attempts.executionEnded,
        onWriteFailure: troubles.onWriteFailure,
        retryMs: options.retryMs ?? RETRY_MS,
      },
      () => checkIdle(),
    );
    loops.set(pipelineName, loop);
    return loop;
  };

  const isIdle = () => attempts.areQuiet() && !rollbacks.isBusy && [...loops.values()].every((loop) => !loop.isBusy);
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

  const core: EngineCore = {
    dataDirectory,
    history,
    transitions,
    versions,
    now,
    newId,
    loopOf,
    find,
    others,
    nextStartNumber,
    async begin(pipelineName, pipelineExecutionId, happenings, { unasked = false } = {}) {
      const loop = loopOf(pipelineName);
      if (unasked) {
        const state = replay(
          happenings.map((happening, index) => ({ ...happening, seq: index + 1, at: now(), mono: 0 })),
        );
        if (!(await isAgreed(ongoingRequestOf(state)))) onProblem(holds.hold(state));
      }
      loop.add({ ...notStarted, pipelineExecutionId });
      try {
        await loop.ask(pipelineExecutionId, () => happenings);
      } catch (error) {
        loop.drop(pipelineExecutionId);
        throw error;
      }
    },
    async reopen(pipelineExecutionId, command) {
      const { loop, state } = await find(pipelineExecutionId);
      const rivals = await others(loop, state);
      const isNew = loop.state(pipelineExecutionId) === undefined;
      if (isNew) loop.add(state);
      try {
        await loop.ask(pipelineExecutionId, (current) => command(current, rivals));
      } catch (error) {
        if (isNew) loop.drop(pipelineExecutionId);
        throw error;
      }
    },
    async pipelineChanged(pipelineName) {
      closed.set(pipelineName, await transitions.of(pipelineName));
      loops.get(pipelineName)?.wake();
      for (const listener of pipelineListeners) listener(pipelineName);
    },
  };
  const rollbacks = createRollbacks(
    core,
    () => checkIdle(),
    (where, error) => {
      if (!troubles.isOfLost(error)) onProblem(toProblem('engine.fault', error, where));
    },
  );
  const currentVersionOf = async (pipelineName: string) => {
    const latest = await versions.latest(pipelineName);
    return latest === 0 ? {} : { currentVersion: latest };
  };

  const retryStage: Engine['retryStage'] = async ({ pipelineExecutionId, stageName, retryMode, bindings, folder }) => {
    const { state } = await find(pipelineExecutionId);
    const request = {
      stageName,
      retryMode,
      ...(await currentVersionOf(state.pipelineName)),
      ...(bindings ? { bindings: absoluteBindings(bindings, folder ?? '') } : {}),
    };
    await core.reopen(pipelineExecutionId, (current, rivals) => commands.retry(current, request, rivals));
  };
  const { forkOf, ...debugCalls } = createDebugCalls(core);

  return {
    handlers: {
      ...createPipelineCalls(core, rollbacks, alarms),
      ...debugCalls,
      async stopPipelineExecution({ pipelineExecutionId, abandon, reason }) {
        const { loop, state } = await find(pipelineExecutionId);
        if (!loop.state(pipelineExecutionId)) commands.stop(state, { abandon, reason }); // throws: it has finished
        await loop.ask(pipelineExecutionId, (current) => commands.stop(current, { abandon, reason }));
        return {};
      },
      async retryStageExecution({ pipelineExecutionId, stageName, retryMode }) {
        await retryStage({ pipelineExecutionId, stageName, retryMode });
        return {};
      },
      async overrideStageCondition({ pipelineExecutionId, stageName, conditionType }) {
        const { state } = await find(pipelineExecutionId);
        const input = {
          stageName,
          conditionType,
          overriddenBy: userName(),
          ...(await currentVersionOf(state.pipelineName)),
        };
        await core.reopen(pipelineExecutionId, (current, rivals) => overrideStageCondition(current, input, rivals));
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
      async readLog({ pipelineExecutionId, actionExecutionId, offset, limit, marks }) {
        checkId(pipelineExecutionId);
        checkId(actionExecutionId);
        return attempts.readLog(pipelineExecutionId, actionExecutionId, offset, limit, marks ?? false);
      },
    },

    retryStage,

    forkOf,

    async requestOf(pipelineExecutionId) {
      return ongoingRequestOf((await find(pipelineExecutionId)).state);
    },

    async start({ declaration, bindings, variables, documentPath, folder, ...asked }: StartRequest) {
      const pipelineExecutionId = asked.pipelineExecutionId ?? newId();
      const loop = loopOf(declaration.name);
      const happeningsOf = (version: number, startNumber: number) =>
        commands.start({
          pipelineExecutionId,
          declaration: { ...declaration, version },
          variables,
          bindings: absoluteBindings(bindings, folder),
          documentPath,
          trigger: asked.trigger ?? { triggerType: 'StartPipelineExecution', triggerDetail: userName() },
          ...(asked.sourceRevisions && { sourceRevisions: asked.sourceRevisions }),
          ...(asked.startingPoint && { startingPoint: asked.startingPoint }),
          ...(asked.breakpoints && { breakpoints: asked.breakpoints }),
          startNumber,
          unfinished: loop.states().length,
        });
      happeningsOf(1, 0); // throws what is wrong with the start, before it counts as an update
      const version = asked.pipelineVersion ?? (await takeVersion(core, declaration));
      const startNumber = await nextStartNumber(declaration.name);
      if (loop.states().length === 0) removeKept(dataDirectory, declaration.name);
      await core.begin(declaration.name, pipelineExecutionId, happeningsOf(version, startNumber));
      return { pipelineExecutionId };
    },

    async resume() {
      const touched = new Set<PipelineLoop>();
      const adopted: Promise<void>[] = [];
      for (const pipelineExecutionId of await history.unfinished()) {
        const events = await takeOver(history, pipelineExecutionId, onProblem);
        const state = replay(events);
        if (state.status === undefined || isFinished(state)) continue;
        const loop = loopOf(state.pipelineName);
        if (!(await isAgreed(ongoingRequestOf(state)))) onProblem(holds.hold(state));
        loop.add(state);
        touched.add(loop);
        adopted.push(attempts.adopt(state, events, loop));
      }
      await Promise.all(adopted);
      for (const loop of touched) await cancelOutdated(core, loop);
      await rollbacks.resume();
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

    onPipelineChanged(listener) {
      pipelineListeners.add(listener);
      return () => pipelineListeners.delete(listener);
    },

    async close() {
      alarms.close();
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
