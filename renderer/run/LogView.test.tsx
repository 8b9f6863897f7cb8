import { act, cleanup, fireEvent, render, screen, waitFor } from '@testing-library/react';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf, type ExecutionState } from '../../shared/execution/executionState.ts';
import { pipelineOf } from '../../shared/testing/pipelineOf.ts';
import { simulate } from '../../shared/testing/simulate.ts';
import { replaceTransport } from '../bridge.ts';
import {
  applyPush,
  eventsOf,
  flushPushes,
  liveStateOf,
  resetExecutions,
  scrubTo,
  showExecution,
  useExecution,
} from '../state/executionStore.ts';
import { fakeBridge } from '../testing/fakeBridge.ts';
import { LogPanel } from './LogPanel.tsx';
import { followedAction, logChoices } from './logTarget.ts';
import { chooseLog, useRun } from './runStore.ts';

const pipeline = pipelineOf({ Source: ['App'], Build: ['Lint', 'Compile'] });
let text = '';
let host: ReturnType<typeof fakeBridge>;

beforeEach(() => {
  // The list is virtual: without a height nothing of it is drawn.
  vi.spyOn(HTMLElement.prototype, 'clientHeight', 'get').mockReturnValue(400);
  vi.spyOn(HTMLElement.prototype, 'clientWidth', 'get').mockReturnValue(600);
  text = '';
  host = fakeBridge({
    handlers: {
      readLog: async ({ offset, limit }) => {
        const start = offset < 0 ? Math.max(0, text.length + offset) : offset;
        const end = Math.min(text.length, start + limit);
        return { text: text.slice(start, end), start, end, size: text.length, complete: false };
      },
    },
  });
  replaceTransport(host);
  resetExecutions();
  useRun.setState({ logActionExecutionId: '', isWrapped: false });
});
afterEach(() => {
  cleanup();
  vi.restoreAllMocks();
});

/** Shows an execution as it stands after `until` ms; each action takes a minute unless told. */
function play(until: number, options: Omit<Parameters<typeof simulate>[0], 'pipeline'> = {}): ExecutionState {
  const simulation = simulate({ pipeline, duration: () => 60_000, ...options });
  simulation.start('e1');
  simulation.clock.advanceTo(until);
  act(() => {
    showExecution('e1');
    applyPush('e1', simulation.log('e1'));
    flushPushes();
  });
  return liveStateOf('e1')!;
}
const lines = () => [...document.querySelectorAll('[data-kind]')].map((line) => line.textContent);

describe('the log panel', () => {
  it('shows the log of the running action and reads on as it grows', async () => {
    const state = play(1000);
    const id = actionOf(state, 'Source', 'App')!.actionExecutionId;
    text = 'one\n';
    render(<LogPanel />);
    await waitFor(() => expect(lines()).toEqual(['1one']));
    text += 'two\n';
    act(() =>
      host.push('logGrew', { pipelineExecutionId: 'e1', actionExecutionId: id, size: text.length, complete: false }),
    );
    await waitFor(() => expect(lines()).toEqual(['1one', '2two']));
    expect(screen.getByRole('button', { name: 'Following' })).toBeTruthy();
  });

  it('TE-19 renders what a program printed as text, colours as classes', async () => {
    play(1000);
    text = '\u001B[31m<script>window.pwned=1</script>\u001B[0m<img src=x onerror="window.pwned=1">\n';
    render(<LogPanel />);
    await waitFor(() => expect(lines()[0]).toContain('<script>window.pwned=1</script><img'));
    expect(document.querySelector('script, img')).toBeNull();
    expect(document.querySelector('.ansi-fg-red')?.textContent).toBe('<script>window.pwned=1</script>');
    expect('pwned' in window).toBe(false);
  });

  it('says why a failed execution failed and leads to the command', async () => {
    play(600_000, {
      outcome: ({ actionName }) =>
        actionName === 'Compile'
          ? { status: 'Failed', errorDetails: { code: 'JobFailed', message: 'exit status 2', fix: 'Mend it.' } }
          : {},
    });
    text = '[Penstock] Running command: make\nboom\n[Penstock] Command did not exit successfully: exit status 2\n';
    render(<LogPanel />);
    expect(screen.getByText(/exit status 2/)).toBeTruthy();
    fireEvent.click(await screen.findByRole('button', { name: 'First error' }));
    await waitFor(() =>
      expect(document.querySelector('[data-marked="true"]')?.textContent).toBe('1[Penstock] Running command: make'),
    );
    expect(screen.getByRole('button', { name: 'Retry failed' })).toBeTruthy();
  });

  it('finds text in the log by Ctrl+F and says how often it is there', async () => {
    play(1000);
    text = 'apple\nbanana\nApple pie\n';
    render(<LogPanel />);
    await waitFor(() => expect(lines()).toHaveLength(3));
    fireEvent.keyDown(screen.getByRole('region', { name: /^Log of/ }), { key: 'f', ctrlKey: true });
    fireEvent.change(screen.getByLabelText('Find in this log'), { target: { value: 'apple' } });
    await waitFor(() => expect(screen.getByText('1 of 2')).toBeTruthy());
    fireEvent.keyDown(screen.getByLabelText('Find in this log'), { key: 'Enter' });
    fireEvent.keyDown(screen.getByLabelText('Find in this log'), { key: 'Enter' });
    expect(screen.getByText('2 of 2')).toBeTruthy();
    expect(document.querySelector('[data-marked="true"]')?.textContent).toBe('3Apple pie');
  });

  it('wraps long lines when asked, and goes on wrapping in the next log', async () => {
    play(1000);
    text = `${'long '.repeat(100)}\n`;
    const { unmount } = render(<LogPanel />);
    const wrap = await screen.findByRole('button', { name: 'Wrap long lines' });
    expect([wrap.getAttribute('aria-pressed'), document.querySelector('[data-wrapped="true"]')]).toEqual([
      'false',
      null,
    ]);
    fireEvent.click(wrap);
    expect(document.querySelector('[data-wrapped="true"]')).toBeTruthy();
    unmount();
    render(<LogPanel />);
    expect((await screen.findByRole('button', { name: 'Wrap long lines' })).getAttribute('aria-pressed')).toBe('true');
  });

  it('says how a finished execution ended', () => {
    play(600_000);
    render(<LogPanel />);
    expect(screen.getByText('Succeeded in 2 m 0 s.')).toBeTruthy();
  });

  it('keeps the focus when the button that was pressed goes away', () => {
    play(600_000, { outcome: ({ actionName }) => (actionName === 'Lint' ? { status: 'Failed' } : {}) });
    render(<LogPanel />);
    const retry = screen.getByRole('button', { name: 'Retry failed' });
    const panel = retry.closest<HTMLElement>('[tabindex="-1"]');
    retry.focus();
    fireEvent.click(retry);
    expect(document.activeElement).toBe(panel);
  });
});

describe('which log is shown', () => {
  it('follows what was started last among the running', () => {
    const state = play(61_000);
    expect([actionOf(state, 'Build', 'Lint'), actionOf(state, 'Build', 'Compile')].map((one) => one?.status)).toEqual([
      'InProgress',
      'InProgress',
    ]);
    expect(followedAction(state)).toBe(actionOf(state, 'Build', 'Compile')?.actionExecutionId);
  });

  it('stays at the failure of a failed execution', () => {
    const state = play(600_000, { outcome: ({ actionName }) => (actionName === 'Lint' ? { status: 'Failed' } : {}) });
    expect(followedAction(state)).toBe(actionOf(state, 'Build', 'Lint')?.actionExecutionId);
    expect(logChoices(state).map(({ label }) => label)).toEqual(['Source / App', 'Build / Lint', 'Build / Compile']);
  });

  describe('at an instant of the past', () => {
    /** The running action has printed five lines; one a second, as the host remembers it. */
    const atEvent = async (marks: [number, number][] | undefined) => {
      text = 'eins\nzwei\ndrei\nvier\nfünf\n';
      const readLog = async ({ offset, limit }: { offset: number; limit: number }) => {
        const bytes = new TextEncoder().encode(text);
        const start = offset < 0 ? Math.max(0, bytes.length + offset) : offset;
        const end = Math.min(bytes.length, start + limit);
        const part = new TextDecoder().decode(bytes.slice(start, end));
        return { text: part, start, end, size: bytes.length, complete: true, ...(marks && { marks }) };
      };
      host = fakeBridge({ handlers: { readLog: readLog as never } });
      replaceTransport(host);
      const state = play(200_000);
      const log = eventsOf('e1');
      const started = log.find((event) => event.type === 'ActionStarted' && event.actionName === 'Lint')!;
      render(<LogPanel />);
      chooseLog(actionOf(state, 'Build', 'Lint')!.actionExecutionId);
      await waitFor(() => expect(lines()).toHaveLength(5));
      act(() => scrubTo(started.seq));
      // Between two events time goes on: two and a half seconds later.
      act(() => useExecution.setState(({ clockNow }) => ({ clockNow: clockNow + 2500 })));
    };

    it('shows what was printed by then, and opens what came after on request', async () => {
      await atEvent([
        [1000, 5],
        [2000, 10],
        [3000, 15],
        [5000, 26],
      ]);
      await waitFor(() => expect(lines()).toEqual(['1eins', '2zwei']));
      fireEvent.click(screen.getByRole('button', { name: '3 more lines after this instant' }));
      expect(lines()).toHaveLength(5);
      expect(document.querySelectorAll('[data-later]')).toHaveLength(3);
      fireEvent.click(screen.getByRole('button', { name: 'Fold what came after this instant' }));
      expect(lines()).toHaveLength(2);
      act(() => scrubTo('live'));
      expect(lines()).toHaveLength(5);
    });

    it('says quietly that it is not known when each line was printed, and shows all once the action had ended', async () => {
      await atEvent(undefined);
      await waitFor(() => expect(screen.getByText(/When it printed what is not known/)).toBeTruthy());
      expect(lines()).toEqual([]);
      const ended = eventsOf('e1').findLast((event) => event.type === 'ActionFinished' && event.actionName === 'Lint')!;
      act(() => scrubTo(ended.seq));
      expect(lines()).toHaveLength(5);
    });
  });
});
