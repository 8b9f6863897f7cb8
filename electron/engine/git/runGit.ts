import { spawn } from 'node:child_process';
import { mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import type { Cancellation } from '../../../shared/providers/host.ts';

/**
 * Git, run so that nothing the bound repository says can start a program (reliability rules GT). A repository that came in
 * an archive may carry a config with file-system monitors, filters, hooks, aliases, helpers. So it is never git's own
 * repository: its objects are fetched over git's transport, which reads none of that, into a fresh one of ours.
 */
export interface GitLimits {
  /** Bytes that the scratch repository or an archive may reach. AWS: 1 GB (reference/actions.md, Artifact size limits). */
  bytes: number;
  /** Milliseconds that all commands of one reading may take together. */
  time: number;
}

export const gitLimits: GitLimits = { bytes: 1024 ** 3, time: 10 * 60_000 };

/** How one command ended. `stdout` is empty when a sink took it. */
export interface GitResult {
  exitCode: number;
  stdout: string;
  stderr: string;
}

export interface Git {
  /** The folder that holds `repository` and git's empty home. */
  readonly scratch: string;
  /** Runs `git ARGS`. Arguments are never seen by a shell. */
  run(args: readonly string[], options?: RunOptions): Promise<GitResult>;
}

export interface RunOptions {
  cwd?: string;
  /** Takes standard output as it comes; back-pressure is kept. */
  sink?: (chunk: Buffer) => Promise<void> | void;
  /** Called now and then while the command runs; throws to end it. */
  watch?: () => void;
}

const WATCH_EVERY = 250;
const MOST_OUTPUT = 16 * 1024 * 1024;

/**
 * Settings that take the place of the user's and the system's. `safe.directory` lets a repository of another user be read:
 * binding it was the user's word, and only git's transport, which runs nothing of it, ever opens it.
 */
const OUR_CONFIG = `[safe]
\tdirectory = *
\tbareRepository = explicit
[core]
\thooksPath = /dev/null
\tfsmonitor = false
\tsymlinks = false
\taskPass =
\tpager = cat
[credential]
\thelper =
[protocol]
\tallow = never
[protocol "file"]
\tallow = always
[submodule]
\trecurse = false
[fetch]
\trecurseSubmodules = false
[gc]
\tauto = 0
[maintenance]
\tauto = false
[pack]
\twindow = 0
\tthreads = 1
[i18n]
\tlogOutputEncoding = UTF-8
[advice]
\tdetachedHead = false
`;

/** The whole environment of a git process: nothing of the user's reaches it but the way to git itself. */
function environment(home: string, globalConfig: string): Record<string, string> {
  return {
    PATH: safePath(process.env.PATH ?? ''),
    HOME: home,
    XDG_CONFIG_HOME: home,
    USERPROFILE: home,
    ...(process.env.SystemRoot ? { SystemRoot: process.env.SystemRoot } : {}),
    GIT_CONFIG_NOSYSTEM: '1',
    GIT_CONFIG_SYSTEM: process.platform === 'win32' ? 'NUL' : '/dev/null',
    GIT_CONFIG_GLOBAL: globalConfig,
    GIT_ATTR_NOSYSTEM: '1',
    GIT_TERMINAL_PROMPT: '0',
    GIT_ASKPASS: '',
    SSH_ASKPASS: '',
    GIT_SSH_COMMAND: 'false',
    GIT_ALLOW_PROTOCOL: 'file',
    GIT_NO_LAZY_FETCH: '1',
    GIT_NO_REPLACE_OBJECTS: '1',
    GIT_OPTIONAL_LOCKS: '0',
    GIT_CEILING_DIRECTORIES: home,
    LC_ALL: 'C',
    TZ: 'UTC',
  };
}

/** Without empty and relative parts, which would find a program called git in the folder that git starts in. */
const safePath = (path: string) =>
  path
    .split(delimiter)
    .filter((part) => isAbsolute(part))
    .join(delimiter);

export interface GitOptions {
  scratch: string;
  limits: GitLimits;
  signal?: Cancellation;
  /** What problems are about: the bound repository's path. */
  where: string;
}

/**
 * Git with `scratch` as its home. One deadline holds for all its commands; `signal` ends the running one.
 *
 * @throws (from `run`) ProblemError `source.no-git`, `source.timed-out`, `source.stopped`.
 */
export function createGit({ scratch, limits, signal, where }: GitOptions): Git {
  const home = join(scratch, 'home');
  mkdirSync(home, { recursive: true, mode: 0o700 });
  const globalConfig = join(home, 'gitconfig');
  writeFileSync(globalConfig, OUR_CONFIG, { mode: 0o600 });
  const env = environment(home, globalConfig);
  const deadline = performance.now() + limits.time;

  const run = (args: readonly string[], { cwd = home, sink, watch }: RunOptions = {}) =>
    new Promise<GitResult>((resolve, reject) => {
      const child = spawn('git', args, { cwd, env, stdio: ['ignore', 'pipe', 'pipe'], detached: true });
      const output = { stdout: [] as Buffer[], stderr: [] as Buffer[], length: 0 };
      let failure: unknown;
      const end = (why: unknown) => {
        failure ??= why;
        killGroup(child.pid);
      };
      const stopped = () => end(failed(where, 'stopped', 'Reading the repository was stopped.', ''));
      const timer = setTimeout(() => end(timedOut(where, limits.time)), Math.max(1, deadline - performance.now()));
      const watcher = watch
        ? setInterval(() => {
            try {
              watch();
            } catch (error) {
              end(error);
            }
          }, WATCH_EVERY)
        : undefined;
      signal?.addEventListener('abort', stopped);
      if (signal?.aborted) stopped();

      const gather = (into: Buffer[]) => (chunk: Buffer) => {
        output.length += chunk.length;
        if (output.length <= MOST_OUTPUT) into.push(chunk);
        else end(failed(where, 'git-failed', 'Git wrote far more text than it should.', 'Check the repository.'));
      };
      child.stderr.on('data', gather(output.stderr));
      let drained: Promise<unknown> = Promise.resolve();
      if (sink) {
        drained = (async () => {
          for await (const chunk of child.stdout) await sink(chunk as Buffer);
        })().catch(end);
      } else {
        child.stdout.on('data', gather(output.stdout));
      }
      const settle = (result: () => void) => {
        clearTimeout(timer);
        clearInterval(watcher);
        signal?.removeEventListener('abort', stopped);
        result();
      };
      child.on('error', (cause: NodeJS.ErrnoException) => settle(() => reject(noGit(where, cause))));
      child.on('close', (code) => {
        void drained.then(() =>
          settle(() => {
            if (failure) return reject(failure);
            const text = (pieces: Buffer[]) => Buffer.concat(pieces).toString('utf8');
            resolve({ exitCode: code ?? 1, stdout: text(output.stdout), stderr: text(output.stderr) });
          }),
        );
      });
    });
  return { scratch, run };
}

/** Git starts helpers of its own (upload-pack, index-pack): the group ends as one. */
function killGroup(pid: number | undefined): void {
  if (pid === undefined) return;
  try {
    process.kill(process.platform === 'win32' ? pid : -pid, 'SIGKILL');
  } catch {
    // it has ended by itself
  }
}

const failed = (where: string, code: string, what: string, fix: string, cause?: unknown) =>
  new ProblemError({ code: `source.${code}`, where, what, fix }, { cause });

function timedOut(where: string, time: number): ProblemError {
  return failed(
    where,
    'timed-out',
    `Reading the repository took longer than ${Math.round(time / 1000)} seconds.`,
    'Bind a smaller clone of the repository, or one on a faster disk.',
  );
}

function noGit(where: string, cause: NodeJS.ErrnoException): ProblemError {
  if (cause.code !== 'ENOENT') {
    return failed(
      where,
      'git-failed',
      `Git could not be started: ${cause.message}.`,
      'Check the git installation.',
      cause,
    );
  }
  return failed(
    where,
    'no-git',
    'Git is not installed, or not on the PATH.',
    'Install git 2.38 or newer, or bind a plain folder instead of a repository.',
    cause,
  );
}
