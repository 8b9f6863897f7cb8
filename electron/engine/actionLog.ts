import { createHmac, randomUUID } from 'node:crypto';
import {
  closeSync,
  copyFileSync,
  existsSync,
  openSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  watch,
  writeFileSync,
  writeSync,
} from 'node:fs';
import { ActionFailure } from '../../shared/providers/host.ts';
import type { Engine } from '../parts.ts';
import type { AttemptFolder } from './attemptFolder.ts';
import { isNoSpace } from './diskSpace.ts';
import type { Masker } from './log/createMasker.ts';
import { addMark, KEPT_FROM_MS, type LogMark, marksPath } from './log/logMarks.ts';
import type { createMaskedCopy, MaskedCopy } from './maskedCopy.ts';

/**
 * The log of an attempt: what its commands print and what Penstock says, in order. A shell appends to the log itself, so
 * nothing has to be carried. Only where there are secrets it appends to a raw file in the private spool, and the masked copy of
 * that file is the log; the raw file is removed when the copy is complete.
 */
export interface ActionLog {
  /** Writes a line of Penstock's own. */
  line(text: string): void;
  /** The file that a shell's output is to be appended to. */
  startOutput(): string;
  /** Loads what `hide` needs. */
  prepareMasking(): Promise<void>;
  /**
   * Values that must not appear in the log. Called before any process has them.
   * @throws ActionFailure when an earlier host gave the processes other values: their output could not be masked.
   */
  hide(secrets: readonly { name: string; value: string }[]): void;
  /** A text without the hidden values. */
  masked(text: string): string;
  /** Completes the log. */
  finish(): Promise<void>;
}

export interface ActionLogs {
  /** @param isAdopted An earlier host may have written to it. */
  open(
    pipelineExecutionId: string,
    actionExecutionId: string,
    folder: AttemptFolder,
    isAdopted: boolean,
    /** Milliseconds since the action started. */
    age?: number,
  ): ActionLog;
  /** How large the log of a running action was when; undefined for one that this host does not follow. */
  marksOf(actionExecutionId: string): readonly LogMark[] | undefined;
  close(): void;
}

/** How Penstock's own lines differ from a command's. */
const MARK = '[Penstock] ';
/** Logs are told of as grown at most once in this time, and watched only once they are older. */
const TELL_MS = 100;
/** Of a log that an earlier host began, so much is searched for lines that need not be said again. */
const SEARCHED = 1024 * 1024;
/** So many bytes of Penstock's own wait for room on the disk. */
const MOST_HELD = 64 * 1024;

interface Watched {
  readonly path: string;
  /** Tells of what is new. True when there is more. */
  tell(): boolean;
  stopWatching?: () => void;
  close(): void;
}

interface Masking {
  createMasker: (secrets: Iterable<{ name: string; value: string }>) => Masker;
  createMaskedCopy: typeof createMaskedCopy;
}

export function createActionLogs(onGrew: Parameters<Engine['onLog']>[0]): ActionLogs {
  const watcher = createLogWatcher();
  let masking: Masking | undefined;
  const marksOf = new Map<string, LogMark[]>();

  return {
    marksOf: (actionExecutionId) => marksOf.get(actionExecutionId),
    open(pipelineExecutionId, actionExecutionId, folder, isAdopted, age = 0) {
      let path = folder.log;
      let file: number | undefined;
      let masker: Masker | undefined;
      let copy: MaskedCopy | undefined;
      let watched: Watched | undefined;
      /** A runner that is called again says what it said before; it is not written twice. */
      let said: Set<string> | undefined;

      const started = performance.now() - age;
      const marks: LogMark[] = [];
      const tellSize = (size: number, complete: boolean) => {
        if (!complete) {
          if (marks.length === 0) {
            marksOf.set(actionExecutionId, marks);
            // When an earlier host saw it grow is not known: what stood there then counts from the beginning.
            if (isAdopted) addMark(marks, 0, size);
          }
          addMark(marks, performance.now() - started, size);
        }
        onGrew({ pipelineExecutionId, actionExecutionId, size, complete });
      };
      const keepMarks = () => {
        marksOf.delete(actionExecutionId);
        if (marks.length === 0 || performance.now() - started < KEPT_FROM_MS) return;
        try {
          writeFileSync(marksPath(folder.log), JSON.stringify(marks), { mode: 0o600 });
        } catch {
          // The log is whole without them; only an instant of it cannot be shown.
        }
      };
      const openFile = (): number => {
        if (file !== undefined) return file;
        folder.ensure();
        if (isAdopted) said = ownLines(path);
        file = openSync(path, 'a', 0o600);
        if (masker && masking) copy = masking.createMaskedCopy(path, folder.log, masker);
        watched = watchedLog(path, copy, (size) => tellSize(size, false), folder.log);
        watcher.add(watched);
        return file;
      };
      const closeFile = () => {
        if (file === undefined) return;
        closeSync(file);
        file = undefined;
        if (watched) watcher.remove(watched);
      };
      /** A full disk must not fail an action for what is said about it: it is said when there is room. */
      let held = Buffer.alloc(0);
      const write = (text: string) => {
        held = Buffer.concat([held, Buffer.from(text)]);
        while (held.length > 0) held = held.subarray(writeSync(openFile(), held));
      };
      const line = (text: string) => {
        for (const part of text.split('\n')) {
          openFile();
          const marked = MARK + part;
          if (said?.delete(marked)) continue;
          try {
            write(`${marked}\n`);
          } catch (error) {
            if (!isNoSpace(error) || held.length > MOST_HELD) throw error;
          }
        }
      };

      return {
        line,
        startOutput() {
          openFile();
          return path;
        },
        async prepareMasking() {
          if (masking) return;
          const [masks, copies] = await Promise.all([import('./log/createMasker.ts'), import('./maskedCopy.ts')]);
          masking = { createMasker: masks.createMasker, createMaskedCopy: copies.createMaskedCopy };
        },
        hide(secrets) {
          if (secrets.length === 0) return;
          if (!masking) throw new Error('Secrets came before masking was prepared.');
          checkMark(folder.raw, secrets, isAdopted);
          masker = masking.createMasker(secrets);
          // From here on the raw file is written to. What the log has already goes there first, so that the order stays.
          closeFile();
          path = folder.raw;
          if (!existsSync(path) && existsSync(folder.log)) move(folder.log, path);
          for (const warning of masker.warnings) line(warning);
        },
        masked: (text) => masker?.mask(text) ?? text,
        async finish() {
          if (masker) openFile();
          else if (isAdopted && existsSync(folder.raw)) {
            rmSync(folder.raw);
            line('What else it printed is not kept: it may hold secrets whose values are not known any more.');
          }
          if (file === undefined) return;
          try {
            write('');
          } finally {
            closeFile();
          }
          tellSize(copy ? await copy.finish() : statSync(path).size, true);
          keepMarks();
          if (masker || isAdopted) rmSync(markPath(folder.raw), { force: true });
        },
      };
    },
    close: watcher.close,
  };
}

/** Where `hide` notes which values it hid. */
export const markPath = (rawPath: string) => `${rawPath}.mark`;

/**
 * A later host may have other values in its environment. So a mark of the values lies beside the raw file, in the private
 * spool and for as long: salted, and good for nothing but this comparison.
 */
function checkMark(rawPath: string, secrets: readonly { name: string; value: string }[], isAdopted: boolean): void {
  const markOf = (salt: string) =>
    `${salt} ${createHmac('sha256', salt).update(JSON.stringify(secrets)).digest('hex')}\n`;
  const path = markPath(rawPath);
  if (isAdopted && existsSync(rawPath) && existsSync(path)) {
    const known = readFileSync(path, 'utf8');
    if (known.endsWith('\n') && known !== markOf(known.split(' ')[0] ?? '')) {
      throw new ActionFailure(
        'ConfigurationError',
        'The values of its secrets are not those that an earlier host gave it, so what it prints cannot be masked. It was ended.',
        'Retry the stage: it starts anew with the present values.',
      );
    }
    return;
  }
  writeFileSync(path, markOf(randomUUID()), { mode: 0o600 });
}

/** A log as the watcher sees it: it tells of its size, or carries a piece of the raw file and tells of that. */
function watchedLog(
  path: string,
  copy: MaskedCopy | undefined,
  tellSize: (size: number) => void,
  logPath: string,
): Watched {
  let told = -1;
  return {
    path,
    tell() {
      const hasMore = copy?.pump() ?? false;
      const { size } = statSync(logPath);
      if (size !== told) tellSize(size);
      told = size;
      return hasMore;
    },
    close: () => copy?.close(),
  };
}

/**
 * Watches the files of logs that are older than a moment. One timer for all of them, set when a log is opened and when a
 * watched one changes, and not otherwise.
 */
function createLogWatcher() {
  const logs = new Set<Watched>();
  /** Logs that are not watched yet and since when they are open, oldest first. */
  const young = new Map<Watched, number>();
  const changed = new Set<Watched>();
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const schedule = (delay = TELL_MS) => {
    // What an action was about to do when its host went away may still open a log; nobody is told of that.
    if (isClosed) return;
    timer ??= setTimeout(look, delay);
  };
  const look = () => {
    timer = undefined;
    const due = [...changed];
    changed.clear();
    for (const log of due) if (log.tell()) note(log);
    const now = performance.now();
    for (const [log, since] of young) {
      if (since + TELL_MS > now) return schedule(Math.ceil(since + TELL_MS - now));
      young.delete(log);
      start(log);
    }
  };
  const note = (log: Watched) => {
    changed.add(log);
    schedule();
  };
  const start = (log: Watched) => {
    try {
      const watcher = watch(log.path, () => note(log));
      watcher.on('error', () => undefined); // it is told of when it is complete
      log.stopWatching = () => watcher.close();
    } catch {
      log.stopWatching = () => undefined; // the system watches no more files: told of when it is complete
    }
    if (log.tell()) note(log);
  };

  return {
    add(log: Watched) {
      logs.add(log);
      young.set(log, performance.now());
      schedule();
    },
    remove(log: Watched) {
      log.stopWatching?.();
      logs.delete(log);
      young.delete(log);
      changed.delete(log);
    },
    close() {
      isClosed = true;
      clearTimeout(timer);
      for (const log of logs) {
        log.stopWatching?.();
        log.close();
      }
      logs.clear();
      young.clear();
    },
  };
}

function ownLines(path: string): Set<string> {
  const lines = new Set<string>();
  if (!existsSync(path)) return lines;
  for (const line of readFileSync(path).subarray(0, SEARCHED).toString().split('\n')) {
    if (line.startsWith(MARK)) lines.add(line);
  }
  return lines;
}

function move(from: string, to: string): void {
  try {
    renameSync(from, to);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EXDEV') throw error;
    copyFileSync(from, to);
    rmSync(from);
  }
}
