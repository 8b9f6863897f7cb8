import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, existsSync, openSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { ActionFailure, type Cancellation } from '../../../shared/providers/host.ts';
import { endLeftovers, endProcesses } from './endProcesses.ts';
import { findByCookie, groupLives, isOurs, type ProcessIdentity, startTimeOf } from './processIdentity.ts';
import { NOTE, readNote } from './shellNote.ts';

/**
 * Runs one script in one detached shell that outlives its host (architecture §3.5). The file `shell` in the attempt's folder
 * tells a later host what happened: its first line is the pid, written by the shell before its first command; its last
 * line is the exit code, written by the EXIT trap. A line counts only with its newline. The script may add lines with tabs.
 *
 * A script is never run twice. The intent is on disk before (the journal's ActionStarted, which names the boot). The shell
 * creates the file exclusively and leaves at once when another shell has done so. So a host that finds no such file may
 * start one, as long as the machine was not restarted since: until then, files of ended processes are all there. After a
 * restart some may be missing that were never synced, and the answer is `lost`.
 */
export interface ShellRequest {
  /** The attempt's own folder; exists. */
  folder: string;
  /** Output of the shell is appended to this file. */
  outputPath: string;
  script: string;
  shell: 'sh' | 'bash';
  environment: Record<string, string>;
  cwd: string;
  /** Recognises the processes again. */
  cookie: string;
  /** What may have been before: nothing (this host began the attempt), a shell of this boot, or one of an earlier boot. */
  before: 'nothing' | 'thisBoot' | 'anotherBoot';
  /** Waited for before a shell is started that an earlier host did not come to start. */
  mayStart?: Promise<void> | undefined;
  /** Ends the processes. */
  signal: Cancellation;
  /** The host goes away: stop following, leave the processes alone. The promise then never settles. */
  closing: Cancellation;
  onStarted(identity: ProcessIdentity): void;
}

/** 128 + the number of the signal for a shell that a signal ended, as shells count. */
export type ExitCode = number | 'lost';

/** Exit code of a shell that found the attempt claimed by another one. */
const CLAIMED = 125;
/** Of a shell that was ended with SIGTERM. */
const ENDED = 143;
const FALLBACK_MS = 1000;
/** A longer script does not fit into an argument (MAX_ARG_STRLEN, in bytes) and becomes a file. */
const MOST_ARGUMENT = 100_000;

export async function superviseShell(request: ShellRequest): Promise<ExitCode> {
  if (process.platform === 'win32') {
    throw new ActionFailure(
      'ConfigurationError',
      'Commands run in a POSIX shell, which Windows does not have.',
      'Run Penstock inside WSL, or use a simulated action.',
    );
  }
  if (request.before === 'nothing') return start(request);
  const note = readNote(request.folder);
  if (note?.exitCode !== undefined) return note.exitCode;
  const shell = findShell(request);
  if (shell) return follow(request, shell);
  if (request.before === 'thisBoot' && !existsSync(join(request.folder, NOTE))) {
    return (await isAllowed(request)) ? start(request) : ENDED;
  }
  return readNote(request.folder)?.exitCode ?? 'lost';
}

/** False when it was ended before it was allowed. */
async function isAllowed({ mayStart, signal, closing }: ShellRequest): Promise<boolean> {
  if (!mayStart) return !signal.aborted;
  const ended = new Promise<false>((resolve) => {
    if (signal.aborted) resolve(false);
    signal.addEventListener('abort', () => resolve(false));
  });
  const isFree = await Promise.race([mayStart.then(() => true), ended]);
  if (closing.aborted) return new Promise(() => undefined);
  return isFree;
}

async function start(request: ShellRequest): Promise<ExitCode> {
  const output = openSync(request.outputPath, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(request.shell === 'sh' ? '/bin/sh' : 'bash', scriptArguments(request), {
      detached: true,
      stdio: ['ignore', output, output],
      env: request.environment,
      cwd: request.cwd,
    });
  } finally {
    closeSync(output);
  }
  const exitCode = await childExit(request, child);
  if (exitCode !== CLAIMED || readNote(request.folder)?.pid === child.pid) return exitCode;
  const shell = findShell(request);
  return shell ? follow(request, shell) : (readNote(request.folder)?.exitCode ?? 'lost');
}

function scriptArguments({ script, folder }: ShellRequest): string[] {
  const text = wrap(script, folder);
  if (Buffer.byteLength(text) < MOST_ARGUMENT) return ['-c', text];
  const path = join(folder, 'script');
  writeFileSync(path, text, { mode: 0o600 });
  return [path];
}

function childExit(request: ShellRequest, child: ChildProcess): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    const { pid } = child;
    const identity = pid === undefined ? undefined : { pid, startTime: startTimeOf(pid) ?? '' };
    const onAbort = () => void endProcesses(identity, request.cookie).then(() => resolve(ENDED), reject);
    const onClosing = () => child.unref();
    const done = () => {
      request.signal.removeEventListener('abort', onAbort);
      request.closing.removeEventListener('abort', onClosing);
    };
    child.once('error', (error: NodeJS.ErrnoException) => {
      done();
      reject(spawnFailure(error, request));
    });
    child.once('exit', (code, signal) => {
      if (request.closing.aborted) return;
      done();
      if (request.signal.aborted) return; // endProcesses answers when the whole group is gone
      const exitCode = code ?? 128 + (SIGNAL_NUMBERS[signal ?? 'SIGKILL'] ?? 9);
      if (pid === undefined || !groupLives(pid)) resolve(exitCode);
      else endLeftovers(pid, request.cookie).then(() => resolve(exitCode), reject);
    });
    request.signal.addEventListener('abort', onAbort);
    request.closing.addEventListener('abort', onClosing);
    if (identity) request.onStarted(identity);
    if (request.signal.aborted) onAbort();
  });
}

/** Waits for a shell that an earlier host started: for its exit code, or for its disappearance without one. */
function follow(request: ShellRequest, shell: ProcessIdentity): Promise<ExitCode> {
  request.onStarted(shell);
  return new Promise((resolve, reject) => {
    const watcher = watch(request.folder);
    const look = () => {
      const exitCode = readNote(request.folder)?.exitCode;
      if (exitCode !== undefined) return settle(exitCode);
      // It may write the line between the two looks, so look once more after it is gone.
      if (!isOurs(shell, request.cookie)) settle(readNote(request.folder)?.exitCode ?? 'lost');
    };
    // Not every file system reports changes, and a killed shell leaves no line.
    const fallback = setInterval(look, FALLBACK_MS);
    const stop = () => {
      clearInterval(fallback);
      watcher.close();
      request.signal.removeEventListener('abort', onAbort);
      request.closing.removeEventListener('abort', stop);
    };
    const settle = (exitCode: ExitCode) => {
      stop();
      endLeftovers(shell.pid, request.cookie).then(() => resolve(exitCode), reject);
    };
    const onAbort = () => {
      stop();
      endProcesses(shell, request.cookie).then(() => resolve(ENDED), reject);
    };
    watcher.on('change', look);
    watcher.on('error', () => undefined); // the fallback goes on looking
    request.signal.addEventListener('abort', onAbort);
    request.closing.addEventListener('abort', stop);
    if (request.signal.aborted) onAbort();
    else look();
  });
}

/** Ends what an attempt left running, if anything: for an abandoned action that a crash cut short. */
export async function endAttempt(folder: string, cookie: string): Promise<void> {
  await endProcesses(findShell({ folder, cookie }), cookie);
}

function findShell({ folder, cookie }: Pick<ShellRequest, 'folder' | 'cookie'>): ProcessIdentity | undefined {
  const pid = readNote(folder)?.pid;
  if (pid === undefined) return findByCookie(cookie).find((member) => member.pid === member.group);
  const startTime = startTimeOf(pid);
  if (startTime === undefined) return undefined;
  const identity = { pid, startTime };
  return isOurs(identity, cookie) ? identity : undefined;
}

/** Single quotes around a text for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function wrap(script: string, folder: string): string {
  const note = quote(join(folder, NOTE));
  return `set -C; { printf '%s\\n' "$$" >${note}; } 2>/dev/null || exit ${CLAIMED}; set +C
penstock_exit() { penstock_code=$?; trap - EXIT; printf '%s\\n' "$penstock_code" >>${note}; exit "$penstock_code"; }
trap penstock_exit EXIT
${script}
`;
}

function spawnFailure(error: NodeJS.ErrnoException, { shell, cwd }: ShellRequest): Error {
  if (error.code === 'ENOENT') {
    return new ActionFailure(
      'ConfigurationError',
      `The shell "${shell}" could not be started in ${cwd}: it is not installed.`,
      shell === 'bash'
        ? 'Install bash, or remove "shell: bash" from the buildspec.'
        : 'Install a POSIX shell as /bin/sh.',
      { cause: error },
    );
  }
  return new ActionFailure(
    'SystemUnavailable',
    `The shell could not be started: ${error.message}`,
    'Close other programs and retry the stage.',
    {
      cause: error,
    },
  );
}

const SIGNAL_NUMBERS: Partial<Record<NodeJS.Signals, number>> = {
  SIGHUP: 1,
  SIGINT: 2,
  SIGQUIT: 3,
  SIGILL: 4,
  SIGABRT: 6,
  SIGFPE: 8,
  SIGKILL: 9,
  SIGSEGV: 11,
  SIGPIPE: 13,
  SIGTERM: 15,
};
