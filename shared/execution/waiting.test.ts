import { describe, expect, it } from 'vitest';
import { flow, situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type Simulation, simulate } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import type { EntranceWait } from './events.ts';

/** §4 and §5 of reference/execution-semantics.md: what the log says of executions that wait, and in which order they came. */

const waits = (at: Simulation, id: string): EntranceWait[] =>
  at.log(id).flatMap((event) => (event.type === 'EntranceWaited' ? [event.wait] : []));
const DAY = 86_400_000;

describe('§18.7 why an execution waits is in its log', () => {
  it('each time the reason changes, and only then', () => {
    const at = flow('QUEUED', { E1: 0, E2: 2, E3: 3.5 });
    at.clock.runToEnd();
    expect(waits(at, 'E1')).toEqual([]);
    expect(waits(at, 'E2')).toEqual([{ reason: 'lock', pipelineExecutionId: 'E1' }]);
    expect(waits(at, 'E3')).toEqual([
      { reason: 'queue', pipelineExecutionId: 'E2' },
      { reason: 'lock', pipelineExecutionId: 'E2' },
    ]);
  });

  it('not for an execution that enters at once, or is superseded at once', () => {
    const at = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['Make'] }), duration: () => 5 });
    for (const id of ['E1', 'E2', 'E3']) at.start(id);
    expect(waits(at, 'E1')).toEqual([]);
    expect(waits(at, 'E2')).toEqual([{ reason: 'lock', pipelineExecutionId: 'E1' }]);
    expect(at.state('E2').status).toBe('Superseded');
  });

  it('§5 with who disabled the transition and why, and again when the reason is replaced', () => {
    const at = flow('SUPERSEDED', { E1: 0 });
    at.closeTransition('B', 'freeze');
    at.clock.advanceTo(3);
    at.closeTransition('B', 'longer freeze');
    expect(waits(at, 'E1')).toEqual([
      { reason: 'transition', disabledReason: 'freeze', disabledBy: 'spec' },
      { reason: 'transition', disabledReason: 'longer freeze', disabledBy: 'spec' },
    ]);
    expect(at.state('E1').waiting?.since).toBe(1);
    at.openTransition('B');
    expect(at.state('E1').waiting).toBeUndefined();
  });

  it('§5 in PARALLEL mode too, where a disabled transition holds each execution', () => {
    const at = flow('PARALLEL', { E1: 0, E2: 1 });
    at.closeTransition('D');
    at.clock.advanceTo(9);
    expect(situationOf(at)).toBe('E1 waits at D, E2 waits at D');
    at.openTransition('D');
    expect(situationOf(at)).toBe('E1 in D, E2 in D');
  });
});

describe('§4 the queue is in the order of arrival at the entrance', () => {
  it('not of the starts: an older execution comes after a newer one that began at this stage', () => {
    const at = flow('QUEUED', { E0: 0 });
    at.clock.runToEnd();
    at.closeTransition('D');
    at.start('E1');
    at.clock.advanceTo(10);
    expect(situationOf(at)).toBe('E0 Succeeded, E1 in B');
    at.fork('E2', 'E0', { stageName: 'D' });
    at.clock.runToEnd();
    expect(situationOf(at)).toBe('E0 Succeeded, E1 waits at D, E2 waits at D');
    at.openTransition('D');
    expect(situationOf(at)).toBe('E0 Succeeded, E1 waits at D, E2 in D');
    at.clock.runToEnd();
    expect(situationOf(at)).toBe('E0 Succeeded, E1 Succeeded, E2 Succeeded');
  });

  it('holds when the clock of the machine was set back: who is known to wait came first', () => {
    const at = flow('QUEUED', { E1: 0, E2: 1 });
    at.closeTransition('D');
    at.clock.advanceTo(20);
    const [first, second] = [at.state('E1'), at.state('E2')];
    const late = {
      ...second,
      waiting: undefined,
      stages: second.stages.map((stage) => ({ ...stage, reachedAt: stage.reachedAt && stage.reachedAt - 1000 })),
    };
    expect(decide([first, late]).find(({ do: what }) => what === 'record')).toMatchObject({
      pipelineExecutionId: 'E1',
      happening: { type: 'StageStarted', stageName: 'D' },
    });
  });
});

describe('§5 after more than 30 days at a disabled transition', () => {
  const run = (mode: 'SUPERSEDED' | 'QUEUED' | 'PARALLEL', days: number) => {
    const at = flow(mode, { E1: 0 });
    at.closeTransition('B');
    at.clock.advanceTo(1 + days * DAY);
    return at;
  };

  it.each(['SUPERSEDED', 'QUEUED', 'PARALLEL'] as const)('an execution does not go on by itself (%s)', (mode) => {
    const exactly = run(mode, 30);
    exactly.openTransition('B');
    exactly.clock.runToEnd();
    expect(exactly.state('E1').status).toBe('Succeeded');

    const longer = run(mode, 30.001);
    longer.openTransition('B');
    longer.clock.runToEnd();
    expect(situationOf(longer)).toBe('E1 waits at B');
    expect(waits(longer, 'E1').at(-1)).toEqual({ reason: 'expired' });
    longer.stop('E1');
    expect(longer.state('E1').status).toBe('Stopped');
  });

  it('it holds up nobody: a new start passes it in QUEUED mode', () => {
    const at = run('QUEUED', 31);
    at.openTransition('B');
    at.start('E2');
    at.clock.runToEnd();
    expect(situationOf(at)).toBe('E1 waits at B, E2 Succeeded');
  });

  it('a new start replaces it in SUPERSEDED mode', () => {
    const at = run('SUPERSEDED', 31);
    at.openTransition('B');
    at.start('E2');
    at.clock.runToEnd();
    expect(situationOf(at)).toBe('E1 Superseded, E2 Succeeded');
  });

  it('a new reason for the disabling does not begin the days anew', () => {
    const at = run('SUPERSEDED', 20);
    at.closeTransition('B', 'still');
    at.clock.advanceTo(31 * DAY);
    at.openTransition('B');
    expect(situationOf(at)).toBe('E1 waits at B');
  });

  it('without a clock nothing expires', () => {
    const at = run('QUEUED', 31);
    expect(decide(at.executions()).find(({ do: what }) => what === 'record')).toMatchObject({
      happening: { type: 'StageStarted' },
    });
  });
});
