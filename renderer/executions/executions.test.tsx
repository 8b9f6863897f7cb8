import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ExecutionSummary, Handlers } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { flow } from '../../shared/testing/flow.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { type Simulation, simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import { adopt, useDocuments } from '../state/documentStore.ts';
import {
  applyPush,
  flushPushes,
  resetExecutions,
  setPlace,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { VersionsDialog } from '../versions/VersionsDialog.tsx';
import { ExecutionsStrip } from './ExecutionsStrip.tsx';
import { placeText } from './placeText.ts';
import { RollbackDialog } from './RollbackDialog.tsx';

let host: FakeBridge;
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
function open(handlers: Partial<Handlers> = {}, pipeline = pipelineOf({ A: ['Repo'], B: ['Make'], C: ['Ship'] })) {
  host = fakeBridge({ handlers });
  replaceTransport(host);
  const document = { documentId: 'd', path: '/p/sketch.pipeline.json', name: 'sketch', format: 'json' as const };
  adopt({ ...document, text: JSON.stringify({ pipeline }), sidecar: emptySidecar(), problems: [] });
  setPlace('d');
}
const push = (simulation: Simulation, ...ids: string[]) =>
  act(() => {
    for (const id of ids) applyPush(id, simulation.log(id));
    flushPushes();
  });

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  resetExecutions();
});
afterEach(cleanup);

describe('several executions of a pipeline', () => {
  it('stand in a strip with the place of each, and each can be shown', () => {
    const at = flow('QUEUED', { E1: 0, E2: 1 });
    at.clock.advanceTo(4);
    open({}, at.state('E1').declaration);
    push(at, 'E1', 'E2');
    act(() => showExecution('E2'));
    render(<ExecutionsStrip />);
    const [first, second] = screen.getAllByRole('button');
    expect(second?.getAttribute('aria-pressed')).toBe('true');
    fireEvent.click(first!);
    expect(useExecution.getState().shownId).toBe('E1');
  });
  it('need no strip while only the shown one runs', () => {
    const at = flow('QUEUED', { E1: 0 });
    at.clock.advanceTo(2);
    open({}, at.state('E1').declaration);
    push(at, 'E1');
    act(() => showExecution('E1'));
    const { container } = render(<ExecutionsStrip />);
    expect(container.textContent).toBe('');
  });
  it('say whether they work, or what they wait for', () => {
    const at = simulate({ pipeline: pipelineOf({ A: ['Repo'], B: ['Approve'] }) });
    at.closeTransition('B', 'freeze');
    at.start('E1');
    at.clock.advanceTo(5);
    expect(placeText(at.state('E1'))).toBe('waits at the disabled transition into B');
    at.openTransition('B');
    at.clock.advanceTo(9);
    at.start('E2');
    at.clock.advanceTo(15);
    expect([placeText(at.state('E1')), placeText(at.state('E2'))]).toEqual(['in B', 'waits until it may enter B']);
  });
});

describe('a rollback', () => {
  const one = (pipelineExecutionId: string): ExecutionSummary => ({
    pipelineExecutionId,
    pipelineName: 'sketch',
    status: 'Succeeded',
    origin: 'local',
    triggerType: 'StartPipelineExecution',
    triggerDetail: '',
    revisionId: 'abcdef1234',
    revisionSummary: 'Begin the shop',
    startTime: 1_760_000_000_000,
    lastUpdateTime: 1_760_000_000_000,
    failedAction: '',
    waitsForApproval: false,
    documentPath: '',
  });

  it('is started to the execution that was chosen, and shown', async () => {
    open({
      listRollbackTargets: async () => ({ executions: [one('newer'), one('older')] }),
      rollbackStage: async () => ({ pipelineExecutionId: 'back' }),
    });
    render(<RollbackDialog pipelineName="sketch" stageName="C" />);
    fireEvent.click((await screen.findAllByRole('radio'))[1]!);
    fireEvent.click(screen.getByRole('button', { name: 'Roll back' }));
    await waitFor(() => expect(useExecution.getState().shownId).toBe('back'));
    expect(callsOf('rollbackStage')).toEqual([
      { pipelineName: 'sketch', stageName: 'C', targetPipelineExecutionId: 'older' },
    ]);
  });
  it('is not offered where there is nothing to return to', async () => {
    open({ listRollbackTargets: async () => ({ executions: [] }) });
    render(<RollbackDialog pipelineName="sketch" stageName="C" />);
    expect(await screen.findByText(/nothing to return to/)).toBeTruthy();
    expect(screen.getByRole('button', { name: 'Roll back' }).hasAttribute('disabled')).toBe(true);
  });
  it('names itself on the canvas, with the ways to its target', () => {
    const at = simulate({ pipeline: pipelineOf({ A: ['Repo'], B: ['Make'] }) });
    at.start('E1');
    at.clock.runToEnd();
    at.rollback('R', 'B', 'E1');
    at.clock.runToEnd();
    open({}, at.state('E1').declaration);
    push(at, 'E1', 'R');
    act(() => showExecution('R'));
    render(<ExecutionsStrip />);
    expect(screen.getByText('Rollback')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Show the target' }));
    expect(useExecution.getState().shownId).toBe('E1');
  });
});

describe('the versions of a pipeline', () => {
  it('are compared with the edited text, or read as they are', async () => {
    const edited = pipelineOf({ A: ['Repo'], B: ['Make'] });
    open(
      {
        listPipelineVersions: async () => ({
          versions: [
            { version: 2, createdAt: 2 },
            { version: 1, createdAt: 1 },
          ],
        }),
        getPipelineVersion: async ({ version }) => ({
          version,
          pipeline: version === 2 ? edited : { ...edited, executionMode: 'QUEUED' },
        }),
      },
      edited,
    );
    render(<VersionsDialog pipelineName="sketch" version={undefined} />);
    expect(await screen.findByText('No difference: this version is what is edited now.')).toBeTruthy();
    fireEvent.click(screen.getByRole('radio', { name: /Version 1/ }));
    const diff = await screen.findByRole('region', { name: 'From version 1 to the edited pipeline' });
    expect(diff.textContent).toContain('QUEUED');
    fireEvent.click(screen.getByRole('checkbox'));
    expect(screen.getByRole('region', { name: 'Text of version 1' }).textContent).toContain('"QUEUED"');
  });
  it('say that there are none yet', async () => {
    open({ listPipelineVersions: async () => ({ versions: [] }) });
    render(<VersionsDialog pipelineName="sketch" version={undefined} />);
    expect(await screen.findByText(/^None yet/)).toBeTruthy();
  });
});
