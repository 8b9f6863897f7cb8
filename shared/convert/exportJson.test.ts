import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { parseDocument } from '../model/documentText.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { canonicalJson } from './canonicalJson.ts';
import { exportJson } from './exportJson.ts';

describe('exported JSON', () => {
  it('is the declaration as the AWS CLI takes it, and reads back as the same pipeline', () => {
    const pipeline = completePipeline();
    const text = exportJson(pipeline);
    expect(text.startsWith('{\n  "pipeline": {\n    "name": "shop-web",\n')).toBe(true);
    expect(text.endsWith('}\n')).toBe(true);
    expect(parseDocument(text, 'json')).toEqual({ pipeline, root: ['pipeline'], problems: [] });
  });

  it('leaves out the version, which AWS counts, and keeps unknown fields', () => {
    const { pipeline } = JSON.parse(
      exportJson({ ...completePipeline(), version: 7, future: [1] } as PipelineDeclaration),
    );
    expect(pipeline).not.toHaveProperty('version');
    expect(pipeline.future).toEqual([1]);
  });
});

describe('canonical JSON', () => {
  const canonical = (changes: (pipeline: PipelineDeclaration) => void) => {
    const pipeline = completePipeline();
    changes(pipeline);
    return canonicalJson(pipeline);
  };
  const plain = canonicalJson(completePipeline());
  const lint = (pipeline: PipelineDeclaration) => pipeline.stages[1]!.actions[1]!;

  test.each<[string, (pipeline: PipelineDeclaration) => void]>([
    [
      'the version that AWS counted',
      (p) => {
        p.version = 12;
      },
    ],
    [
      'a runOrder of 1 left out',
      (p) => {
        delete lint(p).runOrder;
      },
    ],
    [
      'empty outputs left out',
      (p) => {
        delete lint(p).outputArtifacts;
      },
    ],
    [
      'the order of configuration keys',
      (p) => {
        lint(p).configuration = Object.fromEntries(Object.entries(lint(p).configuration!).reverse());
      },
    ],
    [
      'the order of members',
      (p) => {
        p.stages = p.stages.map(({ actions, ...rest }) => ({ actions, ...rest }));
      },
    ],
  ])('is the same whatever %s', (_what, changes) => {
    expect(canonical(changes)).toBe(plain);
  });

  test.each<[string, (pipeline: PipelineDeclaration) => void]>([
    [
      'another value',
      (p) => {
        lint(p).configuration!.ProjectName = 'other';
      },
    ],
    [
      'the order of actions',
      (p) => {
        p.stages[1]!.actions.reverse();
      },
    ],
    [
      'the order of artifacts',
      (p) => {
        lint(p).inputArtifacts = [{ name: 'b' }, { name: 'app' }];
      },
    ],
    [
      'an unknown field',
      (p) => {
        Object.assign(p, { future: 1 });
      },
    ],
  ])('differs by %s', (_what, changes) => {
    expect(canonical(changes)).not.toBe(plain);
  });

  it('writes out what AWS would decide: type V1 without V2 features, mode SUPERSEDED', () => {
    const { name, roleArn, stages } = completePipeline();
    const bare = { name, roleArn, stages: [{ name: 'Source', actions: stages[0]!.actions }] };
    expect(JSON.parse(canonicalJson(bare)).pipeline).toMatchObject({ pipelineType: 'V1', executionMode: 'SUPERSEDED' });
    const withVariable = { ...bare, variables: [{ name: 'A' }] };
    expect(JSON.parse(canonicalJson(withVariable)).pipeline.pipelineType).toBe('V2');
  });

  it('keeps keys that people chose apart from members that AWS named', () => {
    const pipeline = completePipeline();
    lint(pipeline).configuration = { version: '1', name: 'x', actions: 'y' };
    expect(Object.keys(JSON.parse(canonicalJson(pipeline)).pipeline.stages[1].actions[1].configuration)).toEqual([
      'actions',
      'name',
      'version',
    ]);
  });
});
