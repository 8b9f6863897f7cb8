import { describe, expect, it } from 'vitest';
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
});
