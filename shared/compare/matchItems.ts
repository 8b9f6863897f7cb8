/** Pairs of indices; an index that is in no pair is only on its own side. */
export type Pairs = Map<number, number>;

/** At least this share of what two things say must be the same for one to be the other under a new name. */
const ALIKE = 0.5;
/** A word that so many things have tells nothing about which is which, and would make the search quadratic. */
const COMMON = 40;

/**
 * Pairs what has the same key, in order of appearance, then what has the same whole text and is left over on both sides.
 * Keys that occur twice pair their first with the first.
 */
export function pairByKey<T>(
  before: readonly T[],
  after: readonly T[],
  keyOf: (item: T, side: 'before' | 'after') => string | undefined,
  pairs: Pairs = new Map(),
): Pairs {
  const taken = new Set(pairs.values());
  const waiting = new Map<string, number[]>();
  for (const [index, item] of after.entries()) {
    const key = taken.has(index) ? undefined : keyOf(item, 'after');
    if (key === undefined) continue;
    const known = waiting.get(key);
    if (known) known.push(index);
    else waiting.set(key, [index]);
  }
  for (const queue of waiting.values()) queue.reverse();
  for (const [index, item] of before.entries()) {
    const key = pairs.has(index) ? undefined : keyOf(item, 'before');
    const other = key === undefined ? undefined : waiting.get(key)?.pop();
    if (other !== undefined) pairs.set(index, other);
  }
  return pairs;
}

/**
 * Pairs what is left by likeness: the more words two items share, the likelier they are one. Best pairs first, ties in order.
 * `mayBe` forbids pairs. Linear in the number of items as long as their words differ.
 */
export function pairByLikeness<T>(
  before: readonly T[],
  after: readonly T[],
  wordsOf: (item: T) => ReadonlySet<string>,
  mayBe: (a: T, b: T) => boolean,
  pairs: Pairs,
): Pairs {
  const taken = new Set(pairs.values());
  const left = [...before.keys()].filter((index) => !pairs.has(index));
  const right = [...after.keys()].filter((index) => !taken.has(index));
  if (left.length === 0 || right.length === 0) return pairs;

  const holders = new Map<string, number[]>();
  const wordsAfter = new Map<number, ReadonlySet<string>>();
  for (const index of right) {
    const words = wordsOf(after[index]!);
    wordsAfter.set(index, words);
    for (const word of words) {
      const known = holders.get(word);
      if (known) known.push(index);
      else holders.set(word, [index]);
    }
  }
  const candidates: { a: number; b: number; score: number }[] = [];
  for (const a of left) {
    const words = wordsOf(before[a]!);
    const maybe = new Set<number>();
    for (const word of words) {
      const found = holders.get(word) ?? [];
      if (found.length <= COMMON) for (const b of found) maybe.add(b);
    }
    for (const b of maybe) {
      const other = wordsAfter.get(b)!;
      const shared = [...words].filter((word) => other.has(word)).length;
      const score = shared / (words.size + other.size - shared);
      if (score >= ALIKE && mayBe(before[a]!, after[b]!)) candidates.push({ a, b, score });
    }
  }
  candidates.sort((x, y) => y.score - x.score || x.a - y.a || x.b - y.b);
  for (const { a, b } of candidates) {
    if (pairs.has(a) || taken.has(b)) continue;
    pairs.set(a, b);
    taken.add(b);
  }
  return pairs;
}

/** Every scalar of a value with where it stands, as words to compare things by. Members in `without` say who, not what. */
export function wordsOf(value: unknown, without: ReadonlySet<string>): Set<string> {
  const words = new Set<string>();
  const walk = (part: unknown, path: string): void => {
    if (Array.isArray(part)) for (const item of part) walk(item, path);
    else if (typeof part === 'object' && part !== null) {
      for (const [key, member] of Object.entries(part))
        if (path !== '' || !without.has(key)) walk(member, `${path}/${key}`);
    } else if (part !== undefined) words.add(`${path}=${String(part)}`);
  };
  walk(value, '');
  return words;
}

/**
 * Of things that are on both sides, which moved: all that do not lie on a longest run that kept its order. `places` holds, in
 * the earlier order, the later place of each.
 */
export function movedOf(places: readonly number[]): Set<number> {
  // Patience sorting: tops[k] is the index of the smallest end of a run of length k + 1.
  const tops: number[] = [];
  const previous: number[] = [];
  for (const [index, place] of places.entries()) {
    let [low, high] = [0, tops.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (places[tops[middle]!]! < place) low = middle + 1;
      else high = middle;
    }
    previous[index] = low > 0 ? tops[low - 1]! : -1;
    tops[low] = index;
  }
  const kept = new Set<number>();
  for (let index = tops.at(-1) ?? -1; index >= 0; index = previous[index]!) kept.add(index);
  return new Set([...places.keys()].filter((index) => !kept.has(index)));
}
