import { type Node, type ParseError, parseTree } from 'jsonc-parser';
import { problem } from '../problem.ts';
import { jsonExtent, MAX_DEPTH, MAX_JSON_TOKENS } from './extentOf.ts';
import { linesOf, refused, type TextNode, type TextTree } from './textTree.ts';

/** What each jsonc-parser error code means, in plain words: [code, what, fix]. */
const faults: Record<number, readonly [code: string, what: string, fix: string]> = {
  1: [
    'text.syntax',
    'This is no JSON value.',
    'Write text in double quotes; only true, false, null and numbers go without.',
  ],
  2: ['text.syntax', 'This number is malformed.', 'Write a plain decimal number, or put the value in double quotes.'],
  3: ['text.syntax', 'A key in double quotes is expected here.', 'Write "key": value.'],
  4: ['text.syntax', 'A value is expected here.', 'Add the missing value or remove the comma or colon before it.'],
  5: ['text.syntax', 'A colon is expected here.', 'Write a colon between key and value.'],
  6: ['text.syntax', 'A comma is expected here.', 'Write a comma between two entries.'],
  7: ['text.syntax', 'The text ends or goes on where a closing brace is expected.', 'Close the object with }.'],
  8: ['text.syntax', 'The text ends or goes on where a closing bracket is expected.', 'Close the list with ].'],
  9: [
    'text.syntax',
    'There is more text after the end of the JSON value.',
    'Keep one value in the file and remove the rest.',
  ],
  10: [
    'text.comment',
    'JSON has no comments, and AWS refuses a file with one.',
    'Remove the comment, or keep the pipeline as YAML.',
  ],
  11: ['text.comment', 'A comment is never closed.', 'Remove the comment: JSON has none.'],
  12: ['text.syntax', 'A text is never closed.', 'Add the closing double quote on the same line.'],
  13: ['text.syntax', 'This number is incomplete.', 'Complete the number.'],
  14: ['text.syntax', 'This \\u escape is malformed.', 'Write \\u and four hexadecimal digits.'],
  15: ['text.syntax', 'This escape is unknown to JSON.', 'Write a backslash itself as \\\\.'],
  16: ['text.syntax', 'A control character stands inside a text.', 'Write it as an escape, for example \\n or \\t.'],
};

const MAX_FAULTS = 20;

/** What is told of a text that is too much for the parser. */
export function jsonRefusal(text: string): TextTree | undefined {
  const { depth, tokens } = jsonExtent(text);
  if (depth > MAX_DEPTH) return refused('text.too-deep', `The text nests deeper than ${MAX_DEPTH} levels.`);
  return tokens > MAX_JSON_TOKENS
    ? refused('text.too-large', `The text holds more than ${MAX_JSON_TOKENS} values and marks.`)
    : undefined;
}

/** Reads JSON tolerantly: as much structure as there is, and every fault with its place. */
export function jsonTree(text: string): TextTree {
  const at = linesOf(text);
  const refusal = jsonRefusal(text);
  if (refusal) return refusal;
  // A byte order mark is no JSON, but editors write one; it is read over and kept.
  const body = text.startsWith('\uFEFF') ? ` ${text.slice(1)}` : text;
  const errors: ParseError[] = [];
  const parsed = parseTree(body, errors, {
    disallowComments: true,
    allowTrailingComma: false,
    allowEmptyContent: true,
  });
  const tree: TextTree = { root: undefined, problems: [], isBroken: false };
  for (const [index, error] of errors.entries()) {
    // The parser tells some faults twice, once for what is there and once for what is not.
    if (index > 0 && errors[index - 1]!.offset === error.offset) continue;
    const [code, what, fix] = isTrailingComma(body, error)
      ? ['text.trailing-comma', 'JSON allows no comma after the last entry.', 'Remove the comma.']
      : faults[error.error]!;
    if (code === 'text.syntax') tree.isBroken = true;
    if (tree.problems.length < MAX_FAULTS)
      tree.problems.push(problem({ code, where: '', what, fix, ...at(error.offset) }));
  }
  if (parsed) tree.root = fromNode(body, parsed, tree, at);
  return tree;
}

function isTrailingComma(text: string, { error, offset }: ParseError): boolean {
  if (error !== 3 && error !== 4) return false;
  return /[}\]]/.test(text.charAt(offset)) && /,\s*$/.test(text.slice(Math.max(0, offset - 1000), offset));
}

function fromNode(text: string, node: Node, tree: TextTree, at: ReturnType<typeof linesOf>): TextNode {
  const start = node.offset;
  const end = node.offset + node.length;
  if (node.type === 'array') {
    const items = (node.children ?? []).map((child) => fromNode(text, child, tree, at));
    return { kind: 'seq', start, end, flow: true, items };
  }
  if (node.type === 'object') {
    const map: TextNode = { kind: 'map', start, end, flow: true, entries: [] };
    const seen = new Set<string>();
    for (const { children, colonOffset } of node.children ?? []) {
      const [key, value] = children ?? [];
      if (!key) continue;
      if (seen.has(key.value) && tree.problems.length < MAX_FAULTS) {
        tree.problems.push(
          problem({
            code: 'text.duplicate-key',
            where: '',
            what: `The key "${key.value}" stands twice in one object; AWS reads only the last.`,
            fix: 'Remove one of the two.',
            ...at(key.offset),
          }),
        );
      }
      seen.add(key.value);
      if (!value) continue;
      const colonEnd = (colonOffset ?? key.offset + key.length) + 1;
      map.entries.push({ key: key.value, keyStart: key.offset, colonEnd, node: fromNode(text, value, tree, at) });
    }
    return map;
  }
  return { kind: 'scalar', start, end, value: node.value ?? null, source: text.slice(start, end) };
}
