import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { homedir, userInfo } from 'node:os';
import { join } from 'node:path';
import { logPath } from './logPath.ts';

/**
 * Where an attempt of an action keeps its files: `<execution>/actions/<actionExecutionId>/` with `shell`
 * (process/superviseShell.ts), the build's results, the workspace `src0` and the `log`. Output of a build that has secrets
 * goes to the private spool first.
 */
export interface AttemptFolder {
  readonly path: string;
  /** The primary source lies in its folder `src`, as CodeBuild has it (reference/buildspec.md §6): `..` is not our folder. */
  readonly workspace: string;
  readonly log: string;
  readonly raw: string;
  /** Makes the folder if it is not there. */
  ensure(): void;
  /** False while there is certainly nothing in it. */
  isUsed(): boolean;
}

export function attemptFolder(executionFolder: string, actionExecutionId: string, spool: () => string): AttemptFolder {
  const path = join(executionFolder, 'actions', actionExecutionId);
  let isMade = false;
  return {
    path,
    workspace: join(path, 'src0'),
    log: logPath(executionFolder, actionExecutionId),
    get raw() {
      return join(spool(), actionExecutionId);
    },
    ensure() {
      if (!isMade) makeFolder(path);
      isMade = true;
    },
    isUsed: () => isMade || existsSync(path),
  };
}

/** Its parent is mostly there already, and then one call does. */
function makeFolder(path: string): void {
  try {
    mkdirSync(path, { mode: 0o700 });
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'ENOENT') mkdirSync(path, { recursive: true, mode: 0o700 });
    else if (code !== 'EEXIST') throw error;
  }
}

/**
 * The folder of unmasked output: in the user's runtime directory, which is memory-backed and private, else below the data
 * directory. One for each data directory, because two hosts with their own data may run at once.
 */
export function spoolDirectory(dataDirectory: string, environment = process.env): string {
  const runtime = environment.XDG_RUNTIME_DIR;
  if (runtime && isPrivate(runtime)) {
    const path = join(runtime, `penstock-${userInfo().uid}`, dataDirectory.replaceAll(/[^A-Za-z0-9]+/g, '-'));
    try {
      mkdirSync(path, { recursive: true, mode: 0o700 });
      if (isPrivate(path)) return path;
    } catch {
      // full or read-only: the data directory then
    }
  }
  const path = join(dataDirectory, 'spool');
  mkdirSync(path, { recursive: true, mode: 0o700 });
  return path;
}

function isPrivate(path: string): boolean {
  try {
    const stats = statSync(path);
    return stats.isDirectory() && stats.uid === userInfo().uid && (stats.mode & 0o077) === 0;
  } catch {
    return false;
  }
}

/**
 * A workspace is removed when its action succeeds. After a failure it is kept, so that a person can look at it, until the
 * pipeline starts or retries again: then `removeKept` clears it. So each pipeline keeps at most the failed workspaces of
 * its last run, whatever happens to the hosts in between.
 */
export function keepWorkspace(dataDirectory: string, pipelineName: string, folder: AttemptFolder): void {
  const notes = keptNotes(dataDirectory, pipelineName);
  mkdirSync(notes, { recursive: true, mode: 0o700 });
  writeFileSync(join(notes, folder.path.split('/').at(-1) ?? ''), folder.workspace, { mode: 0o600 });
}

export function removeKept(dataDirectory: string, pipelineName: string): void {
  const notes = keptNotes(dataDirectory, pipelineName);
  let names: string[];
  try {
    names = readdirSync(notes);
  } catch {
    return; // nothing kept
  }
  for (const name of names) {
    const workspace = readFileSync(join(notes, name), 'utf8');
    // A note may be cut short by a crash: only a path of the shape we write is removed.
    if (workspace.endsWith(`/actions/${name}/src0`)) rmSync(workspace, { recursive: true, force: true });
    rmSync(join(notes, name), { force: true });
  }
}

const keptNotes = (dataDirectory: string, pipelineName: string) => join(dataDirectory, 'kept', `p-${pipelineName}`);

/** A path of a binding as an absolute one. `~/` is the user's home. */
export function absolutePath(path: string, folder: string): string {
  if (path === '~' || path.startsWith('~/')) return join(homedir(), path.slice(1));
  return path.startsWith('/') ? path : join(folder, path);
}
