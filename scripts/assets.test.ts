import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, it, test } from 'vitest';
import { type PipelineDeclaration, pipelineSchema } from '../shared/model/declaration.ts';
import { sidecarSchema } from '../shared/model/sidecar.ts';
import { findProvider, knownProvider } from '../shared/providers/table.ts';
import { validate } from '../shared/validation/validate.ts';
import { root } from './root.ts';

const assets = join(root, 'assets');
const readJson = (path: string): unknown => JSON.parse(readFileSync(join(assets, path), 'utf8'));
const readPipeline = (path: string): PipelineDeclaration =>
  pipelineSchema.parse((readJson(path) as { pipeline: unknown }).pipeline);

const templateIds = readJson('templates/index.json') as string[];
const quickstart = 'samples/quickstart/quickstart.pipeline.json';
const pipelines = [...templateIds.map((id) => `templates/${id}/pipeline.json`), quickstart];

describe('the templates', () => {
  it('are listed completely', () => {
    const folders = readdirSync(join(assets, 'templates'), { withFileTypes: true }).filter((entry) =>
      entry.isDirectory(),
    );
    expect(folders.map((folder) => folder.name).toSorted()).toEqual(templateIds.toSorted());
  });

  test.each(templateIds)('%s says its name, what it does and what it needs', (id) => {
    expect(readJson(`templates/${id}/template.json`)).toEqual({
      id,
      name: expect.stringMatching(/^[A-Z][^.!]+$/),
      description: expect.stringMatching(/^[A-Z][^!]+\.$/),
      category: expect.stringMatching(/^[A-Z][a-z]+$/),
      needs: expect.arrayContaining([expect.any(String)]),
    });
  });
});

describe.each(pipelines)('%s', (path) => {
  const pipeline = readPipeline(path);
  const actions = pipeline.stages.flatMap((stage) => stage.actions);

  it('is written as the AWS CLI prints a pipeline', () => {
    const text = readFileSync(join(assets, path), 'utf8');
    expect(text).toBe(`${JSON.stringify(JSON.parse(text), null, 2)}\n`);
    expect(pipeline.pipelineType).toBe('V2');
  });

  it('has no problem, not even a warning', () => {
    expect(validate(pipeline)).toEqual([]);
    expect(actions.every((action) => knownProvider(action.actionTypeId))).toBe(true);
  });

  it('consumes every artifact and every namespace that it makes', () => {
    const text = JSON.stringify(actions);
    for (const { name } of actions.flatMap((action) => action.outputArtifacts ?? [])) {
      expect(
        actions.some((action) => action.inputArtifacts?.some((input) => input.name === name)),
        name,
      ).toBe(true);
    }
    for (const { namespace } of actions) if (namespace) expect(text).toContain(`#{${namespace}.`);
  });
});

describe('the sidecar of the quickstart sample', () => {
  const sidecar = sidecarSchema.parse(readJson('samples/quickstart/quickstart.penstock.json'));
  const pipeline = readPipeline(quickstart);

  it('binds what its actions need, by relative paths, so that the sample runs at once', () => {
    for (const stage of pipeline.stages) {
      for (const action of stage.actions) {
        const need = findProvider(action.actionTypeId).local.binding;
        const binding = sidecar.bindings[`${stage.name}/${action.name}`];
        if (need?.required) expect(binding, action.name).toBeDefined();
        if (binding) expect(need?.kinds).toContain(binding.kind);
      }
    }
    expect(sidecar.bindings['Source/Shop']).toEqual({ kind: 'repository', path: './shop.git' });
    expect(existsSync(join(assets, 'samples/quickstart/shop.git/HEAD'))).toBe(true);
  });

  it('speaks only of actions that exist', () => {
    const places = pipeline.stages.flatMap((stage) => stage.actions.map((action) => `${stage.name}/${action.name}`));
    for (const place of [...Object.keys(sidecar.bindings), ...Object.keys(sidecar.notes)])
      expect(places).toContain(place);
  });
});
