import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { runOrderGroups } from '../../../shared/model/declaration.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { applied } from '../../testing/shapeOf.ts';
import { type Links, pasteActions } from './pasteActions.ts';

const from = pipelineOf({
  Source: ['Repo'],
  Build: [
    'Compile',
    { name: 'Lint', outputArtifacts: [], inputArtifacts: [{ name: 'RepoOut' }] },
    { name: 'Package@2', inputArtifacts: [{ name: 'CompileOut' }] },
  ],
});
const copied = runOrderGroups(from.stages[1]!).map(({ actions }) => actions);
const paste = (pipeline: PipelineDeclaration, slot: Parameters<typeof pasteActions>[2], links?: Links) =>
  applied(pipeline, pasteActions(pipeline, copied, slot, links));
const shape = (pipeline: PipelineDeclaration, stage: number) =>
  runOrderGroups(pipeline.stages[stage]!).map(({ runOrder, actions }) => [
    runOrder,
    ...actions.map(({ name, inputArtifacts = [] }) => `${name}<${inputArtifacts.map((input) => input.name)}`),
  ]);

describe('pasted actions', () => {
  it('run in their old order, and take from each other’s copies what they took from each other', () => {
    expect(shape(paste(from, { kind: 'group', stageIndex: 1, groupIndex: 2 }), 1)).toEqual([
      [1, 'Compile<RepoOut', 'Lint<RepoOut'],
      [2, 'Package<CompileOut'],
      [3, 'Compile2<RepoOut', 'Lint2<RepoOut'],
      [4, 'Package2<CompileOut2'],
    ]);
  });

  it('go between groups, which make room', () => {
    expect(
      shape(paste(from, { kind: 'group', stageIndex: 1, groupIndex: 1 }), 1).map((row) => row.slice(0, 2)),
    ).toEqual([
      [1, 'Compile<RepoOut'],
      [2, 'Compile2<RepoOut'],
      [3, 'Package2<CompileOut2'],
      [4, 'Package<CompileOut'],
    ]);
  });

  it('make a stage of their own between stages', () => {
    const after = paste(from, { kind: 'stage', index: 2 });
    expect(shape(after, 2)).toEqual([
      [1, 'Compile2<RepoOut', 'Lint2<RepoOut'],
      [2, 'Package2<CompileOut2'],
    ]);
  });

  const other = pipelineOf({ Origin: ['Code'], Make: ['Thing'] });
  it('drop the links that nothing holds where they go', () => {
    expect(shape(paste(other, { kind: 'group', stageIndex: 1, groupIndex: 1 }), 1).slice(1)).toEqual([
      [2, 'Compile<', 'Lint<'],
      [3, 'Package<CompileOut'],
    ]);
  });

  it('keep all links where that is asked for', () => {
    expect(shape(paste(other, { kind: 'group', stageIndex: 1, groupIndex: 1 }, 'all'), 1).slice(1)).toEqual([
      [2, 'Compile<RepoOut', 'Lint<RepoOut'],
      [3, 'Package<CompileOut'],
    ]);
  });
});
