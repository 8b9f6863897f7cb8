/**
 * The candidate that was probably meant: the same but for case and punctuation, else the one fewest slips of the keyboard away
 * (a letter more, less, another, or two swapped). Undefined when none is near enough to suggest.
 */
export function nearest(written: string, candidates: Iterable<string>): string | undefined {
  const all = [...new Set(candidates)].filter((candidate) => candidate !== written);
  const plain = (text: string) => text.toLowerCase().replaceAll(/[^a-z0-9]/g, '');
  const alike = all.find((candidate) => plain(candidate) !== '' && plain(candidate) === plain(written));
  if (alike !== undefined) return alike;
  // Long texts are no slips of anything, and the distance costs their product.
  if (written.length > 100) return undefined;
  const most = Math.max(1, Math.floor(written.length / 3));
  let best: string | undefined;
  let least = most + 1;
  for (const candidate of all) {
    if (candidate.length > 100 || Math.abs(candidate.length - written.length) >= least) continue;
    const slips = distance(written.toLowerCase(), candidate.toLowerCase());
    if (slips >= least) continue;
    best = candidate;
    least = slips;
  }
  return best;
}

/** Optimal string alignment: insertions, deletions, replacements and swaps of neighbours. */
function distance(a: string, b: string): number {
  let before: number[] = [];
  let last = Array.from({ length: b.length + 1 }, (_, index) => index);
  for (let i = 1; i <= a.length; i++) {
    const row = [i];
    for (let j = 1; j <= b.length; j++) {
      const cost = a[i - 1] === b[j - 1] ? 0 : 1;
      let slips = Math.min(row[j - 1]! + 1, last[j]! + 1, last[j - 1]! + cost);
      if (i > 1 && j > 1 && a[i - 1] === b[j - 2] && a[i - 2] === b[j - 1]) slips = Math.min(slips, before[j - 2]! + 1);
      row.push(slips);
    }
    before = last;
    last = row;
  }
  return last[b.length]!;
}
