import { readFileSync } from 'node:fs';

/**
 * Checks values against AWS's own description of the API (codepipeline-model.json: botocore's service description, Apache
 * License 2.0, without its documentation texts). A specs' server that answers something AWS would never send, or takes
 * something AWS would refuse, proves nothing; this keeps it honest.
 */
interface Shape {
  type: string;
  required?: string[];
  members?: Record<string, { shape: string }>;
  member?: { shape: string };
  key?: { shape: string };
  value?: { shape: string };
  min?: number;
  max?: number;
  pattern?: string;
  enum?: string[];
}

interface Model {
  operations: Record<string, { input?: { shape: string }; output?: { shape: string }; errors?: { shape: string }[] }>;
  shapes: Record<string, Shape>;
}

const model = JSON.parse(readFileSync(new URL('./codepipeline-model.json', import.meta.url), 'utf8')) as Model;

/** Violations of an operation's input or output, as `path: what`; an empty list means that AWS would take it. */
export function violations(operation: string, direction: 'input' | 'output', value: unknown): string[] {
  const shape = model.operations[operation]?.[direction]?.shape;
  if (!shape) return direction === 'output' && value === undefined ? [] : [`${operation} has no ${direction}`];
  const found: string[] = [];
  check(shape, value, direction, found);
  return found;
}

/** True when the model declares that the operation can fail with this error. */
export const canFailWith = (operation: string, error: string): boolean =>
  (model.operations[operation]?.errors ?? []).some(({ shape }) => shape === error);

function check(name: string, value: unknown, path: string, found: string[]): void {
  const shape = model.shapes[name];
  if (!shape) throw new Error(`The model has no shape ${name}.`);
  switch (shape.type) {
    case 'structure':
      return checkStructure(shape, value, path, found);
    case 'list':
      if (!Array.isArray(value)) {
        found.push(`${path}: not a list`);
        return;
      }
      checkRange(shape, value.length, path, found);
      value.forEach((item, index) => {
        check(shape.member?.shape ?? '', item, `${path}[${index}]`, found);
      });
      return;
    case 'map':
      if (!isObject(value)) {
        found.push(`${path}: not a map`);
        return;
      }
      checkRange(shape, Object.keys(value).length, path, found);
      for (const [key, item] of Object.entries(value)) {
        check(shape.key?.shape ?? '', key, `${path} key ${key}`, found);
        check(shape.value?.shape ?? '', item, `${path}.${key}`, found);
      }
      return;
    case 'string':
      return checkString(shape, value, path, found);
    case 'integer':
    case 'long':
      if (!Number.isInteger(value)) {
        found.push(`${path}: not an integer`);
        return;
      }
      return checkRange(shape, value as number, path, found);
    case 'timestamp':
      if (typeof value !== 'number') found.push(`${path}: a timestamp is a number of seconds`);
      return;
    case 'boolean':
      if (typeof value !== 'boolean') found.push(`${path}: not a boolean`);
      return;
    default:
      throw new Error(`The model has a type this check does not know: ${shape.type}.`);
  }
}

function checkStructure(shape: Shape, value: unknown, path: string, found: string[]): void {
  if (!isObject(value)) {
    found.push(`${path}: not a structure`);
    return;
  }
  for (const member of shape.required ?? []) if (value[member] === undefined) found.push(`${path}.${member}: missing`);
  for (const [member, item] of Object.entries(value)) {
    const declared = shape.members?.[member];
    if (!declared) found.push(`${path}.${member}: not a member`);
    else if (item !== undefined) check(declared.shape, item, `${path}.${member}`, found);
  }
}

function checkString(shape: Shape, value: unknown, path: string, found: string[]): void {
  if (typeof value !== 'string') {
    found.push(`${path}: not a string`);
    return;
  }
  checkRange(shape, value.length, path, found);
  if (shape.pattern && !new RegExp(`^(?:${shape.pattern})$`).test(value))
    found.push(`${path}: does not match ${shape.pattern}`);
  if (shape.enum && !shape.enum.includes(value)) found.push(`${path}: not one of ${shape.enum.join(', ')}`);
}

function checkRange({ min, max }: Shape, size: number, path: string, found: string[]): void {
  if (min !== undefined && size < min) found.push(`${path}: less than ${min}`);
  if (max !== undefined && size > max) found.push(`${path}: more than ${max}`);
}

const isObject = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
