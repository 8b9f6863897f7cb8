import { describe, expect, it, test } from 'vitest';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { replay } from './evolve.ts';
import { actionOf, stageOf } from './executionState.ts';
import { fork } from './fork.ts';

/** Executions that begin with the results of another: run from here, run only this action, fork from an instant. */

const pack = { name: 'Pack@2', configuration: { P: '#{Made.Tag}' } };
const plain = pipelineOf({
  S: ['Repo'],
  B: [{ name: 'Make', namespace: 'Made' }, 'Lint', pack],
  D: [{ name: 'Ship', inputArtifacts: [{ name: 'MakeOut' }], configuration: { P: '#{Made.Tag}' } }],
});
const run = (more: Partial<SimulationOptions> = {}) => {
  const at = simulate({
    pipeline: plain,
    outcome: ({ pipelineExecutionId }) => ({ outputVariables: { Tag: `of ${pipelineExecutionId}` } }),
    ...more,
  });
  at.start('E1');
  at.clock.runToEnd();
  return at;
};
const ran = (at: ReturnType<typeof run>, id: string) =>
  at.history('ActionStarted').flatMap((line) => (line.includes(` ${id} `) ? [line.split(' ')[3]] : []));

describe('run from here', () => {
  it('at a stage: it and all that follow, with what the stages before it had made', () => {
    const at = run();
    at.fork('E2', 'E1', { stageName: 'D' });
    at.clock.runToEnd();
    expect(ran(at, 'E2')).toEqual(['D/Ship']);
    const [first, again] = ['E1', 'E2'].map((id) => actionOf(at.state(id), 'D', 'Ship'));
    expect(again?.inputArtifacts).toEqual(first?.inputArtifacts);
    expect(again?.resolvedConfiguration).toEqual({ P: 'of E1' });
    expect(at.state('E2')).toMatchObject({ status: 'Succeeded', executionType: 'STANDARD' });
  });

  it('at a stage in the middle goes on to the end, and what it makes anew counts', () => {
    const at = run();
    at.fork('E2', 'E1', { stageName: 'B' });
    at.clock.runToEnd();
    expect(ran(at, 'E2')).toEqual(['B/Make', 'B/Lint', 'B/Pack', 'D/Ship']);
    expect(actionOf(at.state('E2'), 'D', 'Ship')?.resolvedConfiguration).toEqual({ P: 'of E2' });
  });

  it('at an action: lower run orders count as done, and siblings that had succeeded', () => {
    const at = run();
    at.fork('E2', 'E1', { stageName: 'B', actionName: 'Pack' });
    at.clock.runToEnd();
    expect(ran(at, 'E2')).toEqual(['B/Pack', 'D/Ship']);
    at.fork('E3', 'E1', { stageName: 'B', actionName: 'Lint' });
    at.clock.runToEnd();
    expect(ran(at, 'E3')).toEqual(['B/Lint', 'B/Pack', 'D/Ship']);
  });

  it('from a fork of a fork has the results of the first', () => {
    const at = run();
    at.fork('E2', 'E1', { stageName: 'B', actionName: 'Pack' });
    at.clock.runToEnd();
    at.fork('E3', 'E2', { stageName: 'D' });
    at.fork('E4', 'E2', { stageName: 'B', keepDone: true });
    at.clock.runToEnd();
    expect(ran(at, 'E3')).toEqual(['D/Ship']);
    expect(actionOf(at.state('E3'), 'D', 'Ship')?.resolvedConfiguration).toEqual({ P: 'of E1' });
    expect(ran(at, 'E4')).toEqual(['D/Ship']);
  });

  it('is an execution of its own: the other can not be retried where this one has been since', () => {
    const at = run({
      outcome: ({ actionName, pipelineExecutionId }) => ({
        outputVariables: { Tag: `of ${pipelineExecutionId}` },
        ...(actionName === 'Ship' && pipelineExecutionId === 'E1' ? { status: 'Failed' as const } : {}),
      }),
    });
    at.fork('E2', 'E1', { stageName: 'D' });
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Succeeded');
    expect(() => at.retry('E1', 'D')).toThrow(/NotLatestPipelineExecutionException/);
  });

  it('that was at a later stage before does not keep an older one from its retry there', () => {
    const at = run({
      duration: () => 5,
      outcome: ({ actionName, pipelineExecutionId, attempt }) => ({
        outputVariables: { Tag: `of ${pipelineExecutionId}` },
        ...(actionName === 'Ship' && pipelineExecutionId === 'E2' && attempt === 1
          ? { status: 'Failed' as const }
          : {}),
      }),
    });
    at.start('E2');
    at.fork('E3', 'E1', { stageName: 'D' });
    at.clock.runToEnd();
    expect([at.state('E2').status, at.state('E3').status]).toEqual(['Failed', 'Succeeded']);
    at.retry('E2', 'D');
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Succeeded');
  });

  test.each([
    { retryMode: 'FAILED_ACTIONS' as const, again: ['B/Pack', 'B/Pack'] },
    { retryMode: 'ALL_ACTIONS' as const, again: ['B/Pack', 'B/Make', 'B/Pack'] },
  ])('a retry of $retryMode runs what counts as done only if all is to run again', ({ retryMode, again }) => {
    const at = run({
      pipeline: pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'] }),
      outcome: ({ actionName, pipelineExecutionId, attempt }) =>
        actionName === 'Pack' && pipelineExecutionId === 'E2' && attempt === 1 ? { status: 'Failed' } : {},
    });
    at.fork('E2', 'E1', { stageName: 'B', actionName: 'Pack' });
    at.clock.runToEnd();
    at.retry('E2', 'B', retryMode);
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Succeeded');
    expect(ran(at, 'E2')).toEqual(again);
  });
});

describe('run only this action', () => {
  it('runs it with the inputs of the other execution, and nothing else', () => {
    const at = run();
    at.fork('E2', 'E1', { stageName: 'B', actionName: 'Pack', only: true });
    at.clock.runToEnd();
    expect(ran(at, 'E2')).toEqual(['B/Pack']);
    expect(actionOf(at.state('E2'), 'B', 'Pack')?.resolvedConfiguration).toEqual({ P: 'of E1' });
    expect(at.state('E2').status).toBe('Succeeded');
    expect(stageOf(at.state('E2'), 'D')?.status).toBeUndefined();
  });

  it('evaluates no condition, retries nothing and rolls nothing back', () => {
    const gates = {
      beforeEntry: { conditions: [condition('FAIL', 'A')] },
      onSuccess: { conditions: [condition('FAIL', 'B')] },
      onFailure: { result: 'RETRY' as const },
    };
    const at = run({
      pipeline: withStages(plain, { B: gates }),
      outcome: ({ pipelineExecutionId, actionName }) => ({
        outputVariables: { Tag: 'v' },
        ...(pipelineExecutionId === 'E2' && actionName === 'Lint' ? { status: 'Failed' as const } : {}),
      }),
    });
    at.fork('E2', 'E1', { stageName: 'B', actionName: 'Lint', only: true });
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Failed');
    expect(at.history('ConditionStarted', 'StageRetryRequested').filter((line) => line.includes('E2'))).toEqual([]);
  });
});

describe('fork from an instant', () => {
  const failing = () =>
    run({
      outcome: ({ actionName, pipelineExecutionId }) => ({
        outputVariables: { Tag: `of ${pipelineExecutionId}` },
        ...(actionName === 'Lint' && pipelineExecutionId === 'E1'
          ? { status: 'Failed' as const, outputArtifacts: [] }
          : {}),
      }),
    });

  it('goes on from what had succeeded then', () => {
    const at = failing();
    at.fork('E2', 'E1', {});
    at.clock.runToEnd();
    expect(ran(at, 'E2')).toEqual(['B/Lint', 'B/Pack', 'D/Ship']);
    expect(actionOf(at.state('E2'), 'B', 'Pack')?.resolvedConfiguration).toEqual({ P: 'of E1' });
  });

  it('of any event of its log begins where it stood, or is refused', () => {
    const at = failing();
    const log = at.log('E1');
    const stood = log.map((_, index) => {
      const state = replay(log.slice(0, index + 1));
      return refusalOf(() => {
        const { stageName, results } = fork(state, {});
        expect(stageName).toBe(state.position.stageName);
        for (const place of Object.keys(results)) {
          const [stage = '', action = ''] = place.split('/');
          expect(actionOf(state, stage, action)?.status).toBe('Succeeded');
        }
      });
    });
    expect(stood[0]).toBe('fork.stage-not-found');
    expect(new Set(stood.slice(1))).toEqual(new Set(['accepted']));
  });
});

describe('what can not be', () => {
  const at = run({
    outcome: ({ actionName }) => (actionName === 'Make' ? { status: 'Failed', outputArtifacts: [] } : {}),
  });
  test.each([
    { request: { stageName: 'X' }, code: 'fork.stage-not-found' },
    { request: { stageName: 'B', actionName: 'X' }, code: 'fork.action-not-found' },
    { request: { stageName: 'B', only: true }, code: 'fork.action-not-found' },
    { request: { stageName: 'D' }, code: 'fork.not-that-far' },
    { request: { stageName: 'B' }, code: 'accepted' },
    { request: { stageName: 'S' }, code: 'accepted' },
  ])('$request: $code', ({ request, code }) => {
    expect(refusalOf(() => fork(at.state('E1'), request))).toBe(code);
  });
});
