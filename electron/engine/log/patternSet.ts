/**
 * Finds any of many byte patterns in a text in one pass (the shift table of Wu and Manber over three bytes): most positions are
 * skipped by several bytes at once, however many patterns there are.
 */
export class PatternSet {
  /** Bytes of the longest pattern. */
  readonly longest: number;
  readonly size: number;
  /** All patterns, sorted; a binary search finds those that begin with given bytes. */
  readonly #sorted: Buffer[];
  readonly #window: number;
  readonly #shift: Uint8Array;
  readonly #buckets = new Map<number, Buffer[]>();
  /** Which first three (and first two, first one) bytes some pattern has. */
  readonly #heads: Uint8Array;
  readonly #pairs: Uint8Array;
  readonly #firsts: Uint8Array;

  /** @param patterns each at least three bytes long; all different. */
  constructor(patterns: readonly Buffer[]) {
    this.size = patterns.length;
    this.#sorted = [...patterns].sort(Buffer.compare);
    this.longest = patterns.reduce((longest, { length }) => Math.max(longest, length), 0);
    const shortest = patterns.reduce((least, { length }) => Math.min(least, length), 64);
    this.#window = shortest;
    this.#shift = new Uint8Array(SLOTS).fill(shortest - 2);
    this.#heads = new Uint8Array(SLOTS);
    this.#pairs = new Uint8Array(65_536);
    this.#firsts = new Uint8Array(256);
    for (const pattern of patterns) {
      this.#firsts[pattern[0]!] = 1;
      this.#pairs[(pattern[0]! << 8) | pattern[1]!] = 1;
      this.#heads[slotOf(pattern, 0)] = 1;
      for (let at = 0; at + 3 <= shortest; at += 1) {
        const slot = slotOf(pattern, at);
        this.#shift[slot] = Math.min(this.#shift[slot]!, shortest - 3 - at);
        if (at === shortest - 3) {
          const bucket = this.#buckets.get(slot);
          if (bucket) bucket.push(pattern);
          else this.#buckets.set(slot, [pattern]);
        }
      }
    }
    // The longest first: a position is covered as far as any pattern there reaches.
    for (const bucket of this.#buckets.values()) bucket.sort((a, b) => b.length - a.length);
  }

  /** Calls `found` with start and end of the longest pattern at every position that has one, in order. */
  search(text: Uint8Array, found: (start: number, end: number) => void): void {
    const shift = this.#shift;
    const last = text.length - 1;
    for (let end = this.#window - 1; end <= last; ) {
      const slot = ((text[end - 2]! << 10) ^ (text[end - 1]! << 5) ^ text[end]!) & MASK;
      const step = shift[slot]!;
      if (step > 0) {
        end += step;
        continue;
      }
      const start = end - this.#window + 1;
      for (const pattern of this.#buckets.get(slot)!) {
        if (start + pattern.length <= text.length && isAt(text, start, pattern)) {
          found(start, start + pattern.length);
          break;
        }
      }
      end += 1;
    }
  }

  /** The first position from which the rest of the text is a proper beginning of some pattern; the length if there is none. */
  findOpenEnd(text: Uint8Array): number {
    const { length } = text;
    for (let at = Math.max(0, length - this.longest + 1); at < length; at += 1) {
      const rest = length - at;
      if (rest >= 3) {
        if (this.#heads[slotOf(text, at)] === 0) continue;
      } else if (rest === 2) {
        if (this.#pairs[(text[at]! << 8) | text[at + 1]!] === 0) continue;
      } else if (this.#firsts[text[at]!] === 0) continue;
      if (this.#hasBeginning(text.subarray(at))) return at;
    }
    return length;
  }

  #hasBeginning(bytes: Uint8Array): boolean {
    let low = 0;
    let high = this.#sorted.length;
    while (low < high) {
      const middle = (low + high) >> 1;
      if (Buffer.compare(this.#sorted[middle]!, bytes) < 0) low = middle + 1;
      else high = middle;
    }
    // Longer patterns that begin with these bytes come right after them in the order.
    for (let at = low; at < this.#sorted.length; at += 1) {
      const pattern = this.#sorted[at]!;
      if (pattern.length < bytes.length || !isAt(pattern, 0, bytes)) return false;
      if (pattern.length > bytes.length) return true;
    }
    return false;
  }
}

const SLOTS = 1 << 18;
const MASK = SLOTS - 1;

const slotOf = (bytes: Uint8Array, at: number) => ((bytes[at]! << 10) ^ (bytes[at + 1]! << 5) ^ bytes[at + 2]!) & MASK;

function isAt(text: Uint8Array, start: number, pattern: Uint8Array): boolean {
  for (let at = 0; at < pattern.length; at += 1) if (text[start + at] !== pattern[at]) return false;
  return true;
}
