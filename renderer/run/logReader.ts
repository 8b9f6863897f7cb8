import type { Problem } from '../../shared/problem.ts';
import { toProblem } from '../../shared/problem.ts';
import { createLogBuffer, type LogBuffer, MOST_HELD } from './logBuffer.ts';

/**
 * Reads one action's log as far as it is needed: its end while it is followed, more at either side when the reader goes
 * there. One read is under way at a time; what a push announces meanwhile is read after it.
 */
export interface LogRange {
  text: string;
  start: number;
  end: number;
  size: number;
  complete: boolean;
}

export interface LogReader {
  readonly buffer: LogBuffer;
  /** Bytes of the whole log as far as it is known. */
  readonly size: number;
  readonly isComplete: boolean;
  readonly isFollowing: boolean;
  readonly problem: Problem | undefined;
  /** The log grew (a push said so). */
  grew(size: number, complete: boolean): void;
  setFollowing(isFollowing: boolean): void;
  /** Reads what stands before the held part; resolves with the number of lines that were put before it. */
  loadEarlier(): Promise<number>;
  loadLater(): Promise<void>;
  /** Sees to it that the log is held around this byte. */
  toByte(byte: number): Promise<void>;
  /** Shows the beginning of the log. */
  toStart(): Promise<void>;
  close(): void;
}

const PART = 256 * 1024;

export function createLogReader(
  read: (offset: number, limit: number) => Promise<LogRange>,
  onChange: () => void,
): LogReader {
  const buffer = createLogBuffer();
  let size = 0;
  let isComplete = false;
  let isFollowing = true;
  let isClosed = false;
  let problem: Problem | undefined;
  let queue: Promise<unknown> = Promise.resolve();
  let isCatchingUp = false;

  const one = <Result>(work: () => Promise<Result>, otherwise: Result): Promise<Result> => {
    const result = queue.then(async () => {
      if (isClosed) return otherwise;
      try {
        const answer = await work();
        problem = undefined;
        return answer;
      } catch (error) {
        problem = toProblem('log.unreadable', error);
        return otherwise;
      } finally {
        if (!isClosed) onChange();
      }
    });
    queue = result;
    return result;
  };
  const take = (range: LogRange): void => {
    size = Math.max(size, range.size);
    isComplete = range.complete;
  };

  /** Reads on until the known end; far behind, it jumps there. */
  const catchUp = async (): Promise<void> => {
    if (isCatchingUp) return;
    isCatchingUp = true;
    await one(async () => {
      while (isFollowing && !isClosed) {
        const isBehind = size - buffer.end > MOST_HELD / 4;
        const range = await read(buffer.end === 0 || isBehind ? -PART : buffer.end, PART);
        take(range);
        if (range.end <= buffer.end) break;
        buffer.append(range);
        onChange();
        if (buffer.end >= size) break;
      }
    }, undefined);
    isCatchingUp = false;
  };
  void catchUp();

  return {
    buffer,
    get size() {
      return size;
    },
    get isComplete() {
      return isComplete;
    },
    get isFollowing() {
      return isFollowing;
    },
    get problem() {
      return problem;
    },
    grew(newSize, complete) {
      size = Math.max(size, newSize);
      isComplete = complete;
      if (isFollowing)
        void catchUp().then(() => {
          if (isFollowing && buffer.end < size && !problem) return catchUp();
        });
      else onChange();
    },
    setFollowing(wanted) {
      if (isFollowing === wanted) return;
      isFollowing = wanted;
      onChange();
      if (wanted) void catchUp();
    },
    loadEarlier: () =>
      one(async () => {
        if (buffer.start === 0) return 0;
        const offset = Math.max(0, buffer.start - PART);
        const range = await read(offset, buffer.start - offset);
        take(range);
        return buffer.prepend(range);
      }, 0),
    loadLater: () =>
      one(async () => {
        if (buffer.end >= size) return;
        const range = await read(buffer.end, PART);
        take(range);
        buffer.append(range);
      }, undefined),
    toByte: (byte) => {
      isFollowing = false;
      return one(async () => {
        if (byte >= buffer.start && byte <= buffer.end) return;
        // From before it on: what is not next to the held part replaces it.
        const range = await read(Math.max(0, byte - PART / 2), PART);
        take(range);
        buffer.append(range);
      }, undefined);
    },
    toStart: () => {
      isFollowing = false;
      return one(async () => {
        if (buffer.start === 0) return;
        const range = await read(0, PART);
        take(range);
        buffer.append(range);
      }, undefined);
    },
    close() {
      isClosed = true;
    },
  };
}
