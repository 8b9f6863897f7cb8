import { type FileHandle, open } from 'node:fs/promises';

/** A part of a log. `start` and `end` are byte offsets of the text in the file, `size` is the file's. */
export interface LogRange {
  text: string;
  start: number;
  end: number;
  size: number;
}

/** A character has at most four bytes in UTF-8; a part that is smaller could never come forward. */
const SMALLEST = 4;

/**
 * Reads about `limit` bytes of a log from `offset` on (negative = counted from the end), cut so that no character is broken:
 * a cut one at the start is left out, one at the end is left to the next part. Memory is bounded by `limit`, whatever the log
 * or its lines. Bytes that are no UTF-8 read as U+FFFD. A log that does not exist (yet) reads as empty.
 * @param isComplete nothing will be added any more, so a character that is cut at the end of the file is read as it is.
 */
export async function readLogRange(
  logPath: string,
  offset: number,
  limit: number,
  isComplete = false,
): Promise<LogRange> {
  let file: FileHandle;
  try {
    file = await open(logPath, 'r');
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return { text: '', start: 0, end: 0, size: 0 };
    throw error;
  }
  try {
    const { size } = await file.stat();
    const from = Math.min(size, offset < 0 ? Math.max(0, size + offset) : offset);
    const wanted = Math.min(size - from, Math.max(limit, SMALLEST));
    const buffer = Buffer.allocUnsafe(wanted);
    const { bytesRead } = wanted > 0 ? await file.read(buffer, 0, wanted, from) : { bytesRead: 0 };
    const bytes = buffer.subarray(0, bytesRead);
    const skipped = from > 0 ? await cutAtStart(file, bytes, from) : 0;
    const isEnd = from + bytesRead >= size;
    const cut = isEnd && isComplete ? 0 : cutAtEnd(bytes);
    const text = bytes.toString('utf8', skipped, Math.max(skipped, bytes.length - cut));
    return { text, start: from + skipped, end: Math.max(from + skipped, from + bytes.length - cut), size };
  } finally {
    await file.close();
  }
}

const isContinuation = (byte: number | undefined) => byte !== undefined && (byte & 0xc0) === 0x80;

/** Bytes that a first byte says its character has; 1 for bytes that begin none. */
function lengthOf(first: number): number {
  if (first >= 0xc2 && first <= 0xdf) return 2;
  if (first >= 0xe0 && first <= 0xef) return 3;
  if (first >= 0xf0 && first <= 0xf4) return 4;
  return 1;
}

/** How many bytes at the start belong to a character that begins before the part. Stray continuation bytes belong to none. */
async function cutAtStart(file: FileHandle, bytes: Buffer, from: number): Promise<number> {
  if (!isContinuation(bytes[0])) return 0;
  const before = Buffer.alloc(Math.min(3, from));
  await file.read(before, 0, before.length, from - before.length);
  for (let back = 1; back <= before.length; back += 1) {
    const byte = before[before.length - back]!;
    if (isContinuation(byte)) continue;
    let cut = 0;
    while (cut < lengthOf(byte) - back && isContinuation(bytes[cut])) cut += 1;
    return cut;
  }
  return 0;
}

/** How many bytes at the end begin a character whose rest is missing. */
function cutAtEnd(bytes: Buffer): number {
  for (let back = 1; back <= Math.min(3, bytes.length); back += 1) {
    const byte = bytes[bytes.length - back]!;
    if (isContinuation(byte)) continue;
    return lengthOf(byte) > back ? back : 0;
  }
  return 0;
}
