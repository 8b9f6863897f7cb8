import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionMode } from '../model/declaration.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type Simulation, simulate } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import { notStarted, replay } from './evolve.ts';
import { attemptsOf, type ExecutionState, isFinished } from './executionState.ts';

/** Random pipelines, durations, failures and commands: what must hold of every one of them. */
interface Script {
  stages: number[][];
  mode: ExecutionMode;
  durations: number[];
  failures: boolean[];
  slots: number;
  commands: {
    at: number;
    kind: 'start' | 'stop' | 'abandon' | 'retry' | 'retryAll' | 'close' | 'open';
    which: number;
  }[];
}

const script: fc.Arbitrary<Script> = fc.record({
  stages: fc.array(fc.array(fc.integer({ min: 1, max: 3 }), { minLength: 1, maxLength: 3 }), {
    minLength: 1,
    maxLength: 4,
  }),
  mode: fc.constantFrom('SUPERSEDED', 'SUPERSEDED', 'QUEUED', 'PARALLEL'),
  durations: fc.array(fc.integer({ min: 0, max: 6 }), { minLength: 1, maxLength: 7 }),
  failures: fc.array(fc.boolean(), { minLength: 1, maxLength: 9 }),
  slots: fc.integer({ min: 1, max: 8 }),
  commands: fc.array(
    fc.record({
      at: fc.integer({ min: 0, max: 40 }),
      kind: fc.constantFrom('start', 'start', 'start', 'stop', 'abandon', 'retry', 'retryAll', 'close', 'open'),
      which: fc.integer({ min: 0, max: 9 }),
    }),
    { minLength: 1, maxLength: 12 },
  ),
});

/** Plays a script; `look` sees all executions after every event of the clock. */
function play({ stages, mode, durations, failures, slots, commands }: Script, look: (run: Simulation) => void) {
  const sketch = Object.fromEntries(
    [[1], ...stages].map((orders, stage) => [`S${stage}`, orders.map((order, index) => `A${index}@${order}`)]),
  );
  let count = 0;
  const next = <T>(values: readonly T[]): T => values[count++ % values.length]!;
  const run = simulate({
    pipeline: pipelineOf(sketch, { executionMode: mode }),
    duration: () => {
      look(run);
      return next(durations);
    },
    outcome: ({ stageName }) => (stageName !== 'S0' && next(failures) && next(failures) ? { status: 'Failed' } : {}),
    slots,
  });
  let started = 0;
  const order = (kind: Script['commands'][number]['kind'], which: number) => {
    if (kind === 'start') run.start(`E${started++}`);
    else if (kind === 'close') run.closeTransition(`S${which % (stages.length + 1)}`);
    else if (kind === 'open') for (const stageName of Object.keys(sketch)) run.openTransition(stageName);
    else if (started > 0) {
      const id = `E${which % started}`;
      if (kind === 'stop') run.stop(id);
      else if (kind === 'abandon') run.stop(id, true);
      else run.retry(id, run.state(id).position.stageName, kind === 'retryAll' ? 'ALL_ACTIONS' : 'FAILED_ACTIONS');
    }
  };
  for (const { at, kind, which } of commands) {
    run.clock.after(at, () => {
      try {
        order(kind, which);
      } catch (error) {
        if ((error as Error).name !== 'ProblemError') throw error; // a refused command is as good as none
      }
      look(run);
    });
  }
  run.clock.runToEnd();
  for (const stageName of Object.keys(sketch)) run.openTransition(stageName);
  run.clock.runToEnd();
  look(run);
  return run;
}

const inside = (states: readonly ExecutionState[]) =>
  states.filter((state) => state.position.at === 'inside').map((state) => state.position.stageName);

describe('whatever is asked of a pipeline', () => {
  it('keeps its promises', () => {
    fc.assert(
      fc.property(script, (played) => {
        const run = play(played, (now) => {
          if (played.mode === 'PARALLEL') return;
          const stages = inside(now.executions());
          expect(stages, 'one execution in a stage at a time').toHaveLength(new Set(stages).size);
        });
        for (const state of run.executions()) {
          const log = run.log(state.pipelineExecutionId);
          expect(isFinished(state), 'with every transition open, everything ends').toBe(true);
          expect(state.runningActions).toBe(0);
          expect(replay(log), 'the same log gives the same state').toEqual(state);
          expect(log.map((event) => event.seq)).toEqual(log.map((_, index) => index + 1));
          if (state.status === 'Superseded') {
            expect(played.mode).toBe('SUPERSEDED');
            expect(log.at(-2)?.type, 'superseded only while it waits').toBe('StageEntranceReached');
            expect(Number(state.supersededBy?.slice(1))).toBeGreaterThan(Number(state.pipelineExecutionId.slice(1)));
          }
          for (const stage of state.stages) {
            for (const action of stage.actions) {
              for (const attempt of attemptsOf(action)) {
                const ends = log.filter(
                  (event) => event.type === 'ActionFinished' && event.actionExecutionId === attempt.actionExecutionId,
                );
                expect(ends, 'every started action ends once').toHaveLength(1);
              }
            }
          }
          if (state.status === 'Succeeded') {
            expect(state.stages.every((stage) => stage.status === 'Succeeded')).toBe(true);
          }
        }
        expect(decide(run.executions()), 'nothing is left to do').toEqual([]);
      }),
      { numRuns: 200, seed: 20_260_101 },
    );
  });

  it('decides the same from the same states, and nothing for a pipeline without executions', () => {
    fc.assert(
      fc.property(script, (played) => {
        play(played, (now) => {
          const states = now.executions();
          expect(decide(states)).toEqual(decide([...states].reverse()));
        });
      }),
      { numRuns: 30, seed: 7 },
    );
    expect(decide([])).toEqual([]);
    expect(decide([notStarted])).toEqual([]);
  });
});
