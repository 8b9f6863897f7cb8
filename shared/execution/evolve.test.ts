import { describe, expect, it } from 'vitest';
import { executionOf } from '../testing/executionOf.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { simulate } from '../testing/simulate.ts';
import type { ExecutionEvent } from './events.ts';
import { evolve, notStarted, replay } from './evolve.ts';
import {
  actionOf,
  attemptsOf,
  findActionExecution,
  isFinished,
  runningActionsOf,
  stageOf,
  waitsForApproval,
} from './executionState.ts';

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile'], Sign: ['Approve'] });
const begun = () => {
  const run = simulate({ pipeline });
  run.start('E1');
  run.clock.runToEnd();
  return run;
};
const event = (state: { lastSeq: number }, happening: Record<string, unknown>) =>
  ({ seq: state.lastSeq + 1, at: 77, mono: 7, ...happening }) as unknown as ExecutionEvent;

describe('the state of an execution', () => {
  it('answers where it stands, what runs and what ran, with times', () => {
    const state = begun().state('E1');
    expect(state).toMatchObject({
      pipelineExecutionId: 'E1',
      status: 'InProgress',
      position: { at: 'inside', stageName: 'Sign' },
      runningActions: 1,
      startNumber: 1,
      attempt: 1,
    });
    expect(stageOf(state, 'Build')).toMatchObject({ status: 'Succeeded', attempt: 1, startedAt: 1, finishedAt: 2 });
    expect(actionOf(state, 'Build', 'Lint')).toMatchObject({
      status: 'Succeeded',
      attempt: 1,
      startedMono: 1,
      finishedMono: 2,
      fidelity: 'simulated',
      inputArtifacts: [{ name: 'RepoOut' }],
      outputArtifacts: [{ name: 'LintOut' }],
    });
    expect(runningActionsOf(state).map((action) => action.actionName)).toEqual(['Approve']);
    expect(waitsForApproval(actionOf(state, 'Sign', 'Approve'))).toBe(true);
    expect(actionOf(state, 'Build', 'Nothing')).toBeUndefined();
    expect(stageOf(state, 'Nowhere')).toBeUndefined();
  });

  it('is the same for the same log, however it is cut', () => {
    const log = begun().log('E1');
    const whole = replay(log);
    for (let cut = 0; cut <= log.length; cut += 1) {
      expect(replay(log.slice(cut), replay(log.slice(0, cut)))).toEqual(whole);
    }
  });

  it('is never changed by what comes later, and shares what was not touched', () => {
    const log = begun().log('E1');
    const states = [notStarted];
    for (const next of log) states.push(evolve(states.at(-1)!, next));
    const copies = states.map((state) => structuredClone(state));
    replay(log);
    expect(states).toEqual(copies);
    expect(states.at(-1)?.stages[0]).toBe(states.at(-2)?.stages[0]);
  });

  it('survives being written as JSON and read again', () => {
    const log = begun().log('E1');
    expect(replay(JSON.parse(JSON.stringify(log)))).toEqual(replay(log));
  });

  it('ignores kinds of events that a newer program wrote, but counts them', () => {
    const { lastSeq, ...before } = begun().state('E1');
    const { lastSeq: after, ...later } = evolve(
      { lastSeq, ...before },
      event({ lastSeq }, { type: 'SomethingNew', stageName: 'Build', what: 1 }),
    );
    expect(after).toBe(lastSeq + 1);
    expect(later).toEqual({ ...before, updatedAt: 77, lastMono: 7 });
  });

  it('takes stages and actions that the declaration does not have', () => {
    const state = begun().state('E1');
    const place = { stageName: 'Extra', actionName: 'More', actionExecutionId: 'x' };
    const started = evolve(
      evolve(state, event(state, { type: 'StageStarted', stageName: 'Extra', attempt: 1 })),
      event(state, { type: 'ActionStarted', ...place, attempt: 1, inputArtifacts: [], resolvedConfiguration: {} }),
    );
    const ended = evolve(started, event(started, { type: 'ActionFinished', ...place, status: 'Failed' }));
    expect(actionOf(started, 'Extra', 'More')?.status).toBe('InProgress');
    expect(actionOf(ended, 'Extra', 'More')?.status).toBe('Failed');
    expect(ended.runningActions).toBe(state.runningActions);
  });

  it('ignores the end of an action that it never saw start', () => {
    const state = begun().state('E1');
    const ended = evolve(
      state,
      event(state, { type: 'ActionFinished', stageName: 'Gone', actionName: 'A', actionExecutionId: 'x' }),
    );
    expect(ended.stages).toBe(state.stages);
  });

  it('lets an action end once: the first end stands', () => {
    const state = executionOf(pipelineOf({ Source: ['Repo'], Build: ['Lint'] })).toEnd();
    const { actionExecutionId } = actionOf(state, 'Build', 'Lint')!;
    const place = { stageName: 'Build', actionName: 'Lint', actionExecutionId };
    const again = evolve(state, event(state, { type: 'ActionFinished', ...place, status: 'Failed' }));
    expect(actionOf(again, 'Build', 'Lint')?.status).toBe('Succeeded');
    expect(again.runningActions).toBe(0);
  });

  it('keeps every attempt, and knows each by its id', () => {
    const run = simulate({
      pipeline,
      outcome: ({ actionName, attempt }) => (actionName === 'Lint' && attempt < 3 ? { status: 'Failed' } : {}),
    });
    run.start('E1');
    run.clock.runToEnd();
    for (const _ of [1, 2]) {
      run.retry('E1', 'Build');
      run.clock.runToEnd();
    }
    const state = run.state('E1');
    const attempts = attemptsOf(actionOf(state, 'Build', 'Lint'));
    expect(attempts.map(({ attempt, status }) => `${attempt} ${status}`)).toEqual([
      '1 Failed',
      '2 Failed',
      '3 Succeeded',
    ]);
    for (const attempt of attempts) {
      expect(findActionExecution(state, attempt.actionExecutionId)?.attempt).toBe(attempt.attempt);
    }
    expect(findActionExecution(state, 'unknown')).toBeUndefined();
    expect(state.attempt).toBe(3);
  });

  it('remembers the process that runs an action and who took it over', () => {
    const run = begun();
    const state = run.state('E1');
    const { actionExecutionId } = actionOf(state, 'Sign', 'Approve')!;
    const place = { stageName: 'Sign', actionName: 'Approve', actionExecutionId };
    const after = [
      { type: 'ActionProcessStarted', ...place, pid: 42, startTime: '9' },
      { type: 'ActionAdopted', ...place },
    ].reduce((known, happening) => evolve(known, event(known, happening)), state);
    expect(actionOf(after, 'Sign', 'Approve')).toMatchObject({ process: { pid: 42, startTime: '9' }, adoptions: 1 });
  });

  it('is finished only after its last end: a retry opens it again', () => {
    const run = begun();
    run.answer('E1', { stageName: 'Sign', actionName: 'Approve', status: 'Rejected' });
    expect(isFinished(run.state('E1'))).toBe(true);
    run.retry('E1', 'Sign');
    expect(run.state('E1')).toMatchObject({ status: 'InProgress', finishedAt: undefined });
    expect(isFinished(run.state('E1'))).toBe(false);
  });
});
