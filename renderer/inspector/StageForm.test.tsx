import { cleanup, fireEvent, screen, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { PipelineState } from '../../shared/ipc/contract.ts';
import { replaceTransport } from '../bridge.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { inspect, open, pipelineNow, type } from './testing/inspected.tsx';
import { shopPipeline } from './testing/shopPipeline.ts';

beforeEach(() => open(shopPipeline));
afterEach(cleanup);

describe('the stage editor', () => {
  it('disables the transition into a later stage, and enables it again; the first stage has none', async () => {
    const host = fakeBridge({
      handlers: {
        getPipelineState: async () => state,
        disableStageTransition: async ({ reason }) => {
          state = stateWith({ enabled: false, disabledReason: reason });
          return {};
        },
      },
    });
    const stateWith = (inboundTransitionState: PipelineState['stageStates'][number]['inboundTransitionState']) => ({
      pipelineName: 'shop',
      pipelineVersion: 1,
      stageStates: [{ stageName: 'Build', inboundTransitionState, inboundExecutions: [] }],
    });
    let state: PipelineState = stateWith({ enabled: true });
    replaceTransport(host);
    inspect('Build');
    const gate = screen.getByRole('region', { name: 'Transition into Build' });
    fireEvent.change(within(gate).getByLabelText('Reason for disabling it'), { target: { value: 'Freeze' } });
    fireEvent.click(within(gate).getByRole('button', { name: 'Disable the transition' }));
    expect(await within(gate).findByText('Freeze')).toBeTruthy();
    expect(within(gate).getByRole('button', { name: 'Enable the transition' })).toBeTruthy();
    cleanup();
    inspect('Source');
    expect(screen.queryByRole('region', { name: /^Transition/ })).toBeNull();
  });

  it('keeps what a rule had under another type, also when it is renamed meanwhile', () => {
    inspect('Build');
    fireEvent.click(screen.getByRole('button', { name: 'Add a condition before entry' }));
    const rule = () => pipelineNow().stages[1]!.beforeEntry!.conditions[0]!.rules![0]!;
    const become = (provider: string) =>
      fireEvent.change(screen.getByLabelText('Type'), { target: { value: provider } });
    type(screen.getByLabelText('Value'), '#{variables.TARGET}');
    become('DeploymentWindow');
    expect(rule().configuration).toBeUndefined();
    type(screen.getByLabelText('Window'), '* * * * * ?');
    expect(screen.getByText('The window is open now.')).toBeTruthy();
    expect(screen.getByLabelText('Time zone optional').getAttribute('list')).toBeTruthy();
    type(screen.getByLabelText('Rule name'), 'Gate');
    type(screen.getByLabelText('Stage name'), 'Make');
    cleanup();
    inspect('Make');
    become('VariableCheck');
    expect(rule()).toMatchObject({ name: 'Gate', configuration: { Value: '#{variables.TARGET}' } });
    become('DeploymentWindow');
    expect(rule().configuration).toEqual({ Cron: '* * * * * ?' });
  });

  it('says where and as whom a rule runs', () => {
    inspect('Build');
    fireEvent.click(screen.getByRole('button', { name: 'Add a condition on success' }));
    type(screen.getByLabelText('Region optional'), 'eu-west-1');
    type(screen.getByLabelText('Role ARN optional'), 'arn:aws:iam::111122223333:role/check');
    expect(pipelineNow().stages[1]!.onSuccess!.conditions[0]!.rules![0]).toMatchObject({
      region: 'eu-west-1',
      roleArn: 'arn:aws:iam::111122223333:role/check',
    });
  });
});
