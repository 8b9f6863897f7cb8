import type { Field, Provider, Required } from '../../providers/provider.ts';
import { type ActionAt, listed, oneOf, placeOfAction, type Rule, type RuleContext } from '../ruleContext.ts';

type Configuration = Readonly<Record<string, string>>;

/**
 * and what a provider checks by itself: the configuration of each action against
 * its type's fields. Values with variable references are only known when the action starts, so they are not judged.
 */
export const configuration: Rule = (context) => {
  for (const at of context.actions) {
    if (!at.provider || at.provider.freeConfiguration) continue;
    const given: Configuration = at.action.configuration ?? {};
    const inputs = (at.action.inputArtifacts ?? []).map(({ name }) => name);
    const fields: Provider['configuration'] = at.provider.configuration;
    for (const [key, field] of Object.entries(fields)) {
      const value = Object.hasOwn(given, key) ? given[key] : undefined;
      if (value !== undefined) {
        if (typeof value === 'string' && value !== '') judge(context, at, key, field, value, inputs);
      } else if (isRequired(field.required, given, inputs.length)) missing(context, at, key, field);
    }
    for (const key of Object.keys(given)) {
      if (!Object.hasOwn(fields, key)) unknown(context, at, key, Object.keys(fields));
    }
    own(context, at, given, inputs);
  }
};

/** True when AWS wants the key, given the rest of the configuration. */
export function isRequired(required: Required | undefined, given: Configuration, inputs: number): boolean {
  if (required === undefined) return false;
  if (required === 'always') return true;
  const has = (key: string) => Object.hasOwn(given, key);
  if ('equals' in required) return given[required.key] === required.equals;
  if ('in' in required) return has(required.key) && required.in.includes(given[required.key]!);
  if ('keyPresent' in required) return has(required.keyPresent);
  if ('keyAbsent' in required) return !has(required.keyAbsent);
  if ('inputArtifactsAtLeast' in required) return inputs >= required.inputArtifactsAtLeast;
  return inputs <= required.inputArtifactsAtMost;
}

/** */
function missing(context: RuleContext, at: ActionAt, key: string, field: Field): void {
  context.report({
    code: 'configuration.missing',
    ...placeOfAction(context, at, 'configuration', key),
    what: `"${key}" is missing; ${at.provider!.label} needs it${field.required === 'always' ? '' : ' here'}.`,
    fix: field.placeholder ? `Enter it, for example ${field.placeholder}.` : 'Enter it.',
  });
}

/** */
function unknown(context: RuleContext, at: ActionAt, key: string, known: readonly string[]): void {
  const alike = known.find((candidate) => candidate.toLowerCase() === key.toLowerCase());
  context.report({
    code: 'configuration.unknown-key',
    ...placeOfAction(context, at, 'configuration', key),
    what: `${at.provider!.label} has no configuration key "${key.slice(0, 60)}".`,
    fix: alike
      ? `Write "${alike}".`
      : known.length > 0
        ? `Remove it. Known keys are ${listed(known, 20)}.`
        : 'Remove it: there are no keys.',
  });
}

/** */
function judge(
  context: RuleContext,
  at: ActionAt,
  key: string,
  field: Field,
  value: string,
  inputs: readonly string[],
): void {
  if (value.includes('#{')) return;
  const report = (code: string, what: string, fix: string, severity: 'error' | 'warning' = 'error') =>
    context.report({ code, severity, ...placeOfAction(context, at, 'configuration', key), what, fix });
  switch (field.type) {
    case 'enum':
      if (!field.values || field.values.includes(value)) return;
      report('configuration.not-allowed', `"${key}" is "${short(value)}".`, `Choose ${oneOf(field.values)}.`);
      return;
    case 'csv': {
      const items = value.split(',').map((item) => item.trim());
      const wrong = field.values && items.filter((item) => !field.values!.includes(item));
      if (!wrong || wrong.length === 0) return;
      report(
        'configuration.not-allowed',
        `"${key}" contains ${listed(wrong)}.`,
        `Choose among ${listed(field.values!, 20)}.`,
      );
      return;
    }
    case 'boolean':
      if (/^(true|false)$/i.test(value)) return;
      report('configuration.not-allowed', `"${key}" is "${short(value)}".`, 'Write true or false.');
      return;
    case 'integer':
      if (/^-?\d+$/.test(value.trim())) return;
      report('configuration.not-allowed', `"${key}" is "${short(value)}".`, 'Write a whole number.');
      return;
    case 'json': {
      const fault = key === 'EnvironmentVariables' ? environmentFault(value) : jsonFault(value);
      if (fault === undefined) return;
      // Only CodeBuild's variables are known to be read as JSON in every case; elsewhere AWS may take other text.
      report(
        'configuration.json',
        `"${key}" ${fault}`,
        exampleOf(field),
        key === 'EnvironmentVariables' ? 'error' : 'warning',
      );
      return;
    }
    case 'arn':
      // other services' ARNs are their providers' to judge.
      if (!/RoleArn$/i.test(key) || /^arn:aws[\w-]*:iam::\d{12}:role\/\S+$/.test(value)) return;
      report(
        'configuration.role-arn',
        `"${key}" is "${short(value)}", which is no role of IAM.`,
        'Write the ARN of a role, arn:aws:iam::111122223333:role/name.',
        'warning',
      );
      return;
    case 'artifactName':
      if (inputs.includes(value)) return;
      report(
        'configuration.not-an-input',
        `"${key}" names "${short(value)}", which is no input artifact of this action.`,
        inputs.length > 0 ? `Choose ${oneOf(inputs)}.` : `Add "${short(value)}" to the input artifacts.`,
      );
      return;
    case 'artifactFile': {
      const [artifact = '', file] = value.split('::');
      if (file === undefined || inputs.includes(artifact)) return;
      report(
        'configuration.not-an-input',
        `"${key}" reads from "${short(artifact)}", which is no input artifact of this action.`,
        inputs.length > 0
          ? `Write ${inputs[0]}::${file}, or add "${short(artifact)}" to the input artifacts.`
          : `Add "${short(artifact)}" to the input artifacts.`,
      );
      return;
    }
    default:
      return;
  }
}

const exampleOf = (field: Field) =>
  field.placeholder ? `Write JSON, for example ${field.placeholder}` : 'Write JSON.';

function jsonFault(value: string): string | undefined {
  try {
    JSON.parse(value);
    return undefined;
  } catch {
    return 'is not JSON.';
  }
}

/** a list of {name, value, type}. */
function environmentFault(value: string): string | undefined {
  if (jsonFault(value) !== undefined) return 'is not JSON.';
  const list: unknown = JSON.parse(value);
  if (!Array.isArray(list)) return 'must be a list of variables.';
  for (const item of list as unknown[]) {
    if (typeof item !== 'object' || item === null) return 'must contain objects with name and value.';
    const { name, value: text, type = 'PLAINTEXT' } = item as Record<string, unknown>;
    if (typeof name !== 'string' || name === '') return 'has a variable without a name.';
    if (typeof text !== 'string') return `has the variable "${short(name)}" without a text as value.`;
    if (!['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER'].includes(String(type))) {
      return `has the variable "${short(name)}" with the type "${short(String(type))}".`;
    }
  }
  return undefined;
}

/** What the provider says of its own configuration. */
function own(context: RuleContext, at: ActionAt, given: Configuration, inputArtifacts: readonly string[]): void {
  const outputArtifacts = (at.action.outputArtifacts ?? []).map(({ name }) => name);
  for (const fault of at.provider!.check?.(given, { inputArtifacts, outputArtifacts }) ?? []) {
    if (given[fault.field]?.includes('#{')) continue;
    context.report({
      code: 'configuration.check',
      severity: fault.severity ?? 'error',
      ...placeOfAction(context, at, 'configuration', fault.field),
      what: fault.what,
      fix: fault.fix,
    });
  }
}

const short = (text: string) => (text.length > 60 ? `${text.slice(0, 60)}…` : text);
