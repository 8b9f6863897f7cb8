import { isFields, member } from '../readData.ts';
import type { Template } from './template.ts';

/**
 * What can be said of a template's values without making its resources: literals, parameters, pseudo parameters, mappings,
 * conditions and the functions over them. All else is an Unknown that names what it would take.
 */

/** A value that exists only once a resource does. */
export class Unknown {
  readonly because: string;

  constructor(because: string) {
    this.because = because;
  }
}

/** `{"Ref": "AWS::NoValue"}`: the property is not there. */
const NO_VALUE = Symbol('AWS::NoValue');

export interface Scope {
  template: Template;
  /** Resolved parameters by name: a text, or a list of texts. An Unknown has a value that only AWS knows. */
  parameters: ReadonlyMap<string, string | string[] | Unknown>;
  /** Values of AWS::Region and so on. */
  pseudo: Readonly<Record<string, string>>;
}

/** The value with every function in it evaluated, or an Unknown. */
export function evaluate(value: unknown, scope: Scope): unknown {
  const found = valueIn(value, scope);
  return found === NO_VALUE ? undefined : found;
}

/** Whether a condition holds; an Unknown where it depends on what only AWS knows. A name that does not exist never holds. */
export function holds(condition: string, scope: Scope, seen: ReadonlySet<string> = new Set()): boolean | Unknown {
  if (seen.has(condition)) return new Unknown(`condition ${condition} depends on itself`);
  const value = conditionValue(member(scope.template.conditions, condition), scope, new Set([...seen, condition]));
  return value instanceof Unknown ? value : value === true;
}

function conditionValue(value: unknown, scope: Scope, seen: ReadonlySet<string>): unknown {
  const call = callOf(value);
  if (!call) return valueIn(value, scope);
  const [name, argument] = call;
  if (name === 'Condition') return holds(String(argument), scope, seen);
  if (name !== 'Fn::And' && name !== 'Fn::Or' && name !== 'Fn::Not') return valueIn(value, scope);
  const parts = (Array.isArray(argument) ? argument : []).map((part) => conditionValue(part, scope, seen));
  const unknown = parts.find((part) => part instanceof Unknown);
  if (name === 'Fn::And') return parts.includes(false) ? false : (unknown ?? parts.every((part) => part === true));
  if (name === 'Fn::Or') return parts.includes(true) ? true : (unknown ?? false);
  return unknown ?? parts[0] !== true;
}

/** A value that is one function: its name and argument. */
export function callOf(value: unknown): [name: string, argument: unknown] | undefined {
  if (!isFields(value)) return undefined;
  const [entry, ...others] = Object.entries(value);
  if (!entry || others.length > 0) return undefined;
  return entry[0] === 'Ref' || entry[0] === 'Condition' || entry[0].startsWith('Fn::') ? entry : undefined;
}

function valueIn(value: unknown, scope: Scope): unknown {
  if (Array.isArray(value)) {
    const items = value.map((item) => valueIn(item, scope)).filter((item) => item !== NO_VALUE);
    return items.find((item) => item instanceof Unknown) ?? items;
  }
  const call = callOf(value);
  if (call) return called(call[0], call[1], scope);
  if (!isFields(value)) return value;
  const entries: [string, unknown][] = [];
  for (const [key, item] of Object.entries(value)) {
    const found = valueIn(item, scope);
    if (found instanceof Unknown) return found;
    if (found !== NO_VALUE) entries.push([key, found]);
  }
  return Object.fromEntries(entries);
}

function called(name: string, argument: unknown, scope: Scope): unknown {
  switch (name) {
    case 'Ref':
      return refTo(String(argument), scope);
    case 'Fn::Sub':
      return substituted(argument, scope);
    case 'Fn::GetAtt':
      return new Unknown(`attribute ${(Array.isArray(argument) ? argument : [argument]).join('.')}`);
    case 'Fn::If': {
      const [condition, yes, no] = Array.isArray(argument) ? argument : [];
      const isTrue = holds(String(condition), scope);
      return isTrue instanceof Unknown ? isTrue : valueIn(isTrue ? yes : no, scope);
    }
    case 'Fn::And':
    case 'Fn::Or':
    case 'Fn::Not':
    case 'Condition':
      return conditionValue({ [name]: argument }, scope, new Set());
  }
  const resolved = valueIn(argument, scope);
  if (resolved instanceof Unknown) return resolved;
  const list: unknown[] = Array.isArray(resolved) ? resolved : [];
  const [first, second, third] = list;
  switch (name) {
    case 'Fn::Equals':
      return asText(first) === asText(second);
    case 'Fn::Join':
      return Array.isArray(second) ? second.map(asText).join(String(first)) : new Unknown('Fn::Join of no list');
    case 'Fn::Split':
      return asText(second).split(asText(first));
    case 'Fn::Select':
      return Array.isArray(second) ? (second[Number(first)] ?? new Unknown(`item ${first} of a list`)) : NO_VALUE;
    case 'Fn::FindInMap':
      return (
        member(member(member(scope.template.mappings, asText(first)), asText(second)), asText(third)) ??
        new Unknown(`mapping ${list.slice(0, 3).join('.')}`)
      );
    default:
      return new Unknown(`function ${name}`);
  }
}

const asText = (value: unknown): string =>
  typeof value === 'object' && value !== null ? JSON.stringify(value) : String(value ?? '');

function refTo(name: string, scope: Scope): unknown {
  if (name === 'AWS::NoValue') return NO_VALUE;
  const pseudo = Object.hasOwn(scope.pseudo, name) ? scope.pseudo[name] : undefined;
  return pseudo ?? scope.parameters.get(name) ?? new Unknown(`resource ${name}`);
}

function substituted(argument: unknown, scope: Scope): unknown {
  const [pattern, own] = Array.isArray(argument) ? argument : [argument, {}];
  let unknown: Unknown | undefined;
  const text = String(pattern).replaceAll(SUBSTITUTION, (_, literal: string | undefined, name: string) => {
    if (literal) return `\${${name}}`;
    const given = member(own, name.trim());
    const value =
      given !== undefined
        ? valueIn(given, scope)
        : name.includes('.')
          ? new Unknown(`attribute ${name.trim()}`)
          : refTo(name.trim(), scope);
    if (value instanceof Unknown) unknown ??= value;
    return asText(value);
  });
  return unknown ?? text;
}

/** `${Name}` with the name, `${!Name}` with a literal mark before it. */
export const SUBSTITUTION = /\$\{(!)?([^${}]+)\}/g;
