import { indentAt, splice, type TextStyle } from './textStyle.ts';
import type { MapNode, ScalarNode, SeqNode, TextNode } from './textTree.ts';

/**
 * Splices into JSON, and into YAML's bracketed form: only the entry concerned and its comma change. Removing what was just
 * added gives the same bytes again.
 */

type Container = MapNode | SeqNode;

const rangesOf = (container: Container): { start: number; end: number }[] =>
  container.kind === 'map'
    ? container.entries.map(({ keyStart, node }) => ({ start: keyStart, end: node.end }))
    : container.items;

/** Adds a child before the one at `index` (or last); `key` is given for a map. */
export function insertFlow(
  text: string,
  style: TextStyle,
  container: Container,
  index: number,
  key: string | undefined,
  value: unknown,
): string {
  const children = rangesOf(container);
  const label = key === undefined ? '' : `${JSON.stringify(key)}:${style.isSpaced ? ' ' : ''}`;
  if (children.length === 0) {
    if (style.isOneLine) return splice(text, container.start + 1, container.end - 1, label + print(value, style));
    const base = indentAt(text, container.start);
    const inner = base + style.unit;
    const child = style.eol + inner + label + print(value, style, inner) + style.eol + base;
    return splice(text, container.start + 1, container.end - 1, child);
  }
  const isLast = index >= children.length;
  const neighbour = children[isLast ? children.length - 1 : index]!;
  const lead = leadOf(text, neighbour.start);
  const between = /[\r\n]/.test(lead) ? lead : style.isSpaced ? ' ' : '';
  const isInline = !/[\r\n]/.test(lead) || isListOfOneLiners(text, container);
  const child = label + (isInline ? print(value, style) : print(value, style, lead.slice(lead.search(/[^\r\n]*$/))));
  return isLast
    ? splice(text, neighbour.end, neighbour.end, `,${between}${child}`)
    : splice(text, neighbour.start, neighbour.start, `${child},${between}`);
}

export function removeFlow(text: string, container: Container, index: number): string {
  const children = rangesOf(container);
  const child = children[index]!;
  if (children.length === 1) return splice(text, container.start + 1, container.end - 1, '');
  if (index === children.length - 1) return splice(text, children[index - 1]!.end, child.end, '');
  return splice(text, child.start, children[index + 1]!.start, '');
}

/** Writes `value` in place of a node. `parent` tells whether there is room for several lines. */
export function replaceFlow(
  text: string,
  style: TextStyle,
  node: TextNode,
  parent: Container | undefined,
  value: unknown,
): string {
  const quoted = typeof value === 'string' && node.kind === 'scalar' ? inItsQuotes(text, node, value) : undefined;
  if (quoted !== undefined) return splice(text, node.start, node.end, quoted);
  const around = parent ?? node;
  const isInline = style.isOneLine || (parent !== undefined && !/[\r\n]/.test(text.slice(around.start, around.end)));
  return splice(
    text,
    node.start,
    node.end,
    isInline ? print(value, style) : print(value, style, indentAt(text, node.start)),
  );
}

/** `base` given: one entry a line, below that indentation; else everything in one line. */
function print(value: unknown, style: TextStyle, base?: string): string {
  if (base !== undefined) return JSON.stringify(value, null, style.unit).replaceAll('\n', style.eol + base);
  if (!style.isSpaced) return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => print(item ?? null, style)).join(', ')}]`;
  if (typeof value === 'object' && value !== null) {
    const entries = Object.entries(value).filter(([, member]) => member !== undefined);
    return `{${entries.map(([key, member]) => `${JSON.stringify(key)}: ${print(member, style)}`).join(', ')}}`;
  }
  return JSON.stringify(value);
}

/** The blanks and line breaks before an offset. */
function leadOf(text: string, offset: number): string {
  let start = offset;
  while (start > 0 && /\s/.test(text.charAt(start - 1))) start--;
  return text.slice(start, offset);
}

function isListOfOneLiners(text: string, container: Container): boolean {
  return (
    container.kind === 'seq' &&
    container.items.every(({ kind, start, end }) => kind !== 'scalar' && !/[\r\n]/.test(text.slice(start, end)))
  );
}

/** YAML only: a text in single quotes, or without, where the old one was written so. Undefined = double quotes. */
function inItsQuotes(text: string, node: ScalarNode, value: string): string | undefined {
  const first = text.charAt(node.start);
  if (first === "'" && /^[\x20-\x7e]*$/.test(value)) return `'${value.replaceAll("'", "''")}'`;
  const wasPlain = typeof node.value === 'string' && first !== '"' && first !== "'" && node.end > node.start;
  const staysText = /^[A-Za-z][\w.@/-]*$/.test(value) && !/^(true|false|null|yes|no|on|off|y|n)$/i.test(value);
  return wasPlain && staysText ? value : undefined;
}
