import { type ActionAt, placeOfAction, type Rule } from '../ruleContext.ts';

const secretName = /passw(or)?d|secret|token|api_?key|private_?key|access_?key|credential/i;
/** References, not secrets: variables, and the names under which CodeBuild looks values up. */
const isReference = (value: string) => value === '' || value.includes('#{') || value.includes('{{resolve:');

/** W-008: secrets that everybody reads who may read the pipeline. */
export const secrets: Rule = (context) => {
  for (const at of context.actions) {
    for (const [index, { name, value, type }] of (at.action.environmentVariables ?? []).entries()) {
      if (type !== 'SECRETS_MANAGER' && isSecret(name, value))
        tell(context, at, name, ['environmentVariables', index, 'value']);
    }
    const text = at.action.configuration?.EnvironmentVariables;
    for (const { name, value, type } of text === undefined ? [] : listed(text)) {
      if ((type ?? 'PLAINTEXT') === 'PLAINTEXT' && isSecret(name, value))
        tell(context, at, name, ['configuration', 'EnvironmentVariables']);
    }
    for (const [key, field] of Object.entries(at.provider?.configuration ?? {})) {
      const value = at.action.configuration?.[key];
      if (field.type === 'secret' && value !== undefined && !isReference(value) && !/^\*+$/.test(value))
        tell(context, at, key, ['configuration', key]);
    }
  }
};

const isSecret = (name: unknown, value: unknown): name is string =>
  typeof name === 'string' && typeof value === 'string' && secretName.test(name) && !isReference(value);

function listed(text: string): { name?: unknown; value?: unknown; type?: unknown }[] {
  try {
    const list: unknown = JSON.parse(text);
    return Array.isArray(list) ? list.filter((item) => typeof item === 'object' && item !== null) : [];
  } catch {
    // Text that is no JSON is a problem of its own.
    return [];
  }
}

function tell(context: Parameters<Rule>[0], at: ActionAt, name: string, path: (string | number)[]): void {
  context.report({
    code: 'advice.plain-secret',
    ...placeOfAction(context, at, ...path),
    what: `"${name.slice(0, 60)}" looks like a secret, written in plain text.`,
    fix: 'Keep it in Secrets Manager or the Parameter Store, and name it there.',
  });
}
