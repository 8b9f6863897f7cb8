import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { faultOfMoment } from '../testing/faultOfMoment.ts';
import { isIdle, play } from '../testing/playScript.ts';
import { type Script, type ScriptCommand, scriptKinds, scripts, wideScripts } from '../testing/scripts.ts';
import type { Simulation } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import type { ExecutionEvent } from './events.ts';
import { notStarted, replay } from './evolve.ts';
import { attemptsOf, type ExecutionState, isFinished } from './executionState.ts';
import { runningRulesIn } from './stageConditions.ts';

const holders = (states: readonly ExecutionState[]) =>
  states
    .filter((state) => state.executionMode !== 'PARALLEL')
    .filter(
      ({ position, stages }) =>
        position.at === 'inside' ||
        (position.at === 'left' &&
          stages.some((stage) => stage.stageName === position.stageName && runningRulesIn(stage).length > 0)),
    )
    .map((state) => state.position.stageName);

const countOf = (log: readonly ExecutionEvent[], what: (event: ExecutionEvent) => boolean) => log.filter(what).length;

/** What holds at every moment. */
function expectNow(run: Simulation): void {
  const held = holders(run.executions());
  expect(held, 'one execution in a stage at a time').toHaveLength(new Set(held).size);
  const waiting = run
    .executions()
    .filter(({ executionMode, position }) => executionMode === 'SUPERSEDED' && position.at === 'entrance')
    .map(({ position }) => position.stageName);
  expect(waiting, 'in SUPERSEDED mode one waits at an entrance').toHaveLength(new Set(waiting).size);
  for (const state of run.executions()) {
    expect(isFinished(state) && !isIdle(state), 'nothing runs of what has finished').toBe(false);
    if (state.position.at === 'entrance') expect(isIdle(state), 'who waits holds nothing').toBe(true);
    if (state.executionMode === 'PARALLEL') {
      expect(state.runningActions, 'five actions at most').toBeLessThanOrEqual(5);
      expect(state.status, 'nobody is superseded in PARALLEL mode').not.toBe('Superseded');
      expect(state.executionType, 'nor rolled back').toBe('STANDARD');
    }
  }
}

/** What holds of every execution once it has ended. */
function expectAfterwards(run: Simulation): void {
  for (const state of run.executions()) {
    const log = run.log(state.pipelineExecutionId);
    expect(isFinished(state), 'with every transition open, everything ends').toBe(true);
    expect(replay(log), 'the same log gives the same state').toEqual(state);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    if (state.status === 'Superseded') {
      expect(state.executionMode).toBe('SUPERSEDED');
      const before = log.findLast(({ type }) => type !== 'ExecutionFinished' && type !== 'EntranceWaited');
      expect(before?.type, 'superseded only while it waits').toBe('StageEntranceReached');
      const newer = run.state(state.supersededBy ?? '');
      expect(newer.startNumber).toBeGreaterThan(state.startNumber);
    }
    for (const stage of state.stages) {
      for (const action of stage.actions) {
        for (const { actionExecutionId } of attemptsOf(action)) {
          const ends = countOf(log, (e) => e.type === 'ActionFinished' && e.actionExecutionId === actionExecutionId);
          expect(ends, 'every started action ends once').toBe(1);
        }
      }
      expect(stage.retries.automatic, 'a stage is retried automatically once').toBeLessThanOrEqual(1);
      expect(stage.status === 'InProgress' || stage.status === 'Stopping', 'no stage is left open').toBe(false);
      if (stage.status === 'Skipped') {
        const ran = stage.actions.some((action) => action && action.stageAttempt === stage.attempt);
        expect(ran, 'no action of a skipped stage runs').toBe(false);
      }
    }
    for (const event of log) {
      if (event.type !== 'RuleStarted' && event.type !== 'ConditionStarted') continue;
      const { stageName, conditionType } = event;
      if (event.type === 'RuleStarted') {
        const { ruleExecutionId } = event;
        const ends = countOf(log, (e) => e.type === 'RuleFinished' && e.ruleExecutionId === ruleExecutionId);
        expect(ends, 'every started rule ends once').toBe(1);
      } else {
        const later = log.filter(({ seq }) => seq > event.seq);
        const isSame = (e: (typeof log)[number]) =>
          'conditionType' in e && e.stageName === stageName && e.conditionType === conditionType;
        const again = later.findIndex((e) => e.type === 'ConditionStarted' && isSame(e));
        const until = again === -1 ? later : later.slice(0, again);
        // One that has failed may be overridden after that.
        const ends = countOf(until, (e) => e.type === 'ConditionFinished' && isSame(e) && e.status !== 'Overridden');
        const overrides = countOf(
          until,
          (e) => e.type === 'ConditionFinished' && isSame(e) && e.status === 'Overridden',
        );
        expect([ends, ends + overrides > 0], 'every condition is decided once, or overridden').toEqual([
          Math.min(ends, 1),
          true,
        ]);
      }
    }
    if (state.status === 'Succeeded' && !state.startingPoint) {
      const good = state.stages.every(({ status }) => status === 'Succeeded' || status === 'Skipped');
      expect(good, 'who succeeded passed every stage').toBe(true);
    }
    if (state.executionType === 'ROLLBACK') {
      const entered = state.stages.filter(({ attempt }) => attempt > 0).map(({ stageName }) => stageName);
      expect([[], [state.startingPoint?.stageName]], 'a rollback is in its stage only').toContainEqual(entered);
      expect(run.state(state.startingPoint?.pipelineExecutionId ?? '').executionType).toBe('STANDARD');
    }
  }
  expect(decide(run.executions()), 'nothing is left to do').toEqual([]);
}

function expectPromises(played: Script): Simulation {
  const run = play(played, expectNow, (moment, at) => expect(faultOfMoment(moment, at)).toBe(''));
  expectAfterwards(run);
  return run;
}

/** Kinds of events with what makes them different; '' for those that always come. */
function describeEvent(event: ExecutionEvent): string {
  switch (event.type) {
    case 'EntranceWaited':
      return `waits for ${event.wait.reason}`;
    case 'StageRetryRequested':
      return `${event.trigger} ${event.retryMode}`;
    case 'ConditionFinished':
      return `${event.conditionType} ${event.status}`;
    case 'StageFinished':
      return `stage ${event.status}`;
    case 'ActionFinished':
      return `action ${event.status}${event.errorDetails ? ` ${event.errorDetails.code}` : ''}`;
    case 'RollbackRequested':
      return event.refused === undefined ? 'is rolled back' : `no rollback: ${event.refused}`;
    case 'StopRequested':
      return event.abandon ? 'stop and abandon' : 'stop and wait';
    case 'ActionContinued':
      return event.skip ? 'skips' : 'continues';
    default:
      return '';
  }
}

/** Commands, outcomes and events that the random scripts have to come to, so that no promise is kept for want of a try. */
const everything = new Set([
  ...scriptKinds,
  ...['SUPERSEDED', 'QUEUED'].flatMap((mode) => [
    ...['Succeeded', 'Failed', 'Stopped', 'Cancelled'].map((status) => `${mode} STANDARD ${status}`),
    ...['Succeeded', 'Failed'].map((status) => `${mode} ROLLBACK ${status}`),
  ]),
  'SUPERSEDED STANDARD Superseded',
  ...['Succeeded', 'Failed', 'Stopped'].map((status) => `PARALLEL STANDARD ${status}`),
  ...['transition', 'lock', 'queue', 'expired'].map((reason) => `waits for ${reason}`),
  ...['Manual', 'Automated'].flatMap((kind) =>
    ['FAILED_ACTIONS', 'ALL_ACTIONS'].map((mode) => `${kind}StageRetry ${mode}`),
  ),
  ...['Succeeded', 'Failed', 'Errored', 'Cancelled', 'Abandoned', 'Overridden'].map((end) => `BEFORE_ENTRY ${end}`),
  ...['Succeeded', 'Failed', 'Errored', 'Cancelled', 'Overridden'].map((end) => `ON_SUCCESS ${end}`),
  ...['Succeeded', 'Failed', 'Errored'].map((end) => `ON_FAILURE ${end}`),
  ...['Succeeded', 'Failed', 'Stopped', 'Skipped', 'Cancelled'].map((status) => `stage ${status}`),
  ...['Succeeded', 'Failed JobFailed', 'Failed TimedOut', 'Abandoned'].map((status) => `action ${status}`),
  ...['is rolled back', 'no rollback: a pipeline in PARALLEL mode has no rollback.'],
  ...['no rollback: this execution is itself a rollback.', 'no rollback: the source stage has no rollback.'],
  'no rollback: no execution of the present version has succeeded in it.',
  ...['stop and wait', 'stop and abandon', 'continues', 'skips'],
]);

describe('whatever is asked of a pipeline', () => {
  it('it keeps its promises: its actions, stops, retries, approvals and transitions', () => {
    fc.assert(
      fc.property(scripts, (played) => void expectPromises(played)),
      { numRuns: 300, seed: 20_260_101 },
    );
  });

  it('it keeps its promises: all that a person can ask for, and all that can come of it', () => {
    const reached = new Set<string>();
    const promises = fc.property(wideScripts, (played) => {
      const run = expectPromises(played);
      for (const { kind } of played.commands) reached.add(kind);
      for (const state of run.executions()) {
        reached.add(`${state.executionMode} ${state.executionType} ${state.status}`);
        for (const event of run.log(state.pipelineExecutionId)) reached.add(describeEvent(event));
      }
    });
    fc.assert(promises, { numRuns: 1000, seed: 20_260_101 });
    expect([...everything].filter((text) => !reached.has(text))).toEqual([]);
  });

  it('has at most 50 executions at once in QUEUED and PARALLEL mode, whoever starts, retries and rolls back', () => {
    const starts = Array.from({ length: 55 }, (_, which): ScriptCommand => ({ at: 0, kind: 'start', which }));
    const crowded = fc.tuple(wideScripts, fc.constantFrom('QUEUED' as const, 'PARALLEL' as const));
    const most = new Set<number>();
    const promise = fc.property(crowded, ([{ commands, ...script }, mode]) => {
      play({ ...script, mode, commands: [...starts, ...commands] }, (run) => {
        const unfinished = run.executions().filter((state) => !isFinished(state));
        // A rollback by itself takes the place of the execution that failed, a moment before that one has ended.
        most.add(unfinished.filter(({ executionType }) => executionType === 'STANDARD').length);
      });
    });
    fc.assert(promise, { numRuns: 5, seed: 50 });
    expect(Math.max(...most)).toBe(50);
  });

  it('decides the same from the same states, and nothing for a pipeline without executions', () => {
    fc.assert(
      fc.property(wideScripts, (played) => {
        play(played, (now) => {
          const states = now.executions();
          expect(decide(states)).toEqual(decide([...states].reverse()));
        });
      }),
      { numRuns: 60, seed: 7 },
    );
    expect(decide([])).toEqual([]);
    expect(decide([notStarted])).toEqual([]);
  });
});
