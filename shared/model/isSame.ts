/** Deep equality of plain JSON values; members that are undefined count as absent, order of keys does not count. */
export function isSame(a: unknown, b: unknown): boolean {
  if (Object.is(a, b)) return true;
  if (typeof a !== 'object' || typeof b !== 'object' || a === null || b === null) return false;
  if (Array.isArray(a) || Array.isArray(b)) {
    return (
      Array.isArray(a) && Array.isArray(b) && a.length === b.length && a.every((item, index) => isSame(item, b[index]))
    );
  }
  const keysOf = (value: object) => Object.entries(value).filter(([, member]) => member !== undefined);
  const entries = keysOf(a);
  return (
    entries.length === keysOf(b).length &&
    entries.every(([key, member]) => Object.hasOwn(b, key) && isSame(member, (b as Record<string, unknown>)[key]))
  );
}
