/** A colour code that stands before the visible byte at `at`. */
export interface ColourCode {
  at: number;
  code: Buffer;
}

export interface SplitText {
  visible: Buffer;
  codes: ColourCode[];
  /** An escape sequence that is not complete yet. */
  rest: Buffer;
  /** How many codes the text ends with. */
  codesInARow: number;
}

const ESC = 0x1b;
/** Longer ones are no colour codes but text. */
const LONGEST_CODE = 64;
/** More of them without a byte between change nothing that a person sees; they are dropped, so that memory stays bounded. */
const MOST_IN_A_ROW = 32;

/**
 * Separates colour codes (`ESC [ … m`) from the bytes a person sees, so that a secret is found even with colours inside.
 * Any other escape sequence counts as visible bytes.
 * @param codesInARow how many codes came right before this text.
 */
export function splitAnsi(text: Buffer, codesInARow: number): SplitText {
  let sequence = text.indexOf(ESC);
  if (sequence < 0) return { visible: text, codes: [], rest: EMPTY, codesInARow: text.length > 0 ? 0 : codesInARow };
  let inARow = codesInARow;
  const visible = Buffer.allocUnsafe(text.length);
  const codes: ColourCode[] = [];
  let written = 0;
  let copied = 0;
  while (sequence >= 0) {
    const end = endOfCode(text, sequence);
    if (end !== undefined && sequence > copied) {
      written += text.copy(visible, written, copied, sequence);
      copied = sequence;
      inARow = 0;
    }
    if (end === 'open')
      return { visible: visible.subarray(0, written), codes, rest: text.subarray(sequence), codesInARow: inARow };
    if (end !== undefined) {
      inARow += 1;
      if (inARow <= MOST_IN_A_ROW) codes.push({ at: written, code: text.subarray(sequence, end) });
      copied = end;
    }
    sequence = text.indexOf(ESC, end ?? sequence + 1);
  }
  if (copied < text.length) inARow = 0;
  written += text.copy(visible, written, copied);
  return { visible: visible.subarray(0, written), codes, rest: EMPTY, codesInARow: inARow };
}

const EMPTY = Buffer.alloc(0);

/** The offset after the colour code at `start`; undefined when there is none; `open` when its end is still to come. */
function endOfCode(text: Buffer, start: number): number | 'open' | undefined {
  if (start + 1 === text.length) return 'open';
  if (text[start + 1] !== 0x5b) return undefined;
  for (let at = start + 2; at < start + LONGEST_CODE; at += 1) {
    if (at >= text.length) return 'open';
    const byte = text[at]!;
    if (byte === 0x6d || byte === 0x4b) return at + 1; // m: colours; K: clears the line, which grep puts beside its colours
    if (byte < 0x30 || byte > 0x3b) return undefined;
  }
  return undefined;
}
