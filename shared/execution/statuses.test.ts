import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration, StageDeclaration } from '../model/declaration.ts';
import { flow } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { play } from '../testing/playScript.ts';
import { wideScripts } from '../testing/scripts.ts';
import { type SimulationOptions, simulate } from '../testing/simulate.ts';
import { changesOf, statusChanges } from '../testing/statusChanges.ts';
import type { ExecutionEvent } from './events.ts';
import { replay } from './evolve.ts';

/** §1 of reference/execution-semantics.md: the legal transitions, one row a line. */

const pipeline = pipelineOf({ Source: ['Repo'], Build: ['Lint', 'Compile', 'Package@2'], Sign: ['Approve'] });
const withStage = (declaration: PipelineDeclaration, name: string, more: Partial<StageDeclaration>) => ({
  ...declaration,
  stages: declaration.stages.map((stage) => (stage.name === name ? { ...stage, ...more } : stage)),
});
const begun = (options: Partial<SimulationOptions> = {}) => {
  const run = simulate({ pipeline, ...options });
  run.start('E1');
  return run;
};
const failing = (name: string, times = Number.POSITIVE_INFINITY) => ({
  outcome: ({ actionName, attempt }: { actionName: string; attempt: number }) =>
    actionName === name && attempt <= times ? { status: 'Failed' as const } : {},
});
const rejectedAt1 = { stageName: 'Sign', actionName: 'Approve', status: 'Rejected' as const };
const approvedAt1 = { ...rejectedAt1, status: 'Approved' as const };

/** Each answers the log of the execution that the row is about. */
const happenings: Record<string, () => readonly ExecutionEvent[]> = {
  'a start is accepted': () => begun().log('E1'),
  'the last stage is done': () => {
    const run = begun();
    run.clock.runToEnd();
    run.answer('E1', approvedAt1);
    return run.log('E1');
  },
  'an action fails': () => {
    const run = begun(failing('Lint'));
    run.clock.runToEnd();
    return run.log('E1');
  },
  'an approval is rejected': () => {
    const run = begun();
    run.clock.runToEnd();
    run.answer('E1', rejectedAt1);
    return run.log('E1');
  },
  'an approval is not answered in time': () => {
    const run = begun({ approvalTime: 5 });
    run.clock.runToEnd();
    return run.log('E1');
  },
  'a newer execution arrives where it waits': () => {
    const run = flow('SUPERSEDED', { E0: 0, E1: 2, E2: 3 });
    run.clock.runToEnd();
    return run.log('E1');
  },
  'a stop waits for the running actions': () => {
    const run = begun({ duration: () => 3 });
    run.clock.advanceTo(4);
    run.stop('E1');
    run.clock.runToEnd();
    return run.log('E1');
  },
  'a stop abandons the running actions': () => {
    const run = begun({ duration: () => 3 });
    run.clock.advanceTo(4);
    run.stop('E1', true);
    return run.log('E1');
  },
  'a stop comes while it waits at an entrance': () => {
    const run = flow('QUEUED', { E0: 0, E1: 2 });
    run.clock.advanceTo(4);
    run.stop('E1');
    return run.log('E1');
  },
  'a failed stage is retried by hand': () => {
    const run = begun(failing('Lint', 1));
    run.clock.runToEnd();
    run.retry('E1', 'Build');
    return run.log('E1');
  },
  'a stopped stage is retried by hand': () => {
    const run = begun({ duration: () => 3 });
    run.clock.advanceTo(4);
    run.stop('E1', true);
    run.retry('E1', 'Build');
    return run.log('E1');
  },
  'a failed stage is retried by itself': () => {
    const declaration = withStage(pipeline, 'Build', { onFailure: { result: 'RETRY' } });
    const run = begun({ pipeline: declaration, ...failing('Lint', 1) });
    run.clock.runToEnd();
    return run.log('E1');
  },
};

interface Row {
  change: string;
  when: string;
}

describe('§1 an execution goes from', () => {
  test.each<Row>([
    { change: '(none) -> InProgress', when: 'a start is accepted' },
    { change: 'InProgress -> Succeeded', when: 'the last stage is done' },
    { change: 'InProgress -> Failed', when: 'an action fails' },
    { change: 'InProgress -> Failed', when: 'an approval is rejected' },
    { change: 'InProgress -> Failed', when: 'an approval is not answered in time' },
    { change: 'InProgress -> Superseded', when: 'a newer execution arrives where it waits' },
    { change: 'InProgress -> Stopping', when: 'a stop waits for the running actions' },
    { change: 'Stopping -> Stopped', when: 'a stop waits for the running actions' },
    { change: 'Stopping -> Stopped', when: 'a stop abandons the running actions' },
    { change: 'Stopping -> Stopped', when: 'a stop comes while it waits at an entrance' },
    { change: 'Failed -> InProgress', when: 'a failed stage is retried by hand' },
    { change: 'Stopped -> InProgress', when: 'a stopped stage is retried by hand' },
  ])('$change when $when', ({ change, when }) => {
    expect(changesOf(happenings[when]!(), 'execution')).toContain(change);
  });

  it('InProgress to InProgress when it is retried by itself: it never shows as Failed in between', () => {
    const log = happenings['a failed stage is retried by itself']!();
    expect(changesOf(log, 'execution')).toEqual(['(none) -> InProgress']);
  });

  test.each<{ status: string; starts: Record<string, number> }>([
    { status: 'Succeeded', starts: { E1: 0 } },
    { status: 'Superseded', starts: { E0: 0, E1: 2, E2: 3 } },
  ])('$status nowhere: it is final', ({ status, starts }) => {
    const run = flow('SUPERSEDED', starts);
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe(status);
    expect(() => run.stop('E1')).toThrow(/PipelineExecutionNotStoppableException/);
    expect(() => run.retry('E1', run.state('E1').position.stageName)).toThrow(/StageNotRetryableException/);
    expect(run.state('E1').status).toBe(status);
  });

  it('Cancelled nowhere, when a log says so', () => {
    const log = happenings['a start is accepted']!();
    const ended: ExecutionEvent = { seq: 9, at: 9, mono: 9, type: 'ExecutionFinished', status: 'Cancelled' };
    expect(replay([...log, ended])).toMatchObject({ status: 'Cancelled', position: { at: 'ended' } });
  });
});

describe('§1 a stage goes from', () => {
  test.each<Row>([
    { change: '(none) -> InProgress', when: 'a start is accepted' },
    { change: 'InProgress -> Succeeded', when: 'the last stage is done' },
    { change: 'InProgress -> Failed', when: 'an action fails' },
    { change: 'InProgress -> Stopping', when: 'a stop waits for the running actions' },
    { change: 'Stopping -> Stopped', when: 'a stop waits for the running actions' },
    { change: 'InProgress -> Stopping', when: 'a stop abandons the running actions' },
    { change: 'Stopping -> Stopped', when: 'a stop abandons the running actions' },
    { change: 'Failed -> InProgress', when: 'a failed stage is retried by hand' },
    { change: 'Failed -> InProgress', when: 'a failed stage is retried by itself' },
    { change: 'Stopped -> InProgress', when: 'a stopped stage is retried by hand' },
  ])('$change when $when', ({ change, when }) => {
    expect(changesOf(happenings[when]!(), 'stage')).toContain(change);
  });

  it('nothing to nothing while an execution only waits for it', () => {
    const log = happenings['a stop comes while it waits at an entrance']!();
    expect(changesOf(log, 'stage', 'B')).toEqual([]);
    expect(changesOf(log, 'stage', 'D')).toEqual([]);
  });
});

describe('§1 an action execution goes from', () => {
  test.each<Row>([
    { change: '(none) -> InProgress', when: 'a start is accepted' },
    { change: 'InProgress -> Succeeded', when: 'the last stage is done' },
    { change: 'InProgress -> Failed', when: 'an action fails' },
    { change: 'InProgress -> Failed', when: 'an approval is rejected' },
    { change: 'InProgress -> Failed', when: 'an approval is not answered in time' },
    { change: 'InProgress -> Abandoned', when: 'a stop abandons the running actions' },
  ])('$change when $when', ({ change, when }) => {
    expect(changesOf(happenings[when]!(), 'action')).toContain(change);
  });

  it('InProgress to its own end when the stop waits: it is not abandoned', () => {
    const log = happenings['a stop waits for the running actions']!();
    expect(changesOf(log, 'action')).toEqual(['(none) -> InProgress', 'InProgress -> Succeeded']);
  });

  it('Failed nowhere: a retry is an action execution of its own, with a new id', () => {
    const log = happenings['a failed stage is retried by hand']!();
    const lint = log.flatMap((event) =>
      event.type === 'ActionStarted' && event.actionName === 'Lint' ? [event.actionExecutionId] : [],
    );
    expect(new Set(lint).size).toBe(2);
    expect(changesOf(log, 'action', lint[0])).toEqual(['(none) -> InProgress', 'InProgress -> Failed']);
    expect(changesOf(log, 'action', lint[1])).toEqual(['(none) -> InProgress']);
  });
});

describe('§1 no other transition', () => {
  const legal = {
    execution: [
      '(none) -> InProgress',
      ...['Succeeded', 'Failed', 'Superseded', 'Stopping', 'Cancelled'].map((to) => `InProgress -> ${to}`),
      'Stopping -> Stopped',
      'Stopping -> Cancelled',
      'Failed -> InProgress',
      'Stopped -> InProgress',
    ],
    stage: [
      '(none) -> InProgress',
      ...['Succeeded', 'Failed', 'Stopping', 'Skipped', 'Cancelled'].map((to) => `InProgress -> ${to}`),
      'Stopping -> Stopped',
      'Stopping -> Cancelled',
      'Failed -> InProgress',
      'Stopped -> InProgress',
    ],
    action: ['(none) -> InProgress', ...['Succeeded', 'Failed', 'Abandoned'].map((to) => `InProgress -> ${to}`)],
  };
  /** The event that may bring a status of a level. */
  const bringers = {
    // A condition that is overridden lets the execution go on that it had failed.
    execution: ['ExecutionStarted', 'StopRequested', 'StageRetryRequested', 'ConditionFinished', 'ExecutionFinished'],
    stage: ['StageStarted', 'StopRequested', 'StageFinished'],
    action: ['ActionStarted', 'ActionFinished'],
  };

  it('ever occurs, whatever is asked of whatever pipeline', () => {
    const seen = new Set<string>();
    fc.assert(
      fc.property(wideScripts, (script) => {
        const run = play(script);
        for (const { pipelineExecutionId } of run.executions()) {
          for (const { level, name, change, by } of statusChanges(run.log(pipelineExecutionId))) {
            expect(legal[level], `${level} ${name}`).toContain(change);
            expect(bringers[level], `${level} ${name} ${change}`).toContain(by);
            seen.add(`${level} ${change}`);
          }
        }
      }),
      { numRuns: 300, seed: 1 },
    );
    const all = Object.entries(legal).flatMap(([level, changes]) => changes.map((change) => `${level} ${change}`));
    expect([...seen].sort(), 'the scripts reach every legal transition').toEqual(all.sort());
  });
});
