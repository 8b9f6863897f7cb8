import { ActionFailure } from '../../providers/host.ts';
import { reading } from '../inputFiles.ts';
import { type Fields, isFields, member, readJson, readYaml } from '../readData.ts';

/** A CloudFormation template as far as a local run needs it: its sections, read from JSON or YAML with its short tags. */
export interface Template {
  readonly parameters: Readonly<Record<string, Fields>>;
  readonly mappings: Fields;
  readonly conditions: Fields;
  readonly resources: Readonly<Record<string, Resource>>;
  readonly outputs: Readonly<Record<string, Fields>>;
  /** Names of macros of the whole template. */
  readonly transforms: readonly string[];
}

export interface Resource {
  readonly type: string;
  /** The whole resource. */
  readonly body: Fields;
  readonly properties: Fields;
}

const NO_ALIASES = 'YAML aliases are not allowed in CloudFormation templates';

const SECTIONS = [
  'AWSTemplateFormatVersion',
  'Description',
  'Metadata',
  'Parameters',
  'Rules',
  'Mappings',
  'Conditions',
  'Transform',
  'Resources',
  'Outputs',
  'Hooks',
  'Globals', // of the SAM transform
  'Fn::Transform',
];

/** A fault that CloudFormation itself reports, as `ValidationError`. */
export const validationError = (message: string, fix: string): ActionFailure =>
  new ActionFailure('JobFailed', `${message} (ValidationError)`, fix);

/**
 * @param where The file, for the fix of a fault.
 * @throws ActionFailure `JobFailed` with what CloudFormation says of such a template.
 */
export function readTemplate(text: string, where: string): Template {
  const isJson = /^[\s\uFEFF]*\{/.test(text);
  const format = isJson ? 'JSON' : 'YAML';
  const root = reading(
    ({ line, column, message }) => ({
      message:
        message === NO_ALIASES
          ? `Template format error: ${NO_ALIASES} (ValidationError)`
          : `Template format error: ${format} not well-formed. (line ${line}, column ${column}) (ValidationError)`,
    }),
    () => (isJson ? readJson(text) : readYaml(text, { readTag, refuseAliases: NO_ALIASES })[0]),
  );
  if (!isFields(root)) throw formatError('unsupported structure.', `Make ${where} an object with a Resources section.`);
  const unknown = Object.keys(root).filter((section) => !SECTIONS.includes(section));
  if (unknown.length > 0) {
    throw validationError(
      `Invalid template property or properties [${unknown.join(', ')}]`,
      `Remove ${unknown.join(', ')} from ${where}, or mend the spelling of the section.`,
    );
  }
  const resources = new Map<string, Resource>();
  for (const [name, body] of sectionOf(root, 'Resources')) {
    assertName(name, 'Resource');
    const type = member(body, 'Type');
    if (typeof type !== 'string') {
      throw formatError(
        `[/Resources/${name}] Every Resources object must contain a Type member.`,
        `Give ${name} a Type such as AWS::S3::Bucket.`,
      );
    }
    const properties = member(body, 'Properties');
    resources.set(name, { type, body, properties: isFields(properties) ? properties : {} });
  }
  const transforms = [...transformsOf(member(root, 'Transform')), ...macrosIn(root)];
  // Macros may make resources of something else, such as a loop.
  if (resources.size === 0 && transforms.length === 0) {
    throw formatError('At least one Resources member must be defined.', `Add a resource to ${where}.`);
  }
  const parameters = sectionOf(root, 'Parameters');
  for (const [name, body] of parameters) {
    assertName(name, 'Parameter');
    if (typeof member(body, 'Type') !== 'string') {
      throw formatError(
        'Every Parameters object must contain a Type member.',
        `Give parameter ${name} a Type such as String.`,
      );
    }
  }
  const outputs = sectionOf(root, 'Outputs');
  for (const [name, body] of outputs) {
    assertName(name, 'Output');
    if (member(body, 'Value') === undefined) {
      throw formatError(
        'Every Outputs member must contain a Value object',
        `Give output ${name} a Value, or remove the output.`,
      );
    }
  }
  return {
    parameters: Object.fromEntries(parameters),
    mappings: fieldsOf(root, 'Mappings'),
    conditions: fieldsOf(root, 'Conditions'),
    resources: Object.fromEntries(resources),
    outputs: Object.fromEntries(outputs),
    transforms,
  };
}

const formatError = (message: string, fix: string) => validationError(`Template format error: ${message}`, fix);

/** The members of a section, without what a macro or loop is to make of it. */
function sectionOf(root: Fields, section: string): [string, Fields][] {
  const members = Object.entries(fieldsOf(root, section)).filter(([name]) => !name.startsWith('Fn::'));
  return members.map(([name, body]) => {
    if (isFields(body)) return [name, body];
    throw formatError(
      `Any ${section} member must be an object.`,
      `Write ${section}/${name} as an object of names and values.`,
    );
  });
}

function fieldsOf(root: Fields, section: string): Fields {
  const value = member(root, section);
  if (value === undefined) return {};
  if (isFields(value)) return value;
  if (value === null) {
    throw formatError(
      `[/${section}] 'null' values are not allowed in templates`,
      `Remove the empty section ${section}, or fill it.`,
    );
  }
  throw formatError(`${section} must be an object.`, `Write ${section} as an object of names and values.`);
}

function assertName(name: string, kind: string): void {
  if (/^[A-Za-z0-9]{1,255}$/.test(name)) return;
  throw formatError(`${kind} name ${name} is non alphanumeric.`, `Rename ${name} with letters and digits only.`);
}

function transformsOf(value: unknown): string[] {
  const all = Array.isArray(value) ? value : value === undefined ? [] : [value];
  return all.flatMap((one) => {
    const name = isFields(one) ? member(one, 'Name') : one;
    return typeof name === 'string' ? [name] : [];
  });
}

/** Macros of parts of the template: `Fn::Transform`, and the loops of language extensions. */
function macrosIn(value: unknown): string[] {
  if (Array.isArray(value)) return value.flatMap(macrosIn);
  if (!isFields(value)) return [];
  return Object.entries(value).flatMap(([key, item]) => {
    const own = key === 'Fn::Transform' ? transformsOf(item) : [];
    return [...own, ...macrosIn(item)];
  });
}

const SHORT_TAGS = new Set([
  'And',
  'Base64',
  'Cidr',
  'Contains',
  'Equals',
  'FindInMap',
  'ForEach',
  'GetAZs',
  'If',
  'ImportValue',
  'Join',
  'Length',
  'Not',
  'Or',
  'Select',
  'Split',
  'Sub',
  'ToJsonString',
  'Transform',
]);

function readTag(tag: string, value: unknown): unknown {
  const name = tag.slice(1);
  if (name === 'Ref' || name === 'Condition') return { [name]: value };
  if (name === 'GetAtt') {
    const [resource = '', ...attribute] = typeof value === 'string' ? value.split('.') : [];
    return { 'Fn::GetAtt': typeof value === 'string' ? [resource, attribute.join('.')] : value };
  }
  return SHORT_TAGS.has(name) ? { [`Fn::${name}`]: value } : undefined;
}
