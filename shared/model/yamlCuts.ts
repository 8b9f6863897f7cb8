import type { Cut } from './partedTree.ts';

/** Keys of the outermost mapping; anything else in its column (a document mark, a quoted key) has to be read by the parser. */
const PLAIN_KEY = /^[A-Za-z_][\w-]*:(?=\s|$)/;
const OPENS_LIST = /^(stages|actions):[ \r]*(?:#.*)?$/;

/**
 * The actions of a pipeline in indented YAML, by the columns of its lines alone: what belongs to a list item stands further right than
 * its dash, whatever it is. A cut goes from the beginning of the dash's line to that of the line which follows the item. Undefined
 * where the text is not plain enough for that; then it has to be read whole.
 */
export function yamlCuts(text: string): Cut[] | undefined {
  if (/\r(?!\n)|^ *\t/m.test(text)) return undefined;
  const cuts: Cut[] = [];
  /** Column of the mapping that has (or may have) the key `stages`. */
  let keys = 0;
  let hasKeys = false;
  /** The list or mapping whose first line has not come yet. */
  let awaited: 'pipeline' | 'stages' | 'stage' | 'actions' | undefined;
  /** Columns of the dashes, and of the keys of the stage; -1 = not inside one. */
  let stages = -1;
  let stage = -1;
  let actions = -1;
  let open: { start: number; column: number } | undefined;

  const close = (end: number) => {
    if (!open) return;
    const { start, column } = open;
    const placeholder = `${' '.repeat(column)}- 0${text[end - 1] === '\n' ? '\n' : ''}`;
    cuts.push({ start, end, placeholder, mark: column + 2 });
    open = undefined;
  };
  const isStageKey = (line: string) => OPENS_LIST.exec(line)?.[1] === 'actions';

  for (let start = 0, next: number; start < text.length; start = next) {
    const found = text.indexOf('\n', start);
    next = found < 0 ? text.length : found + 1;
    let column = 0;
    while (text.charCodeAt(start + column) === 32) column += 1;
    const first = text.charCodeAt(start + column);
    // Blank lines and comments belong to whatever they stand in.
    if (first === 10 || first === 13 || first === 35 || start + column >= text.length) continue;
    const isDash = first === 45 && isBreakOrBlank(text.charCodeAt(start + column + 1));
    if (open) {
      if (column > open.column) continue;
      close(start);
    }
    if (awaited === 'actions') {
      actions = isDash && column >= stage ? column : -1;
      awaited = undefined;
    }
    if (actions >= 0) {
      if (isDash && column === actions) {
        open = { start, column };
        continue;
      }
      actions = -1;
    }
    const line = text.slice(start + column, found < 0 ? text.length : found);
    if (awaited === 'stages') {
      stages = isDash && column >= keys ? column : -1;
      awaited = undefined;
    }
    if (stages >= 0) {
      if (column > stages) {
        if (awaited === 'stage') {
          stage = column;
          awaited = undefined;
        }
        if (column === stage && isStageKey(line)) awaited = 'actions';
        continue;
      }
      if (isDash && column === stages) {
        const gap = line.slice(1).search(/[^ ]/);
        const rest = gap < 0 ? '' : line.slice(1 + gap).trimEnd();
        stage = rest === '' ? -1 : column + 1 + gap;
        awaited = rest === '' ? 'stage' : isStageKey(rest) ? 'actions' : undefined;
        continue;
      }
      stages = -1;
      awaited = undefined;
    }
    if (awaited === 'pipeline') {
      keys = column;
      awaited = undefined;
    }
    if (column === 0) {
      if (!PLAIN_KEY.test(line)) {
        if (hasKeys || !/^---[ \r]*$/.test(line)) return undefined;
        continue;
      }
      hasKeys = true;
      keys = 0;
      if (/^pipeline:[ \r]*(?:#.*)?$/.test(line)) awaited = 'pipeline';
    }
    if (column === keys && OPENS_LIST.exec(line)?.[1] === 'stages') awaited = 'stages';
  }
  close(text.length);
  return cuts;
}

const isBreakOrBlank = (code: number): boolean => code === 32 || code === 10 || code === 13 || Number.isNaN(code);
