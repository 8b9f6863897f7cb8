import { isFields, member } from '../readData.ts';
import { type Scope, Unknown } from './intrinsics.ts';
import { type Template, validationError } from './template.ts';

/**
 * The values of a template's parameters: given ones over defaults, checked against what each parameter allows.
 * @throws ActionFailure `JobFailed` with what CloudFormation says of unknown, missing and unfit values.
 */
export function resolveParameters(
  template: Template,
  given: Readonly<Record<string, string>>,
  log: (line: string) => void,
): Scope['parameters'] {
  const declared = Object.entries(template.parameters);
  const unknown = Object.keys(given).filter((name) => !Object.hasOwn(template.parameters, name));
  if (unknown.length > 0) {
    throw validationError(
      `Parameters: [${unknown.join(', ')}] do not exist in the template`,
      `The template takes ${declared.map(([name]) => name).join(', ') || 'no parameters'}. Remove or rename the others.`,
    );
  }
  const missing = declared.filter(
    ([name, body]) => !Object.hasOwn(given, name) && member(body, 'Default') === undefined,
  );
  if (missing.length > 0) {
    const names = missing.map(([name]) => name).join(', ');
    throw validationError(
      `Parameters: [${names}] must have values`,
      `Give ${names} in ParameterOverrides or in the template configuration, or a Default in the template.`,
    );
  }
  const values = new Map<string, string | string[] | Unknown>();
  for (const [name, body] of declared) {
    const text = Object.hasOwn(given, name) ? (given[name] ?? '') : textOf(member(body, 'Default'));
    const type = String(member(body, 'Type'));
    assertAllowed(name, type, text, body, log);
    if (type.startsWith('AWS::SSM::Parameter::Value')) values.set(name, new Unknown(`the stored parameter ${text}`));
    else if (type === 'CommaDelimitedList' || type.startsWith('List<')) {
      values.set(name, text === '' ? [] : text.split(',').map((item) => item.trim()));
    } else values.set(name, text);
  }
  return values;
}

const textOf = (value: unknown): string =>
  Array.isArray(value) ? value.map(textOf).join(',') : isFields(value) ? JSON.stringify(value) : String(value ?? '');

function assertAllowed(name: string, type: string, text: string, body: unknown, log: (line: string) => void): void {
  const refuse = (what: string) => {
    const own = member(body, 'ConstraintDescription');
    return validationError(
      `Parameter ${typeof own === 'string' ? `${name} failed to satisfy constraint: ${own}` : `'${name}' ${what}`}`,
      `Its value is "${member(body, 'NoEcho') ? '****' : text.slice(0, 100)}". Change the value, or what the template allows.`,
    );
  };
  const allowed = member(body, 'AllowedValues');
  const items = type === 'CommaDelimitedList' ? text.split(',').map((item) => item.trim()) : [text];
  if (Array.isArray(allowed)) {
    const texts = allowed.map(textOf);
    if (!items.every((item) => texts.includes(item)))
      throw refuse(`must be one of AllowedValues [${texts.join(', ')}]`);
  }
  if (type === 'Number') {
    if (text.trim() === '' || !Number.isFinite(Number(text))) throw refuse('must be a number');
    const [least, most] = [numberOf(body, 'MinValue'), numberOf(body, 'MaxValue')];
    if (least !== undefined && Number(text) < least) throw refuse(`must be a number not less than ${least}`);
    if (most !== undefined && Number(text) > most) throw refuse(`must be a number not greater than ${most}`);
  }
  const [shortest, longest] = [numberOf(body, 'MinLength'), numberOf(body, 'MaxLength')];
  if (shortest !== undefined && text.length < shortest) throw refuse(`must contain at least ${shortest} characters`);
  if (longest !== undefined && text.length > longest) throw refuse(`must contain at most ${longest} characters`);
  const pattern = member(body, 'AllowedPattern');
  if (typeof pattern !== 'string') return;
  const isMatched = matches(pattern, text);
  if (isMatched === undefined) log(`Not checked: whether parameter ${name} matches its AllowedPattern.`);
  if (isMatched === false) throw refuse(`must match pattern ${pattern}`);
}

function numberOf(body: unknown, key: string): number | undefined {
  const value = member(body, key);
  return value === undefined ? undefined : Number(value);
}

/** Patterns of the project run on values of at most this length, and only simple ones: a hostile pattern must not hang the host. */
const LONGEST_MATCHED = 1024;

/** Undefined where the pattern is left to AWS: Java's patterns know more than ours. */
function matches(pattern: string, text: string): boolean | undefined {
  if (text.length > LONGEST_MATCHED || isCostly(pattern)) return undefined;
  try {
    return new RegExp(`^(?:${pattern})$`, 'u').test(text);
  } catch {
    return undefined;
  }
}

/** Groups that repeat, and many repeats without a limit side by side, can take time that grows much faster than the text. */
const isCostly = (pattern: string) =>
  /\)[*+?{]/.test(pattern) || /\\[1-9]/.test(pattern) || (pattern.match(/[*+]|\{\d+,\d*\}/g)?.length ?? 0) > 3;
