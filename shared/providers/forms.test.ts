import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { isRequired } from '../validation/rules/configuration.ts';
import { validate } from '../validation/validate.ts';
import type { Field, Provider } from './provider.ts';
import { providers, ruleTypes } from './table.ts';

const nameOf = ({ actionTypeId: { category, owner, provider } }: Provider) => `${category}/${owner}/${provider}`;
const fields: [string, Field, string][] = providers.flatMap((provider) =>
  Object.entries(provider.configuration).map(([key, field]): [string, Field, string] => [
    `${nameOf(provider)} ${key}`,
    field,
    key,
  ]),
);
const ruleFields: [string, Field, string][] = ruleTypes.flatMap((rule) =>
  Object.entries(rule.configuration).map(([key, field]): [string, Field, string] => [
    `Rule/${rule.ruleTypeId.provider} ${key}`,
    field,
    key,
  ]),
);

describe('a field of a form', () => {
  test.each([...fields, ...ruleFields])('%s can be filled in by somebody who sees it first', (_name, field) => {
    const { label, type, help, values, placeholder, required, multiline } = field;
    expect(label).toMatch(/^[A-Z][^.]*$/);
    expect(label.length).toBeLessThanOrEqual(28);
    expect(help).toMatch(/^[A-Z].*\.$/);
    if (type === 'enum') {
      expect(values?.length).toBeGreaterThan(0);
      expect(new Set(values).size).toBe(values?.length);
    }
    if (values) expect(['enum', 'csv']).toContain(type);
    if (multiline) expect(['string', 'json']).toContain(type);
    if (type === 'secret') expect([placeholder, field.default]).toEqual([undefined, undefined]);
    if (placeholder !== undefined) expect(placeholder.length).toBeLessThanOrEqual(80);
    // A required key with a default would be filled in by AWS, so it would not be required.
    if (required === 'always') expect(field.default).toBeUndefined();
  });

  test.each([...fields, ...ruleFields].filter(([, field]) => field.default !== undefined))(
    '%s has a default that it would take',
    (_name, { type, values, default: value }) => {
      expect(value).not.toBe('');
      if (type === 'enum') expect(values).toContain(value);
      if (type === 'boolean') expect(['true', 'false']).toContain(value);
      if (type === 'integer') expect(value).toMatch(/^\d+$/);
    },
  );
});

describe('what a form asks for', () => {
  test.each(providers.map((provider) => [nameOf(provider), provider] as const))(
    '%s refers only to keys that it has',
    (_name, provider) => {
      const keys = Object.keys(provider.configuration);
      for (const { required } of Object.values<Field>(provider.configuration)) {
        if (typeof required !== 'object') continue;
        for (const name of ['key', 'keyPresent', 'keyAbsent'] as const) {
          if (name in required) expect(keys).toContain((required as Record<string, string>)[name]);
        }
        if ('key' in required) {
          const values = provider.configuration[required.key]!.values ?? ['true', 'false'];
          const wanted = 'in' in required ? required.in : [required.equals];
          for (const value of wanted) expect(values).toContain(value);
        }
      }
    },
  );

  test.each<[required: Field['required'], given: Record<string, string>, inputs: number, expected: boolean]>([
    [undefined, {}, 0, false],
    ['always', {}, 0, true],
    [{ key: 'A', equals: 'x' }, {}, 0, false],
    [{ key: 'A', equals: 'x' }, { A: 'y' }, 0, false],
    [{ key: 'A', equals: 'x' }, { A: 'x' }, 0, true],
    [{ key: 'A', in: ['x', 'y'] }, { A: 'y' }, 0, true],
    [{ key: 'A', in: ['x', 'y'] }, { A: 'z' }, 0, false],
    [{ key: 'A', in: ['x', 'y'] }, {}, 0, false],
    [{ keyPresent: 'A' }, { A: '' }, 0, true],
    [{ keyPresent: 'A' }, { B: 'x' }, 0, false],
    [{ keyPresent: 'toString' }, {}, 0, false],
    [{ keyAbsent: 'A' }, {}, 0, true],
    [{ keyAbsent: 'A' }, { A: 'x' }, 0, false],
    [{ inputArtifactsAtLeast: 2 }, {}, 1, false],
    [{ inputArtifactsAtLeast: 2 }, {}, 2, true],
    [{ inputArtifactsAtMost: 0 }, {}, 0, true],
    [{ inputArtifactsAtMost: 0 }, {}, 1, false],
  ])('%j with %j and %d inputs: %s', (required, given, inputs, expected) => {
    expect(isRequired(required, given, inputs)).toBe(expected);
  });
});

/** A value that the field takes, as its own example has it. */
function exampleOf(key: string, { type, values, placeholder }: Field): string {
  if (values) return values[0]!;
  if (type === 'boolean') return 'true';
  if (type === 'integer') return placeholder ?? '1';
  if (type === 'artifactName') return 'dist';
  if (type === 'artifactFile') return 'dist::template.yaml';
  if (type === 'json') return '[]';
  return placeholder?.replaceAll('…', 'x') ?? `my${key}`;
}

/** The complete pipeline with one more action of a type, its required fields filled with their own examples. */
function pipelineWith(provider: Provider, members: Record<string, string | undefined> = {}) {
  const pipeline = completePipeline();
  const inputArtifacts = provider.artifacts.inputs[1] > 0 ? [{ name: 'dist' }] : [];
  const outputArtifacts = provider.artifacts.outputs[0] > 0 ? [{ name: 'made' }] : [];
  const configuration: Record<string, string> = {};
  // Twice, because a key may be required by one that stands below it.
  for (const [key, field] of [...Object.entries(provider.configuration), ...Object.entries(provider.configuration)]) {
    if (isRequired(field.required, configuration, inputArtifacts.length)) configuration[key] = exampleOf(key, field);
  }
  for (const [key, value] of Object.entries(members)) {
    if (value === undefined) delete configuration[key];
    else configuration[key] = value;
  }
  const isSource = provider.actionTypeId.category === 'Source';
  pipeline.stages[isSource ? 0 : 2]!.actions.push({
    name: 'Tried',
    actionTypeId: { ...provider.actionTypeId },
    configuration,
    inputArtifacts,
    outputArtifacts,
    ...(provider.declarationFields?.includes('commands') ? { commands: ['true'] } : {}),
  });
  return pipeline as PipelineDeclaration;
}
const faults = (pipeline: PipelineDeclaration) =>
  validate(pipeline)
    .filter(({ severity, where }) => severity === 'error' && where.endsWith('/Tried'))
    .map(({ code, field }) => `${code} ${field}`);

describe('a form that is filled in with its own examples', () => {
  test.each(providers.map((provider) => [nameOf(provider), provider] as const))('%s is legal', (_name, provider) => {
    expect(faults(pipelineWith(provider))).toEqual([]);
  });

  const required = providers.flatMap((provider) =>
    Object.entries<Field>(provider.configuration)
      .filter(([, field]) => field.required === 'always')
      .map(([key]) => [nameOf(provider), key, provider] as const),
  );
  test.each(required)('%s without %s is not', (_name, key, provider) => {
    expect(faults(pipelineWith(provider, { [key]: undefined }))).toContain(`configuration.missing ${key}`);
  });

  const judged = providers.flatMap((provider) =>
    Object.entries<Field>(provider.configuration)
      .filter(([, { type, values }]) => ['boolean', 'integer', 'enum', 'artifactName'].includes(type) || values)
      .map(([key]) => [nameOf(provider), key, provider] as const),
  );
  test.each(judged)('%s with nonsense as %s is not', (_name, key, provider) => {
    const found = faults(pipelineWith(provider, { [key]: 'non sense' }));
    expect(found.filter((fault) => fault.endsWith(` ${key}`)).length).toBeGreaterThan(0);
  });

  test.each(judged)('%s with a variable as %s is not judged before it runs', (_name, key, provider) => {
    const found = faults(pipelineWith(provider, { [key]: '#{variables.TARGET}' }));
    expect(found.filter((fault) => fault.endsWith(` ${key}`) && !fault.startsWith('variable.'))).toEqual([]);
  });

  test.each(
    providers
      .filter((provider) => !provider.freeConfiguration)
      .map((provider) => [nameOf(provider), provider] as const),
  )('%s takes no key that it does not know', (_name, provider) => {
    expect(faults(pipelineWith(provider, { Nonsense: 'x' }))).toEqual(['configuration.unknown-key Nonsense']);
  });

  it('of a partner takes any key, because AWS publishes none', () => {
    for (const provider of providers.filter(({ freeConfiguration }) => freeConfiguration)) {
      expect(faults(pipelineWith(provider, { Anything: 'x' })), nameOf(provider)).toEqual([]);
      expect(Object.keys(provider.configuration)).toEqual([]);
    }
  });
});
