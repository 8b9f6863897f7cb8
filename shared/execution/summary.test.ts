import { describe, expect, it, test } from 'vitest';
import { executionSummarySchema } from '../ipc/contract.ts';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { simulate } from '../testing/simulate.ts';
import { notStarted } from './evolve.ts';
import { summaryOf } from './summary.ts';

describe('the summary of an execution', () => {
  it('has its revision, its times and how it ended, in the shape the window takes', () => {
    const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Compile'] });
    const revision = { revisionId: 'abc', commitMessage: 'Add cart' };
    const state = executionOf(pipeline, {
      outcome: ({ actionName }) => (actionName === 'Repo' ? { revision } : {}),
    }).toEnd();
    const summary = summaryOf(state);
    expect(executionSummarySchema.parse(summary)).toMatchObject({
      pipelineName: 'sketch',
      status: 'Succeeded',
      revisionId: 'abc',
      revisionSummary: 'Add cart',
      startTime: 0,
      duration: 2,
      failedAction: '',
      waitsForApproval: false,
    });
  });

  it('names the action that failed first', () => {
    const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Slow', 'Quick'] });
    const run = simulate({
      pipeline,
      duration: ({ actionName }) => (actionName === 'Slow' ? 5 : 1),
      outcome: ({ stageName }) => (stageName === 'Build' ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    expect(summaryOf(run.state('E1'))?.failedAction).toBe('Build/Quick');
  });

  it('says when an approval waits, and has no duration until the end', () => {
    const run = simulate({ pipeline: pipelineOf({ Source: ['Repo'], Sign: ['Approve'] }) });
    run.start('E1');
    run.clock.runToEnd();
    expect(summaryOf(run.state('E1'))).toMatchObject({ waitsForApproval: true, duration: undefined });
    run.answer('E1', { stageName: 'Sign', actionName: 'Approve', status: 'Approved' });
    expect(summaryOf(run.state('E1'))?.waitsForApproval).toBe(false);
  });

  it('does not exist before the execution does', () => {
    expect(summaryOf(notStarted)).toBeUndefined();
  });

  describe('of an execution that', () => {
    const pipeline = pipelineOf({ S: ['Repo'], B: ['X', 'Y@2'], A: ['Approve'] });
    const run = (failing: string[] = []) => {
      const made = simulate({
        pipeline,
        duration: () => 3,
        outcome: ({ actionName, attempt }) =>
          failing.includes(actionName) && attempt === 1 ? { status: 'Failed' } : {},
      });
      made.start('E1');
      return made;
    };
    const at = (
      time: number,
      act: (made: ReturnType<typeof run>) => void = () => undefined,
      failing: string[] = [],
    ) => {
      const made = run(failing);
      made.clock.advanceTo(time);
      act(made);
      return summaryOf(made.state('E1'));
    };
    const approval = { stageName: 'A', actionName: 'Approve' };

    test.each([
      { what: 'runs', summary: at(4), status: 'InProgress', duration: undefined },
      { what: 'has just started', summary: at(0), status: 'InProgress', duration: undefined },
      { what: 'is being stopped', summary: at(4, (made) => made.stop('E1')), status: 'Stopping', duration: undefined },
      { what: 'was stopped', summary: at(4, (made) => made.stop('E1', true)), status: 'Stopped', duration: 4 },
      { what: 'failed', summary: at(20, undefined, ['X']), status: 'Failed', duration: 6 },
      {
        what: 'is retried',
        summary: at(20, (made) => made.retry('E1', 'B'), ['X']),
        status: 'InProgress',
        duration: undefined,
      },
      {
        what: 'succeeded',
        summary: at(20, (made) => made.answer('E1', { ...approval, status: 'Approved' })),
        status: 'Succeeded',
        duration: 20,
      },
      {
        what: 'was rejected',
        summary: at(20, (made) => made.answer('E1', { ...approval, status: 'Rejected' })),
        status: 'Failed',
        duration: 20,
      },
    ])('$what is $status with duration $duration', ({ summary, status, duration }) => {
      expect(executionSummarySchema.parse(summary)).toMatchObject({ status });
      expect(summary?.duration).toBe(duration);
      expect(summary?.startTime).toBe(0);
    });

    test.each([
      { what: 'an action that failed', summary: at(20, undefined, ['X']), failedAction: 'B/X' },
      { what: 'one that failed in a later group', summary: at(20, undefined, ['Y']), failedAction: 'B/Y' },
      { what: 'the source', summary: at(20, undefined, ['Repo']), failedAction: 'S/Repo' },
      { what: 'nothing, when it was abandoned', summary: at(4, (made) => made.stop('E1', true)), failedAction: '' },
      {
        what: 'nothing any more, when its retry succeeded',
        summary: at(
          20,
          (made) => {
            made.retry('E1', 'B');
            made.clock.advanceTo(40);
          },
          ['X'],
        ),
        failedAction: '',
      },
      {
        what: 'the approval that was rejected',
        summary: at(20, (made) => made.answer('E1', { ...approval, status: 'Rejected' })),
        failedAction: 'A/Approve',
      },
    ])('names $what', ({ summary, failedAction }) => {
      expect(summary?.failedAction).toBe(failedAction);
    });

    test.each([
      { when: 'before its approval', summary: at(4), waits: false },
      { when: 'at its approval', summary: at(20), waits: true },
      { when: 'at its approval while stopping', summary: at(20, (made) => made.stop('E1')), waits: true },
      { when: 'when the approval was abandoned', summary: at(20, (made) => made.stop('E1', true)), waits: false },
    ])('$when waits for an answer: $waits', ({ summary, waits }) => {
      expect(summary?.waitsForApproval).toBe(waits);
    });
  });

  it('shows the revision of the first source that has one, and nothing for a plain folder', () => {
    const pipeline = pipelineOf({ S: ['Folder', 'Repo'], B: ['X'] });
    const revised = (revision?: { revisionId: string; commitMessage?: string }) =>
      summaryOf(
        executionOf(pipeline, {
          outcome: ({ actionName }) => (actionName === 'Repo' && revision ? { revision } : {}),
        }).toEnd(),
      );
    expect(revised({ revisionId: 'abc' })).toMatchObject({ revisionId: 'abc', revisionSummary: '' });
    expect(revised()).toMatchObject({ revisionId: '', revisionSummary: '' });
  });
});
