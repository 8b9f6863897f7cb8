import { describe, expect, it } from 'vitest';
import { completePipeline } from '../../testing/completePipeline.ts';
import { validate } from '../../validation/validate.ts';
import type { PipelineDeclaration } from '../declaration.ts';
import { editDocument, parseDocument } from '../documentText.ts';
import { applyEdits } from './applyEdits.ts';
import type { Change, Refused } from './change.ts';
import { rewriteText } from './lookupTexts.ts';
import { renameAction, renameArtifact, renameNamespace, renameStage, renameVariable } from './renames.ts';
import { uniqueName } from './uniqueName.ts';

type Rename = (pipeline: PipelineDeclaration) => Change | Refused;
const pipeline = completePipeline();
// A rule that refers to all that can be renamed.
pipeline.stages[2]!.onSuccess!.conditions[0]!.rules!.push({
  name: 'Smoke',
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  configuration: { ProjectName: 'smoke-#{T.VERSION}-#{variables.TARGET}', PrimarySource: 'dist' },
  inputArtifacts: [{ name: 'dist' }],
});
const text = JSON.stringify({ pipeline }, null, 2);

const renames: [what: string, rename: Rename, old: RegExp, back: Rename][] = [
  [
    'a stage',
    (p) => renameStage(p, p.stages[1]!, 'Make'),
    /"Build"(?!,\n\s+"owner)/,
    (p) => renameStage(p, p.stages[1]!, 'Build'),
  ],
  [
    'an action',
    (p) => renameAction(p, 'Source', 'App', 'Web'),
    /"App"/,
    (p) => renameAction(p, 'Source', 'Web', 'App'),
  ],
  ['an artifact', (p) => renameArtifact(p, 'dist', 'site'), /"dist"/, (p) => renameArtifact(p, 'site', 'dist')],
  [
    'a namespace',
    (p) => renameNamespace(p, ['stages', 1, 'actions', 0], 'Tests'),
    /"T"|#\{T\./,
    (p) => renameNamespace(p, ['stages', 1, 'actions', 0], 'T'),
  ],
  ['a variable', (p) => renameVariable(p, 'TARGET', 'STAGE'), /TARGET/, (p) => renameVariable(p, 'STAGE', 'TARGET')],
];

describe.each(renames)('renaming %s', (what, rename, old, back) => {
  const change = rename(pipeline) as Change;
  const renamed = editDocument(text, 'json', change.edits);

  it('renames every reference to it in one step', () => {
    if (what !== 'a stage') expect(renamed).not.toMatch(old);
    expect(validate(parseDocument(renamed, 'json').pipeline!)).toEqual(validate(pipeline));
  });

  it('says of the declaration what it makes of the text', () => {
    expect(applyEdits(pipeline, change.edits)).toEqual(parseDocument(renamed, 'json').pipeline);
  });

  it('gives every byte back when it is renamed back', () => {
    const again = back(parseDocument(renamed, 'json').pipeline!) as Change;
    expect(editDocument(renamed, 'json', again.edits)).toBe(text);
  });
});

describe('renaming', () => {
  it.each<[string, Rename]>([
    ['a stage', (p) => renameStage(p, p.stages[0]!, 'Deploy')],
    ['an action', (p) => renameAction(p, 'Build', 'Test', 'Lint')],
    ['an artifact', (p) => renameArtifact(p, 'app', 'dist')],
    ['a namespace', (p) => renameNamespace(p, ['stages', 1, 'actions', 0], 'Src')],
    ['a variable', (p) => renameVariable({ ...p, variables: [{ name: 'A' }, { name: 'B' }] }, 'A', 'B')],
  ])('%s to a name that is taken is refused', (_what, rename) => {
    expect(rename(pipeline)).toHaveProperty('refused');
  });

  it.each<[string, Rename]>([
    ['a stage', (p) => renameStage(p, p.stages[0]!, '')],
    ['an action', (p) => renameAction(p, 'Build', 'Test', '')],
    ['an artifact', (p) => renameArtifact(p, 'app', '')],
    ['a variable', (p) => renameVariable(p, 'TARGET', '')],
  ])('%s to nothing is refused', (_what, rename) => {
    expect(rename(pipeline)).toHaveProperty('refused');
  });

  it('to the same name makes no step', () => {
    expect(renameStage(pipeline, pipeline.stages[0]!, 'Source')).toMatchObject({ edits: [] });
    expect(renameNamespace(pipeline, ['stages', 1, 'actions', 0], 'T')).toMatchObject({ edits: [] });
  });

  it('a namespace that two actions have leaves the references to the other', () => {
    const twice = completePipeline();
    twice.stages[1]!.actions[1]!.namespace = 'T';
    const change = renameNamespace(twice, ['stages', 1, 'actions', 1], 'Lint') as Change;
    expect(change.edits).toEqual([{ path: ['stages', 1, 'actions', 1, 'namespace'], value: 'Lint' }]);
  });

  it('a namespace to nothing clears it and leaves the references, which are problems then', () => {
    const change = renameNamespace(pipeline, ['stages', 1, 'actions', 0], '') as Change;
    expect(change.edits).toHaveLength(1);
    expect(validate(applyEdits(pipeline, change.edits)).length).toBeGreaterThan(0);
  });
});

describe('a text whose references are written anew', () => {
  it('keeps what is between them', () => {
    const upper = rewriteText('a #{x.y} b #{x.z}#{q.r} c', ({ namespace, key }) =>
      namespace === 'x' ? `#{X.${key}}` : undefined,
    );
    expect(upper).toBe('a #{X.y} b #{X.z}#{q.r} c');
  });

  it('is the same when nothing is written', () => {
    expect(rewriteText('#{a.b} #{broken', () => undefined)).toBe('#{a.b} #{broken');
  });
});

describe('a unique name', () => {
  it.each([
    ['Build', [], 'Build'],
    ['Build', ['Build'], 'Build2'],
    ['Build2', ['Build', 'Build2'], 'Build3'],
    ['x'.repeat(100), ['x'.repeat(100)], `${'x'.repeat(99)}2`],
  ])('from %j beside %j is %j', (wanted, taken, name) => {
    expect(uniqueName(wanted, taken)).toBe(name);
  });
});
