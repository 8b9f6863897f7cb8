import { lstatSync, mkdirSync, renameSync, rmSync } from 'node:fs';
import { dirname } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import type { ExecutionSummary } from '../../shared/ipc/contract.ts';

/**
 * What lists ask, in SQLite, so that ten thousand executions are listed without reading a journal. A cache and nothing
 * more: it can be deleted at any time, and every row says which state of its journal it was made from.
 */
export interface HistoryIndex {
  /** The journal that each row was made from, by execution. */
  sources(): Map<string, JournalStamp>;
  /** Replaces rows and removes the named ones, together. */
  write(rows: readonly IndexRow[], gone: readonly string[]): void;
  list(query: ListQuery): { executions: ExecutionSummary[]; total: number };
  unfinished(): string[];
  lastStartNumber(pipelineName: string): number;
  startedAfter(pipelineName: string, startNumber: number): string[];
  close(): void;
}

export interface JournalStamp {
  size: number;
  /** Whole milliseconds since 1970. */
  mtime: number;
}

export interface IndexRow extends JournalStamp {
  pipelineExecutionId: string;
  startNumber: number;
  isFinished: boolean;
  /** Undefined for a journal without a readable record: known, but never listed. */
  summary: ExecutionSummary | undefined;
}

export interface ListQuery {
  pipelineName?: string | undefined;
  status?: string | undefined;
  limit: number;
  /** Only executions that started before this time. */
  before?: number | undefined;
}

const SCHEMA_VERSION = 1;
const SCHEMA = `
  CREATE TABLE executions (
    pipelineExecutionId TEXT PRIMARY KEY,
    pipelineName TEXT,
    startNumber INTEGER NOT NULL,
    status TEXT,
    isFinished INTEGER NOT NULL,
    startTime REAL,
    summary TEXT,
    size INTEGER NOT NULL,
    mtime INTEGER NOT NULL
  ) WITHOUT ROWID;
  CREATE INDEX byStart ON executions (startTime DESC) WHERE summary IS NOT NULL;
  CREATE INDEX byPipeline ON executions (pipelineName, startNumber DESC) WHERE summary IS NOT NULL;
  CREATE INDEX byUnfinished ON executions (startTime) WHERE isFinished = 0;
  PRAGMA user_version = ${SCHEMA_VERSION};
`;

/**
 * Opens the index at `path`, or makes a new one when it is missing, damaged or of an older program. ':memory:' makes one that
 * lasts as long as the process. Throws when neither can be done. `onDiscarded` hears why a present index was thrown away.
 */
export function openIndex(path: string, onDiscarded: (reason: unknown) => void = () => {}): HistoryIndex {
  if (path === ':memory:') return indexOn(create(path));
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  try {
    return indexOn(openExisting(path));
  } catch (error) {
    if (error instanceof NewerIndexError) throw error;
    onDiscarded(error);
    discard(path);
    return indexOn(create(path));
  }
}

/** The rows of an index that another process may be writing to, as far as they can be read. */
export function readIndex(path: string): IndexRow[] {
  const database = new DatabaseSync(path, { readOnly: true });
  try {
    if (versionOf(database) !== SCHEMA_VERSION) return [];
    return database
      .prepare('SELECT pipelineExecutionId, startNumber, isFinished, summary, size, mtime FROM executions')
      .all()
      .map((row) => ({
        pipelineExecutionId: String(row.pipelineExecutionId),
        startNumber: Number(row.startNumber),
        isFinished: row.isFinished === 1,
        summary: row.summary === null ? undefined : (JSON.parse(String(row.summary)) as ExecutionSummary),
        size: Number(row.size),
        mtime: Number(row.mtime),
      }));
  } finally {
    database.close();
  }
}

/** An index that a newer program wrote is left alone. */
export class NewerIndexError extends Error {}

function openExisting(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  try {
    configure(database);
    const version = versionOf(database);
    if (version > SCHEMA_VERSION) throw new NewerIndexError('The index was written by a newer program.');
    if (version === 0) database.exec(SCHEMA);
    else if (version < SCHEMA_VERSION) throw new Error('The index was written by an older program.');
    const [check] = database.prepare('PRAGMA quick_check(1)').all();
    if (check?.quick_check !== 'ok') throw new Error('The index is damaged.');
    database.prepare('SELECT pipelineExecutionId, summary, size, mtime FROM executions LIMIT 1').all();
    return database;
  } catch (error) {
    database.close();
    throw error;
  }
}

function create(path: string): DatabaseSync {
  const database = new DatabaseSync(path);
  configure(database);
  database.exec(SCHEMA);
  return database;
}

function configure(database: DatabaseSync): void {
  // NORMAL may lose the last transactions with the power; the journals then tell what is missing.
  database.exec('PRAGMA busy_timeout = 2000; PRAGMA journal_mode = WAL; PRAGMA synchronous = NORMAL;');
}

const versionOf = (database: DatabaseSync): number =>
  Number(database.prepare('PRAGMA user_version').get()?.user_version ?? 0);

function discard(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    const stats = lstatSync(file, { throwIfNoEntry: false });
    // A folder is nothing that we made: it may hold something of worth to somebody.
    if (stats?.isDirectory()) renameSync(file, `${file}.aside-${process.pid}-${Date.now()}`);
    else rmSync(file, { force: true });
  }
}

function indexOn(database: DatabaseSync): HistoryIndex {
  const upsert = database.prepare(
    `INSERT OR REPLACE INTO executions
       (pipelineExecutionId, pipelineName, startNumber, status, isFinished, startTime, summary, size, mtime)
     VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)`,
  );
  const remove = database.prepare('DELETE FROM executions WHERE pipelineExecutionId = ?');
  const idsOf = (rows: readonly Record<string, unknown>[]) => rows.map((row) => String(row.pipelineExecutionId));
  return {
    sources() {
      const rows = database.prepare('SELECT pipelineExecutionId, size, mtime FROM executions').all();
      return new Map(
        rows.map((row) => [String(row.pipelineExecutionId), { size: Number(row.size), mtime: Number(row.mtime) }]),
      );
    },
    write(rows, gone) {
      database.exec('BEGIN');
      try {
        for (const { pipelineExecutionId, startNumber, isFinished, summary, size, mtime } of rows) {
          upsert.run(
            pipelineExecutionId,
            summary?.pipelineName ?? null,
            startNumber,
            summary?.status ?? null,
            isFinished ? 1 : 0,
            summary?.startTime ?? null,
            summary ? JSON.stringify(summary) : null,
            size,
            mtime,
          );
        }
        for (const id of gone) remove.run(id);
        database.exec('COMMIT');
      } catch (error) {
        if (database.isTransaction) database.exec('ROLLBACK');
        throw error;
      }
    },
    list({ pipelineName, status, limit, before }) {
      const wanted = ['summary IS NOT NULL'];
      const values: string[] = [];
      if (pipelineName !== undefined) {
        wanted.push('pipelineName = ?');
        values.push(pipelineName);
      }
      if (status !== undefined) {
        wanted.push('status = ?');
        values.push(status);
      }
      const where = wanted.join(' AND ');
      const total = database.prepare(`SELECT count(*) AS n FROM executions WHERE ${where}`).get(...values)?.n;
      const rows = database
        .prepare(
          `SELECT summary FROM executions WHERE ${where} AND startTime < ?
           ORDER BY startTime DESC, startNumber DESC LIMIT ?`,
        )
        .all(...values, before ?? Number.MAX_VALUE, limit);
      return {
        executions: rows.map((row) => JSON.parse(String(row.summary)) as ExecutionSummary),
        total: Number(total ?? 0),
      };
    },
    unfinished: () =>
      idsOf(
        database
          .prepare('SELECT pipelineExecutionId FROM executions WHERE isFinished = 0 ORDER BY startTime, startNumber')
          .all(),
      ),
    lastStartNumber: (pipelineName) =>
      Number(
        database
          .prepare('SELECT max(startNumber) AS n FROM executions WHERE summary IS NOT NULL AND pipelineName = ?')
          .get(pipelineName)?.n ?? 0,
      ),
    startedAfter: (pipelineName, startNumber) =>
      idsOf(
        database
          .prepare(
            `SELECT pipelineExecutionId FROM executions
             WHERE summary IS NOT NULL AND pipelineName = ? AND startNumber > ? ORDER BY startNumber`,
          )
          .all(pipelineName, startNumber),
      ),
    close: () => database.close(),
  };
}
