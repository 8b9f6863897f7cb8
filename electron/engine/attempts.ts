import { rmSync } from 'node:fs';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import {
  actionOf,
  attemptsOf,
  type ExecutionState,
  runningActionsOf,
  stageIndexOf,
} from '../../shared/execution/executionState.ts';
import { prepareAction } from '../../shared/execution/prepareAction.ts';
import { shapeOf } from '../../shared/execution/shape.ts';
import { type ActionDeclaration, actionKey, actionTypeKey } from '../../shared/model/declaration.ts';
import { customProvider } from '../../shared/providers/customProvider.ts';
import type { ApprovalAnswer } from '../../shared/providers/host.ts';
import { localRunOf, type Provider } from '../../shared/providers/provider.ts';
import type { Endpoint, Engine } from '../parts.ts';
import { createActionHosts } from './actionHost.ts';
import { markPath } from './actionLog.ts';
import { type Attempt, type RunningAction, runAttempt } from './actionRunner.ts';
import type { AttemptFolder } from './attemptFolder.ts';
import type { AbandonAction, PipelineLoop, StartAction } from './pipelineLoop.ts';
import { currentBoot } from './process/processIdentity.ts';
import type { SlotPool } from './slotPool.ts';

/** The attempts that run now, from `begin` (their first fact) to the fact that ends them. */
export interface AttemptsOptions {
  providers: readonly Provider[];
  dataDirectory: string;
  /** Where job workers and functions report; without it their actions fail. */
  endpoint: Endpoint | undefined;
  slots: SlotPool;
  now: () => number;
  newId: () => string;
  loopOf: (pipelineName: string) => PipelineLoop;
  folderOf: (pipelineExecutionId: string, actionExecutionId: string) => AttemptFolder;
  /** Resolves when an execution may start processes; undefined when it may now. */
  mayStart: (pipelineExecutionId: string) => Promise<void> | undefined;
  onLog: Parameters<Engine['onLog']>[0];
  /** It may be that nothing has anything to do any more but wait for a person. */
  onQuiet: () => void;
  /** What nobody waits for went wrong at `where`, a place of the pipeline. */
  onFault: (where: string, error: unknown) => void;
}

export interface Attempts {
  begin(start: StartAction, bindings: ExecutionState['bindings'], whenSlotIsFree: () => void): Happening[] | undefined;
  takeBack(start: StartAction): void;
  launch(start: StartAction, started: Extract<ExecutionEvent, { type: 'ActionStarted' }>, state: ExecutionState): void;
  abandon(abandon: AbandonAction, loop: PipelineLoop): void;
  /** Takes over what an earlier host left running, as the execution's events say. Resolves when that is written down. */
  adopt(state: ExecutionState, events: readonly ExecutionEvent[], loop: PipelineLoop): Promise<void>;
  answer(token: string, answer: ApprovalAnswer): void;
  readLog: (
    pipelineExecutionId: string,
    actionExecutionId: string,
    offset: number,
    limit: number,
  ) => ReturnType<Engine['handlers']['readLog']>;
  /** An execution has ended: what its actions left is cleared. */
  executionEnded(state: ExecutionState): void;
  areQuiet(): boolean;
  /** Follows the actions of an execution no more, whose facts nobody can write down: another host takes them over. */
  leave(pipelineExecutionId: string): void;
  close(): void;
}

interface Running extends RunningAction {
  usesSlot: boolean;
}

export function createAttempts(options: AttemptsOptions): Attempts {
  const { slots, now, newId, folderOf } = options;
  const table = new Map(options.providers.map((provider) => [actionTypeKey(provider.actionTypeId), provider]));
  const running = new Map<string, Running>();
  /** Action executions that have ended, or are being ended without a runner of ours, until that is written down. */
  const ending = new Set<string>();
  const hosts = createActionHosts(options);
  let isClosed = false;

  const providerOf = (action: ActionDeclaration) =>
    table.get(actionTypeKey(action.actionTypeId)) ?? customProvider(action.actionTypeId);
  const localRun = (stageName: string, action: ActionDeclaration, bindings: ExecutionState['bindings']) => {
    const where = actionKey(stageName, action.name);
    return localRunOf(providerOf(action), Object.hasOwn(bindings, where) ? bindings[where] : undefined);
  };
  /** Starts that hold a slot and have not been launched yet. */
  const slotted = new WeakSet<StartAction>();

  const follow = (attempt: Attempt, usesSlot: boolean) => {
    const { pipelineExecutionId, pipelineName } = attempt.execution;
    const action = runAttempt(attempt, (signal) => hosts.make(attempt, signal), now);
    running.set(attempt.actionExecutionId, { ...action, usesSlot });
    void action.ended
      .then((end) => {
        if (isClosed || running.get(attempt.actionExecutionId) === undefined) return;
        // The slot is free before the loop decides, so the next action starts with the same write.
        running.delete(attempt.actionExecutionId);
        if (usesSlot) slots.giveBack();
        const happenings = hosts.forget(attempt.actionExecutionId);
        return recordEnd(options.loopOf(pipelineName), pipelineExecutionId, [...happenings, end], () =>
          end.status === 'Succeeded' ? action.clear() : undefined,
        );
      })
      .catch((error: unknown) => options.onFault(`${attempt.stageName}/${attempt.action.name}`, error));
  };

  /** Until its end is on disk, an action is one that nobody need abandon any more. */
  const recordEnd = async (
    loop: PipelineLoop,
    pipelineExecutionId: string,
    happenings: readonly Happening[],
    then?: () => Promise<void> | undefined,
  ) => {
    const { actionExecutionId } = happenings.at(-1) as Extract<Happening, { type: 'ActionFinished' }>;
    ending.add(actionExecutionId);
    try {
      await loop.record(pipelineExecutionId, happenings);
      if (!isClosed) await then?.();
    } finally {
      ending.delete(actionExecutionId);
      options.onQuiet();
    }
  };

  return {
    begin(start, bindings, whenSlotIsFree) {
      const { stageName, actionName, attempt, action, resolvedConfiguration, inputArtifacts, failure } = start;
      const { fidelity, usesSlot } = localRun(stageName, action, bindings);
      if (!failure && usesSlot) {
        if (!slots.take(whenSlotIsFree)) return undefined;
        slotted.add(start);
      }
      const { category, owner, provider, version } = action.actionTypeId;
      const actionExecutionId = newId();
      const started: Happening = {
        type: 'ActionStarted',
        stageName,
        actionName,
        actionExecutionId,
        actionTypeId: { category, owner, provider, version },
        attempt,
        fidelity,
        resolvedConfiguration,
        inputArtifacts,
        boot: currentBoot(),
      };
      if (!failure) return [started];
      return [
        started,
        {
          type: 'ActionFinished',
          stageName,
          actionName,
          actionExecutionId,
          status: 'Failed',
          errorDetails: failure,
          outputArtifacts: [],
          outputVariables: {},
        },
      ];
    },

    takeBack(start) {
      if (slotted.delete(start)) slots.giveBack();
    },

    launch(start, started, execution) {
      follow(
        {
          actionExecutionId: started.actionExecutionId,
          stageName: start.stageName,
          action: start.action,
          provider: providerOf(start.action),
          inputArtifacts: start.inputArtifacts,
          resolvedConfiguration: start.resolvedConfiguration,
          startedAt: started.at,
          before: 'nothing',
          execution,
        },
        slotted.delete(start),
      );
    },

    abandon({ pipelineExecutionId, stageName, actionName, actionExecutionId }, loop) {
      const known = running.get(actionExecutionId);
      if (known) return known.abort('abandoned');
      if (ending.has(actionExecutionId)) return;
      // An earlier host was told to abandon it and did not live to do so.
      ending.add(actionExecutionId);
      const { path, raw } = folderOf(pipelineExecutionId, actionExecutionId);
      void import('./process/superviseShell.ts')
        .then(({ endAttempt }) => endAttempt(path, actionExecutionId))
        // Nobody is left who could mask it.
        .then(() => [raw, markPath(raw)].forEach((file) => void rmSync(file, { force: true })))
        .catch((error: unknown) => options.onFault(`${stageName}/${actionName}`, error))
        .then(() =>
          recordEnd(loop, pipelineExecutionId, [
            {
              type: 'ActionFinished',
              stageName,
              actionName,
              actionExecutionId,
              status: 'Abandoned',
              outputArtifacts: [],
              outputVariables: {},
            },
          ]),
        )
        .catch((error: unknown) => options.onFault(`${stageName}/${actionName}`, error));
    },

    async adopt(execution, events, loop) {
      if (execution.stop?.abandon) return; // `decide` asks to abandon what runs
      const actions = runningActionsOf(execution).flatMap((begun) => {
        const action = preparedAgain(execution, begun.stageName, begun.actionName);
        return action
          ? [{ begun, action, usesSlot: localRun(begun.stageName, action, execution.bindings).usesSlot }]
          : [];
      });
      if (actions.length === 0) return;
      // They hold their slots whether or not there are as many: they run already.
      for (const { usesSlot } of actions) if (usesSlot) slots.claim();
      await loop.record(
        execution.pipelineExecutionId,
        actions.map(({ begun: { stageName, actionName, actionExecutionId } }) => ({
          type: 'ActionAdopted',
          stageName,
          actionName,
          actionExecutionId,
        })),
      );
      for (const { begun, action, usesSlot } of actions) {
        follow(
          {
            actionExecutionId: begun.actionExecutionId,
            stageName: begun.stageName,
            action,
            provider: providerOf(action),
            inputArtifacts: begun.inputArtifacts,
            resolvedConfiguration: begun.resolvedConfiguration,
            startedAt: begun.startedAt,
            before: wasThisBoot(events, begun.actionExecutionId) ? 'thisBoot' : 'anotherBoot',
            execution: loop.state(execution.pipelineExecutionId) ?? execution,
            mayStart: options.mayStart(execution.pipelineExecutionId),
          },
          usesSlot,
        );
      }
    },

    answer: hosts.answer,
    readLog: (pipelineExecutionId, actionExecutionId, offset, limit) =>
      hosts.readLog(folderOf(pipelineExecutionId, actionExecutionId), running.has(actionExecutionId), offset, limit),
    areQuiet: () => ending.size === 0 && [...running.keys()].every((id) => hosts.waitsForPerson(id)),
    executionEnded(state) {
      hosts.executionEnded(state.pipelineExecutionId);
      for (const action of adoptedOf(state)) {
        // An earlier host may not have come to it.
        rmSync(folderOf(state.pipelineExecutionId, action).workspace, { recursive: true, force: true });
      }
    },
    leave(pipelineExecutionId) {
      for (const [id, { attempt, usesSlot, close }] of running) {
        if (attempt.execution.pipelineExecutionId !== pipelineExecutionId) continue;
        close();
        running.delete(id);
        hosts.forget(id);
        if (usesSlot) slots.giveBack();
      }
      hosts.leave(pipelineExecutionId);
    },
    close() {
      isClosed = true;
      for (const action of running.values()) action.close();
      hosts.close();
    },
  };
}

/** In an execution that went through a crash: the attempts that succeeded. */
function adoptedOf(state: ExecutionState): string[] {
  const attempts = state.stages.flatMap(({ actions }) => actions.flatMap(attemptsOf));
  if (attempts.every(({ adoptions }) => adoptions === 0)) return [];
  return attempts.filter(({ status }) => status === 'Succeeded').map(({ actionExecutionId }) => actionExecutionId);
}

function wasThisBoot(events: readonly ExecutionEvent[], actionExecutionId: string): boolean {
  const boot = currentBoot();
  return (
    boot !== '' &&
    events.some(
      (event) => event.type === 'ActionStarted' && event.actionExecutionId === actionExecutionId && event.boot === boot,
    )
  );
}

/** The declaration of an action with its variables resolved as they were at its start: nothing before it has changed since. */
function preparedAgain(state: ExecutionState, stageName: string, actionName: string): ActionDeclaration | undefined {
  const stageIndex = stageIndexOf(state, stageName);
  const index = shapeOf(state.declaration).stages[stageIndex]?.actionIndex.get(actionName);
  const action = index === undefined ? undefined : state.declaration.stages[stageIndex]?.actions[index];
  if (!action || index === undefined || !actionOf(state, stageName, actionName)) return undefined;
  return prepareAction(state, stageIndex, { action, index }).action;
}
