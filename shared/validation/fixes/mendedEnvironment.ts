/**
 * CodeBuild's EnvironmentVariables as the list of {name, value, type} that it takes, from what people write instead: a map, one
 * variable alone, CloudFormation's capital letters, numbers and booleans as values. Undefined when it cannot be told.
 */
export function mendedEnvironment(text: string): string | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(text);
  } catch {
    return undefined;
  }
  if (typeof parsed !== 'object' || parsed === null) return undefined;
  const list = Array.isArray(parsed) ? (parsed as unknown[]) : isVariable(parsed) ? [parsed] : fromMap(parsed);
  const variables = list?.map(variable);
  if (!variables || variables.includes(undefined)) return undefined;
  const mended = JSON.stringify(variables);
  return mended === text ? undefined : mended;
}

const lower = (value: object): Record<string, unknown> =>
  Object.fromEntries(Object.entries(value).map(([key, member]) => [key.toLowerCase(), member]));

const isVariable = (value: object): boolean => typeof lower(value).name === 'string' && 'value' in lower(value);

const fromMap = (map: object): unknown[] | undefined =>
  Object.values(map).every((value) => typeof value !== 'object')
    ? Object.entries(map).map(([name, value]) => ({ name, value: value as unknown }))
    : undefined;

const types = ['PLAINTEXT', 'PARAMETER_STORE', 'SECRETS_MANAGER'];

function variable(item: unknown): Record<string, string> | undefined {
  if (typeof item !== 'object' || item === null) return undefined;
  const { name, value, type } = lower(item);
  if (typeof name !== 'string' || name === '' || typeof value === 'object' || value === undefined) return undefined;
  const plain = String(type ?? '')
    .toUpperCase()
    .replaceAll(/[^A-Z]/g, '');
  const known = types.find((candidate) => candidate.replaceAll('_', '') === plain);
  if (type !== undefined && known === undefined) return undefined;
  return { name, value: String(value), ...(known === undefined ? {} : { type: known }) };
}
