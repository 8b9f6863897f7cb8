import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ExecutionMode } from '../model/declaration.ts';
import { flow, situationOf } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { play } from '../testing/playScript.ts';
import { pipelineOfScript, scripts } from '../testing/scripts.ts';
import { type Simulation, type StartAction, simulate } from '../testing/simulate.ts';
import { decide } from './decide.ts';
import { isFinished, stageOf } from './executionState.ts';

/** §4 and §5 of reference/execution-semantics.md: stage locks, entrances and transitions. */

const locking = ['SUPERSEDED', 'QUEUED'] as const;
const modes = [...locking, 'PARALLEL'] as const;
const at = (run: Simulation, time: number) => {
  run.clock.advanceTo(time);
  return situationOf(run);
};
const failsIn =
  (stage: string, id = 'E1') =>
  (action: StartAction) =>
    action.stageName === stage && action.pipelineExecutionId === id && action.attempt === 1;

describe.each(locking)('§4 a stage in %s mode', (mode) => {
  it('processes one execution at a time', () => {
    const run = flow(mode, { E1: 0, E2: 1 });
    expect(at(run, 2)).toBe('E1 in B, E2 waits at B');
    expect(at(run, 5)).toBe('E1 in D, E2 in B');
  });

  it('is free in the instant in which its execution leaves it, while that one is in the next', () => {
    const run = flow(mode, { E1: 0, E2: 1 });
    expect(at(run, 1)).toBe('E1 in B, E2 in S');
  });

  it('is free while an execution that finished it waits at the entrance of the next', () => {
    const run = flow(mode, { E1: 0, E2: 2 });
    run.closeTransition('D');
    expect(at(run, 5)).toBe('E1 waits at D, E2 in B');
  });

  it('stays locked while an approval waits', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve'] }, { executionMode: mode }) });
    run.start('E1');
    run.clock.runToEnd();
    run.start('E2');
    expect(at(run, 100)).toBe('E1 in A, E2 waits at A');
    run.answer('E1', { stageName: 'A', actionName: 'Approve', status: 'Approved' });
    expect(situationOf(run)).toBe('E1 Succeeded, E2 in A');
  });

  it('stays locked while a retry runs', () => {
    const run = flow(mode, { E1: 0, E2: 7 }, failsIn('B'));
    expect(at(run, 6)).toBe('E1 Failed');
    run.retry('E1', 'B');
    expect(at(run, 9)).toBe('E1 in B, E2 waits at B');
    expect(at(run, 10)).toBe('E1 in D, E2 in B');
  });

  it('is released when it fails, and the next one enters', () => {
    expect(at(flow(mode, { E1: 0, E2: 2 }, failsIn('B')), 5)).toBe('E1 Failed, E2 in B');
  });

  it('is released when its execution is stopped, and the next one enters', () => {
    const run = flow(mode, { E1: 0, E2: 2 });
    expect(at(run, 4)).toBe('E1 in B, E2 waits at B');
    run.stop('E1', true);
    expect(situationOf(run)).toBe('E1 Stopped, E2 in B');
  });

  it('has an entrance even when it is the first', () => {
    const run = simulate({
      pipeline: pipelineOf({ S: ['Repo'], B: ['X'] }, { executionMode: mode }),
      duration: () => 5,
    });
    run.start('E1');
    run.start('E2');
    expect(situationOf(run)).toBe('E1 in S, E2 waits at S');
    expect(run.state('E2')).toMatchObject({ status: 'InProgress', runningActions: 0 });
    expect(at(run, 5)).toBe('E1 in B, E2 in S');
  });

  it('admits nobody who waits at another entrance, or who is elsewhere', () => {
    const run = flow(mode, { E1: 0, E2: 5 });
    run.closeTransition('B');
    expect(at(run, 20)).toBe(mode === 'QUEUED' ? 'E1 waits at B, E2 waits at B' : 'E1 Superseded, E2 waits at B');
    run.openTransition('B');
    expect(situationOf(run)).toBe(mode === 'QUEUED' ? 'E1 in B, E2 waits at B' : 'E1 Superseded, E2 in B');
  });

  it('has never two executions inside, whatever is asked', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        play({ ...script, mode }, (run) => {
          const inside = run.executions().filter((state) => state.position.at === 'inside');
          expect(new Set(inside.map((state) => state.position.stageName)).size).toBe(inside.length);
        });
      }),
      { numRuns: 30, seed: 4 },
    );
  });
});

describe('§4 SUPERSEDED', () => {
  it('has one waiting place for each entrance: the newer replaces the older', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 1, E3: 2, E4: 3 });
    expect(at(run, 4)).toBe('E1 in B, E2 Superseded, E3 Superseded, E4 waits at B');
    expect([run.state('E2').supersededBy, run.state('E3').supersededBy]).toEqual(['E3', 'E4']);
  });

  it('has a waiting place for every entrance of its own', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 6, E3: 12 });
    for (const stage of ['B', 'D']) run.closeTransition(stage);
    expect(at(run, 4)).toBe('E1 waits at B');
    run.openTransition('B');
    run.closeTransition('B');
    expect(at(run, 11)).toBe('E1 waits at D, E2 waits at B');
    expect(at(run, 13)).toBe('E1 waits at D, E2 Superseded, E3 waits at B');
  });

  it('never supersedes an execution that is inside a stage, however many come', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 1, E3: 2, E4: 3 });
    expect(at(run, 4)).toMatch(/^E1 in B/);
    run.clock.runToEnd();
    expect(run.state('E1').status).toBe('Succeeded');
  });

  it('never supersedes an execution that waits for an approval inside a stage', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve'] }) });
    for (const id of ['E1', 'E2', 'E3']) {
      run.start(id);
      run.clock.runToEnd();
    }
    expect(situationOf(run)).toBe('E1 in A, E2 Superseded, E3 waits at A');
  });

  it('counts what started later as newer, also when several start in one instant', () => {
    const run = simulate({ pipeline: pipelineOf({ S: ['Repo'], B: ['X'] }), duration: () => 3 });
    for (const id of ['E1', 'E2', 'E3', 'E4']) run.start(id);
    expect(situationOf(run)).toBe('E1 in S, E2 Superseded, E3 Superseded, E4 waits at S');
  });

  it('leaves a failed execution Failed when it is overtaken', () => {
    const run = flow('SUPERSEDED', { E1: 0, E2: 1 }, failsIn('B'));
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Failed, E2 Succeeded');
    expect(run.state('E1').supersededBy).toBeUndefined();
  });

  it('has one execution at each entrance at most, and only the newest, whatever is asked', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        play({ ...script, mode: 'SUPERSEDED' }, (run) => {
          const waiting = run.executions().filter((state) => state.position.at === 'entrance');
          expect(new Set(waiting.map((state) => state.position.stageName)).size).toBe(waiting.length);
        });
      }),
      { numRuns: 40, seed: 5 },
    );
  });
});

describe('§4 QUEUED', () => {
  it('lets them in by arrival, one at a time', () => {
    const run = flow('QUEUED', { E1: 0, E2: 1, E3: 2, E4: 3 });
    run.clock.runToEnd();
    const entered = run.history('StageStarted').filter((line) => line.endsWith(' B'));
    expect(entered).toEqual(['1 E1', '5 E2', '9 E3', '13 E4'].map((line) => `${line} StageStarted B`));
  });

  it('has several executions inside different stages at once', () => {
    expect(at(flow('QUEUED', { E1: 0, E2: 1, E3: 5 }), 5)).toBe('E1 in D, E2 in B, E3 in S');
  });

  it('goes on with the next when one fails', () => {
    const run = flow('QUEUED', { E1: 0, E2: 1, E3: 2 }, failsIn('B'));
    expect(at(run, 5)).toBe('E1 Failed, E2 in B, E3 waits at B');
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Failed, E2 Succeeded, E3 Succeeded');
  });

  it('goes on with the next when one that waits is stopped', () => {
    const run = flow('QUEUED', { E1: 0, E2: 1, E3: 2 });
    run.clock.advanceTo(4);
    run.stop('E2');
    expect(at(run, 5)).toBe('E1 in D, E2 Stopped, E3 in B');
  });

  it('keeps the order of two that came in one instant, whichever was started first', () => {
    const pipeline = pipelineOf({ S: ['Repo'], A: ['Approve'] }, { executionMode: 'QUEUED' });
    const run = simulate({ pipeline });
    run.start('E1');
    run.clock.advanceTo(8);
    run.clock.after(1, () => run.fork('E3', 'E1', {}));
    run.start('E2');
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 in A, E2 waits at A, E3 waits at A');
    expect(run.state('E2').waiting).toMatchObject({ reason: 'queue', pipelineExecutionId: 'E3', since: 9 });
    run.answer('E1', { stageName: 'A', actionName: 'Approve', status: 'Approved' });
    expect(situationOf(run)).toBe('E1 Succeeded, E2 waits at A, E3 in A');
  });

  it('lets nobody overtake in any stage, and supersedes nobody, whatever is asked', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        const run = play({ ...script, mode: 'QUEUED' });
        for (const { name } of pipelineOfScript(script).stages) {
          const first = run.executions().flatMap((state) => {
            const log = run.log(state.pipelineExecutionId);
            const entry = log.find((event) => event.type === 'StageStarted' && event.stageName === name);
            return entry ? [entry.at] : [];
          });
          expect(first).toEqual([...first].sort((a, b) => a - b));
        }
        expect(run.executions().some((state) => state.status === 'Superseded')).toBe(false);
      }),
      { numRuns: 40, seed: 6 },
    );
  });
});

describe('§4 PARALLEL', () => {
  const empty = { mode: 'PARALLEL' as const, durations: [1], failures: [false], slots: 9, commands: [], stages: [] };

  it('has no locks and no queues: every execution is as if it were alone', () => {
    fc.assert(
      fc.property(scripts, fc.integer({ min: 1, max: 9 }), ({ stages }, gap) => {
        const pipeline = pipelineOfScript({ ...empty, stages });
        const options = { pipeline, duration: ({ actionName }: StartAction) => actionName.length + 1 };
        const alone = simulate(options);
        alone.start('E1');
        alone.clock.runToEnd();
        const together = simulate(options);
        for (let index = 1; index <= 3; index += 1)
          together.clock.after(index * gap, () => together.start(`E${index}`));
        together.clock.runToEnd();
        const shape = (run: Simulation, id: string) =>
          run.log(id).map((event) => `${event.mono} ${event.type} ${'actionName' in event ? event.actionName : ''}`);
        for (const id of ['E1', 'E2', 'E3']) expect(shape(together, id)).toEqual(shape(alone, 'E1'));
      }),
      { numRuns: 20, seed: 8 },
    );
  });

  it('lets a failed stage be retried while others run in it', () => {
    const run = flow('PARALLEL', { E1: 0, E2: 1 }, failsIn('B'));
    expect(at(run, 5)).toBe('E1 Failed, E2 in B');
    run.retry('E1', 'B');
    expect(situationOf(run)).toBe('E1 in B, E2 in B');
  });

  it('runs each execution with the definition it was started with', () => {
    const before = pipelineOf({ S: ['Repo'], B: ['Old'] }, { executionMode: 'PARALLEL' });
    const after = pipelineOf({ S: ['Repo'], B: ['New'] }, { executionMode: 'PARALLEL' });
    const run = simulate({ pipeline: before });
    run.start('E1');
    run.start('E2', {}, after);
    run.clock.runToEnd();
    expect(run.history('ActionStarted').filter((line) => line.includes('B/'))).toEqual([
      '1 E1 ActionStarted B/Old',
      '1 E2 ActionStarted B/New',
    ]);
  });
});

describe.each(modes)('§5 a disabled transition in %s mode', (mode: ExecutionMode) => {
  const closed = (stage: string, starts: Record<string, number> = { E1: 0 }) => {
    const run = flow(mode, starts);
    run.closeTransition(stage);
    return run;
  };

  it('holds an execution InProgress at the entrance, with nothing running', () => {
    const run = closed('B');
    expect(at(run, 100)).toBe('E1 waits at B');
    expect(run.state('E1')).toMatchObject({ status: 'InProgress', runningActions: 0 });
    expect(stageOf(run.state('E1'), 'B')).toMatchObject({ status: undefined, attempt: 0, reachedAt: 1 });
  });

  it('does not touch an execution that is already inside', () => {
    const run = flow(mode, { E1: 0 });
    run.clock.advanceTo(2);
    run.closeTransition('B');
    expect(at(run, 5)).toBe('E1 in D');
  });

  it('may be that of the first stage', () => {
    const run = closed('S');
    expect(at(run, 9)).toBe('E1 waits at S');
    run.openTransition('S');
    expect(situationOf(run)).toBe('E1 in S');
  });

  it('lets a waiting execution be stopped, which then never enters', () => {
    const run = closed('B');
    run.clock.advanceTo(3);
    run.stop('E1');
    run.openTransition('B');
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Stopped');
    expect(stageOf(run.state('E1'), 'B')?.attempt).toBe(0);
  });

  it('does not hinder the retry of an execution that had entered before', () => {
    const run = flow(mode, { E1: 0 }, failsIn('B'));
    run.clock.advanceTo(6);
    run.closeTransition('B');
    run.retry('E1', 'B');
    expect(situationOf(run)).toBe('E1 in B');
  });

  it('that is enabled twice, or was never disabled, changes nothing', () => {
    const run = flow(mode, { E1: 0 });
    for (const stage of ['B', 'B', 'D', 'nowhere']) run.openTransition(stage);
    run.clock.runToEnd();
    expect(situationOf(run)).toBe('E1 Succeeded');
  });
});

describe('§18.2 on any change the stages are looked at from the last to the first', () => {
  it('so an execution leaves a stage before the next one enters it', () => {
    const run = flow('QUEUED', { E1: 0, E2: 1, E3: 2 });
    run.clock.advanceTo(5);
    expect(run.history().filter((line) => line.startsWith('5 '))).toEqual([
      '5 E1 ActionFinished B/Make Succeeded',
      '5 E1 StageFinished B Succeeded',
      '5 E1 StageEntranceReached D',
      '5 E1 StageStarted D',
      '5 E2 StageStarted B',
      '5 E3 EntranceWaited B',
      '5 E1 ActionStarted D/Ship',
      '5 E2 ActionStarted B/Make',
    ]);
  });

  it('and one question has the whole answer: asked again once it is recorded, only actions are left to start', () => {
    fc.assert(
      fc.property(scripts, (script) => {
        play(script, (run) => {
          const left = decide(run.executions().filter((state) => !isFinished(state)));
          // `look` comes after everything was recorded; transitions that are closed make further records legal.
          if (script.commands.some(({ kind }) => kind === 'close')) return;
          expect(left.filter((decision) => decision.do === 'record')).toEqual([]);
        });
      }),
      { numRuns: 30, seed: 9 },
    );
  });
});
