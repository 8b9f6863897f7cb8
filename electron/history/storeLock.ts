import { mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';
import { ProblemError } from '../../shared/problem.ts';

export interface StoreLock {
  release(): void;
}

const ATTEMPTS = 2;

/**
 * One engine at a time on a data directory: two would decide twice about one execution. The lock is the operating system's
 * (through SQLite, which takes it the right way on every system), so it ends with the process that holds it, however that
 * ends: there is no stale lock to recognise and no reused process id to mistake. `engine.pid` only says who it is.
 */
export function lockStore(dataDirectory: string): StoreLock {
  mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
  const path = join(dataDirectory, 'engine.lock');
  const pidPath = join(dataDirectory, 'engine.pid');
  const database = take(path, pidPath);
  writeFileSync(pidPath, `${process.pid}\n`, { mode: 0o600 });
  return {
    release() {
      rmSync(pidPath, { force: true });
      database.close();
    },
  };
}

function take(path: string, pidPath: string): DatabaseSync {
  for (let attempt = 1; ; attempt += 1) {
    let database: DatabaseSync | undefined;
    try {
      database = new DatabaseSync(path);
      database.exec('BEGIN EXCLUSIVE');
      return database;
    } catch (error) {
      database?.close();
      const code = (error as { errcode?: number }).errcode;
      if (code === SQLITE_BUSY) throw inUse(path, pidPath);
      // The file is empty in its right state. Emptied in place, it stays the same file for whoever may hold it.
      if (attempt < ATTEMPTS && (code === SQLITE_NOTADB || code === SQLITE_CORRUPT)) truncateSync(path);
      else throw unusable(path, error);
    }
  }
}

const SQLITE_BUSY = 5;
const SQLITE_CORRUPT = 11;
const SQLITE_NOTADB = 26;

function inUse(path: string, pidPath: string): ProblemError {
  let holder = 'another Penstock';
  try {
    holder = `another Penstock (process ${Number.parseInt(readFileSync(pidPath, 'utf8'), 10)})`;
  } catch {
    // Who it is, is a help only.
  }
  return new ProblemError({
    code: 'store.in-use',
    where: path,
    what: `The history is in use by ${holder}.`,
    fix: 'Use that one, close it first, or run with a data directory of its own (--data-dir).',
  });
}

function unusable(path: string, cause: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'store.lock-unusable',
      where: path,
      what: `The lock of the history can not be taken (${cause instanceof Error ? cause.message : String(cause)}).`,
      fix: 'Check that this file can be written and its disk has space; if it is a folder or damaged, remove it while no Penstock runs.',
    },
    { cause },
  );
}
