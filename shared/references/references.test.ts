import { describe, expect, it } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { applyEdits } from '../model/edits/applyEdits.ts';
import { renameArtifact, renameStage, renameVariable } from '../model/edits/renames.ts';
import { sidecarRename } from '../model/edits/sidecarRenames.ts';
import { emptySidecar } from '../model/sidecar.ts';
import { usesOfAction, usesOfArtifact, usesOfVariable } from './findUses.ts';
import { judgeReference, variableScope } from './variableScope.ts';

const aws = (category: 'Source' | 'Build' | 'Deploy', provider: string) =>
  ({ category, owner: 'AWS', provider, version: '1' }) as const;
const overrides =
  '{ "Bucket": {"Fn::GetArtifactAtt": ["Dist", "BucketName"]}, "Dist": "Dist",\n  "Tag": {"Fn::GetParam" : ["Dist","a.json","t"]} }';

const pipeline: PipelineDeclaration = {
  name: 'shop',
  roleArn: 'arn:aws:iam::111122223333:role/p',
  pipelineType: 'V2',
  variables: [{ name: 'TARGET', defaultValue: 'beta' }],
  stages: [
    {
      name: 'Source',
      actions: [
        {
          name: 'App',
          actionTypeId: aws('Source', 'CodeCommit'),
          namespace: 'Src',
          outputArtifacts: [{ name: 'App' }],
          configuration: { RepositoryName: 'app', BranchName: 'main' },
        },
      ],
    },
    {
      name: 'Build',
      actions: [
        {
          name: 'Compile',
          actionTypeId: aws('Build', 'CodeBuild'),
          namespace: 'Made',
          configuration: {
            ProjectName: 'shop-#{Src.CommitId}',
            BuildspecOverride:
              'version: 0.2\nenv:\n  exported-variables: [TAG]\nphases:\n  build:\n    commands: [make]\n',
          },
          inputArtifacts: [{ name: 'App' }],
          outputArtifacts: [{ name: 'Dist' }],
        },
        {
          name: 'Lint',
          actionTypeId: aws('Build', 'CodeBuild'),
          namespace: 'Lint',
          configuration: { ProjectName: 'lint' },
          inputArtifacts: [{ name: 'App' }],
        },
      ],
    },
    {
      name: 'Deploy',
      actions: [
        {
          name: 'Stack',
          actionTypeId: aws('Deploy', 'CloudFormation'),
          configuration: {
            TemplatePath: 'Dist::t.yml',
            ParameterOverrides: overrides,
            StackName: '#{variables.TARGET}',
          },
          inputArtifacts: [{ name: 'Dist' }],
        },
        {
          name: 'Ecs',
          actionTypeId: aws('Deploy', 'CodeDeployToECS'),
          configuration: { AppSpecTemplateArtifact: 'Dist', TaskDefinitionTemplateArtifact: 'App' },
          inputArtifacts: [{ name: 'Dist' }, { name: 'App' }],
        },
      ],
      beforeEntry: {
        conditions: [
          {
            result: 'FAIL',
            rules: [
              {
                name: 'Tagged',
                ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' },
                configuration: { Variable: '#{Made.TAG}', Value: '#{Made.OTHER}', Operator: 'EQ' },
              },
            ],
          },
        ],
      },
    },
  ],
  triggers: [{ providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'App' } }],
};

describe('what uses a name', () => {
  it('of an artifact is every input and every configuration that names it, functions of CloudFormation too', () => {
    expect(usesOfArtifact(pipeline, 'Dist').map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'Deploy/Stack: input artifact',
      'Deploy/Stack: TemplatePath',
      'Deploy/Stack: ParameterOverrides',
      'Deploy/Ecs: input artifact',
      'Deploy/Ecs: AppSpecTemplateArtifact',
    ]);
  });

  it('of a namespace is every text that refers to it, rules of conditions too', () => {
    expect(usesOfVariable(pipeline, 'Made').map(({ where, what }) => `${where}: ${what}`)).toEqual([
      'Deploy: rule Tagged, Variable',
      'Deploy: rule Tagged, Value',
    ]);
    expect(usesOfVariable(pipeline, 'Made', 'TAG')).toHaveLength(1);
  });

  it('of a source action is its trigger, and an action of a later stage has none', () => {
    expect(usesOfAction(pipeline, 'Source', 'App')).toMatchObject([{ where: '', what: 'trigger 1' }]);
    expect(usesOfAction(pipeline, 'Build', 'App')).toEqual([]);
  });
});

describe('renaming', () => {
  const after = (change: ReturnType<typeof renameArtifact>) =>
    'refused' in change ? change : applyEdits(pipeline, change.edits);

  it('an artifact changes its name inside a JSON text and leaves every other character of it', () => {
    const renamed = after(renameArtifact(pipeline, 'Dist', 'Site')) as PipelineDeclaration;
    expect(renamed.stages[2]?.actions[0]?.configuration).toMatchObject({
      TemplatePath: 'Site::t.yml',
      ParameterOverrides: overrides.replaceAll('["Dist"', '["Site"'),
    });
    expect(renamed.stages[2]?.actions[1]?.configuration).toEqual({
      AppSpecTemplateArtifact: 'Site',
      TaskDefinitionTemplateArtifact: 'App',
    });
  });

  it('one of two artifacts of the same name leaves what takes it to the other', () => {
    const twice = structuredClone(pipeline);
    twice.stages[1]!.actions[1]!.outputArtifacts = [{ name: 'Dist' }];
    const path = ['stages', 1, 'actions', 1];
    expect(renameArtifact(twice, 'Dist', 'LintOut', path)).toMatchObject({
      edits: [{ path: [...path, 'outputArtifacts', 0, 'name'], value: 'LintOut' }],
    });
  });

  it('takes along what the sidecar keeps: bindings, notes, breakpoints, scripted artifacts, answers', () => {
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Build/Compile': { kind: 'simulation' as const, outputArtifacts: { Dist: 'dist' } } },
      notes: { 'Build/Compile': 'slow' },
      breakpoints: { 'Build/Compile': 'before' as const },
      variables: { TARGET: 'prod' },
    };
    const moved = renameStage(pipeline, pipeline.stages[1]!, 'Make');
    expect('sidecar' in moved && moved.sidecar?.(sidecar)).toMatchObject({
      bindings: { 'Make/Compile': {} },
      notes: { 'Make/Compile': 'slow' },
      breakpoints: { 'Make/Compile': 'before' },
    });
    const artifact = renameArtifact(pipeline, 'Dist', 'Site');
    expect('sidecar' in artifact && artifact.sidecar?.(sidecar).bindings).toEqual({
      'Build/Compile': { kind: 'simulation', outputArtifacts: { Site: 'dist' } },
    });
    const variable = renameVariable(pipeline, 'TARGET', 'STAGE');
    expect('sidecar' in variable && variable.sidecar?.(sidecar).variables).toEqual({ STAGE: 'prod' });
  });

  it('an action that is called like a kind of condition leaves the bindings of its rules', () => {
    const sidecar = {
      ...emptySidecar(),
      bindings: { 'Deploy/beforeEntry/Tagged': { kind: 'simulation' as const } },
    };
    expect(sidecarRename('Deploy/beforeEntry', 'Deploy/Other')(sidecar)).toBe(sidecar);
    expect(sidecarRename('Deploy', 'Ship')(sidecar).bindings).toHaveProperty(['Ship/beforeEntry/Tagged']);
  });
});

describe('the variables in sight', () => {
  const at = (stageName: string, actionName: string) => variableScope(pipeline, { stageName, actionName });
  const brief = (scope: ReturnType<typeof variableScope>) =>
    scope.map(({ namespace, reason }) => (reason ? `${namespace}: ${reason}` : namespace));

  it('are those of what ran before; of the others it is said why not', () => {
    expect(brief(at('Build', 'Compile'))).toEqual([
      'codepipeline',
      'variables',
      'Src',
      'Made: An action cannot use its own variables.',
      'Lint: Build/Lint runs side by side with it (run order 1).',
    ]);
    expect(brief(at('Source', 'App'))[1]).toBe('variables: A source action cannot use pipeline variables.');
  });

  it('of a rule before the entry are those of earlier stages, after success also of its own', () => {
    const namespaces = (set: 'beforeEntry' | 'onSuccess') =>
      brief(variableScope(pipeline, { stageName: 'Build', set })).filter((line) => !line.includes(':'));
    expect(namespaces('beforeEntry')).toEqual(['codepipeline', 'variables', 'Src']);
    expect(namespaces('onSuccess')).toEqual(['codepipeline', 'variables', 'Src', 'Made', 'Lint']);
  });

  it('name what an inline buildspec exports and what is used elsewhere', () => {
    const made = at('Deploy', 'Stack').find(({ namespace }) => namespace === 'Made');
    expect(made?.keys.map(({ key }) => key)).toEqual(['TAG', 'OTHER']);
    expect(made?.dynamic).toMatch(/exported-variables/);
  });

  it('are known, possible or not there', () => {
    const scope = at('Deploy', 'Stack');
    const state = (namespace: string, key: string) => judgeReference(scope, namespace, key).state;
    expect(state('Src', 'CommitId')).toBe('known');
    expect(state('Src', 'Nothing')).toBe('unknown');
    expect(state('Made', 'ANY')).toBe('dynamic');
    expect(judgeReference(scope, 'Gone', 'X').what).toBe('No action has the namespace "Gone".');
    expect(judgeReference(at('Build', 'Lint'), 'Made', 'TAG').what).toMatch(/side by side/);
  });
});
