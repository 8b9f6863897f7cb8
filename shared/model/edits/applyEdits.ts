import type { DocumentEdit } from '../editDocument.ts';
import type { Path } from '../textTree.ts';

/** A value after edits, as `editDocument` would make it in the text; the value itself stays. */
export const applyEdits = <T>(value: T, edits: readonly DocumentEdit[]): T =>
  edits.reduce<unknown>((current, edit) => applyEdit(current, edit.path, edit), value) as T;

/** What one edit makes of a plain value at `path`; missing parents are made, a list takes what is behind its end at its end. */
export function applyEdit(value: unknown, path: Path, edit: Pick<DocumentEdit, 'value' | 'insert'>): unknown {
  const [segment, ...rest] = path;
  if (segment === undefined) return edit.value;
  if (typeof segment === 'number') {
    const items = Array.isArray(value) ? [...value] : [];
    if (rest.length > 0) items[Math.min(segment, items.length)] = applyEdit(items[segment], rest, edit);
    else if (edit.insert) items.splice(segment, 0, edit.value);
    else if (edit.value === undefined) items.splice(segment, 1);
    else items[Math.min(segment, items.length)] = edit.value;
    return items;
  }
  const members = new Map(Object.entries(typeof value === 'object' && value !== null ? value : {}));
  if (rest.length === 0 && edit.value === undefined) members.delete(segment);
  else members.set(segment, applyEdit(members.get(segment), rest, edit));
  return Object.fromEntries(members);
}
