import { type FSWatcher, watch } from 'node:fs';
import { basename } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import { type Refs, readRefs, refsFolder } from './readRefs.ts';

/** A branch or tag that has another value than before; `before` absent = it is new, `after` absent = it is gone. */
export interface RefChange {
  ref: string;
  before?: string;
  after?: string;
}

export interface RefsWatch {
  /** Ends the watch; a reading that is under way tells nothing more. */
  close(): void;
}

export interface WatchRefsOptions {
  repositoryPath: string;
  /** Told of each difference to the values before, in order of the refs' names. */
  onChange: (changes: RefChange[]) => void;
  /** The refs cannot be followed any more; the watch has ended. */
  onFault: (error: unknown) => void;
  /** Milliseconds between the first sign of a change and the look at all refs: git writes several files for one push. */
  settleMs?: number;
}

const SETTLE_MS = 150;

/**
 * Follows the branches and tags of a repository by events of the file system; no command runs and nothing is polled. What
 * counts is the difference between two readings, so signs may come twice or for nothing. Resolves when it watches.
 *
 * @throws ProblemError `trigger.*` when there is nothing to watch; file system errors, such as a limit of watches.
 */
export async function watchRefs(options: WatchRefsOptions): Promise<RefsWatch> {
  const { repositoryPath, onChange, onFault, settleMs = SETTLE_MS } = options;
  const folder = await refsFolder(repositoryPath);
  const watchers = new Map<string, FSWatcher>();
  let known: Refs = new Map();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;
  let isReading = false;
  /** Something happened while the refs were being read: they are read again. */
  let isStale = false;

  const close = () => {
    isClosed = true;
    clearTimeout(timer);
    for (const watcher of watchers.values()) watcher.close();
    watchers.clear();
  };
  const fail = (error: unknown) => {
    if (isClosed) return;
    close();
    onFault(error);
  };
  const sign = () => {
    if (isClosed || isReading) isStale = true;
    else timer ??= setTimeout(() => void look().catch(fail), settleMs);
  };

  const follow = (path: string) => {
    if (watchers.has(path)) return;
    const isTop = path === folder;
    const watcher = watch(path, { persistent: false }, (_event, file) => {
      // Beside the refs the folder holds the index, logs and locks of everything git does.
      if (isTop && file !== null && !TOP_FILES.has(basename(file))) return;
      sign();
    });
    watcher.on('error', () => {
      // The folder is gone; a reading finds out what that means.
      watcher.close();
      watchers.delete(path);
      sign();
    });
    watchers.set(path, watcher);
  };

  /** Watches every folder of refs before their values are taken, so that nothing happens unseen in between. */
  const read = async (): Promise<Refs> => {
    for (;;) {
      const { refs, folders } = await readRefs(folder);
      const unwatched = folders.filter((path) => !watchers.has(path));
      for (const [path, watcher] of watchers) {
        if (folders.includes(path)) continue;
        watcher.close();
        watchers.delete(path);
      }
      if (isClosed || unwatched.length === 0) return refs;
      for (const path of unwatched) {
        try {
          follow(path);
        } catch (error) {
          const { code } = error as NodeJS.ErrnoException;
          if (code === 'ENOSPC' || code === 'EMFILE') throw tooManyWatches(repositoryPath, error);
          if (code !== 'ENOENT') throw error; // removed since; the next reading knows
        }
      }
    }
  };

  const look = async (): Promise<void> => {
    timer = undefined;
    isReading = true;
    isStale = false;
    const now = await read();
    isReading = false;
    if (isClosed) return;
    const changes = differences(known, now);
    known = now;
    if (changes.length > 0) onChange(changes);
    if (isStale) sign();
  };

  try {
    isReading = true;
    known = await read();
    isReading = false;
    if (isStale) sign();
  } catch (error) {
    close();
    throw error;
  }
  return { close };
}

const tooManyWatches = (repositoryPath: string, cause: unknown) =>
  new ProblemError(
    {
      code: 'trigger.watch-limit',
      where: repositoryPath,
      what: `The system lets this user watch no more folders, so ${repositoryPath} cannot be watched.`,
      fix: 'Close programs that watch many files, or raise fs.inotify.max_user_watches.',
    },
    { cause },
  );

const TOP_FILES = new Set(['packed-refs', 'HEAD', 'refs']);

function differences(before: Refs, after: Refs): RefChange[] {
  const changes: RefChange[] = [];
  for (const [ref, id] of after) {
    const old = before.get(ref);
    if (old !== id) changes.push({ ref, after: id, ...(old !== undefined && { before: old }) });
  }
  for (const [ref, old] of before) if (!after.has(ref)) changes.push({ ref, before: old });
  return changes.sort((a, b) => (a.ref < b.ref ? -1 : 1));
}
