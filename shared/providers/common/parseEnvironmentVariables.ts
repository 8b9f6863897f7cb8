import { ActionFailure, type BuildEnvironmentVariable } from '../host.ts';

const types: readonly string[] = ['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER'];
const FORM = 'Write a JSON array such as [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}].';

/**
 * The EnvironmentVariables key of a CodeBuild action: JSON text of `{name, value, type}` objects (reference/actions.md,
 * CodeBuild). Throws an ActionFailure `ConfigurationError` that names the faulty entry.
 */
export function parseEnvironmentVariables(text: string | undefined): BuildEnvironmentVariable[] {
  if (text === undefined) return [];
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch (cause) {
    throw new ActionFailure(
      'ConfigurationError',
      `EnvironmentVariables is not JSON after its variables were put in: ${cause instanceof Error ? cause.message : ''}`,
      `${FORM} A quote or line break inside a #{variable} also breaks it.`,
      { cause },
    );
  }
  if (!Array.isArray(parsed)) throw fault('is not a list');
  return parsed.map((entry: unknown, index) => parseEntry(entry, index + 1));
}

function parseEntry(entry: unknown, position: number): BuildEnvironmentVariable {
  if (typeof entry !== 'object' || entry === null) throw fault(`has no object at position ${position}`);
  const { name, value, type = 'PLAINTEXT' } = entry as Record<string, unknown>;
  if (typeof name !== 'string' || name === '') throw fault(`has no name at position ${position}`);
  if (typeof value !== 'string') throw fault(`has no text as value of "${name}"`);
  if (!isType(type)) throw fault(`gives "${name}" a type that is none of ${types.join(', ')}`);
  return { name, value, type };
}

const isType = (type: unknown): type is NonNullable<BuildEnvironmentVariable['type']> =>
  typeof type === 'string' && types.includes(type);

const fault = (what: string) => new ActionFailure('ConfigurationError', `EnvironmentVariables ${what}.`, FORM);
