/** The one stretch in which two texts differ. Undo keeps these instead of whole texts. */
export interface TextPatch {
  /** UTF-16 offset. */
  start: number;
  removed: string;
  inserted: string;
}

/** The smallest single stretch that turns `before` into `after`; undefined when they are equal. */
export function patchBetween(before: string, after: string): TextPatch | undefined {
  if (before === after) return undefined;
  const shorter = Math.min(before.length, after.length);
  let start = 0;
  while (start < shorter && before.charCodeAt(start) === after.charCodeAt(start)) start += 1;
  let same = 0;
  while (
    same < shorter - start &&
    before.charCodeAt(before.length - 1 - same) === after.charCodeAt(after.length - 1 - same)
  ) {
    same += 1;
  }
  return {
    start,
    removed: before.slice(start, before.length - same),
    inserted: after.slice(start, after.length - same),
  };
}

export const applyPatch = (text: string, { start, removed, inserted }: TextPatch): string =>
  text.slice(0, start) + inserted + text.slice(start + removed.length);

export const inversePatch = ({ start, removed, inserted }: TextPatch): TextPatch => ({
  start,
  removed: inserted,
  inserted: removed,
});
