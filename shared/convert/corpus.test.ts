import { readdirSync, readFileSync } from 'node:fs';
import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration } from '../model/declaration.ts';
import { parseDocument } from '../model/documentText.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { canonicalJson } from './canonicalJson.ts';
import { exportJson } from './exportJson.ts';

/** Conversions over pipelines that other people wrote, and over one that has nearly everything. */

const folder = new URL('../testing/corpus/', import.meta.url);
const corpus: { name: string; pipeline: PipelineDeclaration }[] = readdirSync(folder)
  .filter((name) => name.endsWith('.json'))
  .map((name) => ({ name, pipeline: parseDocument(readFileSync(new URL(name, folder), 'utf8'), 'json').pipeline! }));
corpus.push({ name: 'the complete pipeline', pipeline: completePipeline() });

const reread = (text: string, format: 'json' | 'yaml' = 'json') => parseDocument(text, format).pipeline!;

/** The same value with the members of every object in another order; lists keep theirs. */
const shuffled = (value: unknown, turn: number): unknown => {
  if (Array.isArray(value)) return value.map((item) => shuffled(item, turn));
  if (typeof value !== 'object' || value === null) return value;
  const entries = Object.entries(value);
  const cut = entries.length === 0 ? 0 : turn % entries.length;
  return Object.fromEntries(
    [...entries.slice(cut), ...entries.slice(0, cut)]
      .reverse()
      .map(([key, member]) => [key, shuffled(member, turn + 1)]),
  );
};
const edited = (pipeline: PipelineDeclaration, change: (action: ActionDeclaration) => ActionDeclaration) => ({
  ...pipeline,
  stages: pipeline.stages.map((stage) => ({ ...stage, actions: stage.actions.map(change) })),
});

describe.each(corpus)('$name', ({ pipeline }) => {
  it('reads back from its export without its version, and is exported the same again', () => {
    const text = exportJson(pipeline);
    const { version: _counted, ...rest } = pipeline;
    expect(reread(text)).toEqual(rest);
    expect(exportJson(reread(text))).toBe(text);
  });

  it('is exported with its members in its own order', () => {
    const keys = Object.keys(pipeline).filter((key) => key !== 'version');
    expect(Object.keys(JSON.parse(exportJson(pipeline)).pipeline)).toEqual(keys);
  });

  it('is exported as one member, and ends with a line break', () => {
    expect(Object.keys(JSON.parse(exportJson(pipeline)))).toEqual(['pipeline']);
    expect(exportJson(pipeline)).toMatch(/[^\n]\n$/);
  });

  it('is canonical already when it is canonical', () => {
    const once = canonicalJson(pipeline);
    expect(canonicalJson(reread(once))).toBe(once);
  });

  it('has the same canonical text as its export, in JSON and in YAML', () => {
    const text = exportJson(pipeline);
    expect(canonicalJson(reread(text))).toBe(canonicalJson(pipeline));
    expect(canonicalJson(reread(text, 'yaml'))).toBe(canonicalJson(pipeline));
  });

  it('has the same canonical text in whatever order its members are', () => {
    const plain = canonicalJson(pipeline);
    for (const turn of [0, 1, 2, 5]) {
      expect(canonicalJson(shuffled(pipeline, turn) as PipelineDeclaration)).toBe(plain);
    }
  });

  it('has the same canonical text when defaults are written out, and when they are left out', () => {
    const full = edited(pipeline, (action) => ({
      ...action,
      runOrder: action.runOrder ?? 1,
      configuration: action.configuration ?? {},
      inputArtifacts: action.inputArtifacts ?? [],
      outputArtifacts: action.outputArtifacts ?? [],
    }));
    const bare = edited(pipeline, ({ runOrder, inputArtifacts, outputArtifacts, ...action }) => ({
      ...action,
      ...(runOrder === 1 || runOrder === undefined ? {} : { runOrder }),
      ...(inputArtifacts?.length ? { inputArtifacts } : {}),
      ...(outputArtifacts?.length ? { outputArtifacts } : {}),
    }));
    expect(canonicalJson(full)).toBe(canonicalJson(pipeline));
    expect(canonicalJson(bare)).toBe(canonicalJson(pipeline));
  });

  it('is not changed by being converted', () => {
    const before = JSON.stringify(pipeline);
    exportJson(pipeline);
    canonicalJson(pipeline);
    expect(JSON.stringify(pipeline)).toBe(before);
  });

  it('differs from every other', () => {
    const same = corpus.filter((other) => canonicalJson(other.pipeline) === canonicalJson(pipeline));
    expect(same).toHaveLength(1);
  });
});

describe('the canonical text', () => {
  const keysOf = (value: object) => Object.keys(value);
  const canonical = (pipeline: PipelineDeclaration) => JSON.parse(canonicalJson(pipeline)).pipeline;

  it('has its members in the order in which the service prints them', () => {
    const pipeline = canonical(completePipeline());
    expect(keysOf(pipeline)).toEqual([
      ...['name', 'roleArn', 'artifactStore', 'stages', 'executionMode', 'pipelineType', 'variables', 'triggers'],
    ]);
    expect(keysOf(pipeline.stages[2])).toEqual(['name', 'beforeEntry', 'onSuccess', 'actions']);
    expect(keysOf(pipeline.stages[1].onFailure)).toEqual(['result', 'retryConfiguration']);
    expect(keysOf(pipeline.stages[1].actions[0])).toEqual([
      ...['name', 'actionTypeId', 'runOrder', 'configuration', 'commands', 'outputVariables', 'outputArtifacts'],
      ...['inputArtifacts', 'namespace'],
    ]);
    expect(keysOf(pipeline.stages[0].actions[0].actionTypeId)).toEqual(['category', 'owner', 'provider', 'version']);
  });

  it('has members that nobody knows behind the others, by name', () => {
    const pipeline = { ...completePipeline(), zeta: 1, alpha: 2 } as PipelineDeclaration;
    expect(keysOf(canonical(pipeline)).slice(-2)).toEqual(['alpha', 'zeta']);
  });

  test.each<{ what: string; more: Partial<PipelineDeclaration>; member: string; value: unknown }>([
    { what: 'no mode', more: { executionMode: undefined }, member: 'executionMode', value: 'SUPERSEDED' },
    { what: 'empty variables', more: { variables: [] }, member: 'variables', value: undefined },
    { what: 'empty triggers', more: { triggers: [] }, member: 'triggers', value: undefined },
    { what: 'a version', more: { version: 9 }, member: 'version', value: undefined },
  ])('with $what has $value as $member, as the service would', ({ more, member, value }) => {
    expect(canonical({ ...completePipeline(), ...more } as PipelineDeclaration)[member]).toBe(value);
  });

  it('gives environment variables the type that the service gives them', () => {
    const environmentVariables = [{ name: 'A', value: 'x' }];
    const pipeline = edited(completePipeline(), (action) => ({ ...action, environmentVariables }));
    expect(canonical(pipeline).stages[1].actions[0].environmentVariables).toEqual([
      { name: 'A', value: 'x', type: 'PLAINTEXT' },
    ]);
    const typed = edited(completePipeline(), (action) => ({
      ...action,
      environmentVariables: [{ name: 'A', value: 'x', type: 'PLAINTEXT' as const }],
    }));
    expect(canonicalJson(typed)).toBe(canonicalJson(pipeline));
    expect(canonicalJson(edited(pipeline, (action) => ({ ...action, environmentVariables: [] })))).toBe(
      canonicalJson(completePipeline()),
    );
  });

  it('tells apart any two values, at any place', () => {
    const pipeline = completePipeline();
    const places: (string | number)[][] = [];
    const walk = (value: unknown, path: (string | number)[]) => {
      if (typeof value === 'string') places.push(path);
      else if (typeof value === 'object' && value !== null) {
        for (const [key, member] of Object.entries(value)) walk(member, [...path, key]);
      }
    };
    walk(pipeline, []);
    const plain = canonicalJson(pipeline);
    for (const place of places) {
      const copy = completePipeline() as unknown as Record<string, unknown>;
      let target = copy;
      for (const key of place.slice(0, -1)) target = target[key] as Record<string, unknown>;
      target[place.at(-1)!] = 'another';
      expect(canonicalJson(copy as unknown as PipelineDeclaration), place.join('/')).not.toBe(plain);
    }
  });

  it('keeps keys of a configuration whatever they are called', () => {
    const keys = fc.uniqueArray(
      fc.constantFrom('__proto__', 'constructor', 'name', 'stages', 'Z', 'a', 'é', '10', '9'),
      {
        minLength: 1,
      },
    );
    fc.assert(
      fc.property(keys, (names) => {
        const configuration = Object.fromEntries(names.map((name) => [name, `value of ${name}`]));
        const backwards = Object.fromEntries([...names].reverse().map((name) => [name, `value of ${name}`]));
        const withKeys = (map: Record<string, string>) =>
          edited(completePipeline(), (action) => ({ ...action, configuration: map }));
        expect(canonicalJson(withKeys(configuration))).toBe(canonicalJson(withKeys(backwards)));
        const read = canonical(withKeys(configuration)).stages[0].actions[0].configuration;
        expect(Object.keys(read).sort()).toEqual([...names].sort());
      }),
      { numRuns: 30, seed: 31 },
    );
  });
});
