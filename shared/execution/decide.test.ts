import { describe, expect, it, test } from 'vitest';
import { executionOf } from '../testing/executionOf.ts';
import { flow } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type Simulation, simulate } from '../testing/simulate.ts';
import { actionOf, attemptsOf, stageOf } from './executionState.ts';

describe('a stage with two run orders', () => {
  const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'] });

  it('starts every action of the first run order at once', () => {
    expect(executionOf(pipeline).until('StageStarted Build').next()).toEqual([
      'ActionStarted Build/Lint',
      'ActionStarted Build/Compile',
    ]);
  });

  it('starts the next run order only when all of the one before succeeded', () => {
    const at = executionOf(pipeline).until('ActionFinished Build/Lint');
    expect(at.next()).toEqual([]);
    expect(executionOf(pipeline).until('ActionFinished Build/Compile').next()).toEqual(['ActionStarted Build/Package']);
  });

  it('takes gaps and any order in the list', () => {
    const gaps = pipelineOf({ Source: ['Repo'], Build: ['Late@900', 'Early@7', 'Middle@8'] });
    const started = executionOf(gaps)
      .log()
      .flatMap((event) => (event.type === 'ActionStarted' ? [event.actionName] : []));
    expect(started).toEqual(['Repo', 'Early', 'Middle', 'Late']);
  });

  test.each([
    { failing: [], ends: 'Succeeded' },
    { failing: ['Lint'], ends: 'Failed' },
    { failing: ['Package'], ends: 'Failed' },
  ])('with $failing failing, ends $ends', ({ failing, ends }) => {
    const state = executionOf(pipeline, { failing }).toEnd();
    expect(state.status).toBe(ends);
    expect(stageOf(state, 'Build')?.status).toBe(ends);
  });

  it('lets the siblings of a failed action finish, keeps the lock until then, and starts no later group', () => {
    const duration = ({ actionName }: { actionName: string }) => (actionName === 'Compile' ? 5 : 1);
    const outcome = ({ actionName }: { actionName: string }) =>
      actionName === 'Lint' ? ({ status: 'Failed' } as const) : {};
    const run = simulate({ pipeline, duration, outcome });
    run.start('E1');
    run.clock.advanceTo(3);
    expect(stageOf(run.state('E1'), 'Build')).toMatchObject({ status: 'InProgress', runningActions: 1 });
    run.clock.runToEnd();
    expect(run.history('StageFinished', 'ExecutionFinished')).toEqual([
      '1 E1 StageFinished Source Succeeded',
      '6 E1 StageFinished Build Failed',
      '6 E1 ExecutionFinished Failed',
    ]);
    expect(actionOf(run.state('E1'), 'Build', 'Compile')?.status).toBe('Succeeded');
    expect(actionOf(run.state('E1'), 'Build', 'Package')).toBeUndefined();
  });

  it('still starts siblings that only waited for a slot when another failed', () => {
    const outcome = ({ actionName }: { actionName: string }) =>
      actionName === 'Lint' ? ({ status: 'Failed' } as const) : {};
    const run = simulate({ pipeline, outcome, slots: 1 });
    run.start('E1');
    run.clock.runToEnd();
    expect(actionOf(run.state('E1'), 'Build', 'Compile')?.status).toBe('Succeeded');
  });

  it('ends at once when it has no actions', () => {
    expect(executionOf(pipelineOf({ Source: ['Repo'], Empty: [] })).toEnd().status).toBe('Succeeded');
  });
});

describe('a stop', () => {
  const pipeline = pipelineOf({ S: ['Repo'], B: ['X', 'Y', 'Z@2'] });
  const durations: Record<string, number> = { Repo: 0, X: 2, Y: 5, Z: 1 };
  const begun = () => {
    const run = simulate({ pipeline, duration: ({ actionName }) => durations[actionName] ?? 0 });
    run.start('E1');
    run.clock.advanceTo(1);
    return run;
  };

  test('stop and wait lets running actions end and starts nothing new', () => {
    const run = begun();
    run.stop('E1');
    expect(run.state('E1').status).toBe('Stopping');
    expect(stageOf(run.state('E1'), 'B')?.status).toBe('Stopping');
    run.clock.runToEnd();
    expect(run.history().slice(-4)).toEqual([
      '2 E1 ActionFinished B/X Succeeded',
      '5 E1 ActionFinished B/Y Succeeded',
      '5 E1 StageFinished B Stopped',
      '5 E1 ExecutionFinished Stopped',
    ]);
    run.retry('E1', 'B');
    run.clock.runToEnd();
    expect(run.state('E1')).toMatchObject({ status: 'Succeeded', stop: undefined });
    expect(attemptsOf(actionOf(run.state('E1'), 'B', 'X'))).toHaveLength(1);
  });

  test('stop and abandon ends it at once, and the lock is free', () => {
    const run = begun();
    run.stop('E1', true);
    expect(run.history().slice(-4)).toEqual([
      '1 E1 ActionFinished B/X Abandoned',
      '1 E1 ActionFinished B/Y Abandoned',
      '1 E1 StageFinished B Stopped',
      '1 E1 ExecutionFinished Stopped',
    ]);
    run.start('E2');
    run.clock.advanceTo(1);
    expect(run.state('E2').position).toEqual({ at: 'inside', stageName: 'B' });
  });

  test('waiting can be escalated to abandoning', () => {
    const run = begun();
    run.stop('E1');
    run.stop('E1', true);
    expect(run.state('E1').status).toBe('Stopped');
  });

  test('an action that was abandoned stays abandoned when its work ends after all', () => {
    const run = begun();
    run.stop('E1', true);
    run.clock.runToEnd();
    expect(actionOf(run.state('E1'), 'B', 'Y')?.status).toBe('Abandoned');
  });

  test('an execution that only waits at an entrance stops at once and never enters', () => {
    const run = begun();
    run.start('E2');
    run.clock.advanceTo(1);
    expect(run.state('E2').position).toEqual({ at: 'entrance', stageName: 'B' });
    run.stop('E2');
    expect(run.state('E2').status).toBe('Stopped');
    run.clock.runToEnd();
    expect(run.history().filter((line) => line.includes('E2 StageStarted B'))).toEqual([]);
    expect(() => run.retry('E2', 'B')).toThrow(/never entered/);
  });

  test('stopping in the last stage ends Stopped even when its last action succeeds', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['X'] }), duration: () => 2 });
    run.start('E1');
    run.clock.advanceTo(3);
    run.stop('E1');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Stopped');
  });
});

describe('entrances', () => {
  it('are before the first stage too', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['X'] }), duration: () => 5 });
    for (const id of ['E1', 'E2', 'E3']) run.start(id);
    expect(run.state('E1').position).toEqual({ at: 'inside', stageName: 'S' });
    expect(run.state('E2')).toMatchObject({ status: 'Superseded', supersededBy: 'E3' });
    expect(run.state('E3').position).toEqual({ at: 'entrance', stageName: 'S' });
  });

  it('never let an older execution replace a newer one that waits', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 2 });
    run.closeTransition('D');
    run.clock.advanceTo(20);
    expect(run.state('E2').position).toEqual({ at: 'entrance', stageName: 'D' });
    const [older, newer] = [run.state('E1'), run.state('E2')];
    expect(older.startNumber).toBeLessThan(newer.startNumber);
    expect(older).toMatchObject({ status: 'Superseded', supersededBy: 'E2' });
  });

  it('do not supersede an execution that is inside a stage', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 1, E3: 2 });
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
  });
});

describe('PARALLEL mode', () => {
  it('runs at most five actions of an execution at once', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C', 'D', 'E', 'F', 'G'] }, { executionMode: 'PARALLEL' }),
    });
    run.start('E1');
    run.clock.advanceTo(1);
    expect(run.state('E1').runningActions).toBe(5);
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
  });
});

describe('retry', () => {
  const pipeline = pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C@2'] });
  const failsOnce = ({ actionName, attempt }: { actionName: string; attempt: number }) =>
    actionName === 'B' && attempt === 1 ? ({ status: 'Failed' } as const) : {};
  const failed = () => {
    const run = simulate({ pipeline, outcome: failsOnce });
    run.start('E1');
    run.clock.runToEnd();
    return run;
  };
  const attempts = (run: Simulation) =>
    ['A', 'B', 'C'].map((name) => attemptsOf(actionOf(run.state('E1'), 'B', name)).length);

  it('of FAILED_ACTIONS runs the failed actions and the groups after them, nothing that succeeded', () => {
    const run = failed();
    run.retry('E1', 'B', 'FAILED_ACTIONS');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
    expect(attempts(run)).toEqual([1, 2, 1]);
    expect(stageOf(run.state('E1'), 'B')?.retries).toEqual({
      automatic: 0,
      manual: 1,
      latestTrigger: 'ManualStageRetry',
    });
  });

  it('of ALL_ACTIONS runs every action from the first group', () => {
    const run = failed();
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    expect(attempts(run)).toEqual([2, 2, 1]);
  });

  it('of FAILED_ACTIONS does not trust successes that ALL_ACTIONS made void', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B1@2', 'B2@2'] }),
      outcome: ({ actionName, attempt }) =>
        (actionName === 'B2' && attempt === 1) || (actionName === 'A' && attempt === 2) ? { status: 'Failed' } : {},
    });
    run.start('E1');
    run.clock.runToEnd();
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Failed');
    run.retry('E1', 'B', 'FAILED_ACTIONS');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
    expect(attemptsOf(actionOf(run.state('E1'), 'B', 'B1'))).toHaveLength(2);
  });

  it('gives later actions the newest artifacts', () => {
    const use = { name: 'Use', inputArtifacts: [{ name: 'AOut' }] };
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['A', 'B'], D: [use] }), outcome: failsOnce });
    run.start('E1');
    run.clock.runToEnd();
    const old = actionOf(run.state('E1'), 'B', 'A')?.outputArtifacts[0]?.digest;
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    const used = actionOf(run.state('E1'), 'D', 'Use')?.inputArtifacts[0]?.digest;
    expect(used).toBe(actionOf(run.state('E1'), 'B', 'A')?.outputArtifacts[0]?.digest);
    expect(used).not.toBe(old);
  });

  it('runs by itself once with onFailure RETRY, before anybody else gets the stage', () => {
    const declared = pipelineOf({ S: ['Repo'], B: ['B'] });
    const [source, build] = declared.stages;
    const stages = [source!, { ...build!, onFailure: { result: 'RETRY' as const } }];
    const run = simulate({ pipeline: { ...declared, stages }, outcome: failsOnce, duration: () => 2 });
    run.start('E1');
    run.clock.advanceTo(2);
    run.start('E2');
    run.clock.runToEnd();
    expect(run.history('StageFinished', 'StageRetryRequested').filter((line) => line.includes('E1'))).toEqual([
      '2 E1 StageFinished S Succeeded',
      '4 E1 StageFinished B Failed',
      '4 E1 StageRetryRequested B',
      '6 E1 StageFinished B Succeeded',
    ]);
    expect(run.state('E2').status).toBe('Succeeded');
  });

  it('by itself happens once; a second failure is final', () => {
    const declared = pipelineOf({ S: ['Repo'], B: ['B'] });
    const [source, build] = declared.stages;
    const stages = [source!, { ...build!, onFailure: { result: 'RETRY' as const } }];
    const run = simulate({
      pipeline: { ...declared, stages },
      outcome: ({ actionName }) => (actionName === 'B' ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Failed');
    expect(stageOf(run.state('E1'), 'B')?.retries).toMatchObject({ automatic: 1, manual: 0 });
  });
});

describe('manual approval', () => {
  const run = () => {
    const made = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve'], D: ['Ship'] }) });
    made.start('E1');
    made.clock.runToEnd();
    return made;
  };

  it('keeps the stage locked until it is answered', () => {
    const made = run();
    made.start('E2');
    made.clock.runToEnd();
    expect(made.state('E2').position).toEqual({ at: 'entrance', stageName: 'A' });
    made.answer('E1', { stageName: 'A', actionName: 'Approve', status: 'Approved' });
    expect(made.state('E2').position).toEqual({ at: 'inside', stageName: 'A' });
  });

  it('that is rejected fails its stage; a retry asks with a new token', () => {
    const made = run();
    const token = actionOf(made.state('E1'), 'A', 'Approve')?.approval?.token;
    made.answer('E1', { stageName: 'A', actionName: 'Approve', status: 'Rejected' });
    expect(made.state('E1').status).toBe('Failed');
    made.retry('E1', 'A');
    expect(actionOf(made.state('E1'), 'A', 'Approve')?.approval?.token).not.toBe(token);
  });

  it('keeps a stopping execution waiting', () => {
    const made = run();
    made.stop('E1');
    expect(made.state('E1').status).toBe('Stopping');
    made.answer('E1', { stageName: 'A', actionName: 'Approve', status: 'Approved' });
    expect(made.state('E1').status).toBe('Stopped');
  });
});
