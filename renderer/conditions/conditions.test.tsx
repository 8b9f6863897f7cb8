import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers } from '../../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { type SimulationOptions, simulate } from '../../shared/testing/simulate.ts';
import { conditionOf, withStages } from '../../shared/testing/withConditions.ts';
import { replaceTransport } from '../bridge.ts';
import { reasonsAt } from '../run/whyHere.ts';
import {
  applyPush,
  flushPushes,
  resetExecutions,
  scrubTo,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { AlarmSwitch } from './AlarmSwitch.tsx';
import { alarmsOf, useAlarms } from './alarmStore.ts';
import { ConditionPanel } from './ConditionPanel.tsx';
import { conditionViewOf } from './conditionView.ts';
import { openingText } from './openingText.ts';

const plain = pipelineOf({ S: ['Repo'], B: ['Make'] });
const gated = (result: 'FAIL' | 'SKIP' | 'ROLLBACK', set: 'beforeEntry' | 'onSuccess' = 'beforeEntry') =>
  withStages(plain, { B: { [set]: { conditions: [conditionOf(result, 'One', 'Two')] } } });
const failing: SimulationOptions['ruleOutcome'] = ({ rule }) =>
  rule.name === 'Two' ? { status: 'Failed', errorDetails: { code: 'JobFailed', message: 'The value differs.' } } : {};

let host: FakeBridge;
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const answer = (handlers: Partial<Handlers> = {}) => {
  host = fakeBridge({ handlers });
  replaceTransport(host);
};

/** Plays an execution up to a time and shows it. */
function play(pipeline: PipelineDeclaration, until: number, options: Partial<SimulationOptions> = {}) {
  const simulation = simulate({ pipeline, ...options });
  simulation.start('e1');
  simulation.clock.advanceTo(until);
  act(() => {
    showExecution('e1');
    applyPush('e1', simulation.log('e1'));
    flushPushes();
  });
  return simulation;
}
const viewOf = (pipeline: PipelineDeclaration, conditionType: 'BEFORE_ENTRY' | 'ON_SUCCESS' | 'ON_FAILURE') =>
  conditionViewOf(useExecution.getState().state, pipeline.stages[1]!, conditionType);

beforeEach(() => {
  resetExecutions();
  useAlarms.setState({ states: {} });
  answer();
});
afterEach(cleanup);

describe('the row of a condition', () => {
  it('says what follows while nothing was evaluated', () => {
    expect(viewOf(gated('SKIP'), 'BEFORE_ENTRY')).toEqual({ status: 'NotStarted', text: 'else SKIP' });
    const bare = withStages(plain, { B: { onFailure: { result: 'ROLLBACK' } } });
    expect(viewOf(bare, 'ON_FAILURE')).toEqual({ status: 'NotStarted', text: 'ROLLBACK' });
  });
  it('counts the rules that have ended while they run', () => {
    const pipeline = gated('FAIL');
    play(pipeline, 1.5, { ruleDuration: ({ rule }) => (rule.name === 'One' ? 0.2 : 5) });
    expect(viewOf(pipeline, 'BEFORE_ENTRY')).toEqual({ status: 'InProgress', text: '1 of 2 rules' });
  });
  it.each([
    ['FAIL', 'beforeEntry', 'BEFORE_ENTRY'],
    ['SKIP', 'beforeEntry', 'BEFORE_ENTRY'],
    ['ROLLBACK', 'onSuccess', 'ON_SUCCESS'],
  ] as const)('says that a failed gate means %s', (result, set, conditionType) => {
    const pipeline = gated(result, set);
    play(pipeline, 20, { ruleOutcome: failing });
    expect(viewOf(pipeline, conditionType)).toEqual({ status: 'Failed', text: `Failed: ${result}` });
  });
  it('says that every rule passed', () => {
    const pipeline = gated('FAIL');
    play(pipeline, 20);
    expect(viewOf(pipeline, 'BEFORE_ENTRY')).toEqual({ status: 'Succeeded', text: 'Passed' });
  });
  it('goes back to what was so at a scrubbed instant', () => {
    const pipeline = gated('FAIL');
    play(pipeline, 20);
    act(() => scrubTo(1));
    expect(viewOf(pipeline, 'BEFORE_ENTRY').status).toBe('NotStarted');
  });
  it('calls the onFailure condition met when its rules pass, and not met when one does not', () => {
    const pipeline = withStages(plain, { B: { onFailure: { conditions: [conditionOf('ROLLBACK', 'One', 'Two')] } } });
    const broken: SimulationOptions['outcome'] = ({ actionName }) =>
      actionName === 'Make' ? { status: 'Failed', outputArtifacts: [] } : {};
    play(pipeline, 20, { outcome: broken });
    expect(viewOf(pipeline, 'ON_FAILURE').text).toBe('Met: ROLLBACK');
    resetExecutions();
    play(pipeline, 20, { outcome: broken, ruleOutcome: failing });
    expect(viewOf(pipeline, 'ON_FAILURE')).toEqual({ status: 'Skipped', text: 'Not met' });
  });
});

describe('the rules of a condition', () => {
  const show = (pipeline: PipelineDeclaration) =>
    render(<ConditionPanel stage={pipeline.stages[1]!} conditionType="BEFORE_ENTRY" />);

  it('say each how they ended, and why', () => {
    const pipeline = gated('FAIL');
    play(pipeline, 20, { ruleOutcome: failing });
    show(pipeline);
    expect(screen.getByRole('listitem', { name: 'One: succeeded' })).toBeTruthy();
    expect(screen.getByRole('listitem', { name: 'Two: failed' }).textContent).toContain('The value differs.');
    expect(reasonsAt('B').join(' ')).toContain('beforeEntry condition was not met');
  });
  it('can be overridden, after a question', async () => {
    const pipeline = gated('FAIL');
    answer({ overrideStageCondition: async () => ({}) });
    play(pipeline, 20, { ruleOutcome: failing });
    show(pipeline);
    fireEvent.click(screen.getByRole('button', { name: 'Override…' }));
    expect(callsOf('overrideStageCondition')).toEqual([]);
    fireEvent.click(screen.getByRole('button', { name: 'Override the condition' }));
    await waitFor(() =>
      expect(callsOf('overrideStageCondition')).toEqual([
        { pipelineExecutionId: 'e1', stageName: 'B', conditionType: 'BEFORE_ENTRY' },
      ]),
    );
  });
  it('can not be overridden when the stage is skipped, has passed, or is seen at an instant of the past', () => {
    for (const [pipeline, options] of [
      [gated('SKIP'), { ruleOutcome: failing }],
      [gated('FAIL'), {}],
    ] as const) {
      resetExecutions();
      play(pipeline, 20, options);
      show(pipeline);
      expect(screen.queryByRole('button', { name: 'Override…' })).toBeNull();
      cleanup();
    }
    resetExecutions();
    play(gated('FAIL'), 20, { ruleOutcome: failing });
    act(() => scrubTo(useExecution.getState().eventCount - 1));
    show(gated('FAIL'));
    expect(screen.queryByRole('button', { name: 'Override…' })).toBeNull();
  });
});

describe('a deployment window', () => {
  const at = Date.parse('2026-03-04T12:00:00Z');
  it('says when it opens next, and that it is open', () => {
    const opening = openingText('DeploymentWindow', { Cron: '0 0 9 1 JAN ? 2060' }, at);
    expect(opening).toMatch(/^Opens next: .*2060/);
    expect(openingText('DeploymentWindow', { Cron: '* * * * * ?' }, at)).toBe('The window is open now.');
  });
  it('says nothing of a window that cannot be read, or of other rules', () => {
    expect(openingText('DeploymentWindow', { Cron: 'soon' }, at)).toBe('');
    expect(openingText('VariableCheck', { Cron: '* * * * * ?' }, at)).toBe('');
  });
});

describe('an alarm that a rule looks at', () => {
  const alarm = { name: 'Calm', ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CloudWatchAlarm' } } as const;

  it('is found in the pipeline once, whatever number of rules names it', () => {
    const rule = { ...alarm, configuration: { AlarmName: 'errors' } };
    const inRun = { ...alarm, name: 'Other', configuration: { AlarmName: '#{variables.ALARM}' } };
    const conditions = [conditionOf('FAIL', rule, { ...rule, name: 'Again' }, inRun)];
    expect(alarmsOf(withStages(plain, { B: { beforeEntry: { conditions } } }))).toEqual(['errors']);
  });
  it('shows its state and takes another one', async () => {
    answer({
      listAlarms: async () => ({ alarms: [{ alarmName: 'errors', state: 'OK', at: 1 }] }),
      setAlarmState: async () => ({}),
    });
    render(<AlarmSwitch alarmName="errors" />);
    const ok = screen.getByRole('button', { name: 'OK' });
    await waitFor(() => expect(ok.getAttribute('aria-pressed')).toBe('true'));
    fireEvent.click(screen.getByRole('button', { name: 'In alarm' }));
    await waitFor(() => expect(ok.getAttribute('aria-pressed')).toBe('false'));
    expect(callsOf('setAlarmState')).toEqual([{ alarmName: 'errors', state: 'ALARM' }]);
  });
});
