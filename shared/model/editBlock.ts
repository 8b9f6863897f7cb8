import { stringify } from 'yaml';
import { lineEnd, lineStart, splice, type TextStyle } from './textStyle.ts';
import type { MapEntry, MapNode, SeqNode, TextNode } from './textTree.ts';

/**
 * Splices into YAML's indented form, by whole lines: an item's lines come and go, and comments on other lines stay. What
 * cannot be told from the places alone (anchors in odd places) is caught by editDocument, which reads the result again.
 */

type Container = MapNode | SeqNode;

const startOf = (container: Container, index: number): number =>
  container.kind === 'map'
    ? container.entries[index]!.keyStart
    : (container.dashes?.[index] ?? container.items[index]!.start);
const endOf = (container: Container, index: number): number =>
  container.kind === 'map' ? container.entries[index]!.node.end : container.items[index]!.end;
const sizeOf = (container: Container): number =>
  container.kind === 'map' ? container.entries.length : container.items.length;
const standsFirstInLine = (text: string, offset: number): boolean =>
  /^ *$/.test(text.slice(lineStart(text, offset), offset));

export function insertBlock(
  text: string,
  style: TextStyle,
  container: Container,
  index: number,
  key: string | undefined,
  value: unknown,
): string {
  const first = startOf(container, 0);
  const indent = ' '.repeat(first - lineStart(text, first));
  const body = printItem(style, indent, key, value);
  if (index <= 0) {
    if (!standsFirstInLine(text, first)) return splice(text, first, first, body + style.eol + indent);
    const start = lineStart(text, first);
    return splice(text, start, start, indent + body + style.eol);
  }
  const position = lineEnd(text, endOf(container, Math.min(index, sizeOf(container)) - 1));
  const endsLine = position > 0 && /[\r\n]/.test(text.charAt(position - 1));
  return splice(text, position, position, endsLine ? indent + body + style.eol : style.eol + indent + body);
}

/** `owner` is the entry whose value the container is, if any. */
export function removeBlock(text: string, container: Container, index: number, owner: MapEntry | undefined): string {
  const start = startOf(container, index);
  const end = lineEnd(text, endOf(container, index));
  if (sizeOf(container) === 1) {
    const empty = container.kind === 'map' ? '{}' : '[]';
    if (owner && standsFirstInLine(text, start)) {
      const without = splice(text, lineStart(text, start), end, '');
      return splice(without, owner.colonEnd, owner.colonEnd, ` ${empty}`);
    }
    return splice(text, start, contentEnd(text, start, endOf(container, index)), empty);
  }
  if (!standsFirstInLine(text, start)) {
    let next = end;
    while (/\s/.test(text.charAt(next))) next++;
    return splice(text, start, next, '');
  }
  const from = lineStart(text, start);
  // The last line of a text without a final line break takes the break before it along.
  const isUnended = end === text.length && !/[\r\n]$/.test(text);
  return splice(text, isUnended ? from - (text.startsWith('\r\n', from - 2) ? 2 : 1) : from, end, '');
}

/** Fills an empty `[]` or `{}` that is the value of an entry, going over to the indented form. */
export function fillBlock(
  text: string,
  style: TextStyle,
  owner: MapEntry,
  key: string | undefined,
  value: unknown,
): string {
  return replaceValue(text, style, owner, key === undefined ? [value] : { [key]: value });
}

/** Writes `value` in place of an entry's value. */
export function replaceValue(text: string, style: TextStyle, entry: MapEntry, value: unknown): string {
  const { node, colonEnd } = entry;
  const inline = inlineScalar(text, node, value);
  if (inline !== undefined) return splice(text, node.start, node.end, (node.start === colonEnd ? ' ' : '') + inline);
  const indent = ' '.repeat(entry.keyStart - lineStart(text, entry.keyStart));
  const printed = printItem(style, indent, 'k', value).slice(2);
  const end = contentEnd(text, colonEnd, node.end);
  // A comment behind the value (or behind the key of an indented one) stays behind the key.
  const comment = /^[ \t]+#[^\r\n]*/.exec(text.slice(end, end + 1000))?.[0];
  if (comment !== undefined && /[\r\n]/.test(printed) && !/^ *[|>]/.test(printed)) {
    const lines = printed.split(style.eol);
    return splice(text, colonEnd, end + comment.length, [lines[0] + comment, ...lines.slice(1)].join(style.eol));
  }
  return splice(text, colonEnd, end, printed);
}

/** Writes `value` in place of a list item. */
export function replaceItem(text: string, style: TextStyle, seq: SeqNode, index: number, value: unknown): string {
  const node = seq.items[index]!;
  const dash = startOf(seq, index);
  const inline = inlineScalar(text, node, value);
  if (inline !== undefined) return splice(text, node.start, node.end, (node.start === dash + 1 ? ' ' : '') + inline);
  const indent = ' '.repeat(dash - lineStart(text, dash));
  return splice(text, dash, contentEnd(text, dash, node.end), printItem(style, indent, undefined, value));
}

/** A scalar that replaces a scalar inside one line, in the quotes that the old one had. */
function inlineScalar(text: string, node: TextNode, value: unknown): string | undefined {
  const old = text.slice(node.start, node.end);
  if (typeof value === 'object' && value !== null) return undefined;
  if (typeof value === 'string' && /[\r\n]/.test(value)) return undefined;
  if (node.kind !== 'scalar' || /^[|>]/.test(old) || /[\r\n]/.test(old)) return undefined;
  if (typeof value === 'string' && old.startsWith('"')) return JSON.stringify(value);
  if (typeof value === 'string' && old.startsWith("'") && /^[\x20-\x7e]*$/.test(value))
    return `'${value.replaceAll("'", "''")}'`;
  return stringify({ k: value }, printing(undefined)).slice(3).trimEnd();
}

const printing = (style: TextStyle | undefined) =>
  ({
    // Other readers of the file may follow YAML 1.1, where yes, no and on are booleans.
    compat: 'yaml-1.1',
    lineWidth: 0,
    indent: style && /^ {2,8}$/.test(style.unit) ? style.unit.length : 2,
    indentSeq: style?.indentsLists ?? true,
  }) as const;

/** One entry (with `key`) or list item, its lines after the first indented by `indent`, without a final line break. */
function printItem(style: TextStyle, indent: string, key: string | undefined, value: unknown): string {
  const printed = stringify(key === undefined ? [value] : { [key]: value }, printing(style)).replace(/\n$/, '');
  return printed
    .split('\n')
    .map((line, index) => (index === 0 || line === '' ? line : indent + line))
    .join(style.eol);
}

/** The end of a value without the line break that a block scalar carries. */
function contentEnd(text: string, start: number, end: number): number {
  let last = end;
  while (last > start && /[\r\n]/.test(text.charAt(last - 1))) last--;
  return last;
}
