import { diffArrays } from 'diff';

/** Some lines of the base, by index, that became others. An insertion has `start` = `end`. */
interface Hunk {
  start: number;
  end: number;
  lines: readonly string[];
}

/** Texts that differ in more lines than this are not compared. */
const MOST_EDITS = 2000;

/** Lines with their ends, so that line ends are kept, and a last line without one. */
const linesOf = (text: string): string[] => text.match(/[^\n]*\n|[^\n]+$/g) ?? [];

/** In what two texts differ, in the order of their lines; undefined where that is too much to tell. */
function lineHunks(base: readonly string[], other: readonly string[]): Hunk[] | undefined {
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

const isEqual = (a: Hunk, b: Hunk) => a.start === b.start && a.end === b.end && a.lines.join('') === b.lines.join('');
const overlaps = (a: Hunk, b: Hunk) => a.start === b.start || (a.start < b.end && b.start < a.end);

/**
 * What two texts that began from `base` both changed, line by line. Undefined where they changed the same lines in different
 * ways (or too much to tell): then a person must choose.
 */
export function mergeTexts(base: string, mine: string, theirs: string): string | undefined {
  const lines = linesOf(base);
  const ours = lineHunks(lines, linesOf(mine));
  const others = lineHunks(lines, linesOf(theirs));
  if (!ours || !others) return undefined;
  const added = others.filter((other) => !ours.some((own) => isEqual(own, other)));
  if (added.some((other) => ours.some((own) => overlaps(own, other)))) return undefined;
  let merged = '';
  let copied = 0;
  for (const { start, end, lines: replaced } of [...ours, ...added].sort(
    (a, b) => a.start - b.start || a.end - b.end,
  )) {
    merged += lines.slice(copied, start).join('') + replaced.join('');
    copied = end;
  }
  return merged + lines.slice(copied).join('');
}
