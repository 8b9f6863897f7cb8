import { MAX_LINE } from './logLine.ts';

/**
 * The part of a log that the window holds: a run of bytes [start, end) as lines. However large the log, only this part is in
 * memory; it grows at either end and is trimmed at the other. Lines longer than MAX_LINE are held in pieces.
 */
export interface LogPart {
  text: string;
  start: number;
  end: number;
}

/** Above this weight, half of it is let go. A character weighs one, a line eight more: a million empty lines are a burden too. */
export const MOST_HELD = 4 * 1024 * 1024;
const CHUNK = 256 * 1024;
const LINE_WEIGHT = 8;

function weightOf(text: string): number {
  let weight = text.length;
  for (let at = text.indexOf('\n'); at !== -1; at = text.indexOf('\n', at + 1)) weight += LINE_WEIGHT;
  return weight;
}

export interface LogBuffer {
  /** Bytes of the log that are held. Equal while nothing is. */
  readonly start: number;
  readonly end: number;
  /** The last one may still grow. */
  readonly lines: readonly string[];
  /** The first line's beginning is not held. */
  readonly isCut: boolean;
  /** Rises with every change. */
  readonly version: number;
  /** Takes the part that follows `end`; a part from elsewhere replaces everything. */
  append(part: LogPart): void;
  /** Takes the part that ends at `start`; answers how many lines now stand before the old first one. */
  prepend(part: LogPart): number;
  clear(): void;
  /** How many of the held lines had begun when the log was so many bytes long. */
  linesUpTo(bytes: number): number;
}

/** How many lines a text makes that goes on from a line of `open` characters (-1 = from none), and how long its last one is. */
function countLines(text: string, open: number): { count: number; open: number } {
  let count = 0;
  let at = open;
  for (let from = 0; from < text.length; ) {
    const newline = text.indexOf('\n', from);
    const length = (newline === -1 ? text.length : newline) - from + Math.max(0, at);
    const pieces = Math.max(1, Math.ceil(length / MAX_LINE));
    count += pieces - (at >= 0 ? 1 : 0);
    at = newline === -1 ? length - (pieces - 1) * MAX_LINE : -1;
    from = newline === -1 ? text.length : newline + 1;
  }
  return { count, open: at };
}

/** The beginning of a text that has so many bytes in UTF-8; a character that does not fit whole is left out. */
function startOf(text: string, bytes: number): string {
  if (bytes >= text.length * 3) return text;
  const { read } = new TextEncoder().encodeInto(text, new Uint8Array(bytes));
  return text.slice(0, read);
}

export function createLogBuffer(): LogBuffer {
  let chunks: (LogPart & { weight: number })[] = [];
  let lines: string[] = [];
  let isLastOpen = false;
  let version = 0;
  let held = 0;

  const addText = (text: string): void => {
    let from = 0;
    while (from < text.length) {
      const newline = text.indexOf('\n', from);
      const to = newline === -1 ? text.length : newline;
      let piece = text.slice(from, to);
      if (isLastOpen) piece = (lines.pop() ?? '') + piece;
      for (; piece.length > MAX_LINE; piece = piece.slice(MAX_LINE)) lines.push(piece.slice(0, MAX_LINE));
      lines.push(piece);
      isLastOpen = newline === -1;
      from = to + 1;
    }
  };
  const rebuild = (): void => {
    lines = [];
    isLastOpen = false;
    held = 0;
    for (const { text, weight } of chunks) {
      held += weight;
      addText(text);
    }
  };
  const trim = (drop: () => void): void => {
    if (held <= MOST_HELD) return;
    while (held > MOST_HELD / 2 && chunks.length > 1) drop();
    rebuild();
  };

  return {
    get start() {
      return chunks[0]?.start ?? 0;
    },
    get end() {
      return chunks.at(-1)?.end ?? 0;
    },
    get lines() {
      return lines;
    },
    get isCut() {
      return (chunks[0]?.start ?? 0) > 0;
    },
    get version() {
      return version;
    },
    append(part) {
      if (part.end <= part.start) return;
      version += 1;
      const weight = weightOf(part.text);
      const last = chunks.at(-1);
      if (last && part.start !== last.end) {
        chunks = [{ ...part, weight }];
        rebuild();
        return;
      }
      if (last && last.text.length + part.text.length <= CHUNK) {
        last.text += part.text;
        last.end = part.end;
        last.weight += weight;
      } else chunks.push({ ...part, weight });
      held += weight;
      addText(part.text);
      trim(() => {
        held -= chunks.shift()?.weight ?? 0;
      });
    },
    prepend(part) {
      if (part.end <= part.start || part.end !== chunks[0]?.start) return 0;
      version += 1;
      const before = lines.length;
      chunks.unshift({ ...part, weight: weightOf(part.text) });
      rebuild();
      const added = lines.length - before;
      trim(() => {
        held -= chunks.pop()?.weight ?? 0;
      });
      return Math.max(0, added);
    },
    linesUpTo(bytes) {
      let count = 0;
      let open = -1;
      for (const { text, start, end } of chunks) {
        if (start >= bytes) break;
        const counted = countLines(end <= bytes ? text : startOf(text, bytes - start), open);
        count += counted.count;
        open = counted.open;
      }
      return count;
    },
    clear() {
      chunks = [];
      rebuild();
      version += 1;
    },
  };
}
