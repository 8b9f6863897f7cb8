import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { flow } from '../testing/flow.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { play } from '../testing/playScript.ts';
import { scripts } from '../testing/scripts.ts';
import { type Simulation, type SimulationOptions, simulate } from '../testing/simulate.ts';
import { conditionOf as condition, withStages } from '../testing/withConditions.ts';
import { notStarted, replay } from './evolve.ts';
import { why } from './why.ts';
import { errorSentence } from './whyReason.ts';

/** Every state answers why it is as it is, from its log. */

const plain = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'], D: ['Ship'] });
const run = (options: Partial<SimulationOptions> = {}): Simulation => {
  const made = simulate({ pipeline: plain, ...options });
  made.start('E1');
  return made;
};
const said = (at: Simulation, id = 'E1') =>
  why(at.state(id), at.executions(), at.clock.now()).map(({ where, text }) => (where ? `${where}: ${text}` : text));
const failing =
  (...names: string[]): NonNullable<SimulationOptions['outcome']> =>
  ({ actionName }) =>
    names.includes(actionName)
      ? {
          status: 'Failed',
          outputArtifacts: [],
          errorDetails: { code: 'JobFailed', message: 'It broke.', fix: 'Mend it.' },
        }
      : {};
const gateFails: SimulationOptions['ruleOutcome'] = () => ({
  status: 'Failed',
  errorDetails: { code: 'JobFailed', message: 'The value differs.' },
});

describe('why an execution waits', () => {
  test('for another execution that is inside, and what that one does', () => {
    const at = simulate({ pipeline: pipelineOf({ S: ['Repo'], A: ['Approve'] }) });
    at.start('E1');
    at.clock.runToEnd();
    at.start('E2');
    at.clock.runToEnd();
    const until = '1970-01-01 00:00 UTC';
    expect(said(at, 'E1')).toEqual([`A/Approve: Waits for an approval, until ${until}.`]);
    expect(said(at, 'E2')).toEqual([
      `A: Waits at the entrance of "A": execution E1 is inside. There: Waits for an approval, until ${until}.`,
    ]);
    expect(why(at.state('E2'))[0]?.text).toBe('Waits at the entrance of "A": execution E1 is inside.');
  });

  test('behind another in the queue', () => {
    const at = flow('QUEUED', { E1: 0, E2: 1, E3: 2 });
    at.clock.advanceTo(4);
    expect(said(at, 'E3')).toEqual(['B: Waits at the entrance of "B": execution E2 came first.']);
    at.clock.advanceTo(5);
    expect(said(at, 'E3')[0]).toMatch(/^B: Waits at the entrance of "B": execution E2 is inside\. There: /);
  });

  test('at a disabled transition, with who disabled it and why', () => {
    const at = run();
    at.closeTransition('B', 'freeze until Monday');
    at.clock.advanceTo(3);
    expect(said(at)).toEqual([
      'B: Waits at the entrance of "B": the transition was disabled by spec (freeze until Monday).',
    ]);
  });

  test('for ever, after more than 30 days at a disabled transition', () => {
    const at = run();
    at.closeTransition('B');
    at.clock.advanceTo(31 * 86_400_000);
    at.openTransition('B');
    expect(said(at)[0]).toMatch(
      /waited at a disabled transition for more than 30 days and does not go on by itself\.$/,
    );
  });

  test('for a rule, a deployment window with its next opening', () => {
    const window = {
      name: 'Office',
      ruleTypeId: { category: 'Rule' as const, provider: 'DeploymentWindow' },
      configuration: { Cron: '0 0 9 ? * MON-FRI *', TimeZone: 'UTC' },
    };
    const pipeline = withStages(plain, { B: { beforeEntry: { conditions: [condition('FAIL', window, 'Check')] } } });
    const at = run({ pipeline, ruleDuration: () => 1e9 });
    at.clock.advanceTo(10);
    expect(said(at)).toEqual([
      'B: beforeEntry: the rule Office (DeploymentWindow) waits for the deployment window (0 0 9 ? * MON-FRI *, UTC), which opens at 1970-01-01 09:00 UTC.',
      'B: beforeEntry: the rule Check (VariableCheck) is being evaluated.',
      'B/Make: Waits for the beforeEntry condition.',
      'B/Pack: Waits for the beforeEntry condition.',
    ]);
  });

  test('for a window that can not be read, it says only that the rule runs', () => {
    const rule = {
      name: 'Odd',
      ruleTypeId: { category: 'Rule' as const, provider: 'DeploymentWindow' },
      configuration: { Cron: 'no' },
    };
    const at = run({ pipeline: withStages(plain, { B: { beforeEntry: { conditions: [condition('FAIL', rule)] } } }) });
    at.clock.advanceTo(1);
    expect(said(at)[0]).toBe('B: beforeEntry: the rule Odd (DeploymentWindow) is being evaluated.');
  });

  test('for actions of a lower run order, and for a free slot', () => {
    const pipeline = pipelineOf({ S: ['Repo'], B: ['A', 'C', 'Pack@2'] });
    const at = run({ pipeline, slots: 1, duration: () => 5 });
    at.clock.advanceTo(6);
    expect(said(at)).toEqual([
      'B/A: It is running.',
      'B/C: Waits to be started: for a free slot on this machine.',
      'B/Pack: Waits for A, C, which have a lower run order.',
    ]);
  });

  test('for its turn in PARALLEL mode', () => {
    const pipeline = pipelineOf({ S: ['Repo'], B: ['A', 'C', 'D', 'E', 'F', 'G'] }, { executionMode: 'PARALLEL' });
    const at = run({ pipeline, duration: () => 5 });
    at.clock.advanceTo(6);
    expect(said(at).at(-1)).toBe('B/G: Waits for its turn: in PARALLEL mode 5 actions of an execution run at once.');
  });

  test('at a breakpoint', () => {
    const at = simulate({ pipeline: plain });
    at.startWith('E1', { breakpoints: { 'B/Make': 'before' } });
    at.clock.runToEnd();
    expect(said(at)).toEqual([
      'B/Make: Waits at a breakpoint before it starts, since 1970-01-01 00:00 UTC.',
      'B/Pack: Waits for Make, which has a lower run order.',
    ]);
  });

  test('for its running actions, while it is stopped or cancelled', () => {
    const at = run({ duration: () => 5 });
    at.clock.advanceTo(6);
    at.stop('E1');
    expect(said(at)[0]).toBe('It is being stopped: spec (waiting for B/Make to end)');
    const other = run({ duration: () => 5 });
    other.clock.advanceTo(6);
    other.update(plain);
    expect(said(other)[0]).toMatch(/^It becomes Cancelled as soon as its running actions have ended: /);
  });

  test('to be retried, until the stage is free', () => {
    const at = run({ outcome: failing('Make') });
    at.clock.runToEnd();
    const requested = { type: 'StageRetryRequested', stageName: 'B', retryMode: 'FAILED_ACTIONS' } as const;
    const event = { seq: 0, at: 9, mono: 9, ...requested, trigger: 'ManualStageRetry' } as const;
    expect(why(replay([...at.log('E1'), event])).map(({ text }) => text)).toContain(
      'Is retried as soon as the stage is free.',
    );
  });
});

describe('why an execution ended as it did', () => {
  test('a failed action, with its message and what to do; what came after it never started', () => {
    const at = run({ outcome: failing('Make') });
    at.clock.runToEnd();
    expect(said(at)).toEqual([
      'Failed in the stage "B".',
      'B: Failed because Make failed.',
      'B/Make: Failed: It broke. Mend it.',
      'B/Pack: Never started: Make failed before it.',
      'D: Not reached: the execution ended in "B" (Failed).',
    ]);
  });

  test('superseded: by whom and where', () => {
    const at = flow('SUPERSEDED', { E1: 0, E2: 2, E3: 3 });
    at.clock.runToEnd();
    expect(said(at, 'E2')).toEqual([
      'Superseded while it waited at "B": execution E3, which was started later, came to the same entrance.',
      'B: Never entered: the execution was Superseded while it waited at the entrance.',
      'D: Not reached: the execution ended in "B" (Superseded).',
    ]);
  });

  test('stopped and abandoned', () => {
    const at = run({ duration: () => 5 });
    at.clock.advanceTo(6);
    at.stop('E1', true);
    expect(said(at)).toEqual([
      'Stopped by request, running work abandoned: spec',
      'B: Stopped: the execution was stopped while it was in this stage.',
      'B/Make: Abandoned: the execution was stopped without waiting for it.',
      'B/Pack: Never started: the execution was stopped.',
      'D: Not reached: the execution ended in "B" (Stopped).',
    ]);
  });

  test('cancelled by an edit', () => {
    const at = run({ duration: () => 5 });
    at.clock.advanceTo(6);
    at.update(plain);
    at.clock.runToEnd();
    expect(said(at)).toEqual([
      'Cancelled: the pipeline was updated to version 2.',
      'B: Cancelled: the pipeline was updated to version 2.',
      'B/Pack: Never started: the pipeline was updated.',
      'D: Not reached: the execution ended in "B" (Cancelled).',
    ]);
  });

  test.each([
    {
      result: 'FAIL' as const,
      effect: 'so the stage failed',
      action: 'Never started: the beforeEntry condition was not met.',
    },
    { result: 'SKIP' as const, effect: 'so the stage was skipped', action: "Didn't run: the stage was skipped." },
  ])('a beforeEntry condition that says $result: which rule, and its message', ({ result, effect, action }) => {
    const pipeline = withStages(plain, { B: { beforeEntry: { conditions: [condition(result, 'Gate')] } } });
    const at = run({ pipeline, ruleOutcome: gateFails });
    at.clock.runToEnd();
    expect(said(at).filter((text) => text.startsWith('B'))).toEqual([
      `B: The beforeEntry condition was not met, ${effect}. Rule Gate failed: The value differs.`,
      `B/Make: ${action}`,
      `B/Pack: ${action}`,
    ]);
  });

  test('a rollback: to which execution and by which; and why there is none', () => {
    const pipeline = withStages(plain, { B: { onFailure: { result: 'ROLLBACK' } } });
    const outcome: SimulationOptions['outcome'] = (action) =>
      action.pipelineExecutionId === 'E2' ? failing('Make')(action) : {};
    const at = run({ pipeline, outcome });
    at.clock.runToEnd();
    at.start('E2');
    at.clock.runToEnd();
    expect(said(at, 'E2')).toContain('B: Rolled back to execution E1 by execution R3.');
    expect(said(at, 'R3')).toEqual([
      'It rolls "B" back to what execution E1 brought there; no other stage is run.',
      'S: Not run: the execution began at "B".',
      'D: Not run: the execution was for "B" only.',
    ]);
    const first = run({ pipeline, outcome: failing('Make') });
    first.clock.runToEnd();
    expect(said(first)).toContain('B: Not rolled back: no execution of the present version has succeeded in it.');
  });

  test('an onFailure condition that was met or not', () => {
    const pipeline = withStages(plain, { B: { onFailure: { conditions: [condition('ROLLBACK', 'Judge')] } } });
    const met = run({ pipeline, outcome: failing('Make') });
    met.clock.runToEnd();
    expect(said(met)).toContain('B: The onFailure condition was met: ROLLBACK.');
    const not = run({ pipeline, outcome: failing('Make'), ruleOutcome: gateFails });
    not.clock.runToEnd();
    expect(said(not)).toContain(
      'B: The onFailure condition was not met, so the failure stands. Rule Judge failed: The value differs.',
    );
  });

  test('the automatic retry that was used', () => {
    const at = run({
      pipeline: withStages(plain, { B: { onFailure: { result: 'RETRY' } } }),
      outcome: failing('Make'),
    });
    at.clock.runToEnd();
    expect(said(at)).toContain(
      'B: Failed because Make failed. It was retried automatically before, which happens once.',
    );
  });

  test('an override, a skipped action, a fork', () => {
    const pipeline = withStages(plain, { B: { onSuccess: { conditions: [condition('FAIL', 'Watch')] } } });
    const at = simulate({ pipeline, ruleOutcome: gateFails });
    at.startWith('E1', { breakpoints: { 'B/Make': 'before' } });
    at.clock.runToEnd();
    at.continueAction('E1', { stageName: 'B', actionName: 'Make', skip: true });
    at.clock.runToEnd();
    at.override('E1', 'B', 'ON_SUCCESS');
    at.clock.runToEnd();
    expect(said(at)).toEqual([
      'B: The onSuccess condition was overridden by spec.',
      'B/Make: Not run: a person skipped it at a breakpoint.',
    ]);
    at.fork('E2', 'E1', { stageName: 'D' });
    at.clock.runToEnd();
    expect(said(at, 'E2')).toEqual([
      'It began at "D" with the results of execution E1; the stages before it are not run.',
      'S: Not run: the execution began at "D".',
      'B: Not run: the execution began at "D".',
    ]);
    at.fork('E3', 'E1', { stageName: 'B', actionName: 'Pack', only: true });
    expect(said(at, 'E3')).toContain('B/Make: Not run: only another action of the stage was asked for.');
    at.clock.runToEnd();
    at.fork('E4', 'E1', { stageName: 'B', keepDone: true });
    at.clock.runToEnd();
    expect(said(at, 'E4')).toContain('B/Pack: Not run: its result of execution E1 counts.');
  });

  test('nothing special', () => {
    const at = run();
    at.clock.runToEnd();
    expect(said(at)).toEqual(['Every stage succeeded.']);
    expect(why(notStarted)).toEqual([{ where: '', text: 'It has not started.' }]);
    expect(why(replay(at.log('E1').slice(0, 1)))).toEqual([{ where: '', text: 'It is about to begin.' }]);
  });
});

it('answers at every instant of whatever execution, in whole sentences, about places that exist', () => {
  fc.assert(
    fc.property(scripts, (script) => {
      const at = play(script);
      for (const state of at.executions()) {
        const places = state.declaration.stages.flatMap((stage) => [
          stage.name,
          ...stage.actions.map((action) => `${stage.name}/${action.name}`),
        ]);
        const log = at.log(state.pipelineExecutionId);
        for (let count = 0; count <= log.length; count += 3) {
          const reasons = why(replay(log.slice(0, count)), at.executions());
          expect(reasons.length).toBeGreaterThan(0);
          for (const { where, text } of reasons) {
            expect(['', ...places]).toContain(where);
            expect(text).not.toMatch(/undefined|null|NaN|\s$|^\s|\.\.$/);
          }
        }
      }
    }),
    { numRuns: 40, seed: 11 },
  );
});

it('ends the sentence of an error before it says how to mend it', () => {
  const fix = 'Look at the log.';
  expect(errorSentence({ message: 'Reason: exit status 1', fix })).toBe('Reason: exit status 1. Look at the log.');
  expect(errorSentence({ message: 'It failed.', fix })).toBe('It failed. Look at the log.');
  expect(errorSentence({ message: 'It failed' })).toBe('It failed.');
});
