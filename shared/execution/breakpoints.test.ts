import { describe, expect, it, test } from 'vitest';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { continueAction } from './continueAction.ts';
import { actionOf, attemptsOf, stageOf } from './executionState.ts';

/** Breakpoints: an execution that pauses before an action starts or after it has ended, until a person lets it go on. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Lint', 'Pack@2'], D: ['Ship'] });
const run = (breakpoints: Record<string, 'before' | 'after'>, more: Partial<SimulationOptions> = {}) => {
  const at = simulate({ pipeline: plain, ...more });
  at.startWith('E1', { breakpoints });
  at.clock.runToEnd();
  return at;
};
const go = { stageName: 'B', actionName: 'Make' };

describe('a breakpoint before an action', () => {
  it('pauses it instead of starting it; its siblings run, and no later group starts', () => {
    const at = run({ 'B/Make': 'before' });
    expect(at.history('ActionPaused', 'ActionStarted')).toEqual([
      '0 E1 ActionStarted S/Repo',
      '1 E1 ActionPaused B/Make',
      '1 E1 ActionStarted B/Lint',
    ]);
    expect(stageOf(at.state('E1'), 'B')?.paused).toEqual({ Make: { pausedAt: 'before', since: 1 } });
    expect(at.state('E1').status).toBe('InProgress');
  });

  it('lets it start once a person has said so', () => {
    const at = run({ 'B/Make': 'before' });
    at.continueAction('E1', go);
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(at.history('ActionPaused')).toHaveLength(1);
  });

  it('can skip it: it counts as done, without outputs', () => {
    const at = run({ 'B/Make': 'before' });
    at.continueAction('E1', { ...go, skip: true });
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(actionOf(at.state('E1'), 'B', 'Make')).toBeUndefined();
    expect(stageOf(at.state('E1'), 'B')?.skipped).toEqual(['Make']);
  });

  it('that was skipped leaves those without input that need its output', () => {
    const needs = { name: 'Ship', inputArtifacts: [{ name: 'MakeOut' }] };
    const at = run({ 'B/Make': 'before' }, { pipeline: pipelineOf({ S: ['Repo'], B: ['Make'], D: [needs] }) });
    at.continueAction('E1', { ...go, skip: true });
    at.clock.runToEnd();
    expect(actionOf(at.state('E1'), 'D', 'Ship')?.errorDetails?.message).toMatch(
      /B\/Make, which makes it, did not run/,
    );
  });

  it('takes values of variables, which count before all others from then on', () => {
    const use = { name: 'Pack@2', configuration: { P: '#{Made.Tag} #{variables.Env}' } };
    const pipeline = pipelineOf(
      { S: ['Repo'], B: [{ name: 'Make', namespace: 'Made' }, use] },
      { variables: [{ name: 'Env', defaultValue: 'test' }] },
    );
    const at = run({ 'B/Pack': 'before' }, { pipeline, outcome: () => ({ outputVariables: { Tag: 'v1' } }) });
    at.continueAction('E1', {
      stageName: 'B',
      actionName: 'Pack',
      variables: { 'Made.Tag': 'mine', 'variables.Env': '' },
    });
    at.clock.runToEnd();
    expect(actionOf(at.state('E1'), 'B', 'Pack')?.resolvedConfiguration).toEqual({ P: 'mine ' });
    expect(at.state('E1').changedVariables).toEqual({ 'Made.Tag': 'mine', 'variables.Env': '' });
  });

  it('waits for the beforeEntry condition first', () => {
    const pipeline = withStages(plain, { B: { beforeEntry: { conditions: [condition('FAIL', 'Gate')] } } });
    const at = run({ 'B/Make': 'before' }, { pipeline });
    const order = at.history('ConditionFinished', 'ActionPaused').map((line) => line.split(' ')[2]);
    expect(order).toEqual(['ConditionFinished', 'ActionPaused']);
  });

  it('holds again in the next attempt of the stage', () => {
    const at = run(
      { 'B/Make': 'before' },
      { outcome: ({ attempt, actionName }) => (actionName === 'Make' && attempt === 1 ? { status: 'Failed' } : {}) },
    );
    at.continueAction('E1', go);
    at.clock.runToEnd();
    at.retry('E1', 'B');
    at.clock.runToEnd();
    expect(at.history('ActionPaused')).toHaveLength(2);
    at.continueAction('E1', go);
    at.clock.runToEnd();
    expect(attemptsOf(actionOf(at.state('E1'), 'B', 'Make'))).toHaveLength(2);
    expect(at.state('E1').status).toBe('Succeeded');
  });
});

describe('a breakpoint after an action', () => {
  test.each(['Succeeded', 'Failed'] as const)(
    'that %s: it counts as running for its group until it may go on',
    (status) => {
      const at = run({ 'B/Make': 'after' }, { outcome: ({ actionName }) => (actionName === 'Make' ? { status } : {}) });
      expect(stageOf(at.state('E1'), 'B')).toMatchObject({
        status: 'InProgress',
        paused: { Make: { pausedAt: 'after' } },
      });
      expect(actionOf(at.state('E1'), 'B', 'Pack')).toBeUndefined();
      at.continueAction('E1', go);
      at.clock.runToEnd();
      expect(at.state('E1').status).toBe(status);
    },
  );

  it('of the last action holds the end of the stage, and the lock', () => {
    const at = run({ 'D/Ship': 'after' });
    at.start('E2');
    at.clock.runToEnd();
    expect(at.state('E2').position).toEqual({ at: 'entrance', stageName: 'D' });
    at.continueAction('E1', { stageName: 'D', actionName: 'Ship' });
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Succeeded');
  });
});

describe('a breakpoint lets go', () => {
  test.each([
    { what: 'a stop', ends: 'Stopped', act: (at: ReturnType<typeof run>) => at.stop('E1') },
    { what: 'a stop that abandons', ends: 'Stopped', act: (at: ReturnType<typeof run>) => at.stop('E1', true) },
    { what: 'an edit of the pipeline', ends: 'Cancelled', act: (at: ReturnType<typeof run>) => at.update(plain) },
  ])('when $what ends the execution', ({ act, ends }) => {
    for (const pausedAt of ['before', 'after'] as const) {
      const at = run({ 'B/Make': pausedAt });
      act(at);
      expect(at.state('E1').status).toBe(ends);
      expect(stageOf(at.state('E1'), 'B')?.paused).toEqual({});
      expect(() => at.continueAction('E1', go)).toThrow(/does not wait at a breakpoint/);
    }
  });
});

describe('going on is refused', () => {
  const at = run({ 'B/Make': 'after', 'B/Lint': 'before' });
  const asked = (more: object) => refusalOf(() => continueAction(at.state('E1'), { ...go, by: 'spec', ...more }));
  test.each([
    { more: { actionName: 'Pack' }, code: 'breakpoint.not-paused' },
    { more: { stageName: 'X' }, code: 'breakpoint.not-paused' },
    { more: { skip: true }, code: 'breakpoint.cannot-skip' },
    { more: { variables: { Tag: 'v' } }, code: 'breakpoint.variable-name' },
    { more: { variables: { 'a b.c': 'v' } }, code: 'breakpoint.variable-name' },
    { more: { actionName: 'Lint', skip: true }, code: 'accepted' },
    { more: { variables: { 'Made.Tag': '' } }, code: 'accepted' },
  ])('with $more: $code', ({ more, code }) => {
    expect(asked(more)).toBe(code);
  });
});
