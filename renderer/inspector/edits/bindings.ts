import type { Binding } from '../../../shared/model/sidecar.ts';

/** Rows as a record; none = undefined. */
export const recordOf = (pairs: readonly [string, string][]): Record<string, string> | undefined =>
  pairs.length ? Object.fromEntries(pairs) : undefined;

/** A binding without the members that are undefined; nothing left but the kind = no binding. */
export function trimmed<B extends Extract<Binding, { kind: 'project' | 'simulation' }>>(binding: B): B | undefined {
  const kept = Object.fromEntries(Object.entries(binding).filter(([, value]) => value !== undefined && value !== ''));
  return Object.keys(kept).length > 1 ? (kept as B) : undefined;
}
