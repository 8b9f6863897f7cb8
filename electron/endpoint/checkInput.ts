import { WireError } from './wireError.ts';
import { type Shape, wireShapes } from './wireShapes.ts';

/**
 * Checks a request against its shape, as the service does before it looks at anything else.
 * @throws WireError ValidationException that names every violated constraint; SerializationException for a wrong JSON type.
 */
export function checkInput(shapeName: string, input: unknown): void {
  const found: string[] = [];
  check(shapeName, input, '', found);
  if (found.length === 0) return;
  const count = `${found.length} validation error${found.length === 1 ? '' : 's'} detected: `;
  throw new WireError('ValidationException', count + found.join('; '));
}

/** Only what shapes name is looked at, so the size of a request bounds the work. */
const MOST_SHOWN = 200;

function check(name: string, value: unknown, path: string, found: string[]): void {
  const shape = wireShapes[name];
  if (!shape) throw new Error(`There is no shape ${name}.`);
  switch (shape.type) {
    case 'structure': {
      const members = objectAt(value, path);
      for (const member of shape.required ?? []) {
        if (ownValue(members, member) == null) {
          found.push(`Value null at '${placeOf(path, member)}' failed to satisfy constraint: Member must not be null`);
        }
      }
      for (const [member, memberShape] of Object.entries(shape.members ?? {})) {
        const item = ownValue(members, member);
        if (item != null) check(memberShape, item, placeOf(path, member), found);
      }
      return;
    }
    case 'map': {
      const entries = Object.entries(objectAt(value, path));
      checkLength(shape, entries.length, value, path, found);
      for (const [key, item] of entries) {
        check(shape.key ?? '', key, path, found);
        check(shape.value ?? '', item, `${path}.${key.slice(0, 50)}.member`, found);
      }
      return;
    }
    case 'string':
      if (typeof value !== 'string') throw mistyped(path);
      return checkText(shape, value, path, found);
    case 'integer':
      if (!Number.isInteger(value)) throw mistyped(path);
      return checkValue(shape, value as number, path, found);
    case 'timestamp':
      if (typeof value !== 'number') throw mistyped(path);
      return;
    default:
      throw new Error(`Shape ${name} is a ${shape.type}, which no request has.`);
  }
}

function checkText(shape: Shape, value: string, path: string, found: string[]): void {
  checkLength(shape, value.length, value, path, found);
  if (shape.pattern && !new RegExp(`^(?:${shape.pattern})$`).test(value)) {
    fail(value, path, `Member must satisfy regular expression pattern: ${shape.pattern}`, found);
  }
  if (shape.enum && !shape.enum.includes(value)) {
    fail(value, path, `Member must satisfy enum value set: [${shape.enum.join(', ')}]`, found);
  }
}

function checkLength({ min, max }: Shape, length: number, value: unknown, path: string, found: string[]): void {
  if (min !== undefined && length < min) {
    fail(value, path, `Member must have length greater than or equal to ${min}`, found);
  }
  if (max !== undefined && length > max) {
    fail(value, path, `Member must have length less than or equal to ${max}`, found);
  }
}

function checkValue({ min, max }: Shape, value: number, path: string, found: string[]): void {
  if (min !== undefined && value < min)
    fail(value, path, `Member must have value greater than or equal to ${min}`, found);
  if (max !== undefined && value > max) fail(value, path, `Member must have value less than or equal to ${max}`, found);
}

function fail(value: unknown, path: string, constraint: string, found: string[]): void {
  const shown = typeof value === 'string' ? value : JSON.stringify(value);
  found.push(`Value '${shown.slice(0, MOST_SHOWN)}' at '${path}' failed to satisfy constraint: ${constraint}`);
}

const placeOf = (path: string, member: string) => (path === '' ? member : `${path}.${member}`);

const ownValue = (members: Readonly<Record<string, unknown>>, name: string) =>
  Object.hasOwn(members, name) ? members[name] : undefined;

function objectAt(value: unknown, path: string): Record<string, unknown> {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) throw mistyped(path);
  return value as Record<string, unknown>;
}

const mistyped = (path: string) =>
  new WireError('SerializationException', `${path === '' ? 'The body' : `'${path}'`} has the wrong JSON type.`);
