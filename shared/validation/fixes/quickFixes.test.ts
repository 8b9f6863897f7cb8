import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { applyEdits } from '../../model/edits/applyEdits.ts';
import { emptySidecar } from '../../model/sidecar.ts';
import { action, codeBuild, configure } from '../../testing/brokenPipeline.ts';
import { completePipeline } from '../../testing/completePipeline.ts';
import { connection, source } from '../../testing/legalPipeline.ts';
import { validate } from '../validate.ts';
import { fixAll, fixers, proposedFixes, quickFixes } from './quickFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');

describe('quick fixes', () => {
  it('are there for most problems', () => {
    expect(Object.keys(fixers).length).toBeGreaterThanOrEqual(70);
  });

  const broken = (...changes: ((p: PipelineDeclaration) => unknown)[]) => {
    const pipeline = completePipeline();
    for (const change of changes) change(pipeline);
    return JSON.parse(JSON.stringify(pipeline)) as PipelineDeclaration;
  };
  const problemOf = (pipeline: PipelineDeclaration, code: string) =>
    validate(pipeline).find((one) => one.code === code)!;

  it('are not offered where they would make an error', () => {
    // Without its other input the build would have none, and CodeBuild needs one.
    const pipeline = broken((p) => (lint(p).inputArtifacts = [{ name: 'gone' }]));
    const problem = problemOf(pipeline, 'artifact.not-produced');
    expect(proposedFixes(problem, pipeline).map(({ kind }) => kind)).toContain('remove-input');
    expect(quickFixes(problem, pipeline).map(({ kind }) => kind)).not.toContain('remove-input');
  });

  it('are none for what nobody can know', () => {
    const pipeline = broken(
      (p) => (p.roleArn = 'me'),
      (p) => delete lint(p).configuration!.ProjectName,
    );
    for (const problem of validate(pipeline)) expect(quickFixes(problem, pipeline)).toEqual([]);
  });

  it('are none for a place that is no longer there', () => {
    const problem = {
      code: 'artifact.duplicate-input',
      severity: 'error' as const,
      where: 'Gone/Action',
      what: 'x',
      fix: 'y',
    };
    expect(quickFixes(problem, completePipeline())).toEqual([]);
    expect(quickFixes({ ...problem, code: 'toString', where: '' }, completePipeline())).toEqual([]);
  });

  it('do not split a command whose lines belong together', () => {
    const pipeline = broken(
      (p) => (build(p)[0]!.commands = ['for x in a b; do\n  echo $x\ndone', 'cat <<END\nhi\nEND', 'echo "a\nb"']),
    );
    for (const problem of validate(pipeline)) expect(quickFixes(problem, pipeline)).toEqual([]);
  });

  it('of a move take what is kept beside the file along', () => {
    const pipeline = broken((p) => build(p).push(source('More', 'more')));
    const [fix] = quickFixes(problemOf(pipeline, 'action.source-not-first'), pipeline);
    const sidecar = { ...emptySidecar(), bindings: { 'Build/More': { kind: 'folder' as const, path: '.' } } };
    expect(Object.keys(fix!.sidecar!(sidecar).bindings)).toEqual(['Source/More']);
    expect(fix!.select).toBe('Source/More');
  });

  it('of one kind are made together, each on what the one before left', () => {
    const pipeline = broken((p) => {
      for (const name of ['A', 'B', 'C']) build(p).push(codeBuild('Same', { outputArtifacts: [{ name }] }));
    });
    const fixed = fixAll('action.duplicate-name', pipeline, 'rename-duplicate');
    expect(fixed.count).toBe(2);
    const mended = applyEdits(pipeline, fixed.edits);
    expect(names(build(mended))).toEqual(['Test', 'Lint', 'Same', 'Same2', 'Same3']);
    expect(validate(mended)).toEqual([]);
  });

  it('of one kind leave alone what they do not mend', () => {
    const pipeline = broken(
      (p) => configure(p, 'Build/Lint', { projectnam: 'x', Nonsense: 'y' }),
      (p) => delete lint(p).configuration!.ProjectName,
    );
    const fixed = fixAll('configuration.unknown-key', pipeline, 'rename-key');
    expect(fixed.count).toBe(1);
    expect(lint(applyEdits(pipeline, fixed.edits)).configuration).toMatchObject({ ProjectName: 'x', Nonsense: 'y' });
    expect(fixAll('configuration.unknown-key', completePipeline())).toMatchObject({ count: 0, edits: [] });
  });

  it('never change the pipeline that they are asked about', () => {
    const pipeline = broken(
      (p) => p.stages[0]!.actions.push(connection(p, 'Web')),
      (p) => (upload(p).inputArtifacts = []),
    );
    const before = JSON.stringify(pipeline);
    for (const problem of validate(pipeline)) quickFixes(problem, pipeline);
    expect(JSON.stringify(pipeline)).toBe(before);
  });
});
