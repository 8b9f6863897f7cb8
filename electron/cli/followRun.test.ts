import { describe, expect, it } from 'vitest';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import type { Engine, History } from '../parts.ts';
import { EXIT, type Io } from './command.ts';
import { followRun } from './followRun.ts';

type Listener = Parameters<History['subscribe']>[0];

/** An engine and a history that do what a case says, and a terminal that keeps what it is shown. */
function scene({ isInteractive = false, approves = [] as string[] } = {}) {
  const listeners = new Set<Listener>();
  const asked: { what: string; input: Record<string, unknown> }[] = [];
  const questions: { text: string; answer: (text: string | undefined) => void; signal?: AbortSignal }[] = [];
  const interrupts = new Set<() => void>();
  const terminations = new Set<() => void>();
  const started = Promise.withResolvers<{ pipelineExecutionId: string }>();
  let idle = Promise.withResolvers<void>();
  let summary: Record<string, unknown> = { status: 'InProgress', waitsForApproval: false };
  let out = '';
  let err = '';
  const record = (what: string) => async (input: Record<string, unknown>) => {
    asked.push({ what, input });
    return {};
  };
  const io: Io = {
    out: (text) => {
      out += text;
    },
    drained: async () => true,
    err: (text) => {
      err += text;
    },
    isInteractive,
    ask: (text, signal) =>
      new Promise((answer) => {
        questions.push({ text, answer, ...(signal && { signal }) });
        signal?.addEventListener('abort', () => answer(undefined));
      }),
    environment: {},
    cwd: '/',
    onInterrupt: (listener) => {
      interrupts.add(listener);
      return () => interrupts.delete(listener);
    },
    onTerminate: (listener) => {
      terminations.add(listener);
      return () => terminations.delete(listener);
    },
  };
  const code = followRun({
    engine: {
      handlers: { putApprovalResult: record('answer'), stopPipelineExecution: record('stop') },
      idle: () => idle.promise,
    } as unknown as Engine,
    history: {
      subscribe: (listener: Listener) => {
        listeners.add(listener);
        return () => listeners.delete(listener);
      },
      summary: async () => summary,
      events: async () => [],
    } as unknown as History,
    io,
    json: true,
    quiet: false,
    answers: (key) => (approves.includes(key) ? 'Approved' : undefined),
    start: () => started.promise,
  });
  return {
    code,
    asked,
    questions,
    out: () => out,
    err: () => err,
    listeners: () => listeners.size + interrupts.size + terminations.size,
    begin: () => started.resolve({ pipelineExecutionId: 'e' }),
    refuse: (error: Error) => started.reject(error),
    happen: (...happenings: (Partial<Happening> & { type: string })[]) => {
      const events = happenings.map((one, index) => ({ seq: index + 1, at: 0, mono: 0, ...one }) as ExecutionEvent);
      for (const listener of listeners) listener('e', events);
    },
    rest: (now: Record<string, unknown>) => {
      summary = now;
      idle.resolve();
    },
    work: () => {
      idle = Promise.withResolvers();
    },
    interrupt: () => {
      for (const listener of interrupts) listener();
    },
    terminate: () => {
      for (const listener of terminations) listener();
    },
  };
}
const approval = (actionName = 'Person') => ({
  type: 'ApprovalRequested' as const,
  stageName: 'Approve',
  actionName,
  token: `token-${actionName}`,
});
/** Lets everything happen that needs no outside event. */
const settled = () => new Promise((resolve) => setImmediate(resolve));
const waiting = { status: 'InProgress', waitsForApproval: true };

describe('following a run in the terminal', () => {
  it.each([
    ['Succeeded', EXIT.succeeded],
    ['Failed', EXIT.failed],
    ['Stopped', EXIT.stopped],
  ] as const)('ends as the execution does: %s', async (status, code) => {
    const run = scene();
    run.begin();
    run.happen({ type: 'ExecutionFinished', status });
    expect(await run.code).toBe(code);
    expect(run.listeners()).toBe(0);
  });

  it('hears the end even when it comes before the start has been answered', async () => {
    const run = scene();
    run.happen({ type: 'ExecutionFinished', status: 'Failed' });
    run.begin();
    expect(await run.code).toBe(EXIT.failed);
  });

  it('throws what refuses the start, and leaves no listener', async () => {
    const run = scene();
    run.interrupt();
    run.refuse(new Error('store in use'));
    await expect(run.code).rejects.toThrow('store in use');
    expect(run.listeners()).toBe(0);
  });

  it('ends with 4 when nobody here can approve', async () => {
    const run = scene();
    run.begin();
    run.happen(approval());
    run.rest(waiting);
    expect(await run.code).toBe(EXIT.waitsForApproval);
    expect(run.asked).toEqual([]);
  });

  it('gives an approval of the command line before the start is answered, to the execution that asked', async () => {
    const run = scene({ approves: ['Approve/Person'] });
    run.happen(approval());
    await settled();
    expect(run.asked).toMatchObject([
      { what: 'answer', input: { pipelineExecutionId: 'e', token: 'token-Person', status: 'Approved' } },
    ]);
    run.begin();
    run.happen({ type: 'ExecutionFinished', status: 'Succeeded' });
    expect(await run.code).toBe(EXIT.succeeded);
  });

  it('asks one question after the other, again when the answer is neither yes nor no', async () => {
    const run = scene({ isInteractive: true });
    run.begin();
    run.happen(approval('First'), approval('Second'));
    await settled();
    expect(run.questions).toHaveLength(1);
    run.questions[0]?.answer('');
    await settled();
    expect(run.asked).toEqual([]);
    run.questions[1]?.answer('yes');
    await settled();
    expect(run.questions[2]?.text).toContain('Second');
    run.questions[2]?.answer('n');
    await settled();
    expect(run.asked.map(({ input }) => input.status)).toEqual(['Approved', 'Rejected']);
    run.happen({ type: 'ExecutionFinished', status: 'Failed' });
    expect(await run.code).toBe(EXIT.failed);
  });

  it('ends with 4 when the one who is asked leaves without an answer', async () => {
    const run = scene({ isInteractive: true });
    run.begin();
    run.happen(approval());
    await settled();
    run.rest(waiting);
    run.questions[0]?.answer(undefined);
    expect(await run.code).toBe(EXIT.waitsForApproval);
  });

  it('takes an open question away when the execution ends', async () => {
    const run = scene({ isInteractive: true });
    run.begin();
    run.happen(approval());
    await settled();
    run.happen({ type: 'ExecutionFinished', status: 'Stopped' });
    expect(await run.code).toBe(EXIT.stopped);
    expect(run.questions[0]?.signal?.aborted).toBe(true);
  });

  it('stops at Ctrl+C, abandons at the second, and leaves at the third', async () => {
    const run = scene();
    run.begin();
    for (const presses of [1, 2]) {
      run.interrupt();
      await settled();
      expect(run.asked.filter(({ what }) => what === 'stop')).toHaveLength(presses);
    }
    expect(run.asked.map(({ input }) => input.abandon)).toEqual([false, true]);
    run.interrupt();
    expect(await run.code).toBe(EXIT.stopped);
    expect(run.err()).toContain('Left e');
  });

  it('remembers a Ctrl+C that comes before the execution has an id', async () => {
    const run = scene();
    run.interrupt();
    await settled();
    expect(run.asked).toEqual([]);
    run.begin();
    await settled();
    expect(run.asked).toMatchObject([{ what: 'stop', input: { pipelineExecutionId: 'e', abandon: false } }]);
    run.happen({ type: 'ExecutionFinished', status: 'Stopped' });
    expect(await run.code).toBe(EXIT.stopped);
  });

  it('abandons at SIGTERM: whoever sends it does not wait for long', async () => {
    const run = scene();
    run.begin();
    run.terminate();
    await settled();
    expect(run.asked).toMatchObject([{ what: 'stop', input: { abandon: true } }]);
    run.happen({ type: 'ExecutionFinished', status: 'Stopped' });
    expect(await run.code).toBe(EXIT.stopped);
  });

  it('does not wait for approvals that the one who stops will not give', async () => {
    const run = scene();
    run.begin();
    run.happen(approval());
    run.interrupt();
    run.rest({ status: 'Stopping', waitsForApproval: true });
    await settled();
    expect(run.asked.map(({ input }) => input.abandon)).toEqual([false, true]);
    run.happen({ type: 'StopRequested', abandon: true });
    await settled();
    run.happen({ type: 'ExecutionFinished', status: 'Stopped' });
    expect(await run.code).toBe(EXIT.stopped);
  });

  it('waits on while the disk takes no facts: neither ended nor waiting for a person', async () => {
    const run = scene();
    run.begin();
    run.rest({ status: 'InProgress', waitsForApproval: false });
    await settled();
    run.work();
    run.happen({ type: 'StageStarted' });
    await settled();
    run.happen({ type: 'ExecutionFinished', status: 'Succeeded' });
    expect(await run.code).toBe(EXIT.succeeded);
  });

  it('prints nothing but events on stdout', async () => {
    const run = scene();
    run.begin();
    run.happen({ type: 'StageStarted' }, { type: 'ExecutionFinished', status: 'Succeeded' });
    await run.code;
    expect(
      run
        .out()
        .trim()
        .split('\n')
        .map((line) => JSON.parse(line).type),
    ).toEqual(['StageStarted', 'ExecutionFinished']);
  });
});
