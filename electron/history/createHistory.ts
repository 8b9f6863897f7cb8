import nodeFs from 'node:fs';
import { join } from 'node:path';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { replay } from '../../shared/execution/evolve.ts';
import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { summaryOf } from '../../shared/execution/summary.ts';
import { type Problem, ProblemError, type ProblemInput, problem } from '../../shared/problem.ts';
import type { History } from '../parts.ts';
import { type HistoryIndex, type IndexRow, NewerIndexError, openIndex, readIndex } from './historyIndex.ts';
import { type Journal, openJournal } from './journal.ts';
import { type JournalContent, type JournalFs, readJournal, setTailAside } from './journalFile.ts';
import { lockStore, type StoreLock } from './storeLock.ts';

export interface HistoryOptions {
  dataDirectory: string;
  /** Looks, and changes nothing on disk: works while another process has the history. Appending is refused. */
  readOnly?: boolean;
  /** Wall time, milliseconds since 1970. */
  now?: () => number;
  /** The monotonic clock, milliseconds from any origin. */
  mono?: () => number;
  fs?: JournalFs;
  /** Hears of what was found damaged; by default it is a process warning. */
  report?: (problem: Problem) => void;
}

const INDEX_DELAY_MS = 250;
/** Journals looked at before other work gets its turn. */
const CHUNK = 200;
/** Ids come from windows too: nothing that could lead out of the folder. */
const ID = /^[A-Za-z0-9][A-Za-z0-9_-]{0,199}$/;

/**
 * Facts of executions on disk: `<dataDirectory>/executions/<id>/journal.jsonl` for each, and an index of them that can be
 * lost. The lock on the directory is taken by the first call that writes or that takes over executions, and the index opened
 * by the first that asks it, so that looking at one execution costs neither.
 */
export function createHistory(options: HistoryOptions): History {
  const { dataDirectory, readOnly = false, now = Date.now, mono = () => performance.now(), fs = nodeFs } = options;
  const executionsFolder = join(dataDirectory, 'executions');
  const indexPath = join(dataDirectory, 'index.sqlite');
  const live = new Map<string, Journal>();
  const opening = new Map<string, Promise<Journal>>();
  const listeners = new Set<(id: string, events: readonly ExecutionEvent[]) => void>();
  /** Journals with events that the index does not have yet. */
  const dirty = new Map<string, Journal>();
  let lock: StoreLock | undefined;
  let index: Promise<HistoryIndex> | undefined;
  let indexTimer: NodeJS.Timeout | undefined;
  let isClosed = false;

  const report = (input: ProblemInput) => {
    const found = problem(input);
    if (options.report) options.report(found);
    else process.emitWarning(`${found.where}: ${found.what} ${found.fix}`, { code: found.code });
  };

  const folder = (id: string): string => {
    if (!ID.test(id)) throw unknown(id);
    return join(executionsFolder, id);
  };
  const pathOf = (id: string): string => join(folder(id), 'journal.jsonl');

  const own = () => {
    if (isClosed) throw new Error('The history is closed.');
    if (readOnly) throw new Error('This history was opened for reading only.');
    lock ??= lockStore(dataDirectory);
  };

  // Journals

  const read = async (id: string): Promise<JournalContent> => {
    const path = pathOf(id);
    const content = readJournal(path, fs);
    if (content.tail.length === 0) return content;
    const kept = `The first ${content.events.length} records are sound; ${content.tail.length} bytes after them are not`;
    if (!lock) {
      report({
        code: 'history.journal-damaged',
        severity: 'warning',
        where: path,
        what: `${kept}.`,
        fix: 'They were passed over. Penstock sets them aside when it next goes on with this execution.',
      });
      return content;
    }
    const tailPath = await setTailAside(path, content, fs);
    report({
      code: 'history.journal-damaged',
      severity: 'warning',
      where: path,
      what: `${kept} and were set aside.`,
      fix: `They are in ${tailPath}. A record that was being written when the computer stopped is nothing to worry about.`,
    });
    return content;
  };

  const readKnown = async (id: string): Promise<JournalContent> => {
    try {
      return await read(id);
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') throw unknown(id);
      throw error instanceof ProblemError ? error : unreadable(pathOf(id), error);
    }
  };

  const onSynced = (id: string) => (journal: Journal, events: readonly ExecutionEvent[]) => {
    dirty.set(id, journal);
    if (index) indexTimer ??= setTimeout(writeIndex, INDEX_DELAY_MS).unref();
    for (const listener of listeners) {
      try {
        listener(id, events);
      } catch (error) {
        // The facts are recorded; whoever could not take the news must not undo that.
        process.emitWarning(error instanceof Error ? error : String(error));
      }
    }
  };

  const openLive = (id: string, content: JournalContent | undefined): Journal => {
    const journal = openJournal({
      path: pathOf(id),
      fs,
      now,
      mono,
      content,
      onSynced: onSynced(id),
      onClosed: () => void live.delete(id),
    });
    live.set(id, journal);
    return journal;
  };

  const journalFor = (id: string): Journal | Promise<Journal> => {
    const open = live.get(id) ?? opening.get(id);
    if (open) return open;
    if (!fs.existsSync(pathOf(id))) return openLive(id, undefined);
    const opened = readKnown(id)
      .then((content) => openLive(id, content))
      .finally(() => opening.delete(id));
    opening.set(id, opened);
    return opened;
  };

  const eventsOf = async (id: string): Promise<readonly ExecutionEvent[]> => {
    const journal = live.get(id);
    if (journal) return journal.events.slice();
    const { events } = await readKnown(id);
    if (events.length === 0) throw unknown(id);
    return events;
  };

  // Index

  const rowOf = (id: string, state: ExecutionState, size: number, mtime: number): IndexRow => ({
    pipelineExecutionId: id,
    startNumber: state.startNumber,
    isFinished: state.status === undefined || isFinished(state),
    summary: summaryOf(state),
    size,
    mtime,
  });

  const stampOf = (id: string) => {
    const stats = fs.statSync(pathOf(id), { throwIfNoEntry: false });
    return stats && { size: stats.size, mtime: Math.floor(stats.mtimeMs), isFile: stats.isFile() };
  };

  /** Brings the index up to the journals, reading only those that changed since. */
  const refresh = async (target: HistoryIndex) => {
    const sources = target.sources();
    const gone = new Set(sources.keys());
    let rows: IndexRow[] = [];
    let looked = 0;
    for (const id of foldersOf(executionsFolder, fs)) {
      if (!ID.test(id)) continue;
      looked += 1;
      if (looked % CHUNK === 0) {
        target.write(rows, []);
        rows = [];
        await new Promise((resolve) => setImmediate(resolve));
      }
      const stamp = stampOf(id);
      if (!stamp) continue;
      gone.delete(id);
      const known = sources.get(id);
      if (live.has(id) || (known?.size === stamp.size && known.mtime === stamp.mtime)) continue;
      try {
        const { events, tail } = await read(id);
        const now = tail.length > 0 ? (stampOf(id) ?? stamp) : stamp; // a tail was set aside
        rows.push(rowOf(id, replay(events), now.size, now.mtime));
      } catch (error) {
        report({ ...unreadable(pathOf(id), error).problem, severity: 'warning' });
      }
    }
    target.write(rows, [...gone]);
  };

  const openCurrent = async (): Promise<HistoryIndex> => {
    const opened = openBest();
    try {
      await refresh(opened);
      return opened;
    } catch (error) {
      opened.close();
      index = undefined; // the next question tries again
      throw error;
    }
  };

  /** Nobody waits for this: the index may be behind, because every row says which journal it was made from. */
  const writeIndex = () => void ask(() => {}).catch((error: unknown) => reportIndex('It is behind for now.', error));

  const openBest = (): HistoryIndex => {
    if (readOnly) {
      const copy = openIndex(':memory:');
      try {
        if (fs.existsSync(indexPath)) copy.write(readIndex(indexPath), []);
      } catch {
        // The journals have it all.
      }
      return copy;
    }
    try {
      return openIndex(indexPath, (reason) => reportIndex('It was made anew from the journals.', reason));
    } catch (error) {
      const why = error instanceof NewerIndexError ? 'It is left as it is' : 'It can not be written';
      reportIndex(`${why}; this time the journals are read instead.`, error);
      return openIndex(':memory:');
    }
  };

  const reportIndex = (what: string, reason: unknown) =>
    report({
      code: 'history.index-unusable',
      severity: 'warning',
      where: indexPath,
      what: `The index of the history could not be used (${reason instanceof Error ? reason.message : String(reason)}). ${what}`,
      fix: 'Nothing is lost: the journals are the history.',
    });

  const flushIndex = (target: HistoryIndex) => {
    clearTimeout(indexTimer);
    indexTimer = undefined;
    if (dirty.size === 0) return;
    const rows = [...dirty].flatMap(([id, journal]) => {
      const stamp = stampOf(id);
      return stamp ? [rowOf(id, journal.state, journal.length, stamp.mtime)] : [];
    });
    target.write(rows, []);
    dirty.clear();
  };

  /** Asks the index, current; one that fails is replaced by one in memory for the rest of the time. */
  const ask = async <T>(question: (index: HistoryIndex) => T): Promise<T> => {
    if (isClosed) throw new Error('The history is closed.');
    if (!readOnly) own();
    const isFirst = index === undefined;
    index ??= openCurrent();
    const opened = await index;
    if (readOnly && !isFirst) await refresh(opened);
    try {
      flushIndex(opened);
      return question(opened);
    } catch (error) {
      reportIndex('From now on the journals are read instead.', error);
      index = Promise.resolve(openIndex(':memory:'));
      const replacement = await index;
      await refresh(replacement);
      for (const [id, journal] of live) dirty.set(id, journal);
      flushIndex(replacement);
      return question(replacement);
    }
  };

  return {
    handlers: {
      listPipelineExecutions: (query) => ask((opened) => opened.list(query)),
      getExecutionEvents: async ({ pipelineExecutionId, fromSeq }) => {
        const events = await eventsOf(pipelineExecutionId);
        return events.slice(fromSeq - 1);
      },
    },
    async append(id, happenings) {
      own();
      const [first] = happenings;
      if (!first) return [];
      const journal = journalFor(id);
      const ready = journal instanceof Promise ? await journal : journal;
      if (ready.length === 0 && first.type !== 'ExecutionStarted' && !ready.isBusy) {
        throw new Error(`The journal of ${id} cannot begin with ${first.type}.`);
      }
      return ready.append(happenings);
    },
    events: eventsOf,
    async summary(id) {
      const journal = live.get(id);
      if (journal) return summaryOf(journal.state);
      try {
        return summaryOf(replay(await eventsOf(id)));
      } catch (error) {
        if (error instanceof ProblemError && error.problem.code === 'execution.unknown') return undefined;
        throw error;
      }
    },
    async unfinished() {
      own();
      return ask((opened) => opened.unfinished());
    },
    lastStartNumber: (pipelineName) => ask((opened) => opened.lastStartNumber(pipelineName)),
    startedAfter: (pipelineName, startNumber) => ask((opened) => opened.startedAfter(pipelineName, startNumber)),
    folder,
    subscribe(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    async close() {
      if (isClosed) return;
      await Promise.all([...live.values()].map((journal) => journal.close()));
      if (index) {
        await ask(() => {});
        (await index).close();
      }
      isClosed = true;
      clearTimeout(indexTimer);
      lock?.release();
    },
  };
}

function foldersOf(executionsFolder: string, fs: JournalFs): string[] {
  try {
    return fs.readdirSync(executionsFolder);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return [];
    throw unreadable(executionsFolder, error);
  }
}

const unknown = (id: string): ProblemError =>
  new ProblemError({
    code: 'execution.unknown',
    where: '',
    what: `There is no execution "${id.slice(0, 200)}" in the history (PipelineExecutionNotFoundException).`,
    fix: 'Choose one from the history.',
  });

const unreadable = (path: string, cause: unknown): ProblemError =>
  new ProblemError(
    {
      code: 'history.journal-unreadable',
      where: path,
      what: `The journal can not be read (${cause instanceof Error ? cause.message : String(cause)}).`,
      fix: 'Check that the file is there and belongs to you. The other executions are not touched by this.',
    },
    { cause },
  );
