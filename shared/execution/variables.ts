/**
 * Variable references, `#{namespace.key}` (reference/execution-semantics.md §10). A reference is looked up, never evaluated:
 * there are no defaults, no nesting and no expressions, and a value that itself contains `#{` stays as it is.
 */

export interface VariableReference {
  namespace: string;
  key: string;
  /** The reference as written, e.g. `#{Build.Tag}`. */
  text: string;
  /** Offset in the searched text, in UTF-16 units. */
  index: number;
  /** Why this is no reference CodePipeline would accept; `namespace` and `key` are then as far as they could be read. */
  malformed?: string;
}

/** Answers a variable's value, or undefined when nobody produced it. */
export type VariableLookup = (namespace: string, key: string) => string | undefined;

/** Largest resolved configuration of one action: 100 KB. */
export const MAX_RESOLVED_CONFIGURATION_BYTES = 100 * 1024;
/** Largest sum of an action's output variables. */
export const MAX_OUTPUT_VARIABLES_BYTES = 122_880;

const OPENING = '#{';
const NAME = /^[A-Za-z0-9@\-_]+$/;

/** True for texts that need no look-up at all; most values of a pipeline are such. */
export const isPlain = (text: string): boolean => !text.includes(OPENING);

/** Every reference in a text, in order, malformed ones too. */
export function findReferences(text: string): VariableReference[] {
  const found: VariableReference[] = [];
  for (let index = text.indexOf(OPENING); index !== -1; index = text.indexOf(OPENING, index + OPENING.length)) {
    found.push(readReference(text, index));
  }
  return found;
}

/** The well-formed references of a text, in order. */
export function references(text: string): VariableReference[] {
  return findReferences(text).filter((reference) => reference.malformed === undefined);
}

function readReference(text: string, index: number): VariableReference {
  const start = index + OPENING.length;
  const end = text.indexOf('}', start);
  const inner = end === -1 ? text.slice(start) : text.slice(start, end);
  // The first period separates: neither a namespace nor a key may contain one.
  const period = inner.indexOf('.');
  const namespace = period === -1 ? inner : inner.slice(0, period);
  const key = period === -1 ? '' : inner.slice(period + 1);
  const reference = { namespace, key, text: end === -1 ? text.slice(index) : text.slice(index, end + 1), index };
  const malformed = faultOf(inner, namespace, key, period !== -1, end !== -1);
  return malformed === undefined ? reference : { ...reference, malformed };
}

function faultOf(inner: string, namespace: string, key: string, hasPeriod: boolean, isClosed: boolean) {
  if (!isClosed) return 'The closing brace is missing.';
  if (inner.includes(OPENING)) return 'A reference cannot contain another reference.';
  if (inner === '') return 'It names nothing.';
  if (/\s/.test(inner)) return 'A reference has no spaces.';
  if (!hasPeriod) return 'The period between namespace and key is missing.';
  if (namespace === '') return 'The namespace before the period is missing.';
  if (key === '') return 'The key after the period is missing.';
  if (!NAME.test(namespace)) return 'A namespace has only letters, digits, "@", "-" and "_".';
  if (!NAME.test(key)) return 'A key has only letters, digits, "@", "-" and "_".';
  return undefined;
}

/**
 * Puts the values of all references into a text. What cannot be looked up, or is malformed, is `missing`: such an action
 * fails before it starts work.
 */
export function resolve(text: string, lookup: VariableLookup): { value: string } | { missing: VariableReference[] } {
  if (isPlain(text)) return { value: text };
  const missing: VariableReference[] = [];
  let value = '';
  let copied = 0;
  for (const reference of findReferences(text)) {
    const found = reference.malformed === undefined ? lookup(reference.namespace, reference.key) : undefined;
    if (found === undefined) {
      missing.push(reference);
      continue;
    }
    value += text.slice(copied, reference.index) + found;
    copied = reference.index + reference.text.length;
  }
  return missing.length > 0 ? { missing } : { value: value + text.slice(copied) };
}

/** Bytes of a text in UTF-8 (a lone surrogate counts as the replacement character that would be written for it). */
export function utf8Bytes(text: string): number {
  let bytes = 0;
  for (const character of text) {
    const code = character.codePointAt(0) ?? 0;
    bytes += code < 0x80 ? 1 : code < 0x800 ? 2 : code < 0x10000 ? 3 : 4;
  }
  return bytes;
}

/** Bytes of a record's names and values together, as the limits count them. */
export function recordBytes(record: Readonly<Record<string, string>>): number {
  let bytes = 0;
  for (const [name, value] of Object.entries(record)) bytes += utf8Bytes(name) + utf8Bytes(value);
  return bytes;
}

/** What is wrong with the output variables of an action, in one sentence; undefined when they are within the limit X-007. */
export function outputVariablesFault(outputVariables: Readonly<Record<string, string>>): string | undefined {
  const bytes = recordBytes(outputVariables);
  if (bytes <= MAX_OUTPUT_VARIABLES_BYTES) return undefined;
  return `The output variables are ${bytes} bytes long; CodePipeline takes at most ${MAX_OUTPUT_VARIABLES_BYTES} (OutputVariablesSizeExceededException).`;
}
