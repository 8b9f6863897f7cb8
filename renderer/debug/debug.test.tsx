import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers, PausedAction } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { type Simulation, simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import { RunBanner } from '../run/RunBanner.tsx';
import { WhyTab } from '../run/WhyTab.tsx';
import { activeTab, adopt, undo, useDocuments } from '../state/documentStore.ts';
import {
  actionViewOf,
  applyPush,
  flushPushes,
  resetExecutions,
  scrubTo,
  setPlace,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { breakpointOf, forkFromInstant, reasonAgainstRunningFrom, runFrom, setBreakpoint } from './debugRun.ts';
import { PausedView } from './PausedView.tsx';

const pipeline = pipelineOf({ S: ['Repo'], B: ['Make', 'Pack@2'] });
const paused: PausedAction = {
  pausedAt: 'before',
  since: 1,
  actionType: 'Build/AWS/CodeBuild/1',
  resolvedConfiguration: { ProjectName: 'shop' },
  variables: { 'codepipeline.PipelineExecutionId': 'e1', 'variables.TARGET': 'test', 'Repo.CommitId': 'abc' },
  environment: ['CODEBUILD_SRC_DIR'],
  inputArtifacts: [
    {
      name: 'RepoOut',
      digest: 'a'.repeat(64),
      size: 2048,
      folder: '/data/paused/RepoOut',
      files: [{ path: 'src/index.js', size: 12 }],
      isCut: false,
    },
  ],
  shellCommand: 'sh /data/paused/shell.sh',
};

let host: FakeBridge;
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const breakpoints = () => activeTab(useDocuments.getState())?.sidecar.breakpoints;
const text = JSON.stringify({ pipeline });
function open(handlers: Partial<Handlers> = {}) {
  host = fakeBridge({
    handlers: {
      forkExecution: async () => ({ pipelineExecutionId: 'forked' }),
      continueAction: async () => ({}),
      inspectPaused: async () => paused,
      ...handlers,
    },
  });
  replaceTransport(host);
  const document = { documentId: 'd', path: '/p/shop.pipeline.json', name: 'shop', format: 'json' as const };
  adopt({ ...document, text, sidecar: emptySidecar(), problems: [] });
  setPlace('d');
}
/** Plays an execution to a time and shows it. */
function play(until: number, breaks: Record<string, 'before' | 'after'> = {}, of = pipeline): Simulation {
  const simulation = simulate({ pipeline: of });
  simulation.startWith('e1', { breakpoints: breaks });
  simulation.clock.advanceTo(until);
  act(() => {
    showExecution('e1');
    applyPush('e1', simulation.log('e1'));
    flushPushes();
  });
  return simulation;
}

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [], view: 'design' });
  resetExecutions();
  open();
});
afterEach(cleanup);

describe('a breakpoint', () => {
  it('is set, moved, removed and undone, and leaves no trace in the sidecar', () => {
    setBreakpoint('d', 'B/Make', 'before');
    expect([breakpointOf('B/Make'), breakpointOf('B/Pack')]).toEqual(['before', undefined]);
    setBreakpoint('d', 'B/Make', 'after');
    expect(breakpoints()).toEqual({ 'B/Make': 'after' });
    setBreakpoint('d', 'B/Make', undefined);
    expect(activeTab(useDocuments.getState())?.sidecar).not.toHaveProperty('breakpoints');
    undo('d');
    expect(breakpoints()).toEqual({ 'B/Make': 'after' });
  });
  it('holds a card, which says so only while that is so', () => {
    const simulation = play(50, { 'B/Make': 'before' });
    const view = () => actionViewOf('B', 'Make')(useExecution.getState());
    expect(view()).toMatchObject({ status: 'NotStarted', pausedAt: 'before' });
    expect(view()).toBe(view());
    simulation.continueAction('e1', { stageName: 'B', actionName: 'Make' });
    simulation.clock.runToEnd();
    act(() => {
      applyPush('e1', simulation.log('e1'));
      flushPushes();
    });
    expect(view()).toMatchObject({ status: 'Succeeded', pausedAt: '' });
  });
  it('is told with how many more are paused', () => {
    const two = pipelineOf({ S: ['Repo'], B: ['Make', 'Lint'] });
    play(50, { 'B/Make': 'before', 'B/Lint': 'before' }, two);
    render(<RunBanner />);
    expect(screen.getByText('1 more is paused.')).toBeTruthy();
  });
  it('leaves an action that is skipped there as skipped', () => {
    const simulation = play(50, { 'B/Make': 'before' });
    simulation.continueAction('e1', { stageName: 'B', actionName: 'Make', skip: true });
    simulation.clock.runToEnd();
    act(() => {
      applyPush('e1', simulation.log('e1'));
      flushPushes();
    });
    const view = () => actionViewOf('B', 'Make')(useExecution.getState());
    expect(view()).toMatchObject({ status: 'Skipped', attempt: 0 });
    expect(view()).toBe(view());
  });
  it('is told above the log, with the way on', async () => {
    play(50, { 'B/Make': 'before' });
    render(<RunBanner />);
    expect(screen.getByText('B / Make is paused before it starts.')).toBeTruthy();
    fireEvent.click(screen.getByRole('button', { name: 'Continue' }));
    await waitFor(() => expect(callsOf('continueAction')).toHaveLength(1));
  });
});

describe('a paused action', () => {
  const show = async () => {
    play(50, { 'B/Make': 'before' });
    render(<PausedView pipelineExecutionId="e1" stageName="B" actionName="Make" />);
    return screen.findByRole('region', { name: 'Make is paused' });
  };
  it('shows what it would get: configuration, files, their folder and a shell', async () => {
    const view = await show();
    expect(view.textContent).toContain('ProjectName');
    expect(within(view).getByText('/data/paused/RepoOut')).toBeTruthy();
    expect(within(view).getByText('src/index.js')).toBeTruthy();
    expect(within(view).getByText('sh /data/paused/shell.sh')).toBeTruthy();
  });
  it('goes on with the variables that were changed, and with no others', async () => {
    const view = await show();
    fireEvent.change(within(view).getByLabelText('variables.TARGET'), { target: { value: 'live' } });
    fireEvent.click(within(view).getByRole('button', { name: 'Continue with 1 change' }));
    await waitFor(() =>
      expect(callsOf('continueAction')).toEqual([
        {
          pipelineExecutionId: 'e1',
          stageName: 'B',
          actionName: 'Make',
          skip: false,
          variables: { 'variables.TARGET': 'live' },
        },
      ]),
    );
  });
  it('folds the variables of other namespaces, and says what was changed in them', async () => {
    const view = await show();
    const group = within(view).getByText('Repo: 1 variable').closest('details')!;
    expect(group.open).toBe(false);
    expect(within(view).getByLabelText('variables.TARGET').closest('details')).toBeNull();
    fireEvent.change(within(group).getByLabelText('Repo.CommitId'), { target: { value: 'def' } });
    expect(within(group).getByText('Repo: 1 variable · 1 changed')).toBeTruthy();
    fireEvent.click(within(view).getByRole('button', { name: 'Continue with 1 change' }));
    await waitFor(() => expect(callsOf('continueAction')).toMatchObject([{ variables: { 'Repo.CommitId': 'def' } }]));
  });
  it('can be skipped', async () => {
    const view = await show();
    fireEvent.click(within(view).getByRole('button', { name: 'Skip it' }));
    await waitFor(() => expect(callsOf('continueAction')).toMatchObject([{ skip: true, variables: {} }]));
  });
  it('says why it cannot be looked into', async () => {
    open({
      inspectPaused: async () => {
        throw new Error('It is not paused.');
      },
    });
    render(<PausedView pipelineExecutionId="e1" stageName="B" actionName="Make" />);
    expect((await screen.findByRole('alert')).textContent).toContain('It is not paused.');
  });
});

describe('a run that begins where another one stood', () => {
  it('takes the text and the sidecar of the document along, and is shown', async () => {
    play(50);
    await runFrom('B/Pack', true);
    expect(callsOf('forkExecution')).toMatchObject([
      { pipelineExecutionId: 'e1', stageName: 'B', actionName: 'Pack', only: true, documentId: 'd', text },
    ]);
    expect(useExecution.getState().shownId).toBe('forked');
  });
  it('from an instant names the instant, and keeps the definition that ran', async () => {
    play(50);
    act(() => scrubTo(4));
    await forkFromInstant();
    expect(callsOf('forkExecution')).toMatchObject([{ pipelineExecutionId: 'e1', seq: 4, documentId: 'd' }]);
    expect(callsOf('forkExecution')[0]).not.toHaveProperty('text');
  });
  it('needs an execution that is over, or an instant of it', () => {
    expect(reasonAgainstRunningFrom('B/Make')).toContain('Show an execution first');
    play(50, { 'B/Make': 'before' });
    expect(reasonAgainstRunningFrom('B/Make')).toBe('The execution still runs.');
    act(() => scrubTo(2));
    expect(reasonAgainstRunningFrom('B/Make')).toBe('');
    expect(reasonAgainstRunningFrom('B')).toBe('Select an action first.');
  });
});

describe('the list of reasons', () => {
  it('says why each place is as it is, at the shown instant', () => {
    play(50, { 'B/Make': 'before' });
    const chosen: string[] = [];
    render(<WhyTab onSelect={(where) => chosen.push(where)} />);
    expect(screen.getByRole('list', { name: 'Why' }).textContent).toMatch(/breakpoint/);
    fireEvent.click(screen.getByRole('button', { name: 'B / Make' }));
    expect(chosen).toEqual(['B/Make']);
  });
});
