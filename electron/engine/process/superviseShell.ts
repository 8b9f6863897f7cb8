import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, fsyncSync, openSync, readFileSync, rmSync, watch, writeSync } from 'node:fs';
import { join } from 'node:path';
import { ActionFailure, type Cancellation } from '../../../shared/providers/host.ts';
import { endLeftovers, endProcesses } from './endProcesses.ts';
import { currentBoot, findByCookie, isOurs, type ProcessIdentity, startTimeOf } from './processIdentity.ts';

/**
 * Runs one script in one detached shell that outlives its host (architecture §3.5). The attempt's folder tells a later host
 * what happened: `script` (written and synced before anything is spawned: the intent), `pid` (claimed by the shell before its
 * first command) and `exit` (written by its EXIT trap; complete only with its newline).
 *
 * A script is never run twice: the shell creates `pid` exclusively and leaves at once when another shell has it. So a host that
 * finds the intent but no `pid` may spawn again, as long as the machine was not restarted since; after a restart files may be
 * missing that were never synced, and the answer is `lost`.
 */
export interface ShellRequest {
  /** The attempt's own folder; exists. */
  folder: string;
  /** Output of the shell is appended here; the caller makes it private. */
  rawPath: string;
  script: string;
  shell: 'sh' | 'bash';
  environment: Record<string, string>;
  cwd: string;
  /** Recognises the processes again. */
  cookie: string;
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
const FALLBACK_MS = 1000;

export async function superviseShell(request: ShellRequest): Promise<ExitCode> {
  if (process.platform === 'win32') {
    throw new ActionFailure(
      'ConfigurationError',
      'Commands run in a POSIX shell, which Windows does not have.',
      'Run Penstock inside WSL, or use a simulated action.',
    );
  }
  const boot = intendedBoot(request.folder);
  if (boot === undefined) return start(request);
  const exitCode = readExit(request.folder);
  if (exitCode !== undefined) return exitCode;
  const shell = findShell(request);
  if (shell) return follow(request, shell);
  const isProvablyUnclaimed =
    boot !== '' && boot === currentBoot() && readText(join(request.folder, 'pid')) === undefined;
  if (isProvablyUnclaimed) return start(request);
  return readExit(request.folder) ?? 'lost';
}

async function start(request: ShellRequest): Promise<ExitCode> {
  const scriptPath = join(request.folder, 'script');
  writeIntent(scriptPath, wrap(request.script, request.folder));
  const output = openSync(request.rawPath, 'a', 0o600);
  let child: ChildProcess;
  try {
    child = spawn(request.shell === 'sh' ? '/bin/sh' : 'bash', [scriptPath], {
      detached: true,
      stdio: ['ignore', output, output],
      env: request.environment,
      cwd: request.cwd,
    });
  } finally {
    closeSync(output);
  }
  const exitCode = await childExit(request, child);
  if (exitCode === CLAIMED && readPid(request.folder) !== child.pid) {
    const shell = findShell(request);
    return shell ? follow(request, shell) : (readExit(request.folder) ?? 'lost');
  }
  return exitCode;
}

function childExit(request: ShellRequest, child: ChildProcess): Promise<ExitCode> {
  return new Promise((resolve, reject) => {
    const { pid } = child;
    const identity = pid === undefined ? undefined : { pid, startTime: startTimeOf(pid) ?? '' };
    const onAbort = () => void endProcesses(identity, request.cookie).then(() => resolve(143), reject);
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
      if (pid === undefined) resolve(exitCode);
      else endLeftovers(pid, request.cookie).then(() => resolve(exitCode), reject);
    });
    request.signal.addEventListener('abort', onAbort);
    request.closing.addEventListener('abort', onClosing);
    if (identity) request.onStarted(identity);
    if (request.signal.aborted) onAbort();
  });
}

/** Waits for a shell that an earlier host started: its `exit` file, or its disappearance without one. */
function follow(request: ShellRequest, shell: ProcessIdentity): Promise<ExitCode> {
  request.onStarted(shell);
  return new Promise((resolve, reject) => {
    const watcher = watch(request.folder);
    const look = () => {
      const exitCode = readExit(request.folder);
      if (exitCode !== undefined) return settle(exitCode);
      // It may write the file between the two looks, so look once more after it is gone.
      if (!isOurs(shell, request.cookie)) settle(readExit(request.folder) ?? 'lost');
    };
    // Not every file system reports changes, and a killed shell leaves no file.
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
      endProcesses(shell, request.cookie).then(() => resolve(143), reject);
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
  const pid = readPid(folder);
  if (pid === undefined) return findByCookie(cookie).find((member) => member.pid === member.group);
  const startTime = startTimeOf(pid);
  if (startTime === undefined) return undefined;
  const identity = { pid, startTime };
  return isOurs(identity, cookie) ? identity : undefined;
}

/** Single quotes around a text for a POSIX shell. */
const quote = (text: string) => `'${text.replaceAll("'", `'\\''`)}'`;

function wrap(script: string, folder: string): string {
  const pid = quote(join(folder, 'pid'));
  const exit = quote(join(folder, 'exit'));
  return [
    `# boot ${currentBoot()}`,
    `set -C; { printf '%s\\n' "$$" >${pid}; } 2>/dev/null || exit ${CLAIMED}; set +C`,
    `penstock_exit() { penstock_code=$?; trap - EXIT; printf '%s\\n' "$penstock_code" >${exit}; exit "$penstock_code"; }`,
    'trap penstock_exit EXIT',
    script,
    '',
  ].join('\n');
}

function writeIntent(path: string, text: string): void {
  try {
    rmSync(path, { force: true });
    const file = openSync(path, 'wx', 0o600);
    try {
      writeSync(file, text);
      fsyncSync(file); // a new file's name is written with it on the file systems we know; the folder is synced below all the same
    } finally {
      closeSync(file);
    }
    syncFolder(join(path, '..'));
  } catch (error) {
    rmSync(path, { force: true });
    throw error;
  }
}

function syncFolder(path: string): void {
  const folder = openSync(path, 'r');
  try {
    fsyncSync(folder);
  } finally {
    closeSync(folder);
  }
}

/** The boot during which the script was spawned, '' if the intent is cut short, undefined if there is none. */
function intendedBoot(folder: string): string | undefined {
  const text = readText(join(folder, 'script'));
  if (text === undefined) return undefined;
  return /^# boot (.+)\n/.exec(text)?.[1] ?? '';
}

function readPid(folder: string): number | undefined {
  const text = readText(join(folder, 'pid'));
  const pid = text?.endsWith('\n') ? Number(text) : Number.NaN;
  return Number.isInteger(pid) && pid > 1 ? pid : undefined;
}

function readExit(folder: string): number | undefined {
  const text = readText(join(folder, 'exit'));
  return text !== undefined && /^\d+\n$/.test(text) ? Number(text) : undefined;
}

function readText(path: string): string | undefined {
  try {
    return readFileSync(path, 'utf8');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
    throw error;
  }
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
