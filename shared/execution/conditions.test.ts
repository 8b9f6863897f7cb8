import { describe, expect, it, test } from 'vitest';
import type { StageDeclaration } from '../model/declaration.ts';
import { situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type RuleOutcome, type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { actionOf, attemptsOf, conditionOf, runningRulesOf, stageOf } from './executionState.ts';

/** reference/rules.md §1 and §3: conditions that gate a stage, and those that answer its failure. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'], D: ['Ship'] });
const failed: RuleOutcome = { status: 'Failed', errorDetails: { code: 'JobFailed', message: 'The value differs.' } };
const failing =
  (...names: string[]) =>
  ({ rule }: { rule: { name: string } }): RuleOutcome =>
    names.includes(rule.name) ? failed : {};
const run = (build: Partial<StageDeclaration>, options: Partial<SimulationOptions> = {}) => {
  const made = simulate({ pipeline: withStages(plain, { B: build }), ...options });
  made.start('E1');
  return made;
};
const makeFails = ({ actionName }: { actionName: string }) =>
  actionName === 'Make' ? { status: 'Failed' as const, outputArtifacts: [] } : {};
const gateEvents = ['ConditionStarted', 'RuleStarted', 'RuleFinished', 'ConditionFinished', 'StageFinished'] as const;

describe('§3.1 the rules of a condition', () => {
  it('start all at once, and the condition succeeds when all have succeeded', () => {
    const at = run(
      { beforeEntry: { conditions: [condition('FAIL', 'Alarm', 'Window')] } },
      { ruleDuration: ({ rule }) => (rule.name === 'Window' ? 9 : 1) },
    );
    at.clock.advanceTo(1);
    expect(runningRulesOf(at.state('E1')).map(({ ruleName }) => ruleName)).toEqual(['Alarm', 'Window']);
    at.clock.advanceTo(9);
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')?.status).toBe('InProgress');
    at.clock.advanceTo(10);
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')).toMatchObject({
      status: 'Succeeded',
      summary: 'Every rule succeeded.',
    });
  });

  it('§3.2 decide at the first failure: the others are abandoned, and the stage ends only then', () => {
    const at = run(
      { beforeEntry: { conditions: [condition('FAIL', 'Bad', 'Slow')] } },
      { ruleDuration: ({ rule }) => (rule.name === 'Slow' ? 50 : 1), ruleOutcome: failing('Bad') },
    );
    at.clock.runToEnd();
    expect(at.history(...gateEvents).slice(-5)).toEqual([
      '1 E1 RuleStarted B',
      '2 E1 RuleFinished B Failed',
      '2 E1 ConditionFinished B Failed',
      '2 E1 RuleFinished B Abandoned',
      '2 E1 StageFinished B Failed',
    ]);
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')?.summary).toBe(
      'Rule Bad failed: The value differs.',
    );
  });

  it('§3.8 make the condition Errored when one could not be evaluated, which counts as failed', () => {
    const errorDetails = { code: 'PermissionError' as const, message: 'No such alarm.' };
    const at = run(
      { beforeEntry: { conditions: [condition('SKIP', 'Alarm')] } },
      { ruleOutcome: () => ({ status: 'Failed', errorDetails }) },
    );
    at.clock.runToEnd();
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')).toMatchObject({
      status: 'Errored',
      summary: 'Rule Alarm could not be evaluated: No such alarm.',
    });
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Skipped');
  });

  it('are none: then there is nothing to evaluate, and the gate is open', () => {
    const at = run({ beforeEntry: { conditions: [{ result: 'FAIL' }] }, onSuccess: { conditions: [{ rules: [] }] } });
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(at.history('ConditionStarted')).toEqual([]);
  });

  it('get their variables and inputs as actions do: before entry of earlier stages, afterwards also of their own', () => {
    const rule = (name: string) => ({
      name,
      configuration: { Variable: '#{Made.Tag}', Value: '#{codepipeline.PipelineExecutionId}' },
    });
    const pipeline = withStages(pipelineOf({ S: ['Repo'], B: [{ name: 'Make', namespace: 'Made' }] }), {
      B: {
        onSuccess: { conditions: [condition('FAIL', { ...rule('After'), inputArtifacts: [{ name: 'MakeOut' }] })] },
      },
    });
    const good = simulate({ pipeline, outcome: () => ({ outputVariables: { Tag: 'v1' } }) });
    good.start('E1');
    good.clock.runToEnd();
    const [after] = conditionOf(stageOf(good.state('E1'), 'B'), 'ON_SUCCESS')?.rules ?? [];
    expect(after?.resolvedConfiguration).toEqual({ Variable: 'v1', Value: 'E1' });
    expect(after?.inputArtifacts.map(({ name }) => name)).toEqual(['MakeOut']);

    const early = simulate({
      pipeline: withStages(pipeline, { B: { beforeEntry: { conditions: [condition('FAIL', rule('Before'))] } } }),
    });
    early.start('E1');
    early.clock.runToEnd();
    expect(early.state('E1').status).toBe('Failed');
    expect(conditionOf(stageOf(early.state('E1'), 'B'), 'BEFORE_ENTRY')).toMatchObject({ status: 'Errored' });
    expect(conditionOf(stageOf(early.state('E1'), 'B'), 'BEFORE_ENTRY')?.summary).toMatch(
      /One or more variables of the rule Before of B could not be resolved: #\{Made\.Tag\}/,
    );
  });
});

describe('§3.3 beforeEntry', () => {
  const guarded = { beforeEntry: { conditions: [condition('FAIL', 'Gate')] } };

  it('runs with the stage taken, before any action', () => {
    const at = run(guarded);
    at.clock.advanceTo(1);
    at.start('E2');
    at.clock.advanceTo(1);
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('InProgress');
    expect(at.state('E1').runningActions).toBe(0);
    at.clock.runToEnd();
    expect(
      at
        .history()
        .filter((line) => line.includes('E1') && line.includes(' B'))
        .slice(0, 7),
    ).toEqual([
      '1 E1 StageEntranceReached B',
      '1 E1 StageStarted B',
      '1 E1 ConditionStarted B',
      '1 E1 RuleStarted B',
      '2 E1 RuleFinished B Succeeded',
      '2 E1 ConditionFinished B Succeeded',
      '2 E1 ActionStarted B/Make',
    ]);
  });

  it('is not evaluated while the transition is disabled or the stage locked', () => {
    const at = run(guarded, { duration: () => 5 });
    at.closeTransition('B');
    at.clock.advanceTo(20);
    expect(at.history('ConditionStarted')).toEqual([]);
    at.openTransition('B');
    expect(at.history('ConditionStarted')).toEqual(['20 E1 ConditionStarted B']);
    at.start('E2');
    at.clock.advanceTo(26);
    expect(situationOf(at)).toBe('E1 in B, E2 waits at B');
    expect(at.history('ConditionStarted')).toHaveLength(1);
  });

  it('§3.4 with the result FAIL fails stage and execution without an action; a retry evaluates anew', () => {
    let outcome: RuleOutcome = failed;
    const at = run(guarded, { ruleOutcome: () => outcome });
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Failed');
    expect(stageOf(at.state('E1'), 'B')).toMatchObject({ status: 'Failed', actions: [undefined, undefined] });
    outcome = {};
    at.retry('E1', 'B');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'BEFORE_ENTRY')).toMatchObject({
      status: 'Succeeded',
      stageAttempt: 2,
      previous: { status: 'Failed' },
    });
  });

  it('§3.5 with the result SKIP skips the stage: no action runs, and the execution goes on', () => {
    const at = run({ beforeEntry: { conditions: [condition('SKIP', 'Gate')] } }, { ruleOutcome: failing('Gate') });
    at.clock.runToEnd();
    expect(at.history('StageFinished', 'ExecutionFinished')).toEqual([
      '1 E1 StageFinished S Succeeded',
      '2 E1 StageFinished B Skipped',
      '3 E1 StageFinished D Succeeded',
      '3 E1 ExecutionFinished Succeeded',
    ]);
    expect(() => at.retry('E1', 'B')).toThrow(/StageNotRetryableException/);
  });

  it('§3.5 leaves out what the skipped stage would have made: an action that needs it fails', () => {
    const needs = { name: 'Ship', inputArtifacts: [{ name: 'MakeOut' }] };
    const pipeline = withStages(pipelineOf({ S: ['Repo'], B: ['Make'], D: [needs] }), {
      B: { beforeEntry: { conditions: [condition('SKIP', 'Gate')] } },
    });
    const at = simulate({ pipeline, ruleOutcome: () => failed });
    at.start('E1');
    at.clock.runToEnd();
    expect(actionOf(at.state('E1'), 'D', 'Ship')?.errorDetails?.message).toBe(
      'Input artifact "MakeOut" does not exist: B/Make, which makes it, did not run: its stage was skipped.',
    );
  });

  it('that skips the last stage ends the execution Succeeded', () => {
    const at = simulate({
      pipeline: withStages(plain, { D: { beforeEntry: { conditions: [condition('SKIP', 'Gate')] } } }),
      ruleOutcome: () => failed,
    });
    at.start('E1');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
  });

  test.each([undefined, 'ROLLBACK', 'RETRY'] as const)(
    'with the result %s, which means nothing there, fails',
    (result) => {
      const at = run({ beforeEntry: { conditions: [condition(result, 'Gate')] } }, { ruleOutcome: failing('Gate') });
      at.clock.runToEnd();
      expect(stageOf(at.state('E1'), 'B')?.status).toBe('Failed');
    },
  );
});

describe('§3.6 onSuccess', () => {
  it('runs after the last action succeeded, the stage InProgress and locked', () => {
    const at = run({ onSuccess: { conditions: [condition('FAIL', 'Watch')] } }, { ruleDuration: () => 10 });
    at.clock.advanceTo(2);
    at.start('E2');
    at.clock.advanceTo(5);
    expect(stageOf(at.state('E1'), 'B')).toMatchObject({ status: 'InProgress', runningActions: 0 });
    expect(situationOf(at)).toBe('E1 in B, E2 waits at B');
    at.clock.advanceTo(13);
    expect(situationOf(at)).toBe('E1 in D, E2 in B');
  });

  it('is not evaluated when an action failed', () => {
    const at = run({ onSuccess: { conditions: [condition('FAIL', 'Watch')] } }, { outcome: makeFails });
    at.clock.runToEnd();
    expect(at.history('ConditionStarted')).toEqual([]);
  });

  test.each([undefined, 'FAIL', 'SKIP', 'RETRY'] as const)('with the result %s fails stage and execution', (result) => {
    const at = run({ onSuccess: { conditions: [condition(result, 'Watch')] } }, { ruleOutcome: failing('Watch') });
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Failed');
    expect(at.state('E1').status).toBe('Failed');
    expect(stageOf(at.state('E1'), 'D')?.status).toBeUndefined();
  });

  it('fails again and again on retries that repeat no action that succeeded', () => {
    const at = run({ onSuccess: { conditions: [condition('FAIL', 'Watch')] } }, { ruleOutcome: failing('Watch') });
    at.clock.runToEnd();
    at.retry('E1', 'B');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Failed');
    expect(attemptsOf(actionOf(at.state('E1'), 'B', 'Make'))).toHaveLength(1);
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'ON_SUCCESS')?.stageAttempt).toBe(2);
  });
});

describe('§3.7 onFailure', () => {
  it('runs after the stage turned Failed, with the lock kept, before the execution fails', () => {
    const at = run(
      { onFailure: { conditions: [condition('ROLLBACK', 'Judge')] } },
      { outcome: makeFails, ruleOutcome: failing('Judge'), ruleDuration: () => 10 },
    );
    at.clock.advanceTo(1);
    at.start('E2');
    at.clock.advanceTo(5);
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Failed');
    expect(at.state('E1').status).toBe('InProgress');
    expect(situationOf(at)).toBe('E1 in B, E2 waits at B');
    at.clock.advanceTo(12);
    expect(at.state('E1').status).toBe('Failed');
    expect(situationOf(at)).toMatch(/E2 in B/);
  });

  it('whose rules fail leaves the stage Failed and does nothing more', () => {
    const at = run(
      { onFailure: { result: 'RETRY', conditions: [condition('ROLLBACK', 'Judge')] } },
      { outcome: makeFails, ruleOutcome: failing('Judge') },
    );
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Failed');
    expect(at.history('RollbackRequested', 'StageRetryRequested')).toEqual([]);
  });

  it('whose rules pass engages RETRY, once, whichever of the two results says so', () => {
    for (const onFailure of [
      { conditions: [condition('RETRY', 'Judge')] },
      { result: 'RETRY' as const, conditions: [condition(undefined, 'Judge')] },
    ]) {
      const at = run({ onFailure }, { outcome: makeFails });
      at.clock.runToEnd();
      expect(at.history('StageRetryRequested')).toEqual(['3 E1 StageRetryRequested B']);
      expect(stageOf(at.state('E1'), 'B')).toMatchObject({ attempt: 2, retries: { automatic: 1 } });
      expect(at.history('ConditionStarted')).toHaveLength(2);
      expect(at.state('E1').status).toBe('Failed');
    }
  });

  it('retries first and rolls back when that did not help (semantics §18.6)', () => {
    const at = run(
      { onFailure: { result: 'RETRY', conditions: [condition('ROLLBACK', 'Judge')] } },
      { outcome: makeFails },
    );
    at.clock.runToEnd();
    expect(at.history('StageRetryRequested', 'RollbackRequested').map((line) => line.split(' ')[2])).toEqual([
      'StageRetryRequested',
      'RollbackRequested',
    ]);
  });

  it('also answers a failure of beforeEntry', () => {
    let tries = 0;
    const at = run(
      { beforeEntry: { conditions: [condition('FAIL', 'Gate')] }, onFailure: { result: 'RETRY' } },
      { ruleOutcome: () => (tries++ === 0 ? failed : {}) },
    );
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
  });
});

describe('conditions in every mode', () => {
  test.each(['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const)('%s', (executionMode) => {
    const gates = {
      beforeEntry: { conditions: [condition('FAIL', 'A')] },
      onSuccess: { conditions: [condition('FAIL', 'B')] },
    };
    const at = simulate({ pipeline: { ...withStages(plain, { B: gates, D: gates }), executionMode } });
    at.start('E1');
    at.clock.advanceTo(1);
    at.start('E2');
    at.clock.runToEnd();
    expect(situationOf(at)).toBe('E1 Succeeded, E2 Succeeded');
    expect(at.history('RuleFinished')).toHaveLength(8);
  });
});
