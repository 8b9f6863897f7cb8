import { isAlias, isMap, isScalar, isSeq, type Node, parseAllDocuments, type Scalar } from 'yaml';
import { jsonExtent, MAX_DEPTH, MAX_YAML_ANCHORS, MAX_YAML_TOKENS, yamlExtent } from '../model/extentOf.ts';
import { jsonTree } from '../model/jsonTree.ts';
import { linesOf } from '../model/textTree.ts';

/**
 * Reads the JSON and YAML files that actions take from their artifacts into plain data. They come from anywhere, so size and
 * nesting are looked at before a parser sees them, aliases are counted as they are written out, and no tag makes anything
 * but data.
 */

/** What a text is that cannot be read. Line and column count from 1. */
export class DataFault extends Error {
  readonly line: number;
  readonly column: number;

  constructor(message: string, at: { line: number; column: number } = { line: 1, column: 1 }) {
    super(message);
    this.name = 'DataFault';
    this.line = at.line;
    this.column = at.column;
  }
}

export type Fields = Readonly<Record<string, unknown>>;

export const isFields = (value: unknown): value is Fields =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** A member of an object of a file; inherited ones do not count, and a value that is no object has none. */
export const member = (value: unknown, key: string): unknown =>
  isFields(value) && Object.hasOwn(value, key) ? value[key] : undefined;

/** @throws DataFault */
export function readJson(text: string): unknown {
  if (jsonExtent(text).depth > MAX_DEPTH) throw new DataFault(`It nests deeper than ${MAX_DEPTH} levels.`);
  const plain = text.startsWith('\uFEFF') ? text.slice(1) : text;
  try {
    return JSON.parse(plain) as unknown;
  } catch (error) {
    // Its message names a place only now and then.
    const [fault] = jsonTree(plain).problems;
    const what = fault?.what ?? (error instanceof Error ? error.message : String(error));
    throw new DataFault(what, { line: fault?.line ?? 1, column: fault?.column ?? 1 });
  }
}

/** What a tag of our own makes of its value. Undefined = no such tag. */
export type TagReader = (tag: string, value: unknown) => unknown;

export interface YamlOptions {
  /** For tags such as `!Ref`; absent = tags are not known. */
  readTag?: TagReader;
  /** What a text with an alias is told. */
  refuseAliases?: string;
}

const MAX_NODES = 100_000;
const PLAIN_TAGS = new Set(
  ['str', 'int', 'float', 'bool', 'null', 'map', 'seq'].map((name) => `tag:yaml.org,2002:${name}`),
);

/**
 * Every document of a YAML text. Scalars are those of YAML 1.2, except that a number with a leading zero stays a text: an
 * account id must not lose it.
 * @throws DataFault
 */
export function readYaml(text: string, { readTag, refuseAliases }: YamlOptions = {}): unknown[] {
  const { depth, tokens, anchors } = yamlExtent(text);
  if (depth > MAX_DEPTH * 2) throw new DataFault(`It nests deeper than ${MAX_DEPTH} levels.`);
  if (tokens > MAX_YAML_TOKENS) throw new DataFault(`It has more than ${MAX_YAML_TOKENS} values and marks.`);
  if (anchors > MAX_YAML_ANCHORS) throw new DataFault(`It has more than ${MAX_YAML_ANCHORS} anchors and aliases.`);
  const at = linesOf(text);
  const documents = parseAllDocuments(text, { prettyErrors: false, logLevel: 'silent', uniqueKeys: false });
  if (!Array.isArray(documents)) return [];
  let nodes = 0;
  return documents.map((document) => {
    const [fault] = document.errors;
    if (fault) throw new DataFault(`${fault.message}.`.replace(/\.\.$/, '.'), at(fault.pos[0]));

    const toData = (node: Node | null | undefined, level: number): unknown => {
      nodes += 1;
      const place = () => at(node?.range?.[0] ?? 0);
      if (nodes > MAX_NODES) throw new DataFault(`It has more than ${MAX_NODES} values.`, place());
      if (level > MAX_DEPTH) throw new DataFault(`It nests deeper than ${MAX_DEPTH} levels.`, place());
      if (!node) return null;
      if (isAlias(node)) {
        if (refuseAliases !== undefined) throw new DataFault(refuseAliases, place());
        const target = node.resolve(document);
        if (!target) throw new DataFault(`Alias *${node.source} has no anchor before it.`, place());
        return toData(target, level + 1);
      }
      const data = plainOf(node, level);
      const tag = node.tag;
      if (tag === undefined || PLAIN_TAGS.has(tag)) return data;
      const read = readTag?.(tag, data);
      if (read === undefined) throw new DataFault(`The tag ${tag} is not known.`, place());
      return read;
    };
    const plainOf = (node: Node, level: number): unknown => {
      if (isScalar(node)) return scalarOf(node);
      if (isSeq(node)) return node.items.map((item) => toData(item as Node, level + 1));
      if (!isMap(node)) return null;
      const entries: [string, unknown][] = [];
      const merged: [string, unknown][] = [];
      for (const { key, value } of node.items) {
        const name = String(toData(key as Node, level + 1));
        const data = toData(value as Node | null, level + 1);
        if (name === '<<' && (isFields(data) || Array.isArray(data))) {
          for (const from of Array.isArray(data) ? data : [data])
            if (isFields(from)) merged.push(...Object.entries(from));
        } else entries.push([name, data]);
      }
      return Object.fromEntries([...merged, ...entries]);
    };
    return toData(document.contents, 0);
  });
}

function scalarOf(scalar: Scalar): unknown {
  const { value, source } = scalar;
  if (typeof value === 'bigint') return source ?? String(value);
  return typeof value === 'number' && source !== undefined && /^0\d/.test(source) ? source : value;
}

/** JSON if the text begins as a JSON object or list does, else the first document of YAML. @throws DataFault */
export function readEither(text: string): unknown {
  return /^[\s\uFEFF]*[{[]/.test(text) ? readJson(text) : readYaml(text)[0];
}
