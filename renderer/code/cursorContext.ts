import { getLocation } from 'jsonc-parser';
import { findRoot, treeOf } from '../../shared/model/documentTree.ts';
import { childOf, type DocumentFormat, type Path, type TextNode } from '../../shared/model/textTree.ts';

/** Where in a declaration a place of the text is, also while the text is half written. */
export interface CursorContext {
  /** From the declaration: ['stages', 0, 'actions', 1, 'configuration', 'ProjectName']. For a key: of the object it belongs to. */
  path: Path;
  isKey: boolean;
  /** The stretch that a suggestion replaces, in offsets of the text; within quotes where there are any. */
  from: number;
  to: number;
  isQuoted: boolean;
  /** What stands between `from` and the cursor. */
  typed: string;
}

/** Undefined where no key and no value can stand, or the text is not a declaration's. */
export function contextAt(text: string, format: DocumentFormat, offset: number): CursorContext | undefined {
  const found = format === 'json' ? inJson(text, offset) : inYaml(text, offset);
  if (!found) return undefined;
  const path = withoutRoot(found.path, text, format);
  return path && { ...found, path };
}

/** The path from the declaration on; the text may wrap it in {"pipeline": …} or a recorded response. */
function withoutRoot(path: Path, text: string, format: DocumentFormat): Path | undefined {
  const root = findRoot(treeOf(text, format))?.path;
  const wrapped: Path[] = root ? [root] : [['pipeline'], ['data', 'pipeline']];
  for (const prefix of wrapped)
    if (prefix.length > 0 && prefix.every((segment, index) => path[index] === segment))
      return path.slice(prefix.length);
  return root && root.length > 0 ? undefined : path;
}

/** The action that an offset of a whole text stands in: all that has to be read to know where in it. */
function actionAround(text: string, offset: number): { path: Path; start: number } | undefined {
  const tree = treeOf(text, 'json');
  const root = tree.isBroken ? undefined : findRoot(tree);
  const stages = root && childOf(root.node, 'stages');
  const inside = (node: TextNode) => node.start < offset && offset < node.end;
  for (const [stageIndex, stage] of stages?.kind === 'seq' ? stages.items.entries() : []) {
    const actions = inside(stage) ? childOf(stage, 'actions') : undefined;
    for (const [index, action] of actions?.kind === 'seq' ? actions.items.entries() : [])
      if (inside(action)) return { path: [...root!.path, 'stages', stageIndex, 'actions', index], start: action.start };
  }
  return undefined;
}

function inJson(text: string, offset: number): CursorContext | undefined {
  const { path: around, start } = actionAround(text, offset) ?? { path: [], start: 0 };
  const { path: found, isAtPropertyKey } = getLocation(text.slice(start, offset + 1000), offset - start);
  const path = [...around, ...found];
  const segments: Path = isAtPropertyKey ? path.slice(0, -1) : path;
  const opening = openQuote(text, offset);
  if (opening !== undefined) {
    const rest = /^(?:[^"\\\n\r]|\\.)*/.exec(text.slice(offset))![0];
    // A text that is not closed yet ends where the cursor is: what follows belongs to something else.
    const to = text[offset + rest.length] === '"' ? offset + rest.length : offset;
    const from = opening + 1;
    return { path: segments, isKey: isAtPropertyKey, from, to, isQuoted: true, typed: text.slice(from, offset) };
  }
  const word = /[\w.-]*$/.exec(text.slice(Math.max(0, offset - 100), offset))?.[0] ?? '';
  if (text[offset - word.length - 1] === '"') return undefined;
  return {
    path: segments,
    isKey: isAtPropertyKey,
    from: offset - word.length,
    to: offset,
    isQuoted: false,
    typed: word,
  };
}

/** Where the text begins that the cursor stands in. Texts of JSON end with their line. */
function openQuote(text: string, offset: number): number | undefined {
  const start = text.lastIndexOf('\n', offset - 1) + 1;
  let opening: number | undefined;
  for (let at = start; at < offset; at += 1) {
    if (text[at] === '\\' && opening !== undefined) at += 1;
    else if (text[at] === '"') opening = opening === undefined ? at : undefined;
  }
  return opening;
}

/** An open object or list of indented YAML: where its keys or dashes stand, and which of them was met last. */
interface Level {
  column: number;
  segment: string | number;
  /** The value is text in lines of its own (`|`, `>`). */
  isText?: boolean;
}

const KEY = /^("[^"]*"|'[^']*'|[^\s:#'"{[&*!|>-][^:#]*?)\s*:(?=\s|$)/;
const unquoted = (key: string) => key.replace(/^(["'])(.*)\1$/, '$2');

/** Columns of the dashes that a line begins with, and of what stands behind them. */
function dashesOf(line: string): { dashes: number[]; column: number } {
  const dashes: number[] = [];
  let column = line.search(/[^ ]|$/);
  while (/^-(?=\s|$)/.test(line.slice(column))) {
    dashes.push(column);
    column += 1;
    column += line.slice(column).search(/[^ ]|$/);
  }
  return { dashes, column };
}

/** Leaves the levels that a key or dash in this column closes. */
function closeTo(levels: Level[], column: number, isDash: boolean): void {
  for (let top = levels.at(-1); top && top.column >= column; top = levels.at(-1)) {
    // The dashes of a list may stand in the column of its key, which then stays open; a key there ends the list.
    const isKept = top.column === column && (isDash || typeof top.segment === 'string');
    if (isKept) return;
    levels.pop();
  }
}

function takeDash(levels: Level[], column: number): void {
  closeTo(levels, column, true);
  const top = levels.at(-1);
  if (top?.column === column && typeof top.segment === 'number') top.segment += 1;
  else levels.push({ column, segment: 0 });
}

function takeKey(levels: Level[], column: number, segment: string, isText: boolean): void {
  closeTo(levels, column, false);
  const top = levels.at(-1);
  if (top?.column === column && typeof top.segment === 'string') levels.pop();
  levels.push({ column, segment, isText });
}

function levelsAbove(text: string): Level[] {
  const levels: Level[] = [];
  for (const line of text.split('\n')) {
    const { dashes, column } = dashesOf(line);
    const rest = line.slice(column);
    if ((rest.trim() === '' && dashes.length === 0) || rest.startsWith('#')) continue;
    const top = levels.at(-1);
    if (top?.isText && (dashes[0] ?? column) > top.column) continue;
    for (const dash of dashes) takeDash(levels, dash);
    const key = KEY.exec(rest);
    if (key) takeKey(levels, column, unquoted(key[1]!), /^\s*[|>]/.test(rest.slice(key[0].length + 1)));
  }
  return levels;
}

/** Indented YAML, line by line, as it is written by hand; what stands in {…} or [...] is not looked into. */
function inYaml(text: string, offset: number): CursorContext | undefined {
  const lineStart = text.lastIndexOf('\n', offset - 1) + 1;
  const nextLine = text.indexOf('\n', offset);
  const line = text.slice(lineStart, nextLine < 0 ? text.length : nextLine).replace(/\r$/, '');
  const cursor = offset - lineStart;
  if (/(^|\s)#/.test(line.slice(0, cursor))) return undefined;
  const { dashes, column: first } = dashesOf(line);
  const column = Math.min(first, Math.max(cursor, (dashes.at(-1) ?? -1) + 1));
  if (dashes.some((dash) => cursor <= dash)) return undefined;

  const levels = levelsAbove(text.slice(0, Math.max(0, lineStart - 1)));
  for (const dash of dashes) takeDash(levels, dash);
  closeTo(levels, column, false);
  const top = levels.at(-1);
  if (top && top.column === column && typeof top.segment === 'string') levels.pop();
  if (levels.at(-1)?.isText) return undefined;
  const parents: Path = levels.map(({ segment }) => segment);

  const rest = line.slice(first);
  const key = KEY.exec(rest);
  const valueStart = key ? first + key[0].length + 1 : undefined;
  if (key && cursor >= valueStart!) {
    const indent = line.slice(valueStart).search(/[^ ]|$/);
    return {
      ...yamlValue(line, valueStart! + indent, cursor, lineStart),
      path: [...parents, unquoted(key[1]!)],
      isKey: false,
    };
  }
  if (/^["'{[]/.test(rest)) return { ...yamlValue(line, first, cursor, lineStart), path: parents, isKey: false };
  const end = key ? first + key[1]!.length : line.trimEnd().length;
  return {
    path: parents,
    isKey: true,
    from: lineStart + column,
    to: lineStart + Math.max(end, cursor),
    isQuoted: false,
    typed: line.slice(column, cursor),
  };
}

/** The stretch of a scalar that begins in this column. */
function yamlValue(line: string, start: number, cursor: number, lineStart: number) {
  const quote = /^["']/.exec(line.slice(start))?.[0];
  const from = Math.min(quote ? start + 1 : start, cursor);
  const closing = quote ? line.indexOf(quote, start + 1) : -1;
  const plain = line.replace(/\s+#.*$/, '').trimEnd().length;
  const to = Math.max(cursor, closing >= 0 ? closing : plain);
  return {
    from: lineStart + from,
    to: lineStart + to,
    isQuoted: quote !== undefined,
    typed: line.slice(from, cursor),
  };
}
