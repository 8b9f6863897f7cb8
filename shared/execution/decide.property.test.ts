import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { play, scripts } from '../testing/scripts.ts';
import { decide } from './decide.ts';
import { notStarted, replay } from './evolve.ts';
import { attemptsOf, type ExecutionState, isFinished } from './executionState.ts';

const inside = (states: readonly ExecutionState[]) =>
  states.filter((state) => state.position.at === 'inside').map((state) => state.position.stageName);

describe('whatever is asked of a pipeline', () => {
  it('keeps its promises', () => {
    fc.assert(
      fc.property(scripts, (played) => {
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
            expect(['StageEntranceReached', 'EntranceWaited'], 'superseded only while it waits').toContain(
              log.at(-2)?.type,
            );
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
      { numRuns: 100, seed: 20_260_101 },
    );
  });

  it('decides the same from the same states, and nothing for a pipeline without executions', () => {
    fc.assert(
      fc.property(scripts, (played) => {
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
