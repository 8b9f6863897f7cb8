import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { play } from '../testing/playScript.ts';
import { scripts } from '../testing/scripts.ts';
import { type StartAction, simulate } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import { actionOf, stageOf } from './executionState.ts';

/** §3 of reference/execution-semantics.md: what happens inside a stage. */

const startedIn = (log: readonly { type: string; stageName?: string; actionName?: string }[], stage: string) =>
  log.flatMap((event) => (event.type === 'ActionStarted' && event.stageName === stage ? [event.actionName] : []));
const fails =
  (...names: string[]) =>
  ({ actionName }: StartAction) =>
    names.includes(actionName) ? { status: 'Failed' as const } : {};

describe('§3.1 actions are grouped by runOrder ascending', () => {
  test.each([
    { what: 'as listed', actions: ['A@1', 'B@2', 'C@3'], order: ['A', 'B', 'C'] },
    { what: 'listed backwards', actions: ['C@3', 'B@2', 'A@1'], order: ['A', 'B', 'C'] },
    { what: 'with gaps', actions: ['C@999', 'A@2', 'B@50'], order: ['A', 'B', 'C'] },
    { what: 'without a first group', actions: ['B@7', 'A@5'], order: ['A', 'B'] },
    { what: 'without any runOrder, all in the first group', actions: ['A', 'B', 'C@1'], order: ['A', 'B', 'C'] },
    { what: 'mixed, an absent runOrder is 1', actions: ['C@2', 'A', 'B@1'], order: ['A', 'B', 'C'] },
    { what: 'as numbers, not as texts', actions: ['B@10', 'A@9'], order: ['A', 'B'] },
  ])('$what', ({ actions, order }) => {
    expect(startedIn(executionOf(pipelineOf({ S: ['Repo'], B: actions })).log(), 'B')).toEqual(order);
  });

  it('in the first stage too', () => {
    const log = executionOf(pipelineOf({ S: ['Second@2', 'First@1'], B: ['A'] })).log();
    expect(startedIn(log, 'S')).toEqual(['First', 'Second']);
  });
});

describe('§3.2 all actions of a group start together', () => {
  it('in one decision, each with its own attempt', () => {
    const { state } = executionOf(pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C@2'] })).until('StageStarted B');
    expect(decide([state])).toMatchObject([
      { do: 'startAction', pipelineExecutionId: 'E1', stageName: 'B', actionName: 'A', attempt: 1 },
      { do: 'startAction', pipelineExecutionId: 'E1', stageName: 'B', actionName: 'B', attempt: 1 },
    ]);
  });

  it('and those that have started are not asked for again', () => {
    const { next } = executionOf(pipelineOf({ S: ['Repo'], B: ['A', 'B'] })).until('ActionStarted B/A');
    expect(next()).toEqual(['ActionStarted B/B']);
  });

  it('at the same instant', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C', 'D'] }) });
    run.start('E1');
    run.clock.runToEnd();
    expect(
      run
        .history('ActionStarted')
        .slice(1)
        .map((line) => line.split(' ')[0]),
    ).toEqual(['1', '1', '1', '1']);
  });
});

describe('§3.3 the next group starts when all of the group succeeded', () => {
  it('in the instant in which the slowest ends', () => {
    const durations: Record<string, number> = { A: 1, B: 7, C: 3, Next: 2 };
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C', 'Next@2'] }),
      duration: ({ actionName }) => durations[actionName] ?? 0,
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(run.history('ActionStarted').at(-1)).toBe('7 E1 ActionStarted B/Next');
    expect(run.history('StageFinished').at(-1)).toBe('9 E1 StageFinished B Succeeded');
  });

  it('never earlier, whatever the pipeline', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const run = play(script);
        for (const { pipelineExecutionId, declaration } of run.executions()) {
          const running = new Map<string, number>();
          for (const event of run.log(pipelineExecutionId)) {
            if (event.type === 'ActionFinished') running.delete(event.actionExecutionId);
            if (event.type !== 'ActionStarted') continue;
            const stage = declaration.stages.find(({ name }) => name === event.stageName)!;
            const order = stage.actions.find(({ name }) => name === event.actionName)?.runOrder ?? 1;
            expect([...running.values()].every((other) => other === order)).toBe(true);
            running.set(event.actionExecutionId, order);
          }
        }
      }),
      { numRuns: 60, seed: 3 },
    );
  });
});

describe('§3.4 when an action fails', () => {
  const pipeline = pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C@2', 'D@3'], T: ['Later'] });

  test.each([
    { failing: ['A'], started: ['A', 'B'] },
    { failing: ['A', 'B'], started: ['A', 'B'] },
    { failing: ['C'], started: ['A', 'B', 'C'] },
    { failing: ['D'], started: ['A', 'B', 'C', 'D'] },
  ])('here $failing, no further group and no further stage starts', ({ failing, started }) => {
    const log = executionOf(pipeline, { failing }).log();
    expect(startedIn(log, 'B')).toEqual(started);
    expect(startedIn(log, 'T')).toEqual([]);
    expect(log.at(-1)).toMatchObject({ type: 'ExecutionFinished', status: 'Failed' });
  });

  it('the other actions of its group keep running to their own ends', () => {
    const durations: Record<string, number> = { A: 1, B: 9 };
    const run = simulate({ pipeline, duration: ({ actionName }) => durations[actionName] ?? 0, outcome: fails('A') });
    run.start('E1');
    run.clock.advanceTo(8);
    expect(actionOf(run.state('E1'), 'B', 'A')?.status).toBe('Failed');
    expect(actionOf(run.state('E1'), 'B', 'B')?.status).toBe('InProgress');
    run.clock.runToEnd();
    expect(actionOf(run.state('E1'), 'B', 'B')?.status).toBe('Succeeded');
  });

  it('a failure of the source stage fails the execution before any other stage', () => {
    const state = executionOf(pipeline, { failing: ['Repo'] }).toEnd();
    expect(state.status).toBe('Failed');
    expect(stageOf(state, 'B')).toMatchObject({ status: undefined, attempt: 0, reachedAt: undefined });
  });
});

describe('§3.5 the stage turns Failed', () => {
  it('when the last running action of its group has ended, so that nobody acts in it meanwhile', () => {
    const durations: Record<string, number> = { A: 1, B: 4, C: 6 };
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C'] }),
      duration: ({ actionName }) => durations[actionName] ?? 0,
      outcome: fails('A', 'B'),
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(run.history('ActionFinished', 'StageFinished').slice(-4)).toEqual([
      '1 E1 ActionFinished B/A Failed',
      '4 E1 ActionFinished B/B Failed',
      '6 E1 ActionFinished B/C Succeeded',
      '6 E1 StageFinished B Failed',
    ]);
  });
});

describe('§3.6 at most five actions of a PARALLEL execution run at once', () => {
  const wide = ['A', 'B', 'C', 'D', 'E', 'F', 'G', 'H'];
  const most = (executionMode: 'PARALLEL' | 'QUEUED' | 'SUPERSEDED', executions: number) => {
    const running = new Map<string, number>();
    const highest = new Map<string, number>();
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: wide }, { executionMode }),
      duration: ({ actionName }) => wide.indexOf(actionName) + 1,
    });
    for (let index = 1; index <= executions; index += 1) run.start(`E${index}`);
    run.clock.runToEnd();
    for (const { pipelineExecutionId: id } of run.executions()) {
      for (const { type } of run.log(id)) {
        if (type === 'ActionStarted') running.set(id, (running.get(id) ?? 0) + 1);
        if (type === 'ActionFinished') running.set(id, (running.get(id) ?? 0) - 1);
        highest.set(id, Math.max(highest.get(id) ?? 0, running.get(id) ?? 0));
      }
    }
    return [...highest.values()];
  };

  test.each([
    { mode: 'PARALLEL', executions: 1, most: [5] },
    { mode: 'PARALLEL', executions: 3, most: [5, 5, 5] },
    { mode: 'QUEUED', executions: 1, most: [8] },
    { mode: 'SUPERSEDED', executions: 1, most: [8] },
  ] as const)('$mode with $executions executions: $most', ({ mode, executions, most: expected }) => {
    expect(most(mode, executions)).toEqual(expected);
  });

  it('and the rest of the group takes its turn as each one ends', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: wide }, { executionMode: 'PARALLEL' }),
      duration: ({ actionName }) => (actionName === 'Repo' ? 0 : wide.indexOf(actionName) + 1),
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(run.history('ActionStarted').slice(6)).toEqual([
      '1 E1 ActionStarted B/F',
      '2 E1 ActionStarted B/G',
      '3 E1 ActionStarted B/H',
    ]);
  });
});

describe('§3.7 the stage succeeds when its last group succeeded', () => {
  test.each([
    { actions: ['A'], stage: 'Succeeded' },
    { actions: ['A', 'B@2', 'C@3'], stage: 'Succeeded' },
    { actions: [], stage: 'Succeeded' },
  ])('with $actions', ({ actions, stage }) => {
    const state = executionOf(pipelineOf({ S: ['Repo'], B: actions })).toEnd();
    expect(stageOf(state, 'B')?.status).toBe(stage);
    expect(state.status).toBe('Succeeded');
  });

  it('with fifty actions at once, the most that a stage may have', () => {
    const many = Array.from({ length: 50 }, (_, index) => `A${index}`);
    const log = executionOf(pipelineOf({ S: ['Repo'], B: many })).log();
    expect(startedIn(log, 'B')).toEqual(many);
    expect(log.at(-1)).toMatchObject({ status: 'Succeeded', at: 2 });
  });

  it('and the execution then goes on to the next stage in the same instant', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['A'], D: ['C'] }) });
    run.start('E1');
    run.clock.advanceTo(2);
    expect(run.history().filter((line) => line.startsWith('2 '))).toEqual([
      '2 E1 ActionFinished B/A Succeeded',
      '2 E1 StageFinished B Succeeded',
      '2 E1 StageEntranceReached D',
      '2 E1 StageStarted D',
      '2 E1 ActionStarted D/C',
    ]);
  });
});
