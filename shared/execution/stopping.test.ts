import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { flow } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type StartAction, simulate } from '../testing/simulate.ts';
import { withAutomaticRetry } from '../testing/withAutomaticRetry.ts';
import { decide } from './decide.ts';
import type { ExecutionEvent, Happening } from './events.ts';
import { evolve, notStarted } from './evolve.ts';
import { actionOf, attemptsOf, type ExecutionState, stageOf } from './executionState.ts';

/** §6 of reference/execution-semantics.md: stopping an execution. */

const modes = ['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const;
const attempts = (state: ExecutionState, place: string): string[] => {
  const [stageName = '', actionName = ''] = place.split('/');
  return attemptsOf(actionOf(state, stageName, actionName)).map(({ status }) => status);
};
const approve = { stageName: 'A', actionName: 'Approve', status: 'Approved' as const };

/** A log by hand, for instants between events that no simulation stops at. */
const stateAfter = (declaration: PipelineDeclaration, ...happenings: Happening[]): ExecutionState => {
  const started: Happening = {
    type: 'ExecutionStarted',
    pipelineExecutionId: 'E1',
    pipelineName: declaration.name,
    pipelineVersion: 1,
    executionMode: 'SUPERSEDED',
    executionType: 'STANDARD',
    trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
    startNumber: 1,
    declaration,
    variables: {},
    bindings: {},
  };
  return [started, ...happenings].reduce(
    (state, happening) => evolve(state, { seq: state.lastSeq + 1, at: 0, mono: 0, ...happening } as ExecutionEvent),
    notStarted,
  );
};

describe('§6 a stop', () => {
  const reached: Happening = { type: 'StageEntranceReached', stageName: 'B' };
  const entered: Happening = { type: 'StageStarted', stageName: 'B', attempt: 1 };
  const left = (status: 'Succeeded' | 'Failed' | 'Stopped'): Happening => ({
    type: 'StageFinished',
    stageName: 'B',
    status,
  });
  const retried: Happening = {
    type: 'StageRetryRequested',
    stageName: 'B',
    retryMode: 'FAILED_ACTIONS',
    trigger: 'ManualStageRetry',
  };
  const failed: Happening = { type: 'ExecutionFinished', status: 'Failed' };

  test.each<{ where: string; before: Happening[] }>([
    { where: 'before its first entrance', before: [] },
    { where: 'at an entrance', before: [reached] },
    { where: 'inside a stage, before its first action', before: [reached, entered] },
    { where: 'between two stages', before: [reached, entered, left('Succeeded')] },
    { where: 'after a stage that failed in the same instant', before: [reached, entered, left('Failed')] },
    { where: 'after its retry was accepted', before: [reached, entered, left('Failed'), failed, retried] },
  ])('$where ends the execution Stopped, and starts nothing', ({ before }) => {
    const pipeline = withAutomaticRetry(pipelineOf({ S: ['Repo'], B: ['X'], D: ['Y'] }));
    const state = stateAfter(pipeline, ...before, { type: 'StopRequested', abandon: false, reason: 'enough' });
    expect(state.status).toBe('Stopping');
    const decided = decide([state]);
    expect(decided.at(-1)).toMatchObject({ happening: { type: 'ExecutionFinished', status: 'Stopped' } });
    expect(decided.every((decision) => decision.do === 'record')).toBe(true);
  });

  test.each(modes)('keeps its reason and its time in %s mode', (mode) => {
    const run = flow(mode, { E1: 0 });
    run.clock.advanceTo(3);
    run.stop('E1');
    expect(run.state('E1').stop).toEqual({ abandon: false, reason: 'spec', at: 3 });
    run.clock.runToEnd();
    expect(run.state('E1').stop).toEqual({ abandon: false, reason: 'spec', at: 3 });
  });

  test.each([
    { after: 'Succeeded', fails: () => false },
    { after: 'Failed', fails: ({ stageName }: StartAction) => stageName === 'D' },
  ])('is refused after $after', ({ after, fails }) => {
    const run = flow('SUPERSEDED', { E1: 0 }, fails);
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe(after);
    for (const abandon of [true, false]) {
      expect(refusalOf(() => run.stop('E1', abandon))).toBe('PipelineExecutionNotStoppableException');
    }
  });

  test.each([
    { first: 'wait', second: 'wait', answer: 'DuplicatedStopRequestException' },
    { first: 'wait', second: 'abandon', answer: 'accepted' },
    { first: 'abandon', second: 'wait', answer: 'PipelineExecutionNotStoppableException' },
    { first: 'abandon', second: 'abandon', answer: 'PipelineExecutionNotStoppableException' },
  ])('to $second after one to $first is $answer', ({ first, second, answer }) => {
    const run = flow('SUPERSEDED', { E1: 0 });
    run.clock.advanceTo(2);
    run.stop('E1', first === 'abandon');
    expect(refusalOf(() => run.stop('E1', second === 'abandon'))).toBe(answer);
  });

  it('that abandons asks for every action that runs, and again until each has ended', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['X', 'Y', 'Z@2'] }), duration: () => 3 });
    run.start('E1');
    run.clock.advanceTo(4);
    const state = run.state('E1');
    const stopping = evolve(state, {
      ...{ seq: state.lastSeq + 1, at: 4, mono: 4 },
      ...{ type: 'StopRequested', abandon: true, reason: '' },
    });
    const asked = decide([stopping]);
    expect(asked.map((decision) => decision.do === 'abandonAction' && decision.actionName)).toEqual(['X', 'Y']);
    expect(decide([stopping])).toEqual(asked);
  });

  test.each(modes)('never starts a later group or stage in %s mode', (mode) => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['X', 'Y@2'], D: ['Z'] }, { executionMode: mode }),
      duration: () => 2,
    });
    run.start('E1');
    run.clock.advanceTo(3);
    run.stop('E1');
    run.clock.runToEnd();
    expect(run.history('ActionStarted')).toHaveLength(2);
    expect(run.state('E1').position).toEqual({ at: 'ended', stageName: 'B' });
  });

  it('also stops actions from starting that only wait for a slot', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['X', 'Y'] }), duration: () => 3, slots: 1 });
    run.start('E1');
    run.clock.advanceTo(4);
    run.stop('E1');
    run.clock.runToEnd();
    expect(attempts(run.state('E1'), 'B/X')).toEqual(['Succeeded']);
    expect(attempts(run.state('E1'), 'B/Y')).toEqual([]);
    expect(run.state('E1').status).toBe('Stopped');
  });

  test.each([
    { how: 'answered', ends: { B: 'Stopped', action: 'Succeeded' } },
    { how: 'left to its time limit', ends: { B: 'Stopped', action: 'Failed' } },
    { how: 'abandoned', ends: { B: 'Stopped', action: 'Abandoned' } },
  ])('waits for an approval, which is then $how', ({ how, ends }) => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve'], D: ['Ship'] }), approvalTime: 30 });
    run.start('E1');
    run.clock.advanceTo(5);
    run.stop('E1');
    expect(run.state('E1')).toMatchObject({ status: 'Stopping', runningActions: 1 });
    if (how === 'answered') run.answer('E1', approve);
    if (how === 'abandoned') run.stop('E1', true);
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Stopped');
    expect(stageOf(run.state('E1'), 'A')?.status).toBe(ends.B);
    expect(attempts(run.state('E1'), 'A/Approve')).toEqual([ends.action]);
    expect(attempts(run.state('E1'), 'D/Ship')).toEqual([]);
  });

  it('keeps a stage from its automatic retry', () => {
    const run = simulate({
      pipeline: withAutomaticRetry(pipelineOf({ S: ['Repo'], B: ['X'] })),
      duration: () => 4,
      outcome: ({ stageName }) => (stageName === 'B' ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.advanceTo(5);
    run.stop('E1');
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Stopped');
    expect(attempts(run.state('E1'), 'B/X')).toEqual(['Failed']);
  });
});
