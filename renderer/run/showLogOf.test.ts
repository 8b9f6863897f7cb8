import { beforeEach, describe, expect, it } from 'vitest';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import {
  actionViewOf,
  applyPush,
  flushPushes,
  resetExecutions,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { chooseLog, useRun } from './runStore.ts';
import { showLogOf } from './showLogOf.ts';

const chosen = () => useRun.getState().logActionExecutionId;
const idOf = (stage: string, action: string) => actionViewOf(stage, action)(useExecution.getState()).actionExecutionId;
function play(until: number, pipeline = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'] })): void {
  const simulation = simulate({ pipeline, duration: () => 10 });
  simulation.start('e1');
  simulation.clock.advanceTo(until);
  showExecution('e1');
  applyPush('e1', simulation.log('e1'));
  flushPushes();
}

beforeEach(() => {
  resetExecutions();
  chooseLog('');
});

describe('an action that is chosen on the canvas', () => {
  it('shows its log when it has ended', () => {
    play(15);
    showLogOf('S/Repo');
    expect(chosen()).toBe(idOf('S', 'Repo'));
  });

  it('lets the log follow on when it is the one that runs, has not run, or is none', () => {
    play(15);
    for (const where of ['B/Make', 'B/Pack', 'B', '']) {
      chooseLog('another');
      showLogOf(where);
      expect(chosen(), where).toBe('');
    }
  });

  it('stays with one of those that run side by side', () => {
    play(15, pipelineOf({ S: ['Repo'], B: ['Make', 'Lint'] }));
    showLogOf('B/Make');
    expect(chosen()).toBe(idOf('B', 'Make'));
  });
});
