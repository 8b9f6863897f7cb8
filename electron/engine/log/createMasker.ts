import { type ColourCode, splitAnsi } from './ansiSplit.ts';
import { PatternSet } from './patternSet.ts';
import { type Secret, secretVariants, unmaskable } from './secretVariants.ts';

export type { Secret } from './secretVariants.ts';

/** Hides secret values in texts: see secretVariants.ts for what counts as showing one. */
export interface Masker {
  /** Why some values are not hidden; sentences for the log, without the values. */
  readonly warnings: readonly string[];
  /** More secrets, hidden from now on. Answers the warnings that this adds. */
  add(secrets: Iterable<Secret>): string[];
  mask(text: string): string;
  /** For bytes that come in pieces; any cutting into pieces gives the same bytes as the whole. One for each log. */
  stream(): MaskStream;
}

export interface MaskStream {
  /** What can be shown by now. Bytes that may be the beginning of a secret wait for the next piece. */
  push(piece: Buffer): Buffer;
  /** The rest. Afterwards the stream is as new. */
  end(): Buffer;
  /** Bytes that wait. Bounded by the longest form of a secret, whatever the log. */
  readonly waiting: number;
}

const STARS = Buffer.from('***');
const EMPTY = Buffer.alloc(0);
const ESC = 0x1b;

export function createMasker(secrets: Iterable<Secret> = []): Masker {
  const patterns = new Map<string, Buffer>();
  const warnings: string[] = [];
  const known = new Set<string>();
  const table: Table = { current: undefined };

  const add = (more: Iterable<Secret>): string[] => {
    const added: string[] = [];
    const before = patterns.size;
    for (const secret of more) {
      const warning = unmaskable(secret);
      if (warning !== undefined) {
        if (!warnings.includes(warning)) {
          warnings.push(warning);
          added.push(warning);
        }
      } else if (!known.has(secret.value)) {
        known.add(secret.value);
        for (const variant of secretVariants(secret.value)) patterns.set(variant.toString('latin1'), variant);
      }
    }
    if (patterns.size > before) table.current = new PatternSet([...patterns.values()]);
    return added;
  };
  add(secrets);

  const stream = () => inTwoPasses(createPass(table, false), createPass(table, true));
  return {
    warnings,
    add,
    stream,
    mask(text) {
      if (!table.current || text === '') return text;
      const whole = stream();
      const bytes = Buffer.from(text);
      const masked = Buffer.concat([whole.push(bytes), whole.end()]);
      return masked.equals(bytes) ? text : masked.toString();
    },
  };
}

interface Table {
  /** Absent while there is nothing to hide. */
  current: PatternSet | undefined;
}

/**
 * First the bytes as they are, then without the colour codes among them: a secret may have colours inside, and an escape
 * sequence may reach into a secret. What has no escape in it and leaves nothing waiting needs no second pass.
 */
function inTwoPasses(plain: MaskStream, coloured: MaskStream): MaskStream {
  const second = (shown: Buffer) => (coloured.waiting > 0 || shown.includes(ESC) ? coloured.push(shown) : shown);
  return {
    push: (piece) => second(plain.push(piece)),
    end() {
      const shown = second(plain.end());
      const rest = coloured.end();
      return rest.length > 0 ? Buffer.concat([shown, rest]) : shown;
    },
    get waiting() {
      return plain.waiting + coloured.waiting;
    },
  };
}

function createPass(table: Table, isColoured: boolean): MaskStream {
  /** Visible bytes that wait, the colour codes among them, and an unfinished escape sequence after them. */
  let visible: Buffer = EMPTY;
  let codes: ColourCode[] = [];
  let rest: Buffer = EMPTY;
  let codesInARow = 0;
  /** So many of the waiting bytes are already covered by stars that were given out. */
  let covered = 0;

  const next = (piece: Buffer, isEnd: boolean): Buffer => {
    const set = table.current;
    if (!set) return piece;
    const split = isColoured
      ? splitAnsi(rest.length > 0 ? Buffer.concat([rest, piece]) : piece, codesInARow)
      : { visible: piece, codes: [], rest: EMPTY, codesInARow: 0 };
    codesInARow = split.codesInARow;
    let text = visible.length > 0 ? Buffer.concat([visible, split.visible]) : split.visible;
    const offset = visible.length;
    const all = codes.concat(split.codes.map(({ at, code }) => ({ at: at + offset, code })));
    if (isEnd && split.rest.length > 0) text = Buffer.concat([text, split.rest]); // never ended, so it is text

    const ranges = findRanges(set, text, covered);
    const open = isEnd ? text.length : set.findOpenEnd(text);
    const shown = render(text.subarray(0, open), ranges, all, covered > 0);
    const isGivenOut = (start: number) => start < open || (start === 0 && covered > 0);
    const across = ranges.find(({ start, end }) => isGivenOut(start) && open < end);
    covered = across ? across.end - open : 0;
    // Copies: what waits must not keep the caller's piece alive, nor change with it.
    visible = Buffer.from(text.subarray(open));
    rest = isEnd ? EMPTY : Buffer.from(split.rest);
    codes = all.filter(({ at }) => at > open).map(({ at, code }) => ({ at: at - open, code: Buffer.from(code) }));
    if (isEnd) codesInARow = 0;
    return shown;
  };

  return {
    push: (piece) => next(piece, false),
    end: () => next(EMPTY, true),
    get waiting() {
      return visible.length + rest.length;
    },
  };
}

interface Range {
  start: number;
  end: number;
}

/** Where secrets stand; those that overlap are one range. The first `covered` bytes belong to one that is known. */
function findRanges(set: PatternSet, text: Buffer, covered: number): Range[] {
  const ranges: Range[] = covered > 0 ? [{ start: 0, end: covered }] : [];
  set.search(text, (start, end) => {
    const last = ranges.at(-1);
    if (last && start < last.end) last.end = Math.max(last.end, end);
    else ranges.push({ start, end });
  });
  return ranges;
}

/** The text with stars for each range, and every colour code; those inside a range come after its stars. */
function render(text: Buffer, ranges: readonly Range[], codes: readonly ColourCode[], isFirstCovered: boolean): Buffer {
  if (ranges.length === 0 && codes.length === 0) return text;
  const parts: Buffer[] = [];
  let at = 0;
  let code = 0;
  /** Puts out everything before `end`, and the codes up to it. */
  const upTo = (end: number, isHidden: boolean) => {
    for (let next = codes[code]; next && next.at <= end; next = codes[++code]) {
      if (!isHidden && next.at > at) parts.push(text.subarray(at, next.at));
      at = Math.max(at, next.at);
      parts.push(next.code);
    }
    if (!isHidden && end > at) parts.push(text.subarray(at, end));
    at = Math.max(at, end);
  };
  for (const [index, { start, end }] of ranges.entries()) {
    if (start >= text.length && !(start === 0 && isFirstCovered && index === 0)) break;
    upTo(start, false);
    if (index > 0 || !isFirstCovered) parts.push(STARS);
    upTo(Math.min(end, text.length), true);
  }
  upTo(text.length, false);
  return Buffer.concat(parts);
}
