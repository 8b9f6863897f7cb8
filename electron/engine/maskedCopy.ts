import { closeSync, fstatSync, openSync, readSync, rmSync, writeSync } from 'node:fs';
import type { Masker } from './log/createMasker.ts';

/** Bytes carried at once; between two pieces other work gets its turn. */
const PIECE = 256 * 1024;

/**
 * Carries a growing raw file into the masked log in pieces, so memory stays bounded whatever the size. Always from the
 * beginning: after a crash the same raw file gives the same log.
 */
export interface MaskedCopy {
  /** Carries one piece. True when there is more. */
  pump(): boolean;
  /** Carries the rest, removes the raw file and answers the log's size in bytes. */
  finish(): Promise<number>;
  /** Lets go of both files; a later copy begins anew. */
  close(): void;
}

export function createMaskedCopy(rawPath: string, logPath: string, masker: Masker): MaskedCopy {
  const raw = openSync(rawPath, 'r');
  const log = openSync(logPath, 'w', 0o600);
  const stream = masker.stream();
  const piece = Buffer.allocUnsafe(PIECE);
  let isOpen = true;

  const pump = () => {
    const count = readSync(raw, piece, 0, PIECE, null);
    if (count > 0) writeAll(log, stream.push(piece.subarray(0, count)));
    return count === PIECE;
  };
  const close = () => {
    if (!isOpen) return;
    isOpen = false;
    closeSync(raw);
    closeSync(log);
  };

  return {
    pump,
    async finish() {
      try {
        while (pump()) await new Promise((resume) => setImmediate(resume));
        writeAll(log, stream.end());
        return fstatSync(log).size;
      } finally {
        close();
        rmSync(rawPath, { force: true });
      }
    },
    close,
  };
}

function writeAll(file: number, bytes: Buffer): void {
  for (let done = 0; done < bytes.length; ) done += writeSync(file, bytes, done);
}
