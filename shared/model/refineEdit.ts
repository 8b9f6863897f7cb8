import type { DocumentEdit } from './editDocument.ts';
import { isSame } from './isSame.ts';
import { type Path, type TextNode, toValue } from './textTree.ts';

/**
 * Breaks the replacement of a whole object or list into the smallest edits that have the same effect, so that a caller may
 * hand over a changed stage and still only its changed lines change. Undefined = replace it as a whole.
 */
export function refine(old: TextNode, value: unknown, path: Path): DocumentEdit[] | undefined {
  if (isSame(toValue(old), value)) return [];
  if (old.kind === 'map' && isPlainObject(value)) {
    if (old.entries.length === 0 || Object.keys(value).length === 0) return undefined;
    const edits: DocumentEdit[] = [];
    const kept = old.entries.filter(({ key }) => value[key] !== undefined);
    // A mapping that keeps nothing is another mapping.
    if (kept.length === 0) return undefined;
    for (const { key, node } of kept) edits.push(...step(node, value[key], [...path, key]));
    for (const { key } of old.entries) {
      if (value[key] === undefined && key !== '__proto__') edits.push({ path: [...path, key], value: undefined });
    }
    const known = new Set(old.entries.map(({ key }) => key));
    for (const [key, member] of Object.entries(value)) {
      if (!known.has(key) && member !== undefined) edits.push({ path: [...path, key], value: member });
    }
    return edits;
  }
  if (old.kind === 'seq' && Array.isArray(value)) {
    if (old.items.length === 0 || value.length === 0) return undefined;
    return refineList(old.items, value, path);
  }
  return undefined;
}

function refineList(old: readonly TextNode[], value: readonly unknown[], path: Path): DocumentEdit[] {
  const same = (from: number, to: number) => isSame(toValue(old[from]!), value[to]);
  const shorter = Math.min(old.length, value.length);
  let head = 0;
  while (head < shorter && same(head, head)) head++;
  let tail = 0;
  while (tail < shorter - head && same(old.length - 1 - tail, value.length - 1 - tail)) tail++;
  const oldMiddle = old.length - head - tail;
  const newMiddle = value.length - head - tail;
  const edits: DocumentEdit[] = [];
  const common = Math.min(oldMiddle, newMiddle);
  for (let index = head; index < head + common; index++)
    edits.push(...step(old[index]!, value[index], [...path, index]));
  for (let index = head + oldMiddle - 1; index >= head + common; index--)
    edits.push({ path: [...path, index], value: undefined });
  for (let index = head + common; index < head + newMiddle; index++) {
    edits.push({ path: [...path, index], value: value[index], insert: true });
  }
  return edits;
}

const step = (node: TextNode, value: unknown, path: Path): DocumentEdit[] =>
  isSame(toValue(node), value) ? [] : ((node.isAlias ? undefined : refine(node, value, path)) ?? [{ path, value }]);

const isPlainObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
