import { describe, expect, it } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { editDocument, parseDocument } from '../../../shared/model/documentText.ts';
import type { Change } from '../../../shared/model/edits/change.ts';
import { renameAction, renameArtifact, renameStage, renameVariable } from '../../../shared/model/edits/renames.ts';
import { sidecarRename } from '../../../shared/model/edits/sidecarRenames.ts';
import { emptySidecar } from '../../../shared/model/sidecar.ts';
import {
  addOutput,
  connectInput,
  disconnectInput,
  removeOutput,
  setActionField,
  setConfiguration,
} from './actionEdits.ts';
import { availableArtifacts } from './available.ts';
import { setVariables } from './pipelineEdits.ts';

const action = (name: string, provider: string, rest: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: {
    category: provider === 'S3' ? 'Source' : 'Build',
    owner: 'AWS',
    provider,
    version: '1',
  },
  ...rest,
});
const pipeline: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/p',
  pipelineType: 'V2',
  variables: [{ name: 'TARGET', defaultValue: 'beta' }],
  stages: [
    {
      name: 'Source',
      actions: [action('App', 'S3', { namespace: 'AppVars', outputArtifacts: [{ name: 'SourceOut' }] })],
    },
    {
      name: 'Build',
      actions: [
        action('Compile', 'CodeBuild', {
          inputArtifacts: [{ name: 'SourceOut' }],
          outputArtifacts: [{ name: 'CompileOut' }],
          configuration: { ProjectName: 'shop', PrimarySource: 'SourceOut' },
        }),
        action('Package', 'CodeBuild', {
          runOrder: 2,
          inputArtifacts: [{ name: 'CompileOut' }, { name: 'SourceOut' }],
          configuration: { ProjectName: 'shop', TemplatePath: 'SourceOut::template.yml' },
        }),
      ],
    },
  ],
  triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'App' } }],
};
const text = JSON.stringify({ pipeline }, null, 2);
const compile = pipeline.stages[1]!.actions[0]!;
const compilePath = ['stages', 1, 'actions', 0];

/** The declaration after the change was made in the text. */
function outcome(change: Change | { refused: string }): PipelineDeclaration {
  if ('refused' in change) throw new Error(change.refused);
  return parseDocument(editDocument(text, 'json', change.edits), 'json').pipeline!;
}

describe('a committed field', () => {
  it('sets a configuration key and nothing else', () => {
    const changed = outcome(setConfiguration(compile, compilePath, 'ProjectName', 'web'));
    expect(changed.stages[1]?.actions[0]?.configuration).toEqual({ ProjectName: 'web', PrimarySource: 'SourceOut' });
    expect({ ...changed, stages: [] }).toEqual({ ...pipeline, stages: [] });
  });

  it('that was not changed makes no step', () => {
    expect(setConfiguration(compile, compilePath, 'ProjectName', 'shop').edits).toEqual([]);
    expect(setConfiguration(compile, compilePath, 'BatchEnabled', '').edits).toEqual([]);
    expect(setActionField(compile, compilePath, 'region', '').edits).toEqual([]);
  });

  it('that was emptied goes away, and with its last key the configuration', () => {
    const one = { ...compile, configuration: { ProjectName: 'shop' } };
    expect(setConfiguration(one, compilePath, 'ProjectName', '').edits).toEqual([
      { path: [...compilePath, 'configuration'], value: undefined },
    ]);
    expect(
      Object.keys(
        outcome(setConfiguration(compile, compilePath, 'PrimarySource', '')).stages[1]!.actions[0]!.configuration!,
      ),
    ).toEqual(['ProjectName']);
  });

  it('makes the configuration where the action has none', () => {
    const bare = action('Lint', 'CodeBuild');
    expect(setConfiguration(bare, ['stages', 1, 'actions', 9], 'ProjectName', 'x').edits).toEqual([
      { path: ['stages', 1, 'actions', 9, 'configuration'], value: { ProjectName: 'x' } },
    ]);
  });

  it('XS-15 may have the name of an inherited member', () => {
    const change = setConfiguration(compile, compilePath, 'constructor', 'x');
    expect(outcome(change).stages[1]?.actions[0]?.configuration).toMatchObject({ constructor: 'x' });
  });
});

describe('renaming', () => {
  it('an artifact renames every use of it', () => {
    const changed = outcome(renameArtifact(pipeline, 'SourceOut', 'Code'));
    expect(changed.stages[0]?.actions[0]?.outputArtifacts).toEqual([{ name: 'Code' }]);
    expect(changed.stages[1]?.actions[0]?.inputArtifacts).toEqual([{ name: 'Code' }]);
    expect(changed.stages[1]?.actions[0]?.configuration?.PrimarySource).toBe('Code');
    expect(changed.stages[1]?.actions[1]?.inputArtifacts).toEqual([{ name: 'CompileOut' }, { name: 'Code' }]);
    expect(changed.stages[1]?.actions[1]?.configuration?.TemplatePath).toBe('Code::template.yml');
  });

  it('an artifact to a name that is taken is refused', () => {
    expect(renameArtifact(pipeline, 'SourceOut', 'CompileOut')).toEqual({
      refused: 'There already is an artifact "CompileOut".',
    });
  });

  it('a source action takes its trigger along and stays selected', () => {
    const change = renameAction(pipeline, 'Source', 'App', 'Web');
    expect(change).toMatchObject({ selection: 'Source/Web' });
    expect(outcome(change).triggers?.[0]?.gitConfiguration.sourceActionName).toBe('Web');
  });

  it('an action to the name of a neighbour is refused', () => {
    expect(renameAction(pipeline, 'Build', 'Compile', 'Package')).toHaveProperty('refused');
    expect(renameStage(pipeline, pipeline.stages[0]!, 'Build')).toHaveProperty('refused');
  });

  it('a stage takes the local stand-ins of its actions along', () => {
    const sidecar = { ...emptySidecar(), bindings: { 'Source/App': { kind: 'folder' as const, path: '.' } } };
    expect(sidecarRename('Source', 'Fetch')(sidecar).bindings).toEqual({ 'Fetch/App': { kind: 'folder', path: '.' } });
    expect(sidecarRename('Sour', 'Fetch')(sidecar)).toBe(sidecar);
  });
});

describe('artifacts', () => {
  it('are offered only from actions that have run before', () => {
    expect(availableArtifacts(pipeline, 'Build', 1).map(({ name }) => name)).toEqual(['SourceOut']);
    expect(availableArtifacts(pipeline, 'Build', 2).map(({ name }) => name)).toEqual(['SourceOut', 'CompileOut']);
    expect(availableArtifacts(pipeline, 'Source', 1)).toEqual([]);
  });

  it('are connected once and disconnected', () => {
    expect(outcome(connectInput(compile, compilePath, 'Extra')).stages[1]?.actions[0]?.inputArtifacts).toEqual([
      { name: 'SourceOut' },
      { name: 'Extra' },
    ]);
    expect(connectInput(compile, compilePath, 'SourceOut').edits).toEqual([]);
    expect(outcome(disconnectInput(compile, compilePath, 'SourceOut')).stages[1]?.actions[0]?.inputArtifacts).toEqual(
      [],
    );
  });

  it('that are added get a name that nothing else has', () => {
    const named = action('Compile', 'CodeBuild', { outputArtifacts: [{ name: 'CompileOutput' }] });
    const taken = { ...pipeline, stages: [{ name: 'S', actions: [named] }] };
    expect(addOutput(taken, named, ['stages', 0, 'actions', 0]).edits[0]?.value).toEqual([
      { name: 'CompileOutput' },
      { name: 'CompileOutput2' },
    ]);
    expect(removeOutput(named, ['stages', 0, 'actions', 0], 'CompileOutput').edits[0]?.value).toBeUndefined();
  });
});

describe('variables', () => {
  it('of the pipeline lose empty members and unnamed rows', () => {
    const change = setVariables(pipeline, [{ name: 'A', defaultValue: '', description: '' }, { name: '' }]);
    expect(outcome(change).variables).toEqual([{ name: 'A' }]);
    expect(outcome(setVariables(pipeline, [])).variables).toBeUndefined();
  });

  it('of the pipeline that are renamed take their references along', () => {
    const used = setConfiguration(compile, compilePath, 'ProjectName', 'shop-#{variables.TARGET}');
    const using = outcome(used);
    const change = renameVariable(using, 'TARGET', 'STAGE') as Change;
    const after = editDocument(editDocument(text, 'json', used.edits), 'json', change.edits);
    expect(change.label).toBe('Rename variable TARGET to STAGE');
    expect(after).toContain('shop-#{variables.STAGE}');
    expect(after).not.toContain('TARGET');
  });
});
