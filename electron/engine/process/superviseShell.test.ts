import { spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { childEnvironment } from './childEnvironment.ts';
import { endProcesses } from './endProcesses.ts';
import { findByCookie, isOurs, startTimeOf } from './processIdentity.ts';
import { type ShellRequest, superviseShell } from './superviseShell.ts';

let folder: string;
let cookie: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-shell-'));
  cookie = randomUUID();
});
afterEach(async () => {
  await endProcesses(undefined, cookie, 100);
  rmSync(folder, { recursive: true, force: true });
});

const request = (script: string, extra: Partial<ShellRequest> = {}): ShellRequest => ({
  folder,
  outputPath: join(folder, 'raw'),
  script,
  shell: 'sh',
  environment: childEnvironment(cookie, {}),
  cwd: folder,
  cookie,
  before: 'nothing',
  signal: new AbortController().signal,
  closing: new AbortController().signal,
  onStarted: () => undefined,
  ...extra,
});
const note = () => (existsSync(join(folder, 'shell')) ? readFileSync(join(folder, 'shell'), 'utf8') : '');
const pidOf = () => Number(note().split('\n')[0]);
/** As a host that comes back asks. */
const again = (script: string, extra: Partial<ShellRequest> = {}) =>
  superviseShell(request(script, { before: 'thisBoot', ...extra }));
const output = () => readFileSync(join(folder, 'raw'), 'utf8');
const evidence = () => readFileSync(join(folder, 'ran'), 'utf8').split('\n').filter(Boolean);
const until = (condition: () => boolean) =>
  vi.waitFor(() => expect(condition()).toBe(true), { timeout: 5000, interval: 10 });

/** Starts the script as a host that is gone afterwards would have: the shell lives on without a parent that waits. */
async function startAndForget(script: string): Promise<void> {
  const closing = new AbortController();
  void superviseShell(request(script, { closing: closing.signal }));
  await until(() => note().endsWith('\n'));
  closing.abort();
}

describe('the shell of an action', () => {
  it('answers the exit code and leaves it in a complete line', async () => {
    expect(await superviseShell(request('echo out; echo err >&2; exit 3'))).toBe(3);
    expect(output()).toBe('out\nerr\n');
    expect(note()).toMatch(/^\d+\n3\n$/);
  });

  it('reports a shell that a signal ended as 128 and the number of the signal', async () => {
    expect(await superviseShell(request('kill -9 $$'))).toBe(137);
  });

  it('runs a script of any length', async () => {
    const long = Array.from({ length: 20_000 }, (_, index) => `x=${index}`).join('\n');
    expect(await superviseShell(request(`${long}\necho $x`))).toBe(0);
    expect(output()).toBe('19999\n');
  });

  it('survives folders and texts with quotes and dollars', async () => {
    expect(await superviseShell(request(`printf '%s' 'a"$(touch canary)'`))).toBe(0);
    expect(output()).toBe('a"$(touch canary)');
    expect(existsSync(join(folder, 'canary'))).toBe(false);
  });

  it('writes its standard output and error to one log, in their order (buildspec.md §5)', async () => {
    expect(await superviseShell(request('echo out; echo err >&2; echo out again'))).toBe(0);
    expect(output()).toBe('out\nerr\nout again\n');
  });

  it('reads from nowhere', async () => {
    expect(await superviseShell(request('cat; echo end'))).toBe(0);
    expect(output()).toBe('end\n');
  });

  it('ends background processes that the build left behind', async () => {
    expect(await superviseShell(request('sleep 300 & echo done'))).toBe(0);
    expect(findByCookie(cookie)).toEqual([]);
  });
});

describe('a host that comes back', () => {
  it('joins the running shell and does not run the script again', async () => {
    await startAndForget('echo once >>ran; while [ ! -e go ]; do sleep 0.02; done; exit 7');
    const joined = again('echo never >>ran');
    writeFileSync(join(folder, 'go'), '');
    expect(await joined).toBe(7);
    expect(evidence()).toEqual(['once']);
  });

  it('reads the exit code of a shell that ended meanwhile', async () => {
    await startAndForget('echo once >>ran; exit 4');
    await until(() => note().endsWith('\n4\n'));
    expect(await again('echo never >>ran')).toBe(4);
    expect(await again('echo never >>ran', { before: 'anotherBoot' })).toBe(4);
    expect(evidence()).toEqual(['once']);
  });

  it('reports a shell that vanished without a result as lost (DU-39)', async () => {
    await startAndForget('echo once >>ran; kill -9 $$');
    await until(() => findByCookie(cookie).length === 0);
    expect(await again('echo never >>ran')).toBe('lost');
    expect(evidence()).toEqual(['once']);
  });

  it('waits before it starts what an earlier host did not come to start, until it may or is to end', async () => {
    const allowed = Promise.withResolvers<void>();
    const first = again('echo ran >>ran; exit 4', { mayStart: allowed.promise });
    await new Promise(setImmediate);
    expect(note()).toBe('');
    allowed.resolve();
    expect(await first).toBe(4);

    rmSync(join(folder, 'shell'));
    const ending = new AbortController();
    const second = again('echo ran >>ran', { mayStart: new Promise(() => undefined), signal: ending.signal });
    ending.abort();
    expect(await second).toBe(143);
    expect([note(), evidence()]).toEqual(['', ['ran']]);
  });

  it('notices a shell that is killed while it is followed', async () => {
    await startAndForget('sleep 300');
    const joined = again('true');
    process.kill(-pidOf(), 'SIGKILL');
    expect(await joined).toBe('lost');
  });

  it('takes an exit code without its newline for incomplete', async () => {
    await startAndForget('kill -9 $$');
    await until(() => findByCookie(cookie).length === 0);
    appendFileSync(join(folder, 'shell'), '0');
    expect(await again('true')).toBe('lost');
  });

  it('starts the script when no shell of this boot ever claimed the attempt', async () => {
    expect(await again('echo once >>ran')).toBe(0);
    expect(evidence()).toEqual(['once']);
  });

  it('does not start it when the machine was restarted since', async () => {
    expect(await again('echo never >>ran', { before: 'anotherBoot' })).toBe('lost');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('does not start it when a shell claimed the attempt and came no further', async () => {
    writeFileSync(join(folder, 'shell'), '');
    expect(await again('echo never >>ran')).toBe('lost');
    expect(existsSync(join(folder, 'ran'))).toBe(false);
  });

  it('runs the script once even when two shells were started for it', async () => {
    const script = 'sleep 0.2; echo ran >>ran; exit 9';
    expect(await Promise.all([again(script), again(script)])).toEqual([9, 9]);
    expect(evidence()).toEqual(['ran']);
  });

  it('never takes a program that was given the same pid for the shell (DU-40)', async () => {
    const other = spawn('sleep', ['300'], { stdio: 'ignore' });
    try {
      writeFileSync(join(folder, 'shell'), `${other.pid}\n`);
      expect(await again('true')).toBe('lost');
      await endProcesses({ pid: other.pid ?? 0, startTime: '1' }, cookie, 50);
      expect(startTimeOf(other.pid ?? 0)).toBeDefined();
      expect(isOurs({ pid: other.pid ?? 0, startTime: startTimeOf(other.pid ?? 0) ?? '' }, cookie)).toBe(false);
    } finally {
      other.kill('SIGKILL');
    }
  });
});

describe('ending an action', () => {
  it('ends grandchildren, those that ignore SIGTERM and those that left the group (DU-41, EN-12)', async () => {
    const abort = new AbortController();
    const script = [
      'trap "" TERM',
      'sh -c \'trap "" TERM; touch deep; sleep 300\' &',
      'setsid sh -c "touch away; sleep 300" &',
      'wait; sleep 300',
    ].join('\n');
    const ended = superviseShell(request(script, { signal: abort.signal }));
    await until(() => existsSync(join(folder, 'deep')) && existsSync(join(folder, 'away')));
    expect(findByCookie(cookie).length).toBeGreaterThanOrEqual(4);
    vi.useFakeTimers({ toFake: ['performance'] });
    abort.abort();
    vi.advanceTimersByTime(4000); // the grace is over at the next look
    vi.useRealTimers();
    expect(await ended).toBe(143);
    expect(findByCookie(cookie)).toEqual([]);
  });

  it('does nothing when the processes have ended already', async () => {
    await superviseShell(request('true'));
    await endProcesses({ pid: pidOf(), startTime: '1' }, cookie);
  });
});
