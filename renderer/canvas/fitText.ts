/*
 * Texts that are cut to the room they have before they are drawn. Cut by CSS each would be clipped, and each clip is a piece of
 * its own for the compositor, in every frame in which the view moves.
 */

let pen: CanvasRenderingContext2D | null | undefined;
/** By font: what each letter takes, in pixels. A letter is measured once; how pairs of letters move together is left out. */
const letters = new Map<string, Map<string, number>>();

/** Width of a text in pixels; undefined where nothing can be measured, or while the font is on its way. */
function widthOf(text: string, font: string): number | undefined {
  let known = letters.get(font);
  if (!known) {
    if (pen === undefined) pen = document.createElement('canvas').getContext?.('2d') ?? null;
    if (!pen || !document.fonts?.check(font)) return undefined;
    known = new Map();
    letters.set(font, known);
  }
  let width = 0;
  for (const letter of text) {
    let own = known.get(letter);
    if (own === undefined && pen) {
      pen.font = font;
      own = pen.measureText(letter).width;
      known.set(letter, own);
    }
    width += own ?? 0;
  }
  return width;
}

/** The most of a text that fits: `make(count)` is the text with `count` letters of it left. */
function longest(most: number, fits: (count: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

/**
 * `text`, or as much of it as fits into `room` pixels with an ellipsis before its last `tail` letters (names differ most at their
 * ends). Undefined where nothing can be measured.
 */
export function fitted(text: string, room: number, font: string, tail = 0): string | undefined {
  const whole = widthOf(text, font);
  if (whole === undefined) return undefined;
  if (whole <= room) return text;
  const end = tail > 0 ? text.slice(-tail) : '';
  const cut = (count: number) => `${text.slice(0, count).trimEnd()}…${end}`;
  return cut(longest(text.length - tail, (count) => (widthOf(cut(count), font) ?? 0) <= room));
}
