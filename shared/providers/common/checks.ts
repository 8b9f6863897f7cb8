import type { FieldProblem } from '../provider.ts';

/**
 * Small checks of single values. A value with a variable reference is known only when the action runs, so it passes.
 */

type Configuration = Readonly<Partial<Record<string, string>>>;

const isReference = (value: string) => value.includes('#{');

/** The value as a number must be a whole one from `min` to `max`. */
export function checkRange(configuration: Configuration, key: string, min: number, max: number): FieldProblem[] {
  const value = configuration[key];
  if (value === undefined || isReference(value)) return [];
  if (/^\d+$/.test(value) && Number(value) >= min && Number(value) <= max) return [];
  return [
    {
      field: key,
      what: `${key} "${value}" is no whole number from ${min} to ${max}.`,
      fix: `Enter a number from ${min} to ${max}.`,
    },
  ];
}

/** The whole value must match; `expected` completes "Write …". */
export function checkPattern(
  configuration: Configuration,
  key: string,
  pattern: RegExp,
  expected: string,
): FieldProblem[] {
  const value = configuration[key];
  if (value === undefined || isReference(value) || pattern.test(value)) return [];
  return [{ field: key, what: `${key} "${value}" is not what AWS expects.`, fix: `Write ${expected}.` }];
}

/** `key` means something only while `needed` is set. */
export function checkNeeds(configuration: Configuration, key: string, needed: string): FieldProblem[] {
  if (configuration[key] === undefined || configuration[needed] !== undefined) return [];
  return [{ field: key, what: `${key} needs ${needed}.`, fix: `Enter ${needed}, or clear ${key}.` }];
}

/** Stack names of CloudFormation: letters, digits and hyphens, first a letter, at most 128. */
export const checkStackName = (configuration: Configuration, key: 'StackName' | 'StackSetName'): FieldProblem[] =>
  checkPattern(
    configuration,
    key,
    /^[A-Za-z][A-Za-z0-9-]{0,127}$/,
    'letters, digits and hyphens, first a letter, at most 128 characters',
  );
