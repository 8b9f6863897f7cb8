import fs from 'node:fs';
import type { JournalFs } from '../journalFile.ts';

type Fallible = 'writeSync' | 'fdatasync' | 'ftruncateSync' | 'openSync';

/** The real file system with calls counted, and with a fault at the next call of a kind. */
export function faultyFs(): JournalFs & {
  counts: Record<string, number>;
  fail(call: Fallible, code: string, more?: { partial?: number }): void;
} {
  const counts: Record<string, number> = {};
  const faults = new Map<Fallible, { code: string; partial: number }>();
  const take = (call: Fallible | 'readFileSync') => {
    counts[call] = (counts[call] ?? 0) + 1;
    const fault = faults.get(call as Fallible);
    faults.delete(call as Fallible);
    return fault;
  };
  const errorOf = (code: string) => Object.assign(new Error(`${code}: fault of a spec`), { code });
  return {
    ...fs,
    counts,
    fail: (call, code, { partial = 0 } = {}) => void faults.set(call, { code, partial }),
    writeSync: ((fd: number, bytes: Buffer, offset: number, length: number, position: number) => {
      const fault = take('writeSync');
      if (!fault) return fs.writeSync(fd, bytes, offset, length, position);
      if (fault.partial > 0) fs.writeSync(fd, bytes, offset, Math.min(fault.partial, length), position);
      throw errorOf(fault.code);
    }) as JournalFs['writeSync'],
    fdatasync: ((fd: number, done: (error: NodeJS.ErrnoException | null) => void) => {
      const fault = take('fdatasync');
      if (fault) setImmediate(() => done(errorOf(fault.code)));
      else fs.fdatasync(fd, done);
    }) as JournalFs['fdatasync'],
    ftruncateSync: (fd, length) => {
      const fault = take('ftruncateSync');
      if (fault) throw errorOf(fault.code);
      fs.ftruncateSync(fd, length);
    },
    openSync: (path, flags, mode) => {
      const fault = take('openSync');
      if (fault) throw errorOf(fault.code);
      return fs.openSync(path, flags, mode);
    },
    readFileSync: ((path: string) => {
      take('readFileSync');
      return fs.readFileSync(path);
    }) as JournalFs['readFileSync'],
  };
}
