/** `wanted`, else wanted2, wanted3 …; never longer than 100 characters (reference/pipeline-structure.md, names). */
export function uniqueName(wanted: string, taken: Iterable<string>): string {
  const used = new Set(taken);
  if (!used.has(wanted)) return wanted;
  const stem = wanted.replace(/\d+$/, '');
  for (let count = 2; ; count += 1) {
    const name = stem.slice(0, 100 - String(count).length) + count;
    if (!used.has(name)) return name;
  }
}
