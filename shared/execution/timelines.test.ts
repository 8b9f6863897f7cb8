import { describe, expect, it, test } from 'vitest';
import { flow, situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type Simulation, simulate } from '../testing/simulate.ts';
import { actionOf, stageOf } from './executionState.ts';

/** The worked timelines of reference/execution-semantics.md §4, row by row: where every execution stands at each time. */

type Row = readonly [time: number, situation: string];
const expectRows = (run: Simulation, rows: readonly Row[]) => {
  for (const [time, situation] of rows) {
    run.clock.advanceTo(time);
    expect(situationOf(run), `at ${time}`).toBe(situation);
  }
};
const starts = { E1: 0, E2: 2, E3: 3, E4: 6 };

describe('§4 worked timeline 1, plain flow', () => {
  test('SUPERSEDED', () => {
    const run = flow('SUPERSEDED', starts);
    expectRows(run, [
      [0, 'E1 in S'],
      [1, 'E1 in B'],
      [2, 'E1 in B, E2 in S'],
      [3, 'E1 in B, E2 waits at B, E3 in S'],
      [4, 'E1 in B, E2 Superseded, E3 waits at B'],
      [5, 'E1 in D, E2 Superseded, E3 in B'],
      [6, 'E1 in D, E2 Superseded, E3 in B, E4 in S'],
      [7, 'E1 in D, E2 Superseded, E3 in B, E4 waits at B'],
      [8, 'E1 Succeeded, E2 Superseded, E3 in B, E4 waits at B'],
      [9, 'E1 Succeeded, E2 Superseded, E3 in D, E4 in B'],
      [12, 'E1 Succeeded, E2 Superseded, E3 Succeeded, E4 in B'],
      [13, 'E1 Succeeded, E2 Superseded, E3 Succeeded, E4 in D'],
      [16, 'E1 Succeeded, E2 Superseded, E3 Succeeded, E4 Succeeded'],
    ]);
    expect(run.state('E2').supersededBy).toBe('E3');
  });

  test('QUEUED', () => {
    expectRows(flow('QUEUED', starts), [
      [0, 'E1 in S'],
      [1, 'E1 in B'],
      [2, 'E1 in B, E2 in S'],
      [3, 'E1 in B, E2 waits at B, E3 in S'],
      [4, 'E1 in B, E2 waits at B, E3 waits at B'],
      [5, 'E1 in D, E2 in B, E3 waits at B'],
      [6, 'E1 in D, E2 in B, E3 waits at B, E4 in S'],
      [7, 'E1 in D, E2 in B, E3 waits at B, E4 waits at B'],
      [8, 'E1 Succeeded, E2 in B, E3 waits at B, E4 waits at B'],
      [9, 'E1 Succeeded, E2 in D, E3 in B, E4 waits at B'],
      [12, 'E1 Succeeded, E2 Succeeded, E3 in B, E4 waits at B'],
      [13, 'E1 Succeeded, E2 Succeeded, E3 in D, E4 in B'],
      [16, 'E1 Succeeded, E2 Succeeded, E3 Succeeded, E4 in B'],
      [17, 'E1 Succeeded, E2 Succeeded, E3 Succeeded, E4 in D'],
      [20, 'E1 Succeeded, E2 Succeeded, E3 Succeeded, E4 Succeeded'],
    ]);
  });

  test('PARALLEL', () => {
    expectRows(flow('PARALLEL', starts), [
      [0, 'E1 in S'],
      [2, 'E1 in B, E2 in S'],
      [3, 'E1 in B, E2 in B, E3 in S'],
      [4, 'E1 in B, E2 in B, E3 in B'],
      [5, 'E1 in D, E2 in B, E3 in B'],
      [6, 'E1 in D, E2 in B, E3 in B, E4 in S'],
      [7, 'E1 in D, E2 in D, E3 in B, E4 in B'],
      [8, 'E1 Succeeded, E2 in D, E3 in D, E4 in B'],
      [10, 'E1 Succeeded, E2 Succeeded, E3 in D, E4 in B'],
      [11, 'E1 Succeeded, E2 Succeeded, E3 Succeeded, E4 in D'],
      [14, 'E1 Succeeded, E2 Succeeded, E3 Succeeded, E4 Succeeded'],
    ]);
  });
});

describe('§4 worked timeline 2, failure and retry', () => {
  /** E1's first deployment fails after two units; everything else goes as in timeline 1. */
  const deployFails = (mode: 'SUPERSEDED' | 'QUEUED', begin: Record<string, number> = { E1: 0, E3: 3 }) => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] }, { executionMode: mode }),
      duration: ({ stageName, pipelineExecutionId, attempt }) => {
        if (stageName === 'D') return pipelineExecutionId === 'E1' && attempt === 1 ? 2 : 3;
        return stageName === 'S' ? 1 : 4;
      },
      outcome: ({ stageName, pipelineExecutionId, attempt }) =>
        stageName === 'D' && pipelineExecutionId === 'E1' && attempt === 1 ? { status: 'Failed' } : {},
    });
    for (const [id, at] of Object.entries(begin)) run.clock.after(at, () => run.start(id));
    return run;
  };

  describe.each(['SUPERSEDED', 'QUEUED'] as const)('%s', (mode) => {
    test('at 5 E1 enters D and E3 enters B; at 7 the deployment fails', () => {
      const run = deployFails(mode);
      expectRows(run, [
        [5, 'E1 in D, E3 in B'],
        [7, 'E1 Failed, E3 in B'],
      ]);
      expect(stageOf(run.state('E1'), 'D')?.status).toBe('Failed');
    });

    test('variant a: the retry is accepted at 8, and E3 waits at D from 9', () => {
      const run = deployFails(mode);
      run.clock.advanceTo(8);
      run.retry('E1', 'D');
      expectRows(run, [
        [8, 'E1 in D, E3 in B'],
        [9, 'E1 in D, E3 waits at D'],
        [11, 'E1 Succeeded, E3 in D'],
        [14, 'E1 Succeeded, E3 Succeeded'],
      ]);
    });

    test('variant b: E3 enters D at 9, and from then on E1 is not the latest', () => {
      const run = deployFails(mode);
      expectRows(run, [[9, 'E1 Failed, E3 in D']]);
      expect(() => run.retry('E1', 'D')).toThrow(/NotLatestPipelineExecutionException/);
      run.clock.runToEnd();
      expect(() => run.retry('E1', 'D')).toThrow(/NotLatestPipelineExecutionException/);
    });

    test('variant c: who was already waiting at D enters in the instant of the failure', () => {
      // Its build is over before the slow deployment of E1 is.
      const run = simulate({
        pipeline: pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] }, { executionMode: mode }),
        duration: ({ stageName }) => (stageName === 'D' ? 10 : 1),
        outcome: ({ pipelineExecutionId, stageName }) =>
          pipelineExecutionId === 'E1' && stageName === 'D' ? { status: 'Failed' } : {},
      });
      run.start('E1');
      run.clock.advanceTo(3);
      run.start('E2');
      expectRows(run, [
        [5, 'E1 in D, E2 waits at D'],
        [12, 'E1 Failed, E2 in D'],
      ]);
      expect(() => run.retry('E1', 'D')).toThrow(/NotLatestPipelineExecutionException/);
    });
  });
});

describe('§4 worked timeline 3, a disabled transition into D from 4 to 10', () => {
  const closedAt4 = (mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL') => {
    const run = flow(mode, { E1: 0, E2: 2, E3: 3 });
    run.clock.advanceTo(4);
    run.closeTransition('D');
    run.clock.after(6, () => run.openTransition('D'));
    return run;
  };

  test('SUPERSEDED', () => {
    expectRows(closedAt4('SUPERSEDED'), [
      [5, 'E1 waits at D, E2 Superseded, E3 in B'],
      [9, 'E1 Superseded, E2 Superseded, E3 waits at D'],
      [10, 'E1 Superseded, E2 Superseded, E3 in D'],
      [13, 'E1 Superseded, E2 Superseded, E3 Succeeded'],
    ]);
  });

  test('QUEUED', () => {
    expectRows(closedAt4('QUEUED'), [
      [5, 'E1 waits at D, E2 in B, E3 waits at B'],
      [9, 'E1 waits at D, E2 waits at D, E3 in B'],
      [10, 'E1 in D, E2 waits at D, E3 in B'],
      [13, 'E1 Succeeded, E2 in D, E3 waits at D'],
      [16, 'E1 Succeeded, E2 Succeeded, E3 in D'],
    ]);
  });

  test('PARALLEL: each execution heeds it by itself, and all enter together', () => {
    expectRows(closedAt4('PARALLEL'), [
      [5, 'E1 waits at D, E2 in B, E3 in B'],
      [8, 'E1 waits at D, E2 waits at D, E3 waits at D'],
      [10, 'E1 in D, E2 in D, E3 in D'],
      [13, 'E1 Succeeded, E2 Succeeded, E3 Succeeded'],
    ]);
  });
});

describe.each(['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const)('§4 worked timeline 4, stop at 1, %s', (executionMode) => {
  const durations: Record<string, number> = { Repo: 0, X: 2, Y: 5, Z: 1 };
  const stopped = (abandon: boolean, yFails = false) => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['X', 'Y', 'Z@2'] }, { executionMode }),
      duration: ({ actionName }) => durations[actionName] ?? 0,
      outcome: ({ actionName, attempt }) => (yFails && actionName === 'Y' && attempt === 1 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.advanceTo(1);
    run.stop('E1', abandon);
    return run;
  };
  const pictureOf = (run: Simulation) => {
    const state = run.state('E1');
    const actions = ['X', 'Y', 'Z'].map((name) => actionOf(state, 'B', name)?.status ?? 'never started');
    return [state.status, stageOf(state, 'B')?.status, ...actions].join(', ');
  };

  test('and wait: the running actions go on to their ends, Z never starts', () => {
    const run = stopped(false);
    const rows: Row[] = [
      [1, 'Stopping, Stopping, InProgress, InProgress, never started'],
      [2, 'Stopping, Stopping, Succeeded, InProgress, never started'],
      [4, 'Stopping, Stopping, Succeeded, InProgress, never started'],
      [5, 'Stopped, Stopped, Succeeded, Succeeded, never started'],
      [50, 'Stopped, Stopped, Succeeded, Succeeded, never started'],
    ];
    for (const [time, picture] of rows) {
      run.clock.advanceTo(time);
      expect(pictureOf(run), `at ${time}`).toBe(picture);
    }
  });

  test('and wait: it ends Stopped even when Y fails meanwhile', () => {
    const run = stopped(false, true);
    run.clock.advanceTo(5);
    expect(pictureOf(run)).toBe('Stopped, Stopped, Succeeded, Failed, never started');
  });

  test('and abandon: everything is over at once', () => {
    const run = stopped(true);
    expect(pictureOf(run)).toBe('Stopped, Stopped, Abandoned, Abandoned, never started');
    run.clock.advanceTo(50);
    expect(pictureOf(run)).toBe('Stopped, Stopped, Abandoned, Abandoned, never started');
  });

  test.each([
    { what: 'after waiting', abandon: false, yFails: false, starts: ['Z'] },
    { what: 'after waiting, where Y failed', abandon: false, yFails: true, starts: ['Y', 'Z'] },
    { what: 'after abandoning', abandon: true, yFails: false, starts: ['X', 'Y', 'Z'] },
  ])('a retry $what starts $starts', ({ abandon, yFails, starts: expected }) => {
    const run = stopped(abandon, yFails);
    run.clock.advanceTo(10);
    run.retry('E1', 'B');
    run.clock.runToEnd();
    const after = run.log('E1').slice(run.log('E1').findIndex((event) => event.type === 'StageRetryRequested'));
    expect(after.flatMap((event) => (event.type === 'ActionStarted' ? [event.actionName] : []))).toEqual(expected);
    expect(run.state('E1').status).toBe('Succeeded');
  });

  it('frees the stage for the next execution when it is stopped, not before', () => {
    const run = stopped(false);
    run.start('E2');
    run.clock.advanceTo(4);
    const waits = executionMode === 'PARALLEL' ? 'E1 in B, E2 in B' : 'E1 in B, E2 waits at B';
    expect(situationOf(run)).toBe(waits);
    run.clock.advanceTo(5);
    expect(situationOf(run)).toBe('E1 Stopped, E2 in B');
  });
});
