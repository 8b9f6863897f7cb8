import { act, cleanup, fireEvent, render, screen, waitFor, within } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Handlers, TriggerState } from '../../shared/ipc/contract.ts';
import { parseDocument } from '../../shared/model/documentText.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { matchTriggers } from '../../shared/triggers/matchTriggers.ts';
import { replaceTransport } from '../bridge.ts';
import { findCommand, reasonAgainst } from '../commands/registry.ts';
import { activeTab, adopt, useDocuments } from '../state/documentStore.ts';
import { resetExecutions } from '../state/executionStore.ts';
import { openDialog, useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { SimulateEventSheet } from './SimulateEventSheet.tsx';
import { TriggersTab } from './TriggersTab.tsx';
import { takeTriggerState, useTriggers } from './triggerStore.ts';

const connection = (name: string, FullRepositoryId: string) => ({
  name,
  actionTypeId: {
    category: 'Source' as const,
    owner: 'AWS' as const,
    provider: 'CodeStarSourceConnection',
    version: '1',
  },
  configuration: { ConnectionArn: 'arn', FullRepositoryId, BranchName: 'trunk' },
});
const pipeline = pipelineOf(
  { Source: [connection('App', 'acme/app'), connection('Docs', 'acme/docs')], Build: ['Compile'] },
  {
    triggers: [
      {
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: {
          sourceActionName: 'App',
          push: [
            { branches: { includes: ['trunk'] }, filePaths: { includes: ['src/**'], excludes: ['**/*.md'] } },
            { tags: { includes: ['v*'] } },
          ],
          pullRequest: [{ events: ['OPEN'], branches: { includes: ['trunk'] } }],
        },
      },
    ],
  },
);
const path = '/p/shop.pipeline.json';
const disarmed: TriggerState = { path, armed: false, watched: [] };
let host: FakeBridge;

function open(handlers: Partial<Handlers> = {}) {
  host = fakeBridge({
    handlers: {
      simulateTriggerEvent: async ({ text, event, of }) =>
        matchTriggers(parseDocument(text, 'json').pipeline!, event, of ? { of } : {}),
      triggerState: async () => disarmed,
      ...handlers,
    },
  });
  replaceTransport(host);
  const sidecar = emptySidecar();
  adopt({
    documentId: 'd',
    path,
    name: 'shop',
    format: 'json',
    text: JSON.stringify({ pipeline }),
    sidecar,
    problems: [],
  });
}
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } });
const startButton = () => screen.getByRole<HTMLButtonElement>('button', { name: 'Start with this event' });

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useTriggers.setState({ states: {}, busyId: null });
  useUi.setState({ notices: [], view: 'design', dialog: null });
  resetExecutions();
});
afterEach(cleanup);

describe('the sheet "Simulate an event"', () => {
  it('begins with a push to the branch of the first source, and says live which filter matches', async () => {
    open();
    render(<SimulateEventSheet />);
    expect(screen.getByLabelText<HTMLInputElement>('Branch').value).toBe('trunk');
    await waitFor(() =>
      expect(screen.getByRole('status').textContent).toBe('Starts nothing: a push to branch "trunk".'),
    );
    expect(startButton().disabled).toBe(true);
    type('Changed files optional', 'README.md\nsrc/app.ts\n');
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('Starts "sketch", by Source/App'));
    const app = screen.getByRole('region', { name: 'Source/App' });
    expect(within(app).getByText('File "src/app.ts" matches the include "src/**".')).toBeTruthy();
    expect(within(app).getAllByText('does not match')).toHaveLength(2);
    expect(startButton().disabled).toBe(false);
  });

  it('takes tags and pull requests, and the repository of one source action', async () => {
    open();
    render(<SimulateEventSheet />);
    type('What happens', 'tag');
    type('Tag', 'v2');
    await waitFor(() => expect(screen.getByRole('status').textContent).toContain('a push of tag "v2"'));
    expect(startButton().disabled).toBe(false);
    type('In the repository of', 'Source/Docs');
    await waitFor(() => expect(startButton().disabled).toBe(true));
    expect(screen.getByText('The event is in another repository.')).toBeTruthy();
    type('In the repository of', '');
    type('What happens', 'pullRequest');
    type('Event', 'CLOSED');
    await screen.findByText('The event CLOSED is not one of OPEN.');
    type('Into branch', '  ');
    expect(screen.getByText('Name both branches.')).toBeTruthy();
    expect(startButton().disabled).toBe(true);
  });

  it('starts the document as that event would, and closes', async () => {
    open({ startFromTrigger: async () => ({ pipelineExecutionId: 'e-1' }) });
    openDialog({ name: 'simulateEvent' });
    render(<SimulateEventSheet />);
    type('What happens', 'tag');
    await waitFor(() => expect(startButton().disabled).toBe(false));
    fireEvent.click(startButton());
    await waitFor(() => expect(useUi.getState().dialog).toBeNull());
    expect(callsOf('startFromTrigger')).toMatchObject([{ documentId: 'd', event: { kind: 'tag', tag: 'v1.0.0' } }]);
  });

  it('stays, and says why, when the start is refused', async () => {
    const what = 'The bound repository has no tag "v1.0.0", so there is no commit to start with.';
    open({
      startFromTrigger: async () => {
        throw new ProblemError({ code: 'trigger.unknown-ref', where: '', what, fix: 'Create the tag there.' });
      },
    });
    openDialog({ name: 'simulateEvent' });
    render(<SimulateEventSheet />);
    type('What happens', 'tag');
    await waitFor(() => expect(startButton().disabled).toBe(false));
    fireEvent.click(startButton());
    expect((await screen.findByRole('alert')).textContent).toBe(`${what} Create the tag there.`);
    expect(useUi.getState().dialog).toEqual({ name: 'simulateEvent' });
  });
});

describe('arming triggers', () => {
  const armed: TriggerState = { path, armed: true, watched: [{ where: 'Source/App', repository: '/r/app' }] };
  const theSwitch = () => screen.getByRole('switch', { name: 'Start on real pushes' });

  it('asks the host, shows what is watched, and keeps the document clean', async () => {
    open({ armTriggers: async (input) => (input.armed ? armed : disarmed) });
    render(<TriggersTab pipeline={pipeline} />);
    fireEvent.click(theSwitch());
    expect(await screen.findByText('/r/app')).toBeTruthy();
    const tab = () => activeTab(useDocuments.getState());
    await waitFor(() => expect(tab()?.sidecar.triggersArmed).toBe(true));
    expect(tab()?.savedSidecar).toBe(tab()?.sidecar);
    expect(reasonAgainst(findCommand('run.armTriggers')!)).toBe('They are armed already.');
    fireEvent.click(theSwitch());
    await waitFor(() => expect(tab()?.sidecar).not.toHaveProperty('triggersArmed'));
    expect(reasonAgainst(findCommand('run.disarmTriggers')!)).toBe('They are not armed.');
    expect(callsOf('armTriggers')).toEqual([
      { documentId: 'd', armed: true },
      { documentId: 'd', armed: false },
    ]);
  });

  it('stays off when the user does not agree to the commands', async () => {
    open({
      armTriggers: async () => {
        throw new ProblemError({ code: 'trust.refused', where: '', what: 'No.', fix: '' });
      },
    });
    render(<TriggersTab pipeline={pipeline} />);
    fireEvent.click(theSwitch());
    expect((await screen.findByRole('alert')).textContent).toBe(
      'Not armed: the project’s commands need your consent first.',
    );
    expect((theSwitch() as HTMLInputElement).checked).toBe(false);
    expect(activeTab(useDocuments.getState())?.sidecar.triggersArmed).toBeUndefined();
  });

  it('tells once of an execution that an event started, and what the last event did', () => {
    open();
    render(<TriggersTab pipeline={pipeline} />);
    const last = {
      at: 1,
      what: 'Starts "sketch", by Source/App: a push to branch "trunk".',
      pipelineExecutionId: 'e-1',
    };
    act(() => {
      takeTriggerState({ ...armed, last });
      takeTriggerState({ ...armed, last });
    });
    expect(useUi.getState().notices.map(({ text }) => text)).toEqual([last.what]);
    expect(screen.getByText(`Last event: ${last.what}`)).toBeTruthy();
  });

  it('says for each source action what starts the pipeline', () => {
    open();
    render(<TriggersTab pipeline={pipeline} />);
    const lines = screen.getAllByRole('listitem').map((item) => item.textContent);
    expect(lines).toEqual([
      'Push to trunk that changes src/** except **/*.md',
      'Tag v*',
      'Pull request (OPEN) into trunk',
      'No trigger names it; it starts nothing by itself.',
    ]);
  });
});
