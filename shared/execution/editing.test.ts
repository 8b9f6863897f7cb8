import { describe, expect, it, test } from 'vitest';
import { flow, situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { simulate } from '../testing/simulate.ts';
import { cancel } from './commands.ts';
import { notStarted } from './evolve.ts';
import { actionOf, stageOf } from './executionState.ts';
import { validateTransition } from './validateTransition.ts';

/** §15 of reference/execution-semantics.md: what an update of the definition does to executions; and the reason of a transition. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'], D: ['Ship'] });

describe.each(['SUPERSEDED', 'QUEUED'] as const)('§15 an update of a pipeline in %s mode', (mode) => {
  it('lets the current actions finish, then the execution is Cancelled', () => {
    const at = simulate({ pipeline: { ...plain, executionMode: mode }, duration: () => 5 });
    at.start('E1');
    at.clock.advanceTo(6);
    at.update({ ...plain, executionMode: mode });
    expect(at.state('E1').status).toBe('InProgress');
    at.clock.runToEnd();
    expect(at.history().slice(-3)).toEqual([
      '10 E1 ActionFinished B/Make Succeeded',
      '10 E1 StageFinished B Cancelled',
      '10 E1 ExecutionFinished Cancelled',
    ]);
    expect(actionOf(at.state('E1'), 'B', 'Pack')).toBeUndefined();
  });

  it('cancels executions that wait at once', () => {
    const at = flow(mode, { E1: 0, E2: 2 });
    at.clock.advanceTo(4);
    expect(situationOf(at)).toBe('E1 in B, E2 waits at B');
    at.update(at.state('E1').declaration);
    expect(situationOf(at)).toBe('E1 in B, E2 Cancelled');
  });

  it('cancels one that is being stopped, and one whose action fails meanwhile', () => {
    const at = simulate({
      pipeline: { ...plain, executionMode: mode },
      duration: () => 5,
      outcome: ({ actionName }) => (actionName === 'Make' ? { status: 'Failed' } : {}),
    });
    at.start('E1');
    at.clock.advanceTo(6);
    at.stop('E1');
    at.update(plain);
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Cancelled');
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Cancelled');
  });

  it('after which neither retry nor an older definition is possible: the version changed', () => {
    const at = simulate({
      pipeline: { ...plain, executionMode: mode },
      outcome: ({ actionName }) => (actionName === 'Ship' ? { status: 'Failed' } : {}),
    });
    at.start('E1');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Failed');
    at.update({ ...plain, executionMode: mode });
    expect(at.state('E1').status).toBe('Failed');
    expect(() => at.retry('E1', 'D')).toThrow(
      /version 1 of the pipeline, which is version 2 now \(StageNotRetryableException\)/,
    );
    at.start('E2');
    expect(at.state('E2').pipelineVersion).toBe(2);
  });

  it('to PARALLEL cancels them all the same', () => {
    const at = flow(mode, { E1: 0 });
    at.clock.advanceTo(2);
    at.update({ ...at.state('E1').declaration, executionMode: 'PARALLEL' });
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Cancelled');
  });
});

describe('§15 an update of a PARALLEL pipeline', () => {
  test.each(['PARALLEL', 'QUEUED'] as const)(
    'to %s does not touch its executions, which keep their own definition',
    (executionMode) => {
      const at = flow('PARALLEL', { E1: 0 });
      at.clock.advanceTo(2);
      at.update({ ...pipelineOf({ S: ['Repo'], B: ['Make'] }), executionMode });
      at.start('E2');
      at.clock.runToEnd();
      expect(situationOf(at)).toBe('E1 Succeeded, E2 Succeeded');
      expect(stageOf(at.state('E1'), 'D')?.status).toBe('Succeeded');
    },
  );
});

it('§15 an update does nothing to what has finished, was cancelled before, or never started', () => {
  const at = flow('QUEUED', { E1: 0, E2: 1 });
  at.clock.advanceTo(9);
  expect(cancel(at.state('E1'), 'x')).toEqual([]);
  expect(cancel(at.state('E2'), 'x')).toEqual([{ type: 'CancelRequested', reason: 'x' }]);
  at.update(at.state('E2').declaration);
  expect(cancel(at.state('E2'), 'x')).toEqual([]);
  expect(cancel(notStarted, 'x')).toEqual([]);
});

describe('§5 the reason for disabling a transition (X-011)', () => {
  test.each([
    ['freeze until Monday!', 'accepted'],
    ['a@b.c (x*?-)', 'accepted'],
    ['x'.repeat(300), 'accepted'],
    ['x'.repeat(301), 'ValidationException'],
    ['', 'ValidationException'],
    ['line\nbreak', 'ValidationException'],
    ['a/b', 'ValidationException'],
    ['Größe', 'ValidationException'],
  ])('%j: %s', (reason, answer) => {
    expect(refusalOf(() => validateTransition({ reason }))).toBe(answer);
  });

  it('names the characters that it must not have', () => {
    expect(() => validateTransition({ reason: 'a/b/c;', stageName: 'B' })).toThrow('The reason contains "/", ";"');
  });
});
