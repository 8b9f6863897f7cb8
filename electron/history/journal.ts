import { dirname } from 'node:path';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import { evolve, replay } from '../../shared/execution/evolve.ts';
import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type JournalContent, type JournalFs, syncData, syncFolder, writeAll } from './journalFile.ts';
import { encodeRecord } from './journalRecord.ts';

export interface JournalOptions {
  path: string;
  fs: JournalFs;
  /** Wall time, milliseconds since 1970. */
  now: () => number;
  /** The host's monotonic clock, milliseconds. */
  mono: () => number;
  /** What the journal has already; undefined for an execution that begins. */
  content: JournalContent | undefined;
  /** Events that have just become durable, before the appends that brought them resolve. */
  onSynced: (journal: Journal, events: readonly ExecutionEvent[]) => void;
  /** The execution has finished and nothing is waiting: the file is closed. */
  onClosed: (journal: Journal) => void;
}

/** The journal of one execution, open for writing. */
export interface Journal {
  /** Events that are on disk. */
  readonly events: readonly ExecutionEvent[];
  readonly state: ExecutionState;
  /** Bytes of the readable part. */
  readonly length: number;
  /** True while something waits to be written. */
  readonly isBusy: boolean;
  append(happenings: readonly Happening[]): Promise<ExecutionEvent[]>;
  /** Resolves when nothing waits to be written any more, and closes the file. */
  close(): Promise<void>;
}

interface Append {
  happenings: readonly Happening[];
  at: number;
  mono: number;
  resolve: (events: ExecutionEvent[]) => void;
  reject: (error: unknown) => void;
}

/**
 * Appends of one turn of the event loop, and all that come while a sync is under way, share one write and one sync. A write
 * that fails leaves the file as it was. After a sync that fails, or when the file could not be restored, nobody knows what
 * the disk holds: the journal takes nothing any more, as trying again could report success for bytes that were dropped.
 */
export function openJournal(options: JournalOptions): Journal {
  const { path, fs, now, mono, content } = options;
  const events: ExecutionEvent[] = content?.events ?? [];
  let state = replay(events);
  let length = content?.length ?? 0;
  const last = events.at(-1);
  // An execution that goes on under another host: its monotonic time goes on from what wall time says has passed since.
  const origin = mono() - (last ? last.mono + Math.max(0, now() - last.at) : 0);
  const folder = dirname(path);
  /** Where entries were made that have to last: the journal's in its folder, and that folder's in its own. */
  let unsyncedFolders = events.length === 0 ? [folder, dirname(folder)] : [];
  let fd: number | undefined;
  let waiting: Append[] = [];
  let isFlushing = false;
  let broken: unknown;
  let idle: (() => void)[] = [];

  const schedule = () => {
    if (isFlushing) return;
    isFlushing = true;
    setImmediate(() => void flush());
  };

  const flush = async () => {
    const batch = waiting;
    waiting = [];
    if (broken !== undefined) return fail(batch, broken);
    const answers: ExecutionEvent[][] = [];
    const fresh: ExecutionEvent[] = [];
    let text = '';
    let before = events.at(-1)?.mono ?? 0;
    for (const append of batch) {
      const answer: ExecutionEvent[] = [];
      for (const happening of append.happenings) {
        before = Math.max(before, Math.round(append.mono * 1000) / 1000);
        const frame = { seq: events.length + fresh.length + 1, at: append.at, mono: before };
        // The frame once more at the end: a happening taken from another event brings that event's frame along.
        const event: ExecutionEvent = Object.assign({ ...frame }, happening, frame);
        answer.push(event);
        fresh.push(event);
        text += encodeRecord(event);
      }
      answers.push(answer);
    }
    const bytes = Buffer.from(text);
    try {
      fd ??= open();
      writeAll(fs, fd, bytes, length);
      // A file without a name takes everything and keeps nothing.
      if (fs.fstatSync(fd).nlink === 0) throw new Error('the file was removed');
    } catch (error) {
      undo(error);
      return fail(batch, error);
    }
    try {
      await Promise.all([syncData(fs, fd), ...unsyncedFolders.map((folder) => syncFolder(fs, folder))]);
    } catch (error) {
      broken = error;
      undo(error);
      return fail(batch, error);
    }
    unsyncedFolders = [];
    length += bytes.length;
    for (const event of fresh) {
      events.push(event);
      state = evolve(state, event);
    }
    options.onSynced(journal, fresh);
    for (const [index, append] of batch.entries()) append.resolve(answers[index] ?? []);
    done();
  };

  const open = (): number => {
    if (content) return fs.openSync(path, 'r+');
    const made = fs.mkdirSync(folder, { recursive: true, mode: 0o700 });
    // The folder of all executions was made too: then its own entry has to last as well.
    if (made !== undefined && made !== folder) unsyncedFolders.push(dirname(dirname(folder)));
    return fs.openSync(path, fs.constants.O_RDWR | fs.constants.O_CREAT, 0o600);
  };

  /** Takes back a partial write. */
  const undo = (cause: unknown) => {
    if (!isDiskFull(cause)) broken = cause;
    if (fd === undefined) {
      broken = undefined; // nothing was opened, so nothing is in doubt
      return;
    }
    try {
      fs.ftruncateSync(fd, length);
    } catch (error) {
      broken = error;
    }
  };

  const fail = (batch: readonly Append[], cause: unknown) => {
    const problem = asProblem(path, cause, broken !== undefined);
    for (const append of batch) append.reject(problem);
    done();
  };

  const done = () => {
    isFlushing = false;
    if (waiting.length > 0) return schedule();
    // A finished execution is left alone; a retry opens its journal again.
    const isOver = events.length === 0 || (isFinished(state) && state.runningActions === 0);
    if (isOver && broken === undefined) closeFile();
    for (const resolve of idle) resolve();
    idle = [];
  };

  const closeFile = () => {
    if (fd !== undefined) fs.closeSync(fd);
    fd = undefined;
    options.onClosed(journal);
  };

  const journal: Journal = {
    events,
    get state() {
      return state;
    },
    get length() {
      return length;
    },
    get isBusy() {
      return isFlushing;
    },
    append: (happenings) =>
      new Promise((resolve, reject) => {
        waiting.push({ happenings, at: now(), mono: mono() - origin, resolve, reject });
        schedule();
      }),
    async close() {
      if (isFlushing) await new Promise<void>((resolve) => idle.push(resolve));
      closeFile();
    },
  };
  return journal;
}

const codeOf = (error: unknown): string => (error as NodeJS.ErrnoException | undefined)?.code ?? '';
const isDiskFull = (error: unknown): boolean => codeOf(error) === 'ENOSPC' || codeOf(error) === 'EDQUOT';

function asProblem(path: string, cause: unknown, isBroken: boolean): ProblemError {
  const reason = cause instanceof Error ? cause.message : String(cause);
  if (isBroken) {
    return new ProblemError(
      {
        code: 'history.journal-closed',
        where: path,
        what: `The disk refused to keep the journal of this execution (${reason}). What it acknowledged before is kept; it takes no more records.`,
        fix: 'Check the disk, then start Penstock again: it goes on with what the journal has.',
      },
      { cause },
    );
  }
  if (isDiskFull(cause)) {
    return new ProblemError(
      {
        code: 'history.disk-full',
        where: path,
        what: 'The disk is full: the next step of this execution could not be recorded, so it was not taken.',
        fix: 'Free some space. The execution goes on by itself.',
      },
      { cause },
    );
  }
  return new ProblemError(
    {
      code: 'history.not-writable',
      where: path,
      what: `The journal of this execution can not be written (${reason}).`,
      fix: 'Check that the folder exists and belongs to you.',
    },
    { cause },
  );
}
