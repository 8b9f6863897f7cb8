import { describe, expect, test } from 'vitest';
import type { StageDeclaration } from '../model/declaration.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { decide } from './decide.ts';
import type { ExecutionEvent, Happening } from './events.ts';
import { replay } from './evolve.ts';
import { conditionOf, stageOf } from './executionState.ts';

/** §3 of reference/rules.md: what a stop and an edit of the pipeline do to conditions. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'], D: ['Ship'] });
const run = (build: Partial<StageDeclaration>, options: Partial<SimulationOptions> = {}) => {
  const made = simulate({ pipeline: withStages(plain, { B: build }), ...options });
  made.start('E1');
  return made;
};
const makeFails = ({ actionName }: { actionName: string }) =>
  actionName === 'Make' ? { status: 'Failed' as const, outputArtifacts: [] } : {};
const replayWith = (log: readonly ExecutionEvent[], more: readonly Happening[]) =>
  replay([...log, ...more.map((happening) => ({ ...happening, seq: 0, at: 0, mono: 0 }))]);

describe('§3.8 a stop, and an edit of the pipeline', () => {
  const waits = { beforeEntry: { conditions: [condition('FAIL', 'Quick', 'Window')] } };
  const slow: Partial<SimulationOptions> = { ruleDuration: ({ rule }) => (rule.name === 'Quick' ? 1 : 100) };

  test('that abandons: the rules are abandoned, the condition is Abandoned, the execution Stopped', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(5);
    at.stop('E1', true);
    expect(at.history().slice(-5)).toEqual([
      '5 E1 StopRequested',
      '5 E1 ConditionFinished B Abandoned',
      '5 E1 RuleFinished B Abandoned',
      '5 E1 StageFinished B Stopped',
      '5 E1 ExecutionFinished Stopped',
    ]);
  });

  test('that waits lets running rules end, and starts no action', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(5);
    at.stop('E1');
    at.clock.advanceTo(50);
    expect(at.state('E1').status).toBe('Stopping');
    at.clock.runToEnd();
    expect(at.history().slice(-4)).toEqual([
      '101 E1 RuleFinished B Succeeded',
      '101 E1 ConditionFinished B Succeeded',
      '101 E1 StageFinished B Stopped',
      '101 E1 ExecutionFinished Stopped',
    ]);
    expect(at.history('ActionStarted')).toHaveLength(1);
  });

  test('that waits can be escalated', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(5);
    at.stop('E1');
    at.stop('E1', true);
    expect(at.state('E1').status).toBe('Stopped');
    expect(at.clock.now()).toBe(5);
  });

  test('after which the stage is retried and evaluates everything anew', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(5);
    at.stop('E1', true);
    at.retry('E1', 'B');
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Succeeded');
    expect(at.history('RuleStarted')).toHaveLength(4);
  });

  test.each([true, false])('while onFailure is evaluated (abandon: %s) ends Stopped, the stage Failed', (abandon) => {
    const at = run(
      { onFailure: { conditions: [condition('ROLLBACK', 'Judge')] } },
      { outcome: makeFails, ruleDuration: () => 9 },
    );
    at.clock.advanceTo(5);
    at.stop('E1', abandon);
    at.clock.runToEnd();
    expect(at.state('E1').status).toBe('Stopped');
    expect(stageOf(at.state('E1'), 'B')?.status).toBe('Failed');
    expect(at.history('RollbackRequested')).toEqual([]);
    const status = abandon ? 'Abandoned' : 'Succeeded';
    expect(conditionOf(stageOf(at.state('E1'), 'B'), 'ON_FAILURE')?.status).toBe(status);
  });

  test('an edit cancels the condition and abandons its rules', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(5);
    at.update(plain);
    expect(at.history().slice(-5)).toEqual([
      '5 E1 CancelRequested',
      '5 E1 ConditionFinished B Cancelled',
      '5 E1 RuleFinished B Abandoned',
      '5 E1 StageFinished B Cancelled',
      '5 E1 ExecutionFinished Cancelled',
    ]);
  });

  test('before a rule could start leaves the condition Abandoned, not waiting for ever', () => {
    const at = run(waits, slow);
    at.clock.advanceTo(1);
    const log = at.log('E1').filter(({ type }) => type !== 'RuleStarted');
    expect(log.at(-1)?.type).toBe('ConditionStarted');
    const stopped = [{ type: 'StopRequested', abandon: false, reason: '' }] as const;
    expect(
      decide([replayWith(log, stopped)]).map((decision) => decision.do === 'record' && decision.happening),
    ).toMatchObject([
      { type: 'ConditionFinished', status: 'Abandoned' },
      { type: 'StageFinished', status: 'Stopped' },
      { type: 'ExecutionFinished', status: 'Stopped' },
    ]);
  });
});
