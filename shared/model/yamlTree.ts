import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  type Node,
  type Pair,
  parseAllDocuments,
  type Scalar,
  type YAMLSeq,
} from 'yaml';
import { problem } from '../problem.ts';
import { MAX_DEPTH, MAX_RAW_YAML_DEPTH, MAX_YAML_ANCHORS, MAX_YAML_TOKENS, yamlExtent } from './extentOf.ts';
import { linesOf, refused, type TextNode, type TextTree } from './textTree.ts';

/** Parsing YAML takes about a second for each megabyte; a pipeline at every AWS limit has half of one. */
export const MAX_YAML_LENGTH = 2 * 1024 * 1024;
const MAX_FAULTS = 20;
const TOO_DEEP = `The text nests deeper than ${MAX_DEPTH} levels.`;
/** Nodes that aliases may add by being written out; more is an "alias bomb". */
const MAX_ALIASED_NODES = 10_000;

interface Reading {
  text: string;
  document: Document.Parsed;
  tree: TextTree;
  at: ReturnType<typeof linesOf>;
  aliased: number;
}

/** What is told of a text that is too much for the parser. */
export function yamlRefusal(text: string): TextTree | undefined {
  const { depth, tokens, anchors } = yamlExtent(text);
  if (depth > MAX_RAW_YAML_DEPTH) return refused('text.too-deep', TOO_DEEP);
  if (text.length > MAX_YAML_LENGTH || tokens > MAX_YAML_TOKENS) {
    const most = `${MAX_YAML_LENGTH / 1024 / 1024} MB or ${MAX_YAML_TOKENS} values and marks`;
    return refused('text.too-large', `The text is larger than ${most}, the limit for YAML.`);
  }
  if (anchors > MAX_YAML_ANCHORS) {
    return refused('text.too-many-aliases', `The text has more than ${MAX_YAML_ANCHORS} anchors and aliases.`);
  }
  return undefined;
}

/** Reads one YAML 1.2 document with the core schema: no dates, no `yes`/`no`, no merge keys, no tags. `nesting` = levels it stands in. */
export function yamlTree(text: string, nesting = 0): TextTree {
  const at = linesOf(text);
  const tree: TextTree = { root: undefined, problems: [], isBroken: false };
  const refusal = yamlRefusal(text);
  if (refusal) return refusal;
  const documents = parseAllDocuments(text, {
    keepSourceTokens: true,
    prettyErrors: false,
    logLevel: 'silent',
    // Its own check compares every key with all before it; ours is in fromNode.
    uniqueKeys: false,
  });
  const document = Array.isArray(documents) ? documents[0] : undefined;
  if (!document) return tree;
  for (const fault of [...document.errors, ...document.warnings]) {
    tree.isBroken = true;
    if (tree.problems.length >= MAX_FAULTS) break;
    tree.problems.push(problem({ where: '', ...faultOf(fault.code, fault.message), ...at(fault.pos[0]) }));
  }
  if (Array.isArray(documents) && documents.length > 1) {
    tree.problems.push(
      problem({
        code: 'text.several-documents',
        where: '',
        what: `The file holds ${documents.length} YAML documents; only the first is read.`,
        fix: 'Keep one pipeline in a file.',
        ...at(documents[1]!.range[0]),
      }),
    );
  }
  const reading: Reading = { text, document, tree, at, aliased: 0 };
  try {
    if (document.contents) tree.root = fromNode(reading, document.contents, nesting, false);
  } catch (error) {
    if (!(error instanceof TreeLimit)) throw error;
    return refused(error.code, error.message);
  }
  return tree;
}

class TreeLimit extends Error {
  readonly code: string;
  constructor(code: string, message: string) {
    super(message);
    this.code = code;
  }
}

function faultOf(code: string, message: string): { code: string; what: string; fix: string } {
  const what = `${message.split('\n')[0]!.replace(/\.?$/, '.')}`;
  if (code === 'TAG_RESOLVE_FAILED') {
    return { code: 'text.unknown-tag', what, fix: 'Remove the tag: a pipeline declaration has plain values only.' };
  }
  if (code === 'TAB_AS_INDENT') return { code: 'text.syntax', what, fix: 'Indent with spaces.' };
  return { code: 'text.syntax', what, fix: 'Mend the YAML here; the lines before it are read.' };
}

function fromNode(reading: Reading, node: Node, depth: number, inAlias: boolean): TextNode {
  if (depth > MAX_DEPTH) throw new TreeLimit('text.too-deep', TOO_DEEP);
  if (inAlias && ++reading.aliased > MAX_ALIASED_NODES) {
    throw new TreeLimit(
      'text.too-many-aliases',
      `Written out, the aliases of this text make more than ${MAX_ALIASED_NODES} values.`,
    );
  }
  const [start, end] = node.range ?? [0, 0];
  if (isAlias(node) || node.anchor !== undefined) reading.tree.hasAnchors = true;
  if (isAlias(node)) {
    const target = node.resolve(reading.document);
    if (!target) {
      missingAnchor(reading, node.source, start);
      return { kind: 'scalar', start, end, value: null, source: '', isAlias: true };
    }
    return { ...fromNode(reading, target as Node, depth + 1, true), start, end, isAlias: true };
  }
  if (isSeq(node)) {
    const items = node.items.map((item) => fromNode(reading, item as Node, depth + 1, inAlias));
    const flow = node.flow === true;
    return { kind: 'seq', start, end: flow ? end : endOf(items.at(-1), end), flow, items, dashes: dashesOf(node) };
  }
  if (isMap(node)) {
    const map: TextNode = { kind: 'map', start, end, flow: node.flow === true, entries: [] };
    const seen = new Set<string>();
    for (const pair of node.items) {
      const key = pair.key as Node;
      const keyText = isScalar(key) ? String(key.value) : '';
      if (!isScalar(key)) complexKey(reading, key);
      if (seen.has(keyText)) duplicateKey(reading, keyText, key.range![0]);
      seen.add(keyText);
      const separators = pair.srcToken?.sep ?? [];
      const colon = separators.find((token) => token.type === 'map-value-ind');
      const colonEnd = colon ? colon.offset + 1 : key.range![1];
      const value = pair.value as Node | null;
      const child: TextNode = value
        ? fromNode(reading, value, depth + 1, inAlias)
        : { kind: 'scalar', start: colonEnd, end: colonEnd, value: null, source: '' };
      // An absent value has no text of its own: its place is right behind the colon.
      if (child.kind === 'scalar' && child.source === '' && child.start === child.end)
        child.start = child.end = colonEnd;
      map.entries.push({ key: keyText, keyStart: keyStartOf(pair, key), colonEnd, node: child });
    }
    if (!map.flow) map.end = endOf(map.entries.at(-1)?.node, end);
    return map;
  }
  const scalar = node as Scalar;
  return { kind: 'scalar', start, end, value: plainValue(scalar.value), source: scalar.source ?? '' };
}

/** Where each item's dash stands; an item may begin with an anchor or a comment, so the value's own start does not say. */
function dashesOf(node: YAMLSeq): number[] {
  const token = node.srcToken;
  if (token?.type !== 'block-seq') return [];
  return token.items.flatMap(({ start }) =>
    start.filter(({ type }) => type === 'seq-item-ind').map(({ offset }) => offset),
  );
}

function keyStartOf(pair: Pair, key: Node): number {
  const marks = pair.srcToken?.start.filter(({ type }) => type === 'explicit-key-ind' || type === 'anchor');
  return marks?.[0]?.offset ?? key.range![0];
}

const endOf = (last: TextNode | undefined, fallback: number) => last?.end ?? fallback;

const plainValue = (value: unknown): string | number | boolean | null =>
  typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean' ? value : null;

function complexKey({ tree, at }: Reading, key: Node): void {
  tree.isBroken = true;
  tree.problems.push(
    problem({
      code: 'text.syntax',
      where: '',
      what: 'A mapping or list is used as a key.',
      fix: 'Use plain names as keys.',
      ...at(key.range?.[0] ?? 0),
    }),
  );
}

/** The parser itself tells this only when it is asked for plain values. */
function missingAnchor({ tree, at }: Reading, name: string, offset: number): void {
  tree.isBroken = true;
  if (tree.problems.length >= MAX_FAULTS) return;
  const what = `The alias *${name.slice(0, 60)} refers to no anchor before it.`;
  const fix = `Write &${name.slice(0, 60)} at the value that is meant, or the value itself here.`;
  tree.problems.push(problem({ code: 'text.syntax', where: '', what, fix, ...at(offset) }));
}

function duplicateKey({ tree, at }: Reading, key: string, offset: number): void {
  if (tree.problems.length >= MAX_FAULTS) return;
  const what = `The key "${key.slice(0, 60)}" stands twice in one mapping; only the last is read.`;
  tree.problems.push(
    problem({ code: 'text.duplicate-key', where: '', what, fix: 'Remove one of the two.', ...at(offset) }),
  );
}
