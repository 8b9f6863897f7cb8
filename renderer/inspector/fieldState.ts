import { parseBuildspec } from '../../shared/buildspec/parseBuildspec.ts';
import type { Problem } from '../../shared/problem.ts';
import type { Field, Required } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';

/** Is the key demanded, the way the other keys and the artifacts stand? */
export function isRequired(
  required: Required | undefined,
  configuration: Readonly<Record<string, string>>,
  inputArtifacts: number,
): boolean {
  if (required === undefined) return false;
  if (required === 'always') return true;
  const given = (key: string) => (Object.hasOwn(configuration, key) ? configuration[key] : undefined);
  if ('equals' in required) return given(required.key) === required.equals;
  if ('in' in required) return required.in.includes(given(required.key) ?? '');
  if ('keyPresent' in required) return given(required.keyPresent) !== undefined;
  if ('keyAbsent' in required) return given(required.keyAbsent) === undefined;
  if ('inputArtifactsAtLeast' in required) return inputArtifacts >= required.inputArtifactsAtLeast;
  return inputArtifacts <= required.inputArtifactsAtMost;
}

/** The problems of one place that belong at a field; `field` also takes those below it ('inputArtifacts.0.name'). */
export function problemsAt(problems: readonly Problem[], where: string, field: string): Problem[] {
  return problems.filter(
    (problem) =>
      problem.where === where &&
      problem.field !== undefined &&
      (problem.field === field || problem.field === `configuration.${field}` || problem.field.startsWith(`${field}.`)),
  );
}

/** What a text that should be JSON is not, in one sentence; undefined when it is fine or holds variable references only. */
export function jsonFault(text: string): string | undefined {
  if (text.trim() === '') return undefined;
  try {
    JSON.parse(text);
    return undefined;
  } catch (error) {
    return error instanceof Error ? error.message : strings.inspector.controls.noJson;
  }
}

/** A number of AWS's integer fields, or undefined for text that is none. */
export function integerOf(text: string): number | undefined {
  return /^\d{1,9}$/.test(text.trim()) ? Number(text.trim()) : undefined;
}

export interface EnvironmentRow {
  name: string;
  value: string;
  type?: string;
}

/** The rows of a JSON list of environment variables; undefined when the text is anything else and must be edited as text. */
export function environmentRows(text: string): EnvironmentRow[] | undefined {
  if (text.trim() === '') return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed)) return undefined;
  const isRow = (row: unknown): row is EnvironmentRow =>
    typeof row === 'object' &&
    row !== null &&
    typeof (row as EnvironmentRow).name === 'string' &&
    typeof (row as EnvironmentRow).value === 'string' &&
    Object.keys(row).every((key) => ['name', 'value', 'type'].includes(key));
  return parsed.every(isRow) ? parsed : undefined;
}

/** Does this field's own example show a list of environment variables? Then it is edited as rows. */
export const isEnvironmentField = (field: { type: string; placeholder?: string }): boolean =>
  field.type === 'json' && (environmentRows(field.placeholder ?? '')?.length ?? 0) > 0;

/** The rows of a JSON object of texts; undefined when the text is anything else and must be edited as text. */
export function pairsOf(text: string): [string, string][] | undefined {
  if (text.trim() === '') return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null || Array.isArray(parsed)) return undefined;
  const pairs = Object.entries(parsed);
  return pairs.every((pair): pair is [string, string] => typeof pair[1] === 'string') ? pairs : undefined;
}

/** What is wrong with a text for its field, in one sentence, before validation says so; a text with references is let be. */
export function faultOf(field: Pick<Field, 'type' | 'format'>, text: string): string | undefined {
  if (text.trim() === '' || text.includes('#{')) return undefined;
  if (field.type === 'json') {
    const fault = jsonFault(text);
    return fault && strings.inspector.controls.noJsonBecause(fault);
  }
  if (field.type === 'integer' && integerOf(text) === undefined) return strings.inspector.controls.noInteger;
  if (field.type === 'arn' && !/^arn:aws[\w-]*:/.test(text.trim())) return strings.inspector.controls.noArn;
  if (field.format === 'buildspec' && text.includes('\n')) {
    const wrong = parseBuildspec(text, '').problems.find(({ severity }) => severity === 'error');
    return wrong && `${wrong.what} ${wrong.fix}`;
  }
  return undefined;
}
