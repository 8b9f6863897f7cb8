import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Consent, Handlers } from '../../shared/ipc/contract.ts';
import { emptySidecar } from '../../shared/model/sidecar.ts';
import { ProblemError } from '../../shared/problem.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import {
  activeSelection,
  adopt,
  edit,
  setSelection,
  setSidecar,
  useDocuments,
  validateNow,
} from '../state/documentStore.ts';
import {
  applyPush,
  flushPushes,
  HISTORY_PLACE,
  resetExecutions,
  setPlace,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { type FakeBridge, fakeBridge } from '../testing/fakeBridge.ts';
import { ApprovalPrompt } from './ApprovalPrompt.tsx';
import { GUARD_MS } from './ConsentDialog.tsx';
import { RunDialogs } from './RunDialogs.tsx';
import { runPipeline } from './runPipeline.ts';
import { useRun } from './runStore.ts';
import { StageActions } from './StageActions.tsx';
import { StopMenu } from './StopMenu.tsx';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Compile'] });
let host: FakeBridge;

function open(handlers: Partial<Handlers> = {}) {
  host = fakeBridge({ handlers });
  replaceTransport(host);
  adopt({
    documentId: 'd',
    path: '/p/shop.pipeline.json',
    name: 'shop',
    format: 'json',
    text: JSON.stringify({ pipeline: { ...pipeline, variables: [{ name: 'TARGET' }] } }),
    sidecar: emptySidecar(),
    problems: [],
  });
  render(<RunDialogs />);
}
const callsOf = (name: string) => host.calls.filter((call) => call.name === name).map(({ input }) => input);
const notices = () => useUi.getState().notices.map(({ text }) => text);

beforeEach(() => {
  useDocuments.setState({ tabs: [], activeId: null });
  useUi.setState({ notices: [], bottomTab: 'timeline', view: 'design' });
  useRun.setState({ sheet: null, consents: [], startingId: null, logActionExecutionId: '' });
  resetExecutions();
});
afterEach(() => {
  cleanup();
  vi.useRealTimers();
});

const fault = (code: string, where = '') => ({ code, severity: 'error' as const, where, what: 'No.', fix: 'Mend it.' });
const missing = [
  {
    kind: 'binding' as const,
    where: 'Source/App',
    question: 'Which repository?',
    kinds: ['repository', 'folder'],
    required: true,
    suggestion: '',
  },
  { kind: 'variable' as const, name: 'TARGET', description: 'Where to', suggestion: 'beta' },
];

describe('Run', () => {
  it('starts at once when nothing is missing, and shows the execution and its log', async () => {
    open({ startPipelineExecution: async () => ({ pipelineExecutionId: 'e1' }) });
    await act(() => runPipeline('d'));
    expect(screen.queryByRole('dialog')).toBeNull();
    expect(useExecution.getState().shownId).toBe('e1');
    expect(useUi.getState().bottomTab).toBe('logs');
  });

  it('does not call somebody back who went to another view meanwhile', async () => {
    open({
      startPipelineExecution: async () => {
        useUi.setState({ view: 'history' });
        setPlace(HISTORY_PLACE);
        return { pipelineExecutionId: 'e1' };
      },
    });
    await act(() => runPipeline('d'));
    expect(useUi.getState().view).toBe('history');
    expect(useExecution.getState().shownId).toBeNull();
    // The design shows the run as soon as somebody looks at it again.
    act(() => setPlace('d'));
    expect(useExecution.getState().shownId).toBe('e1');
  });

  it('asks in one sheet for what is missing, remembers it beside the file and starts with it', async () => {
    open({
      getRunReadiness: async ({ sidecar }) => ({
        problems: [],
        missing: Object.keys(sidecar.bindings).length ? [] : missing,
        trusted: true,
      }),
      startPipelineExecution: async () => ({ pipelineExecutionId: 'e1' }),
    });
    await act(() => runPipeline('d'));
    const field = screen.getByLabelText('Git repository');
    fireEvent.change(field, { target: { value: '/src/app' } });
    fireEvent.blur(field);
    fireEvent.click(screen.getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(callsOf('startPipelineExecution')).toHaveLength(1));
    const bindings = { 'Source/App': { kind: 'repository', path: '/src/app' } };
    expect(callsOf('saveSidecar')).toMatchObject([{ sidecar: { bindings, variables: { TARGET: 'beta' } } }]);
    expect(callsOf('startPipelineExecution')).toMatchObject([{ sidecar: { bindings }, variables: { TARGET: 'beta' } }]);
    await waitFor(() => expect(screen.queryByRole('dialog')).toBeNull());
  });

  it('keeps the sheet open and says what is wrong with an answer', async () => {
    const bad = {
      code: 'x',
      severity: 'error' as const,
      where: 'Source/App',
      what: 'There is no such folder.',
      fix: 'Choose one.',
    };
    open({
      getRunReadiness: async ({ sidecar }) =>
        Object.keys(sidecar.bindings).length
          ? { problems: [bad], missing: [], trusted: true }
          : { problems: [], missing, trusted: true },
    });
    await act(() => runPipeline('d'));
    const field = screen.getByLabelText('Git repository');
    fireEvent.change(field, { target: { value: '/nowhere' } });
    fireEvent.blur(field);
    fireEvent.click(screen.getByRole('button', { name: 'Run' }));
    await waitFor(() => expect(screen.getByRole('alert').textContent).toMatch('There is no such folder. Choose one.'));
    expect(callsOf('saveSidecar')).toEqual([]);
    expect(callsOf('startPipelineExecution')).toEqual([]);
  });

  it('shows the problems instead of starting an invalid pipeline', async () => {
    const problems = [{ code: 'x', severity: 'error' as const, where: '', what: 'No source.', fix: 'Add one.' }];
    open({ getRunReadiness: async () => ({ problems, missing: [], trusted: true }) });
    await act(() => runPipeline('d'));
    expect(useUi.getState().bottomTab).toBe('problems');
    expect(notices()).toEqual(['No source.']);
    expect(callsOf('startPipelineExecution')).toEqual([]);
  });

  it('says what keeps it from starting until that is mended', async () => {
    open({ getRunReadiness: async () => ({ problems: [fault('name.pattern')], missing: [], trusted: true }) });
    edit('d', 'Rename', [{ path: ['name'], value: 'not a name!' }]);
    await act(() => runPipeline('d'));
    expect(notices()).toEqual(['No.']);
    act(() => void edit('d', 'Rename', [{ path: ['name'], value: 'still not!' }]));
    act(() => validateNow('d'));
    expect(notices()).toEqual(['No.']);
    act(() => void edit('d', 'Rename', [{ path: ['name'], value: 'shop' }]));
    act(() => validateNow('d'));
    expect(notices()).toEqual([]);
  });

  it('leads to a binding that leads nowhere, and says so until the binding is another', async () => {
    const problems = [fault('run.binding-missing', 'Source/App')];
    open({ getRunReadiness: async () => ({ problems, missing: [], trusted: true }) });
    await act(() => runPipeline('d'));
    expect(notices()).toEqual(['Source/App: No.']);
    expect(activeSelection(useDocuments.getState())).toBe('Source/App');
    expect(useUi.getState().bottomTab).toBe('timeline');
    act(() => setSelection('Build'));
    expect(notices()).toHaveLength(1);
    const bindings = { 'Source/App': { kind: 'folder' as const, path: '/here' } };
    act(() => setSidecar('d', 'Bind', (sidecar) => ({ ...sidecar, bindings })));
    expect(notices()).toEqual([]);
  });

  it('replaces what it said of the last try, and takes it back with the next', async () => {
    let isFull = true;
    open({
      startPipelineExecution: async () => {
        if (isFull) throw new ProblemError({ code: 'x', where: '', what: 'The disk is full.', fix: '' });
        return { pipelineExecutionId: 'e1' };
      },
    });
    await act(() => runPipeline('d'));
    await act(() => runPipeline('d'));
    expect(notices()).toEqual(['The disk is full.']);
    isFull = false;
    await act(() => runPipeline('d'));
    expect(notices()).toEqual([]);
  });

  it('says plainly that nothing was run when consent was refused', async () => {
    open({
      startPipelineExecution: async () => {
        throw new ProblemError({ code: 'trust.refused', where: '', what: 'Refused.', fix: '' });
      },
    });
    await act(() => runPipeline('d'));
    expect(useUi.getState().notices[0]).toMatchObject({ kind: 'info', text: 'Nothing was run.' });
    expect(useRun.getState().startingId).toBeNull();
  });
});

describe('the consent dialog', () => {
  const consent: Consent = {
    consentId: 'c1',
    folder: '/real/shop',
    openedAs: '/link/shop',
    commands: [{ where: 'Build/Compile', text: `npm ci\n${'x'.repeat(5000)}<script>` }],
    changed: false,
  };
  const ask = async () => {
    open({ answerConsent: async () => ({}) });
    await act(async () => host.push('consentRequested', consent));
  };

  it('shows the real folder, the way it was opened, and every command in full', async () => {
    await ask();
    const text = screen.getByRole('dialog').textContent;
    expect(text).toContain('/real/shop');
    expect(text).toContain('/link/shop');
    expect(text).toContain(consent.commands[0]!.text);
    expect(document.querySelector('dialog script')).toBeNull();
  });

  it('has the focus on Cancel and accepts nothing for its first half second', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    await ask();
    expect(document.activeElement?.textContent).toBe('Cancel');
    const accept = screen.getByRole<HTMLButtonElement>('button', { name: 'Trust and run' });
    fireEvent.click(accept);
    act(() => void vi.advanceTimersByTime(GUARD_MS - 1));
    expect(accept.disabled).toBe(true);
    expect(callsOf('answerConsent')).toEqual([]);
    act(() => void vi.advanceTimersByTime(1));
    fireEvent.click(accept);
    await act(async () => undefined);
    expect(callsOf('answerConsent')).toEqual([{ consentId: 'c1', trusted: true }]);
  });

  it('refuses when it is cancelled', async () => {
    await ask();
    fireEvent.click(screen.getByRole('button', { name: 'Cancel' }));
    await waitFor(() => expect(callsOf('answerConsent')).toEqual([{ consentId: 'c1', trusted: false }]));
    expect(screen.queryByRole('dialog')).toBeNull();
  });
});

/** Shows a simulated execution that stands where the given time left it. */
function play(until: number, options: Omit<Parameters<typeof simulate>[0], 'pipeline'>, shape = pipeline) {
  const simulation = simulate({ pipeline: shape, ...options });
  simulation.start('e1');
  simulation.clock.advanceTo(until);
  act(() => {
    showExecution('e1');
    applyPush('e1', simulation.log('e1'));
    flushPushes();
  });
}

describe('a failed stage', () => {
  it('can be retried, its failed actions or all of them', async () => {
    open({ retryStageExecution: async () => ({}) });
    play(60_000, {
      outcome: ({ actionName }) => (actionName === 'Compile' ? { status: 'Failed' } : {}),
    });
    const bindings = { 'Source/App': { kind: 'repository' as const, path: '/src/app' } };
    act(() => setSidecar('d', 'Bind', (sidecar) => ({ ...sidecar, bindings })));
    // With the stand-ins as they are in the window now, saved or not.
    const present = { documentId: 'd', sidecar: { ...emptySidecar(), bindings } };
    render(<StageActions stageName="Build" />);
    fireEvent.click(screen.getByRole('button', { name: 'Retry failed actions' }));
    fireEvent.click(screen.getByRole('button', { name: 'Retry all actions' }));
    await waitFor(() =>
      expect(callsOf('retryStageExecution')).toEqual([
        { pipelineExecutionId: 'e1', stageName: 'Build', retryMode: 'FAILED_ACTIONS', ...present },
        { pipelineExecutionId: 'e1', stageName: 'Build', retryMode: 'ALL_ACTIONS', ...present },
      ]),
    );
  });
});

describe('a running execution', () => {
  it('is stopped in one of two ways', async () => {
    open({ stopPipelineExecution: async () => ({}) });
    play(10, { duration: () => 60_000 });
    render(<StopMenu />);
    fireEvent.click(screen.getByRole('button', { name: 'Stop' }));
    fireEvent.click(screen.getByRole('menuitem', { name: /Stop and abandon/ }));
    await waitFor(() =>
      expect(callsOf('stopPipelineExecution')).toMatchObject([{ pipelineExecutionId: 'e1', abandon: true }]),
    );
  });
});

describe('a waiting approval', () => {
  const release = {
    ...pipeline,
    stages: [
      pipeline.stages[0]!,
      {
        name: 'Approve',
        actions: [
          {
            name: 'Manager',
            actionTypeId: { category: 'Approval', owner: 'AWS', provider: 'Manual', version: '1' } as const,
            configuration: { CustomData: 'Release?', ExternalEntityLink: 'javascript:alert(1)' },
          },
        ],
      },
    ],
  };

  it('is answered with its token and the comment, and XS-04 offers no link to follow', async () => {
    open({ putApprovalResult: async () => ({}) });
    play(3_600_000, {}, release);
    const onAnswered = vi.fn();
    render(<ApprovalPrompt stageName="Approve" actionName="Manager" onAnswered={onAnswered} />);
    expect(document.querySelector('a')).toBeNull();
    fireEvent.change(screen.getByLabelText('Comment'), { target: { value: ' fine ' } });
    fireEvent.click(screen.getByRole('button', { name: 'Approve' }));
    await waitFor(() => expect(onAnswered).toHaveBeenCalled());
    expect(callsOf('putApprovalResult')).toMatchObject([
      { pipelineExecutionId: 'e1', stageName: 'Approve', actionName: 'Manager', status: 'Approved', summary: 'fine' },
    ]);
  });

  it('cannot be answered at an instant of the past', () => {
    open();
    play(3_600_000, {}, release);
    act(() => useExecution.setState({ at: 3 }));
    render(<ApprovalPrompt stageName="Approve" actionName="Manager" />);
    expect(screen.queryByRole('button', { name: 'Approve' })).toBeNull();
  });
});
