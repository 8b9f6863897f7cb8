import { isSame } from '../model/isSame.ts';
import type { FieldChange } from './comparison.ts';

/**
 * The members in which two objects differ, in the order of the earlier one, new ones last. Members named in `inside` are
 * compared key by key. An empty list or map is the same as none: the service prints them, people leave them out.
 */
export function fieldChanges(
  before: object,
  after: object,
  { without = [], inside = [] }: { without?: readonly string[]; inside?: readonly string[] } = {},
): FieldChange[] {
  const changes: FieldChange[] = [];
  for (const key of keysOf(before, after)) {
    if (without.includes(key)) continue;
    const [old, now] = [member(before, key), member(after, key)];
    if (inside.includes(key)) {
      const [oldMap, nowMap] = [mapOf(old), mapOf(now)];
      for (const inner of keysOf(oldMap, nowMap)) {
        const [oldValue, nowValue] = [member(oldMap, inner), member(nowMap, inner)];
        if (!isSame(oldValue, nowValue)) changes.push({ path: [key, inner], before: oldValue, after: nowValue });
      }
    } else if (!isSame(old, now)) changes.push({ path: [key], before: old, after: now });
  }
  return changes;
}

const keysOf = (a: object, b: object): string[] => [...new Set([...Object.keys(a), ...Object.keys(b)])];

const mapOf = (value: unknown): object => (typeof value === 'object' && value !== null ? value : {});

function member(holder: object, key: string): unknown {
  if (!Object.hasOwn(holder, key)) return undefined;
  const value = (holder as Record<string, unknown>)[key];
  const isEmpty = typeof value === 'object' && value !== null && Object.keys(value).length === 0;
  return value === null || isEmpty ? undefined : value;
}
