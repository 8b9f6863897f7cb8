import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { isIdle, play, type Script, scripts, wideScripts } from '../testing/scripts.ts';
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
function expectAfterwards(run: Simulation, played: Script): void {
  for (const state of run.executions()) {
    const log = run.log(state.pipelineExecutionId);
    expect(isFinished(state), 'with every transition open, everything ends').toBe(true);
    expect(replay(log), 'the same log gives the same state').toEqual(state);
    expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
    if (state.status === 'Superseded') {
      expect(played.mode).toBe('SUPERSEDED');
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

describe('whatever is asked of a pipeline', () => {
  it.each([
    { what: 'its actions, stops, retries, approvals and transitions', arbitrary: scripts, numRuns: 300 },
    {
      what: 'also its conditions, rollbacks, overrides, edits, forks and breakpoints',
      arbitrary: wideScripts,
      numRuns: 1200,
    },
  ])('it keeps its promises: $what', ({ arbitrary, numRuns }) => {
    fc.assert(
      fc.property(arbitrary, (played) => {
        const run = play(played, expectNow);
        expectAfterwards(run, played);
      }),
      { numRuns, seed: 20_260_101 },
    );
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
