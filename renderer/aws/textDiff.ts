import { structuredPatch } from 'diff';
import { strings } from '../strings/strings.ts';

/** A line of a difference between two texts. Line numbers count from 1; absent on the side that has no such line. */
export interface DiffLine {
  kind: 'same' | 'added' | 'removed' | 'gap';
  text: string;
  before?: number;
  after?: number;
}

export interface TextDiff {
  lines: DiffLine[];
  added: number;
  removed: number;
}

const CONTEXT = 3;
/** Comparing two wholly different texts of this many edits takes longer than anyone reads; then all is shown as replaced. */
const MOST_EDITS = 2000;

/** The difference as a reader wants it: changed lines with a little around them, the rest left out and said so. */
export function textDiff(before: string, after: string): TextDiff {
  const patch = structuredPatch('', '', before, after, undefined, undefined, {
    context: CONTEXT,
    maxEditLength: MOST_EDITS,
  });
  if (!patch) return replaced(before, after);
  const diff: TextDiff = { lines: [], added: 0, removed: 0 };
  let shown = 1;
  for (const hunk of patch.hunks) {
    const left = hunk.oldStart - shown;
    if (left > 0) diff.lines.push({ kind: 'gap', text: strings.aws.diff.gap(left) });
    let [oldLine, newLine] = [hunk.oldStart, hunk.newStart];
    for (const line of hunk.lines) {
      const text = line.slice(1);
      if (line.startsWith('+')) {
        diff.lines.push({ kind: 'added', text, after: newLine });
        newLine += 1;
        diff.added += 1;
      } else if (line.startsWith('-')) {
        diff.lines.push({ kind: 'removed', text, before: oldLine });
        oldLine += 1;
        diff.removed += 1;
      } else if (line.startsWith(' ')) {
        diff.lines.push({ kind: 'same', text, before: oldLine, after: newLine });
        oldLine += 1;
        newLine += 1;
      }
    }
    shown = oldLine;
  }
  return diff;
}

const linesOf = (text: string): string[] => (text === '' ? [] : text.replace(/\n$/, '').split('\n'));

function replaced(before: string, after: string): TextDiff {
  const old = linesOf(before);
  const now = linesOf(after);
  return {
    lines: [
      ...old.map((text, index): DiffLine => ({ kind: 'removed', text, before: index + 1 })),
      ...now.map((text, index): DiffLine => ({ kind: 'added', text, after: index + 1 })),
    ],
    added: now.length,
    removed: old.length,
  };
}
