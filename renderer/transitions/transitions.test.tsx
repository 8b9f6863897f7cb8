import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers, PipelineState } from '../../shared/ipc/contract.ts';
import { ProblemError } from '../../shared/problem.ts';
import { replaceTransport } from '../bridge.ts';
import { resetExecutions, useExecution } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { GatePanel } from './GatePanel.tsx';
import { followPipeline, refreshPipeline, stageStateOf, usePipelines } from './pipelineStore.ts';

const open = { enabled: true };
const closed = { enabled: false, disabledReason: 'Freeze', lastChangedBy: 'ann', lastChangedAt: 1_760_000_000_000 };
const stateOf = (
  transition: PipelineState['stageStates'][number]['inboundTransitionState'],
  inboundExecutions: PipelineState['stageStates'][number]['inboundExecutions'] = [],
): PipelineState => ({
  pipelineName: 'shop',
  pipelineVersion: 1,
  stageStates: [{ stageName: 'Deploy', inboundTransitionState: transition, inboundExecutions }],
});

let host: FakeBridge;
let now: PipelineState;
let isDone = false;
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const gate = () => stageStateOf('shop', 'Deploy')(usePipelines.getState());
function answer(handlers: Partial<Handlers> = {}) {
  host = fakeBridge({
    handlers: {
      getPipelineState: async () => now,
      disableStageTransition: async ({ reason }) => {
        now = stateOf({ ...closed, disabledReason: reason });
        return {};
      },
      enableStageTransition: async () => {
        now = stateOf(open);
        return {};
      },
      ...handlers,
    },
  });
  replaceTransport(host);
}
async function show() {
  await act(() => refreshPipeline('shop'));
  const onDone = () => {
    isDone = true;
  };
  render(<GatePanel pipelineName="shop" stageName="Deploy" onDone={onDone} />);
}

beforeEach(() => {
  resetExecutions();
  usePipelines.setState({ states: {}, openGate: '' });
  useUi.setState({ notices: [] });
  isDone = false;
  now = stateOf(open);
  answer();
});
afterEach(cleanup);

describe('a gate', () => {
  it('is closed with a reason that CodePipeline takes', async () => {
    await show();
    const reason = screen.getByLabelText('Reason for disabling it');
    fireEvent.change(reason, { target: { value: 'Freeze: all' } });
    expect(reason.getAttribute('aria-invalid')).toBe('true');
    fireEvent.click(screen.getByRole('button', { name: 'Disable the transition' }));
    expect(callsOf('disableStageTransition')).toEqual([]);
    fireEvent.change(reason, { target: { value: 'Freeze until Monday' } });
    fireEvent.click(screen.getByRole('button', { name: 'Disable the transition' }));
    await waitFor(() => expect(isDone).toBe(true));
    expect(gate()?.inboundTransitionState).toMatchObject({ enabled: false, disabledReason: 'Freeze until Monday' });
  });

  it('asks for a reason when none was written', async () => {
    await show();
    fireEvent.click(screen.getByRole('button', { name: 'Disable the transition' }));
    expect(screen.getByLabelText('Reason for disabling it').getAttribute('aria-invalid')).toBe('true');
    expect(callsOf('disableStageTransition')).toEqual([]);
  });

  it('says who closed it, why, and who waits; each can be shown', async () => {
    now = stateOf(closed, [{ pipelineExecutionId: 'e7', startNumber: 7, since: 1_760_000_000_000, why: 'Waits.' }]);
    await show();
    expect(screen.getByText('Freeze')).toBeTruthy();
    expect(screen.getByText(/^Disabled by ann/)).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Execution 7' }));
    expect(useExecution.getState().shownId).toBe('e7');
  });

  it('is opened again', async () => {
    now = stateOf(closed);
    await show();
    fireEvent.click(screen.getByRole('button', { name: 'Enable the transition' }));
    await waitFor(() => expect(gate()?.inboundTransitionState.enabled).toBe(true));
  });

  it('stays as it is when the host refuses, and the refusal is told', async () => {
    const refusal = { code: 'transition.disable', where: 'Deploy', what: 'There is no stage.', fix: 'Start it first.' };
    answer({
      disableStageTransition: async () => {
        throw new ProblemError(refusal);
      },
    });
    await show();
    fireEvent.change(screen.getByLabelText('Reason for disabling it'), { target: { value: 'Freeze' } });
    fireEvent.click(screen.getByRole('button', { name: 'Disable the transition' }));
    await waitFor(() => expect(useUi.getState().notices.map(({ text }) => text)).toEqual(['There is no stage.']));
    expect([isDone, gate()?.inboundTransitionState.enabled]).toEqual([false, true]);
  });
});

describe('the state of a pipeline', () => {
  it('is read again when the host says that it changed, and no longer once nobody follows it', async () => {
    const forget = followPipeline('shop');
    await waitFor(() => expect(gate()?.inboundTransitionState.enabled).toBe(true));
    now = stateOf(closed);
    host.push('pipelineChanged', { pipelineName: 'shop' });
    await waitFor(() => expect(gate()?.inboundTransitionState.enabled).toBe(false));
    forget();
    const count = callsOf('getPipelineState').length;
    host.push('pipelineChanged', { pipelineName: 'shop' });
    expect(callsOf('getPipelineState')).toHaveLength(count);
  });
});
