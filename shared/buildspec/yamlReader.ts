import {
  type Document,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  LineCounter,
  type Node,
  type ParsedNode,
  parseAllDocuments,
  type Scalar,
  type YAMLMap,
} from 'yaml';
import { type Problem, problem } from '../problem.ts';
import { findUnsafeYaml } from './yamlSafety.ts';

/** The words that are true or false in YAML 1.1, which CodeBuild reads. */
const TRUE = /^(?:y|yes|true|on)$/i;
const FALSE = /^(?:n|no|false|off)$/i;

/**
 * Reads values out of a YAML text and collects what is wrong, each with its line and column. Scalars are taken as they are
 * written: `yes`, `010` and `1.10` stay these texts where a text is wanted, as in CodeBuild. Only the places asked for are
 * visited, so an alias is followed there and never expanded as a whole.
 */
export class YamlReader {
  readonly problems: Problem[] = [];
  readonly root: Node | undefined;
  readonly #doc: Document.Parsed | undefined;
  readonly #lines = new LineCounter();
  readonly #where: string;

  constructor(text: string, where: string) {
    this.#where = where;
    const unsafe = findUnsafeYaml(text);
    if (unsafe) {
      this.#add('buildspec.unsafe', 'error', unsafe.what, 'Shorten or flatten the buildspec.', {
        line: unsafe.line,
        col: 1,
      });
      return;
    }
    const documents = parseAllDocuments(text, {
      version: '1.1',
      lineCounter: this.#lines,
      prettyErrors: false,
      // By how they are written: `Y` and `ON` are two variables, though YAML 1.1 reads both as true.
      uniqueKeys: (a, b) => a === b || (isScalar(a) && isScalar(b) && textOf(a) === textOf(b)),
      keepSourceTokens: false,
    });
    const [doc, second] = Array.isArray(documents) ? documents : [];
    if (!doc) return;
    for (const error of doc.errors.slice(0, 20)) {
      this.#add(
        'buildspec.yaml',
        'error',
        `${error.message}.`.replace(/\.\.$/, '.'),
        'Correct the YAML.',
        this.#at(error.pos[0]),
      );
    }
    if (second) {
      const at = this.#at(second.range?.[0] ?? 0);
      this.#add('buildspec.yaml', 'error', 'There is more than one document.', 'Keep one and remove the --- line.', at);
    }
    this.#doc = doc;
    this.root = doc.contents ?? undefined;
  }

  get hasErrors(): boolean {
    return this.problems.some(({ severity }) => severity === 'error');
  }

  error(node: Node | undefined, field: string, what: string, fix: string, code = 'buildspec.invalid'): void {
    this.#add(code, 'error', what, fix, this.#at(node?.range?.[0] ?? 0), field);
  }

  warn(node: Node | undefined, field: string, what: string, fix: string, code = 'buildspec.ignored'): void {
    this.#add(code, 'warning', what, fix, this.#at(node?.range?.[0] ?? 0), field);
  }

  /** The entries of a map, in order; a value that is no map is a problem. Absent or null = no entries. */
  entries(node: Node | undefined, field: string): { key: string; keyNode: Node; value: Node | undefined }[] {
    const target = this.#resolve(node);
    if (target === undefined || isNull(target)) return [];
    if (!isMap(target)) {
      this.error(
        target,
        field,
        `${field} must be a map of names to values.`,
        'Write it as indented "name: value" lines.',
      );
      return [];
    }
    const found: { key: string; keyNode: Node; value: Node | undefined }[] = [];
    for (const pair of (target as YAMLMap<ParsedNode, ParsedNode | null>).items) {
      const key = this.#resolve(pair.key);
      if (!isScalar(key)) {
        this.error(key ?? target, field, `A name in ${field} is not a text.`, 'Use plain names.');
        continue;
      }
      found.push({ key: textOf(key), keyNode: key, value: pair.value ?? undefined });
    }
    return found;
  }

  /** One scalar as its text; undefined (and a problem) when it is a list or map. Null reads as ''. */
  text(
    node: Node | undefined,
    field: string,
    fix = 'Write one value, in quotes if it contains ": " or starts with a special character.',
  ) {
    const target = this.#resolve(node);
    if (target === undefined) return undefined;
    if (isScalar(target)) return textOf(target);
    this.error(target, field, `${field} must be one text.`, fix);
    return undefined;
  }

  /** A list of texts; a single text counts as a list of one. */
  texts(node: Node | undefined, field: string, fix?: string): string[] {
    const target = this.#resolve(node);
    if (target === undefined || isNull(target)) return [];
    if (isScalar(target)) return [textOf(target)];
    if (!isSeq(target)) {
      this.error(target, field, `${field} must be a list of texts.`, fix ?? 'Write one entry a line, each after "- ".');
      return [];
    }
    const found: string[] = [];
    for (const [index, item] of target.items.entries()) {
      const text = this.text(item as Node, `${field}[${index}]`, fix);
      if (text !== undefined) found.push(text);
    }
    return found;
  }

  /** A YAML 1.1 boolean. */
  flag(node: Node | undefined, field: string): boolean {
    const text = this.text(node, field);
    if (text === undefined || text === '' || FALSE.test(text)) return false;
    if (TRUE.test(text)) return true;
    this.error(node, field, `${field} is "${text}".`, 'Use yes or no.');
    return false;
  }

  isList(node: Node | undefined): boolean {
    return isSeq(this.#resolve(node));
  }

  #resolve(node: Node | undefined | null): Node | undefined {
    if (!node) return undefined;
    if (!isAlias(node)) return node;
    const target = this.#doc ? node.resolve(this.#doc) : undefined;
    if (!target) this.error(node, '', `Alias *${node.source} has no anchor before it.`, 'Define the anchor first.');
    return target;
  }

  #at(offset: number): { line: number; col: number } {
    const { line, col } = this.#lines.linePos(offset);
    return { line: Math.max(line, 1), col: Math.max(col, 1) };
  }

  #add(
    code: string,
    severity: 'error' | 'warning',
    what: string,
    fix: string,
    at: { line: number; col: number },
    field?: string,
  ): void {
    const place = { where: this.#where, line: at.line, column: at.col };
    this.problems.push(problem({ code, severity, what, fix, ...place, ...(field ? { field } : {}) }));
  }
}

const isNull = (node: Node) => isScalar(node) && node.value === null;

/** The text of a scalar as it is written; a null (nothing, `~`) is ''. */
function textOf(scalar: Scalar): string {
  if (typeof scalar.value === 'string') return scalar.value;
  if (scalar.value === null) return '';
  return scalar.source ?? String(scalar.value);
}
