import { type Problem, problem } from '../problem.ts';

/** JSON and YAML texts read into one shape, with places, so that reading, locating and editing know no format. */

export type DocumentFormat = 'json' | 'yaml';
export type Path = (string | number)[];

interface Placed {
  /** Offsets into the text, in UTF-16 units; `end` is the offset after the last unit of the value itself. */
  start: number;
  end: number;
  /** A YAML alias: its content stands elsewhere, so nothing may be edited through it. */
  isAlias?: boolean;
}
export interface ScalarNode extends Placed {
  kind: 'scalar';
  value: string | number | boolean | null;
  /** The value as the text spells it, so that `1.10` read as a string stays `1.10`. */
  source: string;
}
export interface MapNode extends Placed {
  kind: 'map';
  /** True for `{…}`, false for YAML's indented form. */
  flow: boolean;
  entries: MapEntry[];
}
export interface SeqNode extends Placed {
  kind: 'seq';
  flow: boolean;
  items: TextNode[];
  /** Offsets of the dashes of a YAML list in indented form. */
  dashes?: number[];
}
export type TextNode = ScalarNode | MapNode | SeqNode;
export interface MapEntry {
  key: string;
  keyStart: number;
  /** Offset after the colon. */
  colonEnd: number;
  node: TextNode;
}

export interface TextTree {
  root: TextNode | undefined;
  problems: Problem[];
  /** True when the text has faults that leave its structure in doubt: it can be shown, not edited. */
  isBroken: boolean;
  /** YAML with anchors or aliases: a part of it means nothing without the rest. */
  hasAnchors?: boolean;
}

/** A text that no parser may see. */
export function refused(code: string, what: string): TextTree {
  const fix = 'A pipeline needs far less. Open the right file.';
  return { root: undefined, problems: [problem({ code, where: '', what, fix })], isBroken: true };
}

/** The plain value of a node. `__proto__` as a key is left out: it stays in the text, but never becomes a prototype. */
export function toValue(node: TextNode): unknown {
  if (node.kind === 'scalar') return node.value;
  if (node.kind === 'seq') return node.items.map(toValue);
  const value: Record<string, unknown> = {};
  for (const entry of node.entries) if (entry.key !== '__proto__') value[entry.key] = toValue(entry.node);
  return value;
}

/** The child under one path segment; of a key that stands twice the last one counts, as in every parser. */
export function childOf(node: TextNode, segment: string | number): TextNode | undefined {
  if (node.kind === 'seq') return typeof segment === 'number' ? node.items[segment] : undefined;
  if (node.kind === 'map') return entryOf(node, String(segment))?.node;
  return undefined;
}

export function entryOf(node: MapNode, key: string): MapEntry | undefined {
  for (let index = node.entries.length - 1; index >= 0; index--) {
    const entry = node.entries[index]!;
    if (entry.key === key) return entry;
  }
  return undefined;
}

export function nodeAt(root: TextNode | undefined, path: readonly (string | number)[]): TextNode | undefined {
  let node = root;
  for (const segment of path) {
    if (!node) return undefined;
    node = childOf(node, segment);
  }
  return node;
}

/** Turns offsets into 1-based lines and columns; line breaks are \n, \r\n and \r. Costs nothing until it is asked. */
export function linesOf(text: string): (offset: number) => { line: number; column: number } {
  let starts: number[] | undefined;
  return (offset) => {
    starts ??= lineStarts(text);
    let low = 0;
    let high = starts.length - 1;
    while (low < high) {
      const middle = (low + high + 1) >> 1;
      if (starts[middle]! <= offset) low = middle;
      else high = middle - 1;
    }
    return { line: low + 1, column: Math.min(offset, text.length) - starts[low]! + 1 };
  };
}

function lineStarts(text: string): number[] {
  const starts = [0];
  for (let index = 0; index < text.length; index++) {
    const code = text.charCodeAt(index);
    if (code === 10 || (code === 13 && text.charCodeAt(index + 1) !== 10)) starts.push(index + 1);
  }
  return starts;
}
