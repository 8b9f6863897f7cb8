import { describe, expect, it, test } from 'vitest';
import { situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type Simulation, simulate } from '../testing/simulate.ts';
import { putApprovalResult } from './commands.ts';
import { actionOf, stageOf, waitsForApproval } from './executionState.ts';

/** §9 of reference/execution-semantics.md: manual approvals. */

const modes = ['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const;
const pipeline = pipelineOf({ S: ['Repo'], A: ['Approve'], D: ['Ship'] });
const place = { stageName: 'A', actionName: 'Approve' };
const asked = (options: Partial<Parameters<typeof simulate>[0]> = {}, id = 'E1') => {
  const run = simulate({ pipeline, ...options });
  run.start(id);
  run.clock.advanceTo(5);
  return run;
};
const approvalOf = (run: Simulation, id = 'E1') => actionOf(run.state(id), 'A', 'Approve');

describe('§9.1 an approval', () => {
  it('is InProgress with a token and a time to answer by', () => {
    const run = asked();
    expect(approvalOf(run)).toMatchObject({
      status: 'InProgress',
      startedAt: 1,
      approval: { token: expect.stringMatching(/./), expiresAt: 1 + 10_080, answer: undefined },
    });
    expect(waitsForApproval(approvalOf(run))).toBe(true);
  });

  it('has another token in every execution', () => {
    const run = simulate({ pipeline: { ...pipeline, executionMode: 'PARALLEL' } });
    for (const id of ['E1', 'E2']) run.start(id);
    run.clock.advanceTo(5);
    expect(approvalOf(run, 'E1')?.approval?.token).not.toBe(approvalOf(run, 'E2')?.approval?.token);
  });

  it('has another token than the approval beside it', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve', 'ApproveToo'] }) });
    run.start('E1');
    run.clock.advanceTo(5);
    const second = actionOf(run.state('E1'), 'A', 'ApproveToo');
    expect(approvalOf(run)?.approval?.token).not.toBe(second?.approval?.token);
  });
});

describe('§9.3 the summary of an answer', () => {
  const answer = (summary: string) => {
    const run = asked();
    const token = approvalOf(run)?.approval?.token ?? '';
    const input = { ...place, token, status: 'Approved' as const, summary, answeredBy: 'ann' };
    return putApprovalResult(run.state('E1'), input, 5);
  };
  it('has at most 512 characters, through whichever door it comes', () => {
    expect(answer('x'.repeat(512))).toHaveLength(1);
    expect(() => answer('x'.repeat(513))).toThrow('The summary has 513 characters');
  });
});

describe('§9.2 while an approval waits', () => {
  test.each(['SUPERSEDED', 'QUEUED'] as const)('its stage stays locked in %s mode', (executionMode) => {
    const run = asked({ pipeline: { ...pipeline, executionMode } });
    run.start('E2');
    run.clock.advanceTo(50);
    expect(situationOf(run)).toBe('E1 in A, E2 waits at A');
  });

  it('occupies no slot of this machine', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve', 'Work'] }), slots: 1 });
    run.start('E1');
    run.clock.runToEnd();
    expect(actionOf(run.state('E1'), 'A', 'Work')?.status).toBe('Succeeded');
    expect(approvalOf(run)?.status).toBe('InProgress');
  });

  it('nothing is decided, however often it is asked', () => {
    const run = asked();
    const before = run.history();
    run.clock.advanceTo(5000);
    expect(run.history()).toEqual(before);
  });
});

describe('§9.4 the answer', () => {
  test.each([
    { status: 'Approved', action: 'Succeeded', stage: 'Succeeded', leadsTo: 'E1 in D' },
    { status: 'Rejected', action: 'Failed', stage: 'Failed', leadsTo: 'E1 Failed' },
  ] as const)('$status makes the action $action', ({ status, action, stage, leadsTo }) => {
    for (const executionMode of modes) {
      const run = asked({ pipeline: { ...pipeline, executionMode } });
      run.answer('E1', { ...place, status });
      expect(approvalOf(run)).toMatchObject({ status: action, summary: 'seen' });
      expect(stageOf(run.state('E1'), 'A')?.status).toBe(stage);
      expect(situationOf(run)).toBe(leadsTo);
    }
  });

  it('that does not come in time fails the action like any other', () => {
    const run = asked({ approvalTime: 60 });
    run.clock.advanceTo(60);
    expect(situationOf(run)).toBe('E1 in A');
    run.clock.advanceTo(61);
    expect(approvalOf(run)).toMatchObject({ status: 'Failed', errorDetails: { code: 'TimedOut' } });
    expect(situationOf(run)).toBe('E1 Failed');
  });

  it('of one approval leaves the others of its group waiting', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve', 'ApproveToo', 'Ship@2'] }) });
    run.start('E1');
    run.clock.advanceTo(5);
    run.answer('E1', { ...place, status: 'Approved' });
    expect(run.state('E1').runningActions).toBe(1);
    run.answer('E1', { ...place, actionName: 'ApproveToo', status: 'Approved' });
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Succeeded');
  });

  it('that rejects one of a group fails the stage only when the others have been answered', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve', 'ApproveToo', 'Ship@2'] }) });
    run.start('E1');
    run.clock.advanceTo(5);
    run.answer('E1', { ...place, status: 'Rejected' });
    expect(situationOf(run)).toBe('E1 in A');
    run.answer('E1', { ...place, actionName: 'ApproveToo', status: 'Approved' });
    expect(situationOf(run)).toBe('E1 Failed');
    expect(actionOf(run.state('E1'), 'A', 'Ship')).toBeUndefined();
  });

  it('§9.7 is kept with who gave it, when and why', () => {
    const run = asked();
    run.clock.advanceTo(42);
    run.answer('E1', { ...place, status: 'Approved' });
    expect(approvalOf(run)?.approval?.answer).toEqual({
      status: 'Approved',
      summary: 'seen',
      answeredBy: 'spec',
      at: 42,
    });
  });
});

describe('§9.6 an answer is refused', () => {
  const answer = (run: Simulation, more: object = {}, now = 6) =>
    refusalOf(() =>
      putApprovalResult(
        run.state('E1'),
        {
          ...place,
          token: approvalOf(run)?.approval?.token ?? '',
          status: 'Approved',
          summary: '',
          answeredBy: 'spec',
          ...more,
        },
        now,
      ),
    );

  test.each<{ when: string; prepare?: (run: Simulation) => void; more?: object; now?: number; answer: string }>([
    { when: 'everything is right, not', answer: 'accepted' },
    { when: 'the stage is unknown', more: { stageName: 'X' }, answer: 'StageNotFoundException' },
    { when: 'the action is unknown', more: { actionName: 'X' }, answer: 'ActionNotFoundException' },
    {
      when: 'the action has not been started',
      more: { stageName: 'D', actionName: 'Ship' },
      answer: 'ActionNotFoundException',
    },
    { when: 'the token is another', more: { token: 'x' }, answer: 'InvalidApprovalTokenException' },
    { when: 'the token is empty', more: { token: '' }, answer: 'InvalidApprovalTokenException' },
    {
      when: 'the action is no approval',
      more: { stageName: 'S', actionName: 'Repo', token: '' },
      answer: 'InvalidApprovalTokenException',
    },
    { when: 'its time is over', now: 10_081, answer: 'InvalidApprovalTokenException' },
    { when: 'its time is not over, not', now: 10_080, answer: 'accepted' },
    {
      when: 'it was approved before',
      prepare: (run) => run.answer('E1', { ...place, status: 'Approved' }),
      answer: 'ApprovalAlreadyCompletedException',
    },
    {
      when: 'it was rejected before',
      prepare: (run) => run.answer('E1', { ...place, status: 'Rejected' }),
      answer: 'ApprovalAlreadyCompletedException',
    },
    {
      when: 'it was abandoned',
      prepare: (run) => run.stop('E1', true),
      answer: 'ApprovalAlreadyCompletedException',
    },
    { when: 'its execution only waits for it to stop, not', prepare: (run) => run.stop('E1'), answer: 'accepted' },
  ])('when $when: $answer', ({ prepare, more, now, answer: expected }) => {
    const run = asked();
    prepare?.(run);
    expect(answer(run, more, now)).toBe(expected);
  });
});

describe('§9.8 a retry', () => {
  const old = (token = '') => ({ token, status: 'Approved' as const, summary: '', answeredBy: 'spec' });

  test.each(['FAILED_ACTIONS', 'ALL_ACTIONS'] as const)(
    'with %s asks anew, with a new token and new time',
    (retryMode) => {
      const run = asked();
      const first = approvalOf(run)?.approval;
      run.answer('E1', { ...place, status: 'Rejected' });
      run.clock.advanceTo(100);
      run.retry('E1', 'A', retryMode);
      const second = approvalOf(run);
      expect(second).toMatchObject({ attempt: 2, status: 'InProgress', approval: { expiresAt: 100 + 10_080 } });
      expect(second?.approval?.token).not.toBe(first?.token);
      expect(second?.previous?.approval?.answer?.status).toBe('Rejected');
      expect(refusalOf(() => putApprovalResult(run.state('E1'), { ...place, ...old(first?.token) }, 101))).toBe(
        'InvalidApprovalTokenException',
      );
    },
  );
  it('of other failed actions does not ask again what was approved, and ALL_ACTIONS does', () => {
    for (const [retryMode, asks] of [
      ['FAILED_ACTIONS', 1],
      ['ALL_ACTIONS', 2],
    ] as const) {
      const run = simulate({
        pipeline: pipelineOf({ S: ['Repo'], A: ['Approve', 'Ship@2'] }),
        outcome: ({ actionName, attempt }) => (actionName === 'Ship' && attempt === 1 ? { status: 'Failed' } : {}),
      });
      run.start('E1');
      run.clock.advanceTo(5);
      run.answer('E1', { ...place, status: 'Approved' });
      run.clock.runToEnd();
      run.retry('E1', 'A', retryMode);
      run.clock.runToEnd();
      expect(run.history('ApprovalRequested')).toHaveLength(asks);
    }
  });
});

describe('§9.9 CustomData and ExternalEntityLink', () => {
  it('may hold variable references, which are resolved when the question is asked', () => {
    const approve = {
      name: 'Approve',
      configuration: { CustomData: 'Ship #{Src.Id}?', ExternalEntityLink: 'https://example.com/#{Src.Id}' },
    };
    const run = simulate({
      pipeline: pipelineOf({ S: [{ name: 'Repo', namespace: 'Src' }], A: [approve] }),
      outcome: () => ({ outputVariables: { Id: 'abc' } }),
    });
    run.start('E1');
    run.clock.advanceTo(5);
    expect(approvalOf(run)?.resolvedConfiguration).toEqual({
      CustomData: 'Ship abc?',
      ExternalEntityLink: 'https://example.com/abc',
    });
  });

  it('with a reference that nobody set fail the approval before anybody is asked', () => {
    const approve = { name: 'Approve', configuration: { CustomData: '#{Nobody.Id}' } };
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: [approve] }) });
    run.start('E1');
    run.clock.advanceTo(5);
    expect(approvalOf(run)).toMatchObject({ status: 'Failed', approval: undefined });
  });
});

describe('§9 and §4 together', () => {
  it('a newer execution waits behind the approval, and supersedes only those that wait with it', () => {
    const made = simulate({ pipeline });
    for (const id of ['E1', 'E2', 'E3']) {
      made.start(id);
      made.clock.advanceTo(made.clock.now() + 3);
    }
    expect(situationOf(made)).toBe('E1 in A, E2 Superseded, E3 waits at A');
    made.answer('E1', { ...place, status: 'Rejected' });
    expect(situationOf(made)).toBe('E1 Failed, E2 Superseded, E3 in A');
    expect(refusalOf(() => made.retry('E1', 'A'))).toBe('NotLatestPipelineExecutionException');
  });
});
