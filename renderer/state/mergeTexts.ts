import { type Hunk, lineHunks, linesOf } from './lineHunks.ts';

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
