import { describe, expect, it, test } from 'vitest';
import type { StageDeclaration } from '../model/declaration.ts';
import { situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { actionOf, attemptsOf, conditionOf, stageOf } from './executionState.ts';
import { overrideStageCondition } from './overrideStageCondition.ts';

/** The table "Override" of reference/rules.md §3. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] });
const fails: SimulationOptions['ruleOutcome'] = () => ({ status: 'Failed' });
const entryGate = (result: 'FAIL' | 'SKIP') => ({ beforeEntry: { conditions: [condition(result, 'Gate')] } });
const exitGate = (result: 'FAIL' | 'ROLLBACK') => ({ onSuccess: { conditions: [condition(result, 'Watch')] } });
const run = (build: Partial<StageDeclaration>, more: Partial<SimulationOptions> = {}) => {
  const at = simulate({ pipeline: withStages(plain, { B: build }), ruleOutcome: fails, ...more });
  at.start('E1');
  return at;
};

describe('rules.md §3 an override while the rules run', () => {
  test.each([
    { row: 'beforeEntry FAIL', build: entryGate('FAIL'), type: 'BEFORE_ENTRY' as const, at: 5 },
    { row: 'onSuccess ROLLBACK', build: exitGate('ROLLBACK'), type: 'ON_SUCCESS' as const, at: 6 },
    { row: 'onSuccess FAIL', build: exitGate('FAIL'), type: 'ON_SUCCESS' as const, at: 6 },
  ])('$row: the stage proceeds, the running rules are abandoned', ({ build, type, at: time }) => {
    const at = run(build, { ruleDuration: () => 100 });
    at.clock.advanceTo(time);
    at.override('E1', 'B', type);
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(conditionOf(stageOf(at.state('E1'), 'B'), type)).toMatchObject({
      status: 'Overridden',
      overriddenBy: 'spec',
      rules: [{ status: 'Abandoned' }],
    });
    expect(at.history('RollbackRequested', 'StageRetryRequested')).toEqual([]);
  });
});

describe('rules.md §3 an override of a condition that has failed', () => {
  test.each([
    { row: 'beforeEntry FAIL', build: entryGate('FAIL'), type: 'BEFORE_ENTRY' as const },
    { row: 'onSuccess FAIL', build: exitGate('FAIL'), type: 'ON_SUCCESS' as const },
    { row: 'onSuccess ROLLBACK without a target', build: exitGate('ROLLBACK'), type: 'ON_SUCCESS' as const },
  ])('$row: the stage proceeds in the same attempt, and runs nothing twice', ({ build, type }) => {
    const at = run(build);
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Failed');
    at.override('E1', 'B', type);
    expect(at.state('E1').status).toBe('InProgress');
    at.clock.runToEnd();
    expect(at.state('E1')).toMatchObject({ status: 'Succeeded', attempt: 1 });
    expect(stageOf(at.state('E1'), 'B')).toMatchObject({ status: 'Succeeded', attempt: 1 });
    expect(attemptsOf(actionOf(at.state('E1'), 'B', 'Make'))).toHaveLength(1);
  });

  it('waits for the lock when somebody took the stage in the same moment', () => {
    const at = run(entryGate('FAIL'), {
      ruleOutcome: ({ pipelineExecutionId }) => (pipelineExecutionId === 'E1' ? { status: 'Failed' } : {}),
    });
    at.clock.runToEnd();
    at.start('E2');
    at.clock.advanceTo(3);
    expect(situationOf(at)).toBe('E1 Failed, E2 in B');
    const alone = at.executions().filter(({ pipelineExecutionId }) => pipelineExecutionId === 'E1');
    expect(
      refusalOf(() =>
        overrideStageCondition(
          at.state('E1'),
          { stageName: 'B', conditionType: 'BEFORE_ENTRY', overriddenBy: 'x' },
          alone,
        ),
      ),
    ).toBe('accepted');
    expect(() => at.override('E1', 'B', 'BEFORE_ENTRY')).toThrow(/NotLatestPipelineExecutionException/);
  });

  it('that then fails otherwise can be retried; the retry evaluates the condition again', () => {
    const at = run(entryGate('FAIL'), {
      outcome: ({ actionName }) => (actionName === 'Make' ? { status: 'Failed' } : {}),
    });
    at.clock.runToEnd();
    at.override('E1', 'B', 'BEFORE_ENTRY');
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'B')).toMatchObject({ status: 'Failed', attempt: 1 });
    at.retry('E1', 'B');
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'B')).toMatchObject({ status: 'Failed', attempt: 2 });
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')).toMatchObject({
      status: 'Failed',
      stageAttempt: 2,
    });
  });

  it('goes on after a breakpoint that was passed, without asking again', () => {
    const at = simulate({ pipeline: withStages(plain, { B: exitGate('FAIL') }), ruleOutcome: fails });
    at.startWith('E1', { breakpoints: { 'B/Make': 'before' } });
    at.clock.runToEnd();
    at.continueAction('E1', { stageName: 'B', actionName: 'Make', skip: true });
    at.clock.runToEnd();
    at.override('E1', 'B', 'ON_SUCCESS');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(actionOf(at.state('E1'), 'B', 'Make')).toBeUndefined();
  });
});

describe('rules.md §3 an override is refused', () => {
  const refusal = (at: ReturnType<typeof run>, type: 'BEFORE_ENTRY' | 'ON_SUCCESS' | 'ON_FAILURE', stage = 'B') =>
    refusalOf(() => at.override('E1', stage, type));

  it('for beforeEntry SKIP, running or done (ConditionNotOverridableException)', () => {
    const at = run(entryGate('SKIP'), { ruleDuration: () => 5 });
    at.clock.advanceTo(2);
    expect(refusal(at, 'BEFORE_ENTRY')).toBe('ConditionNotOverridableException');
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Skipped');
    expect(() => at.override('E1', 'B', 'BEFORE_ENTRY')).toThrow(/ConditionNotOverridableException/);
  });

  it('for onFailure, which has no value in the API', () => {
    const at = run({ onFailure: { conditions: [condition('ROLLBACK', 'Judge')] } });
    at.clock.runToEnd();
    expect(refusal(at, 'ON_FAILURE')).toBe('ValidationException');
  });

  it('for a stage that there is not, and for what was not evaluated', () => {
    const at = run(entryGate('FAIL'));
    expect(refusal(at, 'BEFORE_ENTRY', 'X')).toBe('StageNotFoundException');
    expect(refusal(at, 'BEFORE_ENTRY', 'S')).toBe('ConditionNotOverridableException');
    at.clock.runToEnd();
    expect(refusal(at, 'ON_SUCCESS')).toBe('ConditionNotOverridableException');
  });

  it('for a condition that succeeded or was overridden, and after the stage', () => {
    const at = run(entryGate('FAIL'), { ruleOutcome: () => ({}) });
    at.clock.runToEnd();
    expect(refusal(at, 'BEFORE_ENTRY')).toBe('ConditionNotOverridableException');
    const twice = run(entryGate('FAIL'), { ruleDuration: () => 50, duration: () => 9 });
    twice.clock.advanceTo(10);
    twice.override('E1', 'B', 'BEFORE_ENTRY');
    expect(refusal(twice, 'BEFORE_ENTRY')).toBe('ConditionNotOverridableException');
  });

  it('once the execution was stopped or is being rolled back', () => {
    const stopped = run(entryGate('FAIL'), { ruleDuration: () => 50 });
    stopped.clock.advanceTo(10);
    stopped.stop('E1');
    expect(refusal(stopped, 'BEFORE_ENTRY')).toBe('ConditionNotOverridableException');
    const rolled = simulate({
      pipeline: withStages(plain, { B: exitGate('ROLLBACK') }),
      ruleOutcome: ({ pipelineExecutionId }) => (pipelineExecutionId === 'E2' ? { status: 'Failed' } : {}),
    });
    for (const id of ['E1', 'E2']) {
      rolled.start(id);
      rolled.clock.runToEnd();
    }
    expect(refusalOf(() => rolled.override('E2', 'B', 'ON_SUCCESS'))).toBe('ConditionNotOverridableException');
  });

  it('while the onFailure condition answers the failure', () => {
    const at = run(
      { ...entryGate('FAIL'), onFailure: { conditions: [condition('ROLLBACK', 'Judge')] } },
      { ruleDuration: ({ rule }) => (rule.name === 'Judge' ? 50 : 1) },
    );
    at.clock.advanceTo(10);
    expect(refusal(at, 'BEFORE_ENTRY')).toBe('ConditionNotOverridableException');
  });

  it('across versions, and at the limit of executions', () => {
    const at = run(entryGate('FAIL'));
    at.clock.runToEnd();
    const input = { stageName: 'B', conditionType: 'BEFORE_ENTRY' as const, overriddenBy: 'x' };
    expect(refusalOf(() => overrideStageCondition(at.state('E1'), { ...input, currentVersion: 2 }))).toBe(
      'ConflictException',
    );
    expect(refusalOf(() => overrideStageCondition(at.state('E1'), { ...input, currentVersion: 1 }))).toBe('accepted');
    const queued = simulate({
      pipeline: { ...withStages(plain, { B: entryGate('FAIL') }), executionMode: 'QUEUED' },
      ruleOutcome: fails,
    });
    queued.start('E1');
    queued.clock.runToEnd();
    queued.closeTransition('S');
    for (let count = 2; count <= 51; count++) queued.start(`E${count}`);
    expect(refusal(queued, 'BEFORE_ENTRY')).toBe('ConcurrentPipelineExecutionsLimitExceededException');
  });
});
