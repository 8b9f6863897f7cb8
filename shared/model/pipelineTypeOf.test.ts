import { describe, expect, it, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import type { PipelineDeclaration } from './declaration.ts';
import { pipelineTypeOf } from './pipelineTypeOf.ts';

/** A pipeline that says nothing of its type and uses nothing that only V2 has. */
const plain = (): PipelineDeclaration => {
  const { pipelineType: _said, ...rest } = pipelineOf({ Source: ['Repo'], Build: ['Compile'], Deploy: ['Approve'] });
  return rest;
};
const conditions = [{ result: 'FAIL' as const }];

describe('the type of a pipeline that says none (reference/pipeline-structure.md §1, §9)', () => {
  it('is V1 when it uses nothing newer', () => {
    expect(pipelineTypeOf(plain())).toBe('V1');
  });

  test.each<[what: string, add: (pipeline: PipelineDeclaration) => void]>([
    ['QUEUED', (p) => Object.assign(p, { executionMode: 'QUEUED' })],
    ['PARALLEL', (p) => Object.assign(p, { executionMode: 'PARALLEL' })],
    ['a pipeline variable', (p) => Object.assign(p, { variables: [{ name: 'A' }] })],
    ['a trigger', (p) => Object.assign(p, { triggers: completePipeline().triggers })],
    ['a condition before entry', (p) => Object.assign(p.stages[2]!, { beforeEntry: { conditions } })],
    ['a condition on success', (p) => Object.assign(p.stages[1]!, { onSuccess: { conditions } })],
    ['automatic retry', (p) => Object.assign(p.stages[0]!, { onFailure: { result: 'RETRY' } })],
    ['automatic rollback', (p) => Object.assign(p.stages[2]!, { onFailure: { result: 'ROLLBACK' } })],
    ['a Commands action', (p) => p.stages[1]!.actions.push(completePipeline().stages[1]!.actions[0]!)],
    ['commands', (p) => Object.assign(p.stages[1]!.actions[0]!, { commands: ['true'] })],
  ])('is V2 with %s', (_what, add) => {
    const pipeline = plain();
    add(pipeline);
    expect(pipelineTypeOf(pipeline)).toBe('V2');
  });

  test.each<[what: string, more: Partial<PipelineDeclaration>]>([
    ['SUPERSEDED written out', { executionMode: 'SUPERSEDED' }],
    ['an empty list of variables', { variables: [] }],
    ['an empty list of triggers', { triggers: [] }],
    ['a version', { version: 7 }],
    ['stores in several Regions', { artifactStores: { 'eu-west-1': { type: 'S3', location: 'b-1' } } }],
  ])('stays V1 with %s', (_what, more) => {
    expect(pipelineTypeOf({ ...plain(), ...more })).toBe('V1');
  });

  it('stays V1 with everything that V1 has: namespaces, Regions, roles, timeouts of approvals', () => {
    const pipeline = plain();
    Object.assign(pipeline.stages[1]!.actions[0]!, { namespace: 'B', region: 'us-east-1', roleArn: pipeline.roleArn });
    Object.assign(pipeline.stages[2]!.actions[0]!, { timeoutInMinutes: 30 });
    expect(pipelineTypeOf(pipeline)).toBe('V1');
  });
});

describe('the type of a pipeline that says one', () => {
  it.each(['V1', 'V2'] as const)('is %s, whatever it uses', (pipelineType) => {
    expect(pipelineTypeOf({ ...plain(), pipelineType })).toBe(pipelineType);
    expect(pipelineTypeOf({ ...completePipeline(), pipelineType })).toBe(pipelineType);
  });
});
