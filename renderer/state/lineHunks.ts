import { diffArrays } from 'diff';

/** Some lines of the base, by index, that became others. An insertion has `start` = `end`. */
export interface Hunk {
  start: number;
  end: number;
  lines: readonly string[];
}

/** Texts that differ in more lines than this are not compared. */
const MOST_EDITS = 2000;

/** Lines with their ends, so that line ends are kept, and a last line without one. */
export const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** In what two texts differ, in the order of their lines; undefined where that is too much to tell. */
export function lineHunks(base: readonly string[], other: readonly string[]): Hunk[] | undefined {
  const parts = diffArrays([...base], [...other], { maxEditLength: MOST_EDITS });
  if (!parts) return undefined;
  const hunks: Hunk[] = [];
  let at = 0;
  let isOpen = false;
  for (const { added, removed, value } of parts) {
    if (!added && !removed) {
      at += value.length;
      isOpen = false;
      continue;
    }
    const before = isOpen ? hunks.pop()! : { start: at, end: at, lines: [] };
    hunks.push({
      start: before.start,
      end: before.end + (removed ? value.length : 0),
      lines: added ? [...before.lines, ...value] : before.lines,
    });
    if (removed) at += value.length;
    isOpen = true;
  }
  return hunks;
}
