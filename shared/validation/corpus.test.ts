import { readdirSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { exportJson } from '../convert/exportJson.ts';
import { editDocument, parseDocument } from '../model/documentText.ts';
import { pathOf } from '../model/place.ts';
import { advise } from './advise.ts';
import { validate } from './validate.ts';

const folder = new URL('../testing/corpus/', import.meta.url);
const files = readdirSync(folder).filter((name) => name.endsWith('.json'));
const read = (name: string) => readFileSync(new URL(name, folder), 'utf8');

/** `<NAME>`, `[Role]`, `REPLACE_ME…`, `account-id`: what a reader of an example is meant to fill in. */
const isPlaceholder = /[<[]|REPLACE_ME|:account-id:|"roleArn" is "ARN"/;

/** Faults that their authors made: `code where field`, and why AWS refuses it. */
const genuine: Readonly<Record<string, readonly string[]>> = {
  // The former documentation of CodeBuild spells the provider "AWS CodeBuild"; AWS takes "CodeBuild".
  'codebuild-guide-batch.json': ['shape.pattern Build/Build actionTypeId.provider'],
  'codebuild-guide-earlier.json': ['shape.pattern Build/Build actionTypeId.provider'],
  'codebuild-guide-several-inputs.json': ['shape.pattern Build/Build actionTypeId.provider'],
  'codebuild-guide-batch-combined.json': [
    'shape.pattern Build/Build actionTypeId.provider',
    // "output1 " ends in a blank.
    'shape.pattern Build/Build outputArtifacts.0.name',
  ],
};

/** Construct trees are no declarations: CloudFormation's functions stand where AWS wants texts, and names are left to it. */
const isConstructTree = (name: string) => name.startsWith('cdk-tree-');
const declarations = files.filter((name) => !isConstructTree(name));
const constructTrees = files.filter(isConstructTree);

describe('pipelines that other people wrote', () => {
  it('are there, each with its origin', () => {
    expect(files.length).toBe(44);
    const origins = readFileSync(new URL('README.md', folder), 'utf8');
    expect(files.filter((name) => !origins.includes(`| ${name} | https://github.com/`))).toEqual([]);
  });

  test.each(declarations)('%s has no problems but its placeholders and its authors’ faults', (name) => {
    const { pipeline, problems } = parseDocument(read(name), 'json');
    const found = [...problems, ...validate(pipeline!)].filter(
      ({ code, what }) => code !== 'shape.pattern' || !isPlaceholder.test(what),
    );
    expect(found.map(({ code, where, field }) => `${code} ${where} ${field}`)).toEqual(genuine[name] ?? []);
  });

  test.each(constructTrees)('%s has no errors but where something else than a text stands', (name) => {
    const text = read(name);
    const { pipeline, problems } = parseDocument(text, 'json');
    const declared = JSON.parse(text).pipeline as unknown;
    const errors = [...problems, ...validate(pipeline!)].filter(({ severity }) => severity === 'error');
    expect(errors.length).toBeGreaterThan(0);
    for (const { code, where, field } of errors) {
      expect(code).toMatch(/^(text\.wrong-type|shape\.missing|artifact-store\.missing)$/);
      let value = declared as Record<string | number, unknown> | undefined;
      for (const segment of pathOf(pipeline!, where, field)!) value = value?.[segment] as typeof value;
      expect(typeof value, `${where} ${field}`).not.toBe('string');
    }
  });

  test.each(files)('%s is given advice about places that are there', (name) => {
    const { pipeline } = parseDocument(read(name), 'json');
    for (const { where, field, code } of advise(pipeline!)) expect(pathOf(pipeline!, where, field), code).toBeDefined();
  });

  test.each(files)('%s keeps every byte but those of an edit, and gets them back', (name) => {
    const text = read(name);
    const { pipeline } = parseDocument(text, 'json');
    const edit = (value: unknown, before = text) =>
      editDocument(before, 'json', [{ path: ['stages', 1, 'name'], value }]);
    const renamed = edit('Renamed');
    expect(parseDocument(renamed, 'json').pipeline?.stages[1]?.name).toBe('Renamed');
    expect(edit(pipeline!.stages[1]!.name, renamed)).toBe(text);
    const path = ['stages', 1, 'actions', 1];
    const added = editDocument(text, 'json', [{ path, value: { name: 'New', actionTypeId: {} }, insert: true }]);
    expect(editDocument(added, 'json', [{ path, value: undefined }])).toBe(text);
  });

  test.each(files)('%s is exported as the same pipeline', (name) => {
    const { pipeline } = parseDocument(read(name), 'json');
    const { version: _counted, ...rest } = pipeline!;
    expect(parseDocument(exportJson(pipeline!), 'json').pipeline).toEqual(rest);
  });
});
