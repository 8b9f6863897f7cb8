/*
 * CodeMirror counts every line end as one character; a file may have two (\r\n), and keeps them. What is typed goes into the
 * text of the file, so that every byte that nobody touched stays.
 */

/** The text as the editor counts it. */
export const asEdited = (text: string): string => (text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text);

export interface TextChange {
  /** Offsets in the editor's text before the change. */
  from: number;
  to: number;
  /** Its line ends are \n. */
  insert: string;
}

/** The file's text after changes that the editor tells in its own offsets, in rising order and apart from each other. */
export function withChanges(text: string, changes: readonly TextChange[]): string {
  const pairs = [...text.matchAll(/\r\n/g)].map(({ index }) => index);
  // New lines end as the file's first one does.
  const end = /\r\n|\n|\r/.exec(text)?.[0] ?? '\n';
  /** How many pairs stand wholly before an offset of the editor. */
  const before = (offset: number) => {
    let [low, high] = [0, pairs.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if (pairs[middle]! - middle < offset) low = middle + 1;
      else high = middle;
    }
    return low;
  };
  let changed = '';
  let copied = 0;
  for (const { from, to, insert } of changes) {
    changed += text.slice(copied, from + before(from)) + (end === '\n' ? insert : insert.replaceAll('\n', end));
    copied = to + before(to);
  }
  return changed + text.slice(copied);
}
