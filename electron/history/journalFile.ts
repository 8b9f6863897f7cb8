import nodeFs from 'node:fs';
import { dirname, join } from 'node:path';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { decodeRecord } from './journalRecord.ts';

/** The file system as the journals use it; specs put faults into it. */
export type JournalFs = Pick<
  typeof nodeFs,
  | 'closeSync'
  | 'constants'
  | 'existsSync'
  | 'fdatasync'
  | 'fstatSync'
  | 'fsync'
  | 'fsyncSync'
  | 'ftruncateSync'
  | 'mkdirSync'
  | 'openSync'
  | 'readFileSync'
  | 'readdirSync'
  | 'statSync'
  | 'writeSync'
>;

export interface JournalContent {
  events: ExecutionEvent[];
  /** Bytes of the readable part. */
  length: number;
  /** What follows the readable part: empty in a sound journal. */
  tail: Buffer;
}

const NEWLINE = 10;

/**
 * Reads a journal up to the first record that is torn, altered or out of sequence. Changes nothing on disk; throws what the
 * file system throws (ENOENT, EISDIR …).
 */
export function readJournal(path: string, fs: JournalFs = nodeFs): JournalContent {
  const bytes = fs.readFileSync(path);
  const events: ExecutionEvent[] = [];
  let length = 0;
  for (let end = bytes.indexOf(NEWLINE); end !== -1; end = bytes.indexOf(NEWLINE, length)) {
    const event = decodeRecord(bytes.subarray(length, end));
    if (!event || event.seq !== events.length + 1) break;
    events.push(event);
    length = end + 1;
  }
  return { events, length, tail: bytes.subarray(length) };
}

/**
 * Makes the readable part the whole journal: the rest goes to `journal.tail-<n>` beside it, on disk before the journal is
 * cut. Nothing is deleted. Answers the path of the tail.
 */
export async function setTailAside(path: string, content: JournalContent, fs: JournalFs = nodeFs): Promise<string> {
  const folder = dirname(path);
  let number = 1;
  while (fs.existsSync(join(folder, `journal.tail-${number}`))) number += 1;
  const tailPath = join(folder, `journal.tail-${number}`);
  const tail = fs.openSync(tailPath, 'wx', 0o600);
  try {
    writeAll(fs, tail, content.tail, 0);
    fs.fsyncSync(tail);
  } finally {
    fs.closeSync(tail);
  }
  await syncFolder(fs, folder);
  const journal = fs.openSync(path, 'r+');
  try {
    fs.ftruncateSync(journal, content.length);
    fs.fsyncSync(journal);
  } finally {
    fs.closeSync(journal);
  }
  return tailPath;
}

/** Writes all of `bytes` at `position`; a disk may take a part of them only. */
export function writeAll(fs: JournalFs, fd: number, bytes: Buffer, position: number): void {
  for (let written = 0; written < bytes.length; ) {
    written += fs.writeSync(fd, bytes, written, bytes.length - written, position + written);
  }
}

export const syncData = (fs: JournalFs, fd: number): Promise<void> =>
  new Promise((resolve, reject) => {
    fs.fdatasync(fd, (error) => (error ? reject(error) : resolve()));
  });

/** Makes the entries of a folder durable. Windows knows no such thing and needs none. */
export async function syncFolder(fs: JournalFs, folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const fd = fs.openSync(folder, 'r');
  try {
    await new Promise<void>((resolve, reject) => {
      fs.fsync(fd, (error) => (error ? reject(error) : resolve()));
    });
  } finally {
    fs.closeSync(fd);
  }
}
