import { rmSync } from 'node:fs';
import type { ConditionType, ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import {
  actionOf,
  attemptsOf,
  type ExecutionState,
  runningActionsOf,
  runningRulesOf,
  stageIndexOf,
} from '../../shared/execution/executionState.ts';
import { prepareAction } from '../../shared/execution/prepareAction.ts';
import { prepareRule } from '../../shared/execution/prepareRule.ts';
import { shapeOf } from '../../shared/execution/shape.ts';
import {
  type ActionDeclaration,
  actionTypeKey,
  type RuleDeclaration,
  rulesOfStage,
} from '../../shared/model/declaration.ts';
import { customProvider } from '../../shared/providers/customProvider.ts';
import type { ApprovalAnswer } from '../../shared/providers/host.ts';
import { localRunOf, type Provider } from '../../shared/providers/provider.ts';
import type { Endpoint, Engine, History, StartOther } from '../parts.ts';
import { createActionHosts } from './actionHost.ts';
import { markPath } from './actionLog.ts';
import { type Attempt, type Runner, type RunningAction, runAttempt, whereOfAttempt } from './actionRunner.ts';
import type { AttemptFolder } from './attemptFolder.ts';
import {
  type AbandonWork,
  abandoned,
  actionOfRule,
  adoptedFact,
  type Ended,
  endedFact,
  endedId,
  isStarted,
  type Started,
  type StartWork,
  type Subject,
  startedFact,
  startedId,
  startsRule,
  subjectOfAbandon,
  subjectOfStart,
  whereOf,
} from './attemptSubject.ts';
import type { PipelineLoop } from './pipelineLoop.ts';
import { currentBoot } from './process/processIdentity.ts';
import type { Alarms } from './rules/alarms.ts';
import { localRuleRun, ruleRunner } from './rules/ruleRunner.ts';
import type { SlotPool } from './slotPool.ts';

/** The attempts that run now, from `begin` (their first fact) to the fact that ends them. */
export interface AttemptsOptions {
  providers: readonly Provider[];
  dataDirectory: string;
  /** Where job workers and functions report; without it their actions fail. */
  endpoint: Endpoint | undefined;
  startOther: StartOther | undefined;
  history: Pick<History, 'subscribe' | 'events'>;
  slots: SlotPool;
  alarms: Alarms;
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
  begin(start: StartWork, bindings: ExecutionState['bindings'], whenSlotIsFree: () => void): Happening[] | undefined;
  takeBack(start: StartWork): void;
  launch(start: StartWork, started: Started, state: ExecutionState): void;
  abandon(abandon: AbandonWork, loop: PipelineLoop): void;
  /** Takes over what an earlier host left running, as the execution's events say. Resolves when that is written down. */
  adopt(state: ExecutionState, events: readonly ExecutionEvent[], loop: PipelineLoop): Promise<void>;
  answer(token: string, answer: ApprovalAnswer): void;
  readLog: (
    pipelineExecutionId: string,
    actionExecutionId: string,
    offset: number,
    limit: number,
    marks: boolean,
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
  const localRun = (work: Work, bindings: ExecutionState['bindings']) => {
    const where = whereOf({ stageName: work.stageName, name: work.action.name, conditionType: work.conditionType });
    const binding = Object.hasOwn(bindings, where) ? bindings[where] : undefined;
    return work.rule ? localRuleRun(work.rule, binding) : localRunOf(providerOf(work.action), binding);
  };
  const runnerOf = ({ rule, conditionType, action }: Work, pipelineExecutionId: string): Runner =>
    rule && conditionType
      ? ruleRunner(rule, conditionType, { now, alarms: options.alarms, closing: hosts.closing(pipelineExecutionId) })
      : providerOf(action);
  /** Starts that hold a slot and have not been launched yet. */
  const slotted = new WeakSet<StartWork>();

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
      .catch((error: unknown) => options.onFault(whereOfAttempt(attempt), error));
  };

  /** Until its end is on disk, an action is one that nobody need abandon any more. */
  const recordEnd = async (
    loop: PipelineLoop,
    pipelineExecutionId: string,
    happenings: readonly Happening[],
    then?: () => Promise<void> | undefined,
  ) => {
    const actionExecutionId = endedId(happenings.at(-1) as Ended);
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
      const { failure } = start;
      const { fidelity, usesSlot } = localRun(workOf(start), bindings);
      if (!failure && usesSlot) {
        if (!slots.take(whenSlotIsFree)) return undefined;
        slotted.add(start);
      }
      const id = newId();
      const started = startedFact(start, id, fidelity, currentBoot());
      if (!failure) return [started];
      const failed = { status: 'Failed', errorDetails: failure, outputArtifacts: [], outputVariables: {} } as const;
      return [started, endedFact({ ...subjectOfStart(start), id }, { ...failed, outputArtifacts: [] })];
    },

    takeBack(start) {
      if (slotted.delete(start)) slots.giveBack();
    },

    launch(start, started, execution) {
      const work = workOf(start);
      follow(
        {
          actionExecutionId: startedId(started),
          stageName: start.stageName,
          action: work.action,
          conditionType: work.conditionType,
          provider: runnerOf(work, execution.pipelineExecutionId),
          inputArtifacts: start.inputArtifacts,
          resolvedConfiguration: start.resolvedConfiguration,
          startedAt: started.at,
          before: 'nothing',
          execution,
        },
        slotted.delete(start),
      );
    },

    abandon(work, loop) {
      const subject = subjectOfAbandon(work);
      const known = running.get(subject.id);
      if (known) return known.abort('abandoned');
      if (ending.has(subject.id)) return;
      // An earlier host was told to abandon it and did not live to do so.
      ending.add(subject.id);
      const { path, raw } = folderOf(work.pipelineExecutionId, subject.id);
      void import('./process/superviseShell.ts')
        .then(({ endAttempt }) => endAttempt(path, subject.id))
        // Nobody is left who could mask it.
        .then(() => [raw, markPath(raw)].forEach((file) => void rmSync(file, { force: true })))
        .catch((error: unknown) => options.onFault(whereOf(subject), error))
        .then(() => recordEnd(loop, work.pipelineExecutionId, [endedFact(subject, abandoned)]))
        .catch((error: unknown) => options.onFault(whereOf(subject), error));
    },

    async adopt(execution, events, loop) {
      if (execution.stop?.abandon) return; // `decide` asks to abandon what runs
      const found = begunOf(execution).map((begun) => ({
        ...begun,
        usesSlot: localRun(begun.work, execution.bindings).usesSlot,
      }));
      if (found.length === 0) return;
      // They hold their slots whether or not there are as many: they run already.
      for (const { usesSlot } of found) if (usesSlot) slots.claim();
      await loop.record(
        execution.pipelineExecutionId,
        found.map(({ subject }) => adoptedFact(subject)),
      );
      for (const { subject, work, begun, usesSlot } of found) {
        follow(
          {
            actionExecutionId: subject.id,
            stageName: subject.stageName,
            action: work.action,
            conditionType: work.conditionType,
            provider: runnerOf(work, execution.pipelineExecutionId),
            inputArtifacts: begun.inputArtifacts,
            resolvedConfiguration: begun.resolvedConfiguration,
            startedAt: begun.startedAt,
            before: wasThisBoot(events, subject.id) ? 'thisBoot' : 'anotherBoot',
            hadProcess: hadProcess(events, subject.id),
            execution: loop.state(execution.pipelineExecutionId) ?? execution,
            mayStart: options.mayStart(execution.pipelineExecutionId),
          },
          usesSlot,
        );
      }
    },

    answer: hosts.answer,
    readLog: (pipelineExecutionId, actionExecutionId, offset, limit, marks) =>
      hosts.readLog(
        folderOf(pipelineExecutionId, actionExecutionId),
        running.has(actionExecutionId),
        offset,
        limit,
        marks,
      ),
    areQuiet: () => ending.size === 0 && [...running.keys()].every((id) => hosts.isQuiet(id)),
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

/** What is run: an action, or a rule and the action it is run as. */
interface Work {
  stageName: string;
  action: ActionDeclaration;
  conditionType?: ConditionType;
  rule?: RuleDeclaration;
}

function workOf(start: StartWork): Work {
  const { stageName } = start;
  if (!startsRule(start)) return { stageName, action: start.action };
  const { rule, conditionType } = start;
  return { stageName, rule, conditionType, action: actionOfRule(rule) };
}

interface Begun {
  subject: Subject;
  work: Work;
  begun: Pick<Attempt, 'inputArtifacts' | 'resolvedConfiguration' | 'startedAt'>;
}

/**
 * What runs in an execution that is taken over, with its variables resolved as they were at its start: nothing before it has
 * changed since. Rules of a condition that is decided are left out: `decide` asks to abandon them.
 */
function begunOf(state: ExecutionState): Begun[] {
  const actions = runningActionsOf(state).flatMap((begun): Begun[] => {
    const { stageName, actionName, actionExecutionId: id } = begun;
    const action = preparedAgain(state, stageName, actionName);
    return action ? [{ subject: { stageName, name: actionName, id }, work: { stageName, action }, begun }] : [];
  });
  const rules = runningRulesOf(state).flatMap((begun): Begun[] => {
    const { stageName, conditionType, ruleName: name, ruleExecutionId: id } = begun;
    const stageIndex = stageIndexOf(state, stageName);
    const condition = state.stages[stageIndex]?.conditions.find((known) => known.conditionType === conditionType);
    const stage = state.declaration.stages[stageIndex];
    const declared =
      stage && rulesOfStage(stage).find((one) => one.conditionType === conditionType && one.rule.name === name);
    if (!declared || condition?.status !== 'InProgress') return [];
    const { rule } = prepareRule(state, stageIndex, conditionType, declared.rule);
    const work = { stageName, conditionType, rule, action: actionOfRule(rule) };
    return [{ subject: { stageName, name, conditionType, id }, work, begun }];
  });
  return [...actions, ...rules];
}

/** In an execution that went through a crash: the attempts that succeeded. */
function adoptedOf(state: ExecutionState): string[] {
  const attempts = state.stages.flatMap(({ actions, conditions }) => [
    ...actions.flatMap(attemptsOf).map((attempt) => ({ ...attempt, id: attempt.actionExecutionId })),
    ...conditions.flatMap(({ rules }) => rules).map((rule) => ({ ...rule, id: rule.ruleExecutionId })),
  ]);
  if (attempts.every(({ adoptions }) => adoptions === 0)) return [];
  return attempts.filter(({ status }) => status === 'Succeeded').map(({ id }) => id);
}

function wasThisBoot(events: readonly ExecutionEvent[], actionExecutionId: string): boolean {
  const boot = currentBoot();
  return (
    boot !== '' &&
    events.some((event) => isStarted(event) && startedId(event) === actionExecutionId && event.boot === boot)
  );
}

const hadProcess = (events: readonly ExecutionEvent[], id: string): boolean =>
  events.some(
    (event) =>
      (event.type === 'ActionProcessStarted' && event.actionExecutionId === id) ||
      (event.type === 'RuleProcessStarted' && event.ruleExecutionId === id),
  );

function preparedAgain(state: ExecutionState, stageName: string, actionName: string): ActionDeclaration | undefined {
  const stageIndex = stageIndexOf(state, stageName);
  const index = shapeOf(state.declaration).stages[stageIndex]?.actionIndex.get(actionName);
  const action = index === undefined ? undefined : state.declaration.stages[stageIndex]?.actions[index];
  if (!action || index === undefined || !actionOf(state, stageName, actionName)) return undefined;
  return prepareAction(state, stageIndex, { action, index }).action;
}
