import { describe, expect, it, test } from 'vitest';
import type { ExecutionMode, RetryMode } from '../model/declaration.ts';
import { flow, situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type Simulation, type StartAction, simulate } from '../testing/simulate.ts';
import { withAutomaticRetry } from '../testing/withAutomaticRetry.ts';
import { actionOf, attemptsOf, type ExecutionState, stageOf } from './executionState.ts';

/** §7 of reference/execution-semantics.md: retrying a stage. */

const modes = ['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const;
const attempts = (state: ExecutionState, place: string): string[] => {
  const [stageName = '', actionName = ''] = place.split('/');
  return attemptsOf(actionOf(state, stageName, actionName)).map(({ status }) => status);
};
const approve = { stageName: 'A', actionName: 'Approve', status: 'Approved' as const };

describe('§7 which stages can be retried', () => {
  const failsInB = ({ stageName, attempt }: StartAction) => stageName === 'B' && attempt === 1;
  const cases: Record<string, () => Simulation> = {
    'failed in B': () => {
      const run = flow('SUPERSEDED', { E1: 0 }, failsInB);
      run.clock.runToEnd();
      return run;
    },
    'was stopped in B': () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.clock.advanceTo(3);
      run.stop('E1', true);
      return run;
    },
    'was stopped before B': () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.closeTransition('B');
      run.clock.advanceTo(3);
      run.stop('E1');
      return run;
    },
    'runs in B': () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.clock.advanceTo(3);
      return run;
    },
    'is stopping in B': () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.clock.advanceTo(3);
      run.stop('E1');
      return run;
    },
    'waits before B': () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.closeTransition('B');
      run.clock.advanceTo(3);
      return run;
    },
    succeeded: () => {
      const run = flow('SUPERSEDED', { E1: 0 });
      run.clock.runToEnd();
      return run;
    },
    'was superseded before B': () => {
      const run = flow('SUPERSEDED', { E0: 0, E1: 1, E2: 2 });
      run.clock.advanceTo(4);
      return run;
    },
    'failed in B and was overtaken': () => {
      const run = flow(
        'SUPERSEDED',
        { E1: 0, E2: 3 },
        (action) => failsInB(action) && action.pipelineExecutionId === 'E1',
      );
      run.clock.advanceTo(6);
      return run;
    },
    'failed in B while another waits before it': () => {
      const run = flow('SUPERSEDED', { E1: 0, E2: 3 }, failsInB);
      run.clock.advanceTo(2);
      run.closeTransition('B');
      run.clock.advanceTo(6);
      return run;
    },
    'is being retried': () => {
      const run = flow('SUPERSEDED', { E1: 0 }, failsInB);
      run.clock.runToEnd();
      run.retry('E1', 'B');
      return run;
    },
  };

  test.each([
    { execution: 'failed in B', S: 'StageNotRetryable', B: 'accepted', D: 'StageNotRetryable' },
    { execution: 'was stopped in B', S: 'StageNotRetryable', B: 'accepted', D: 'StageNotRetryable' },
    { execution: 'was stopped before B', S: 'StageNotRetryable', B: 'StageNotRetryable', D: 'StageNotRetryable' },
    { execution: 'runs in B', S: 'StageNotRetryable', B: 'Conflict', D: 'StageNotRetryable' },
    { execution: 'is stopping in B', S: 'StageNotRetryable', B: 'StageNotRetryable', D: 'StageNotRetryable' },
    { execution: 'waits before B', S: 'StageNotRetryable', B: 'StageNotRetryable', D: 'StageNotRetryable' },
    { execution: 'succeeded', S: 'StageNotRetryable', B: 'StageNotRetryable', D: 'StageNotRetryable' },
    { execution: 'was superseded before B', S: 'StageNotRetryable', B: 'StageNotRetryable', D: 'StageNotRetryable' },
    {
      execution: 'failed in B and was overtaken',
      S: 'StageNotRetryable',
      B: 'NotLatestPipelineExecution',
      D: 'StageNotRetryable',
    },
    {
      execution: 'failed in B while another waits before it',
      S: 'StageNotRetryable',
      B: 'accepted',
      D: 'StageNotRetryable',
    },
    { execution: 'is being retried', S: 'StageNotRetryable', B: 'Conflict', D: 'StageNotRetryable' },
  ])('of an execution that $execution', ({ execution, ...expected }) => {
    for (const [stageName, answer] of Object.entries(expected)) {
      for (const retryMode of ['FAILED_ACTIONS', 'ALL_ACTIONS'] as const) {
        const run = cases[execution]!();
        const said = refusalOf(() => run.retry('E1', stageName, retryMode)).replace('Exception', '');
        expect(said, `${stageName} with ${retryMode}`).toBe(answer);
      }
    }
    expect(refusalOf(() => cases[execution]!().retry('E1', 'Nowhere'))).toBe('StageNotFoundException');
  });

  it('not one more than 50 executions at once (ConcurrentPipelineExecutionsLimitExceededException)', () => {
    for (const [executionMode, answer] of [
      ['QUEUED', 'ConcurrentPipelineExecutionsLimitExceededException'],
      ['SUPERSEDED', 'accepted'],
    ] as const) {
      const run = simulate({
        pipeline: pipelineOf({ S: ['Repo'], B: ['Make'] }, { executionMode }),
        outcome: ({ actionName }) => (actionName === 'Make' ? { status: 'Failed' } : {}),
      });
      run.start('E0');
      run.clock.runToEnd();
      run.closeTransition('S');
      for (let count = 1; count <= 50; count++) run.start(`E${count}`);
      expect(refusalOf(() => run.retry('E0', 'B'))).toBe(answer);
    }
  });

  it('a refused retry changes nothing', () => {
    const run = cases['was stopped before B']!();
    const before = run.state('E1');
    expect(refusalOf(() => run.retry('E1', 'B'))).toBe('StageNotRetryableException');
    expect(run.state('E1')).toBe(before);
  });
});

describe('§7 what a retry runs again', () => {
  const pipeline = pipelineOf({ S: ['Repo'], B: ['A', 'B', 'C@2', 'D@3'], T: ['Next'] });
  const tried = (failing: Record<string, number>, retries: RetryMode[], mode: ExecutionMode = 'SUPERSEDED') => {
    const run = simulate({
      pipeline: { ...pipeline, executionMode: mode },
      outcome: ({ actionName, attempt }) => (attempt <= (failing[actionName] ?? 0) ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    for (const retryMode of retries) {
      run.retry('E1', 'B', retryMode);
      run.clock.runToEnd();
    }
    return run.state('E1');
  };

  test.each<{ failing: Record<string, number>; retries: RetryMode[]; runs: Record<string, number>; status: string }>([
    { failing: { A: 1 }, retries: ['FAILED_ACTIONS'], runs: { A: 2, B: 1, C: 1, D: 1 }, status: 'Succeeded' },
    { failing: { A: 1 }, retries: ['ALL_ACTIONS'], runs: { A: 2, B: 2, C: 1, D: 1 }, status: 'Succeeded' },
    { failing: { A: 1, B: 1 }, retries: ['FAILED_ACTIONS'], runs: { A: 2, B: 2, C: 1, D: 1 }, status: 'Succeeded' },
    { failing: { C: 1 }, retries: ['FAILED_ACTIONS'], runs: { A: 1, B: 1, C: 2, D: 1 }, status: 'Succeeded' },
    { failing: { C: 1 }, retries: ['ALL_ACTIONS'], runs: { A: 2, B: 2, C: 2, D: 1 }, status: 'Succeeded' },
    { failing: { D: 1 }, retries: ['FAILED_ACTIONS'], runs: { A: 1, B: 1, C: 1, D: 2 }, status: 'Succeeded' },
    { failing: { D: 1 }, retries: ['ALL_ACTIONS'], runs: { A: 2, B: 2, C: 2, D: 2 }, status: 'Succeeded' },
    { failing: { C: 2 }, retries: ['FAILED_ACTIONS'], runs: { A: 1, B: 1, C: 2, D: 0 }, status: 'Failed' },
    {
      failing: { C: 2 },
      retries: ['FAILED_ACTIONS', 'FAILED_ACTIONS'],
      runs: { A: 1, B: 1, C: 3, D: 1 },
      status: 'Succeeded',
    },
    {
      failing: { C: 2 },
      retries: ['ALL_ACTIONS', 'FAILED_ACTIONS'],
      runs: { A: 2, B: 2, C: 3, D: 1 },
      status: 'Succeeded',
    },
    {
      failing: { C: 2 },
      retries: ['FAILED_ACTIONS', 'ALL_ACTIONS'],
      runs: { A: 2, B: 2, C: 3, D: 1 },
      status: 'Succeeded',
    },
  ])('with $failing failing, $retries', ({ failing, retries, runs, status }) => {
    for (const mode of modes) {
      const state = tried(failing, retries, mode);
      expect(state.status).toBe(status);
      const counted = Object.keys(runs).map((name) => [name, attempts(state, `B/${name}`).length]);
      expect(Object.fromEntries(counted)).toEqual(runs);
      expect(attempts(state, 'S/Repo'), 'no stage before it').toEqual(['Succeeded']);
      expect(attempts(state, 'T/Next')).toHaveLength(status === 'Succeeded' ? 1 : 0);
    }
  });

  it('of the source stage fetches the source again', () => {
    const run = simulate({
      pipeline,
      outcome: ({ actionName, attempt }) => (actionName === 'Repo' && attempt === 1 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    run.retry('E1', 'S');
    run.clock.runToEnd();
    expect(attempts(run.state('E1'), 'S/Repo')).toEqual(['Failed', 'Succeeded']);
    expect(run.state('E1').status).toBe('Succeeded');
  });

  it('keeps the execution and its id; every action execution has a new one', () => {
    const state = tried({ A: 1 }, ['ALL_ACTIONS']);
    expect(state.pipelineExecutionId).toBe('E1');
    const ids = ['A', 'B'].flatMap((name) =>
      attemptsOf(actionOf(state, 'B', name)).map(({ actionExecutionId }) => actionExecutionId),
    );
    expect(new Set(ids).size).toBe(4);
  });

  it('can happen again and again in a later stage', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['X'], D: ['Y'] }),
      outcome: ({ attempt, stageName }) => (stageName !== 'S' && attempt < 3 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    for (const stageName of ['B', 'B', 'D', 'D']) {
      expect(situationOf(run)).toBe('E1 Failed');
      run.retry('E1', stageName);
      run.clock.runToEnd();
    }
    expect(situationOf(run)).toBe('E1 Succeeded');
    expect(run.state('E1').attempt).toBe(5);
  });
});

describe('§7 the automatic retry', () => {
  const failing = (times: number) => (action: StartAction) =>
    action.actionName === 'X' && action.attempt <= times ? { status: 'Failed' as const } : {};
  const ran = (times: number, retryMode?: RetryMode, executionMode: ExecutionMode = 'SUPERSEDED') => {
    const declaration = pipelineOf({ S: ['Repo'], B: ['X', 'Y@2'] }, { executionMode });
    const run = simulate({ pipeline: withAutomaticRetry(declaration, retryMode), outcome: failing(times) });
    run.start('E1');
    run.clock.runToEnd();
    return run;
  };

  test.each([
    { retryMode: undefined, ends: 'FAILED_ACTIONS' },
    { retryMode: 'FAILED_ACTIONS' as const, ends: 'FAILED_ACTIONS' },
    { retryMode: 'ALL_ACTIONS' as const, ends: 'ALL_ACTIONS' },
  ])('declared with $retryMode is of $ends', ({ retryMode, ends }) => {
    expect(stageOf(ran(1, retryMode).state('E1'), 'B')?.retryMode).toBe(ends);
  });

  test.each(modes)('is exactly one attempt in %s mode', (mode) => {
    expect(ran(1, undefined, mode).state('E1').status).toBe('Succeeded');
    const failed = ran(2, undefined, mode).state('E1');
    expect(failed.status).toBe('Failed');
    expect(attempts(failed, 'B/X')).toEqual(['Failed', 'Failed']);
  });

  it('that failed leaves the stage to be retried by hand, and does not come again after that', () => {
    const run = ran(3);
    run.retry('E1', 'B');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Failed');
    expect(attempts(run.state('E1'), 'B/X')).toHaveLength(3);
    run.retry('E1', 'B');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
  });

  it('works for the source stage, and once for each stage', () => {
    const run = simulate({
      pipeline: withAutomaticRetry(pipelineOf({ S: ['Repo'], B: ['X'], D: ['Y'] })),
      outcome: ({ attempt }) => (attempt === 1 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Succeeded');
    expect(run.state('E1').stages.map((stage) => stage.retries.automatic)).toEqual([1, 1, 1]);
  });

  it('answers a rejected approval with a new question', () => {
    const run = simulate({ pipeline: withAutomaticRetry(pipelineOf({ S: ['Repo'], A: ['Approve'] })) });
    run.start('E1');
    run.clock.runToEnd();
    const before = actionOf(run.state('E1'), 'A', 'Approve');
    run.answer('E1', { ...approve, status: 'Rejected' });
    const after = actionOf(run.state('E1'), 'A', 'Approve');
    expect(run.state('E1').status).toBe('InProgress');
    expect(after).toMatchObject({ attempt: 2, status: 'InProgress' });
    expect(after?.approval?.token).not.toBe(before?.approval?.token);
  });

  it('comes before anybody else gets the stage, however long they have waited', () => {
    const run = simulate({
      pipeline: withAutomaticRetry(pipelineOf({ S: ['Repo'], B: ['X'] }, { executionMode: 'QUEUED' })),
      duration: () => 4,
      outcome: (action) => (action.pipelineExecutionId === 'E1' ? failing(1)(action) : {}),
    });
    run.start('E1');
    run.clock.advanceTo(4);
    run.start('E2');
    run.clock.runToEnd();
    expect(run.history('StageStarted').filter((line) => line.endsWith('B'))).toEqual([
      '4 E1 StageStarted B',
      '8 E1 StageStarted B',
      '12 E2 StageStarted B',
    ]);
  });
});

describe('§7 the counters', () => {
  it('of the execution, the stage and the action rise with each retry, each for itself', () => {
    const declaration = pipelineOf({ S: ['Repo'], B: ['X', 'Y'], D: ['Z'] });
    const stages = declaration.stages.map((stage) =>
      stage.name === 'B' ? { ...stage, onFailure: { result: 'RETRY' as const } } : stage,
    );
    const run = simulate({
      pipeline: { ...declaration, stages },
      outcome: ({ actionName, attempt }) => (actionName === 'Y' && attempt <= 3 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    const counters = () => {
      const state = run.state('E1');
      const { attempt = 0, retries } = stageOf(state, 'B') ?? {};
      const of = (name: string) => actionOf(state, 'B', name)?.attempt;
      return [state.attempt, attempt, of('X'), of('Y'), retries?.automatic, retries?.manual, retries?.latestTrigger];
    };
    expect(counters()).toEqual([2, 2, 1, 2, 1, 0, 'AutomatedStageRetry']);
    run.retry('E1', 'B', 'FAILED_ACTIONS');
    run.clock.runToEnd();
    expect(counters()).toEqual([3, 3, 1, 3, 1, 1, 'ManualStageRetry']);
    run.retry('E1', 'B', 'ALL_ACTIONS');
    run.clock.runToEnd();
    expect(counters()).toEqual([4, 4, 2, 4, 1, 2, 'ManualStageRetry']);
    expect(run.state('E1').status).toBe('Succeeded');
    expect(stageOf(run.state('E1'), 'D')).toMatchObject({ attempt: 1, retries: { automatic: 0, manual: 0 } });
  });
});
