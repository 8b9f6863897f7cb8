import { describe, expect, it, test } from 'vitest';
import type { StageDeclaration } from '../model/declaration.ts';
import { situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { refusalOf } from '../testing/refusalOf.ts';
import { type Simulation, type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { actionOf, attemptsOf, conditionOf, stageOf } from './executionState.ts';
import { checkRollback, latestRollbackTarget } from './rollback.ts';

/** §8 of reference/execution-semantics.md and §3 of rules.md: rollback by hand and by itself. */

const use = {
  name: 'Ship',
  inputArtifacts: [{ name: 'MakeOut' }],
  configuration: { P: '#{Made.Tag}', Q: '#{variables.Env}' },
};
const plain = pipelineOf(
  { S: ['Repo'], B: [{ name: 'Make', namespace: 'Made' }], D: [use] },
  { variables: [{ name: 'Env', defaultValue: 'test' }] },
);
const shipFails =
  (...ids: string[]): NonNullable<SimulationOptions['outcome']> =>
  (action) => ({
    ...(action.actionName === 'Make' ? { outputVariables: { Tag: `tag of ${action.pipelineExecutionId}` } } : {}),
    ...(action.actionName === 'Ship' && ids.includes(action.pipelineExecutionId)
      ? { status: 'Failed' as const, outputArtifacts: [] }
      : {}),
  });
/** E1 succeeds, E2 fails in D. */
const run = (deploy: Partial<StageDeclaration> = {}, more: Partial<SimulationOptions> = {}): Simulation => {
  const at = simulate({ pipeline: withStages(plain, { D: deploy }), outcome: shipFails('E2'), ...more });
  at.start('E1', { Env: 'prod' });
  at.clock.runToEnd();
  at.start('E2');
  at.clock.runToEnd();
  return at;
};
const automatic = { onFailure: { result: 'ROLLBACK' as const } };

describe.each([
  [
    'by hand',
    () => {
      const at = run();
      at.rollback('R3', 'D', 'E1');
      return at;
    },
    'ManualRollback',
    'spec',
  ],
  ['by itself', () => run(automatic), 'AutomatedRollback', 'E2'],
] as const)('§8 a rollback %s', (_, rolledBack, triggerType, triggerDetail) => {
  it('is a new execution of type ROLLBACK that starts in the stage, with its target and its trigger', () => {
    const at = rolledBack();
    expect(at.state('R3')).toMatchObject({
      executionType: 'ROLLBACK',
      trigger: { triggerType, triggerDetail },
      startingPoint: { kind: 'rollback', pipelineExecutionId: 'E1', stageName: 'D' },
      startNumber: 3,
    });
    at.clock.runToEnd();
    expect(at.history('StageEntranceReached').filter((line) => line.includes('R3'))).toEqual([
      expect.stringMatching(/R3 StageEntranceReached D$/),
    ]);
  });

  it('has the artifacts, output variables and pipeline variables of its target', () => {
    const at = rolledBack();
    at.clock.runToEnd();
    const [first, again] = ['E1', 'R3'].map((id) => actionOf(at.state(id), 'D', 'Ship'));
    expect(again?.inputArtifacts).toEqual(first?.inputArtifacts);
    expect(again?.resolvedConfiguration).toEqual({ P: 'tag of E1', Q: 'prod' });
  });

  it('ends Succeeded after the stage', () => {
    const at = simulate({
      pipeline: withStages(pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] }), { B: automatic }),
      outcome: ({ actionName, pipelineExecutionId }) =>
        actionName === 'Make' && pipelineExecutionId === 'E2' ? { status: 'Failed' } : {},
    });
    for (const id of ['E1', 'E2']) {
      at.start(id);
      at.clock.runToEnd();
    }
    expect(situationOf(at)).toBe('E1 Succeeded, E2 Failed, R3 Succeeded');
    expect(stageOf(at.state('R3'), 'D')?.status).toBeUndefined();
  });

  it('leaves the failed execution Failed', () => {
    const at = rolledBack();
    at.clock.runToEnd();
    expect(at.state('E2').status).toBe('Failed');
    expect(at.state('R3').status).toBe('Succeeded');
  });
});

describe('§8 the automatic rollback', () => {
  it('is asked for until it is in the log, with the lock kept', () => {
    const at = run(automatic);
    expect(at.history('RollbackRequested', 'ExecutionFinished').slice(1)).toEqual([
      '6 E2 RollbackRequested D',
      '6 E2 ExecutionFinished Failed',
      '7 R3 ExecutionFinished Succeeded',
    ]);
    expect(stageOf(at.state('E2'), 'D')?.rollback).toEqual({
      pipelineExecutionId: 'R3',
      targetPipelineExecutionId: 'E1',
      refused: undefined,
    });
  });

  it('returns to the latest that succeeded in the stage', () => {
    const at = simulate({ pipeline: withStages(plain, { D: automatic }), outcome: shipFails('E3') });
    for (const id of ['E1', 'E2', 'E3']) {
      at.start(id);
      at.clock.runToEnd();
    }
    expect(at.state('R4').startingPoint?.pipelineExecutionId).toBe('E2');
  });

  it('without a target leaves the stage Failed, and it can be retried', () => {
    const at = simulate({ pipeline: withStages(plain, { D: automatic }), outcome: shipFails('E1') });
    at.start('E1');
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'D')).toMatchObject({
      status: 'Failed',
      rollback: { pipelineExecutionId: undefined },
    });
    expect(refusalOf(() => at.retry('E1', 'D'))).toBe('accepted');
  });

  it('that fails is Failed: there is no rollback of a rollback', () => {
    const at = run(automatic, { outcome: shipFails('E2', 'R3') });
    expect(situationOf(at)).toBe('E1 Succeeded, E2 Failed, R3 Failed');
    expect(stageOf(at.state('R3'), 'D')?.rollback?.refused).toBe('this execution is itself a rollback.');
  });

  test.each([
    { why: 'a pipeline in PARALLEL mode has no rollback.', stage: 'D', executionMode: 'PARALLEL' as const },
    { why: 'the source stage has no rollback.', stage: 'S', executionMode: 'SUPERSEDED' as const },
  ])('never happens where $why', ({ why, stage, executionMode }) => {
    const at = simulate({
      pipeline: { ...withStages(plain, { [stage]: automatic }), executionMode },
      outcome: ({ stageName, pipelineExecutionId }) =>
        stageName === stage && pipelineExecutionId === 'E2' ? { status: 'Failed', outputArtifacts: [] } : {},
    });
    for (const id of ['E1', 'E2']) {
      at.start(id);
      at.clock.runToEnd();
    }
    expect(stageOf(at.state('E2'), stage)?.rollback?.refused).toBe(why);
    expect(at.executions()).toHaveLength(2);
  });

  it('evaluates the conditions of the stage again', () => {
    const at = run({ ...automatic, beforeEntry: { conditions: [condition('FAIL', 'Gate')] } });
    expect(conditionOf(stageOf(at.state('R3'), 'D'), 'BEFORE_ENTRY')?.status).toBe('Succeeded');
  });

  it('does not come when the execution was stopped', () => {
    const at = simulate({ pipeline: withStages(plain, { D: automatic }), outcome: shipFails('E1') });
    at.start('E1');
    at.clock.advanceTo(2);
    at.stop('E1');
    at.clock.runToEnd();
    expect(at.history('RollbackRequested')).toEqual([]);
  });
});

describe('rules.md §3.6 a rollback that onSuccess asks for', () => {
  const watched = { onSuccess: { conditions: [condition('ROLLBACK', 'Watch')] } };
  const fails: SimulationOptions['ruleOutcome'] = ({ pipelineExecutionId }) =>
    pipelineExecutionId === 'E2' ? { status: 'Failed' } : {};
  const good = shipFails();

  it('shows the stage as Succeeded, does not go on, and the execution is Failed', () => {
    const pipeline = withStages(pipelineOf({ S: ['Repo'], B: ['Make'], D: ['Ship'] }), { B: watched });
    const at = simulate({ pipeline, ruleOutcome: fails });
    for (const id of ['E1', 'E2']) {
      at.start(id);
      at.clock.runToEnd();
    }
    expect(situationOf(at)).toBe('E1 Succeeded, E2 Failed, R3 Succeeded');
    expect(stageOf(at.state('E2'), 'B')?.status).toBe('Succeeded');
    expect(stageOf(at.state('E2'), 'D')?.status).toBeUndefined();
    expect(() => at.retry('E2', 'B')).toThrow(/StageNotRetryableException/);
  });

  it('does not make its execution a target, though the stage succeeded', () => {
    const at = run(watched, { ruleOutcome: fails, outcome: good });
    expect(latestRollbackTarget([at.state('E2')], 'D', 1)).toBeUndefined();
    expect(latestRollbackTarget(at.executions(), 'D', 1)?.pipelineExecutionId).toBe('E1');
  });

  it('fails stage and execution when there is no target', () => {
    const at = simulate({
      pipeline: withStages(plain, { D: watched }),
      ruleOutcome: () => ({ status: 'Failed' }),
      outcome: good,
    });
    at.start('E1');
    at.clock.runToEnd();
    expect(stageOf(at.state('E1'), 'D')?.status).toBe('Failed');
    expect(at.state('E1').status).toBe('Failed');
  });
});

describe('§8 which executions can be rolled back to', () => {
  const asked = (at: Simulation, stageName: string, target: string, pipelineVersion = 1) =>
    refusalOf(() => {
      const state = at.executions().find(({ pipelineExecutionId }) => pipelineExecutionId === target);
      checkRollback({ stageName, targetPipelineExecutionId: target, target: state, pipelineVersion }, at.executions());
    });

  it('is answered with the errors of RollbackStage', () => {
    const at = run();
    expect(asked(at, 'D', 'E1')).toBe('accepted');
    expect(asked(at, 'D', 'E9')).toBe('PipelineExecutionNotFoundException');
    expect(asked(at, 'X', 'E1')).toBe('StageNotFoundException');
    expect(asked(at, 'S', 'E1')).toBe('UnableToRollbackStageException');
    expect(asked(at, 'D', 'E2')).toBe('UnableToRollbackStageException');
    expect(asked(at, 'B', 'E2')).toBe('accepted');
    expect(asked(at, 'D', 'E1', 2)).toBe('PipelineExecutionOutdatedException');
    at.rollback('R3', 'D', 'E1');
    expect(asked(at, 'D', 'E1')).toBe('UnableToRollbackStageException');
    expect(() => at.rollback('R4', 'D', 'E1')).toThrow(
      /while execution R3 is inside \(UnableToRollbackStageException\)/,
    );
    at.clock.runToEnd();
    expect(asked(at, 'D', 'E1')).toBe('accepted');
    expect(asked(at, 'D', 'R3')).toBe('UnableToRollbackStageException');
  });

  it('is never one whose stage was skipped, that ran one action only, or of a PARALLEL pipeline', () => {
    const at = simulate({
      pipeline: withStages(plain, { D: { beforeEntry: { conditions: [condition('SKIP', 'Gate')] } } }),
      ruleOutcome: ({ pipelineExecutionId }) => (pipelineExecutionId === 'E2' ? { status: 'Failed' } : {}),
      outcome: shipFails(),
    });
    at.start('E1');
    at.clock.runToEnd();
    at.start('E2');
    at.clock.runToEnd();
    at.fork('E3', 'E1', { stageName: 'D', actionName: 'Ship', only: true });
    at.clock.runToEnd();
    expect([asked(at, 'D', 'E1'), asked(at, 'D', 'E2'), asked(at, 'D', 'E3')]).toEqual([
      'accepted',
      'UnableToRollbackStageException',
      'UnableToRollbackStageException',
    ]);
    const parallel = simulate({ pipeline: { ...plain, executionMode: 'PARALLEL' }, outcome: shipFails() });
    parallel.start('E1');
    parallel.clock.runToEnd();
    expect(asked(parallel, 'D', 'E1')).toBe('UnableToRollbackStageException');
  });

  it('and one more than 50 executions are not started', () => {
    const at = simulate({ pipeline: { ...plain, executionMode: 'QUEUED' }, outcome: shipFails() });
    at.start('E0');
    at.clock.runToEnd();
    at.closeTransition('S');
    for (let count = 1; count <= 50; count++) at.start(`E${count}`);
    expect(asked(at, 'D', 'E0')).toBe('ConcurrentPipelineExecutionsLimitExceededException');
  });

  it('after an edit none, until an execution of the new version succeeded there', () => {
    const at = run();
    at.update(plain);
    expect(() => at.rollback('R3', 'D', 'E1')).toThrow(/PipelineExecutionOutdatedException/);
    at.start('E3');
    at.clock.runToEnd();
    at.rollback('R4', 'D', 'E3');
    at.clock.runToEnd();
    expect(at.state('R4').status).toBe('Succeeded');
  });
});

describe('§4 a rollback execution at its entrance', () => {
  it('waits for the transition like any other, and can be stopped there', () => {
    const at = run();
    at.closeTransition('D');
    at.rollback('R3', 'D', 'E1');
    expect(situationOf(at)).toBe('E1 Succeeded, E2 Failed, R3 waits at D');
    at.stop('R3');
    expect(at.state('R3').status).toBe('Stopped');
  });

  it('supersedes an older one that waits there, and is superseded by a newer one', () => {
    const at = run();
    at.closeTransition('D');
    at.start('E3');
    at.clock.runToEnd();
    at.rollback('R4', 'D', 'E1');
    expect(at.state('E3')).toMatchObject({ status: 'Superseded', supersededBy: 'R4' });
    at.start('E5');
    at.clock.runToEnd();
    expect(at.state('R4')).toMatchObject({ status: 'Superseded', supersededBy: 'E5' });
  });

  it('can be retried when it failed, with the same inputs', () => {
    let isBroken = true;
    const at = run(
      {},
      {
        outcome: (action) =>
          action.actionName === 'Ship' && action.pipelineExecutionId !== 'E1' && isBroken
            ? { status: 'Failed' }
            : shipFails()(action),
      },
    );
    at.rollback('R3', 'D', 'E1');
    at.clock.runToEnd();
    expect(at.state('R3').status).toBe('Failed');
    isBroken = false;
    at.retry('R3', 'D');
    at.clock.runToEnd();
    expect(at.state('R3').status).toBe('Succeeded');
    const attempts = attemptsOf(actionOf(at.state('R3'), 'D', 'Ship'));
    expect(attempts).toHaveLength(2);
    expect(attempts[1]?.resolvedConfiguration).toMatchObject({ P: 'tag of E1' });
  });
});
