import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, check, configure, put, rule } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { deploy } from '../../testing/legalPipeline.ts';
import { actionFixers } from './actionFixes.ts';
import { configurationFixers } from './configurationFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const last = (p: PipelineDeclaration) => p.stages[2]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');
const variableCheck = (p: PipelineDeclaration, members: Record<string, string> = {}) =>
  Object.assign(rule(p), {
    ruleTypeId: check,
    configuration: { Variable: '#{T.VERSION}', Value: '1', Operator: 'EQ', ...members },
  });

const cases: FixCase[] = [
  {
    code: 'configuration.missing',
    kind: 'add-key',
    breaks: (p) => {
      put(p, 'Build/Lint', { runOrder: 2, inputArtifacts: [{ name: 'app' }, { name: 'dist' }] });
    },
    gives: (p) => lint(p).configuration!.PrimarySource,
    expected: 'app',
    title: 'Set PrimarySource to app',
  },
  {
    code: 'configuration.missing',
    kind: 'add-key',
    breaks: (p) =>
      last(p).push(
        deploy('CloudFormation', {
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'dist::t.yaml',
        }),
      ),
    gives: (p) => last(p)[2]!.configuration!.ActionMode,
    expected: 'CREATE_UPDATE',
  },
  {
    code: 'configuration.unknown-key',
    kind: 'rename-key',
    breaks: (p) => (lint(p).configuration = { projectname: 'x' }),
    gives: (p) => lint(p).configuration,
    expected: { ProjectName: 'x' },
  },
  {
    code: 'configuration.unknown-key',
    kind: 'remove-key',
    breaks: (p) => configure(p, 'Build/Lint', { Nonsense: 'x' }),
    gives: (p) => lint(p).configuration!.Nonsense,
    expected: undefined,
  },
  {
    code: 'configuration.not-allowed',
    kind: 'nearest-value',
    breaks: (p) => configure(p, 'Deploy/Upload', { Extract: 'yes' }),
    gives: (p) => upload(p).configuration!.Extract,
    expected: 'true',
  },
  {
    code: 'configuration.not-allowed',
    kind: 'nearest-value',
    breaks: (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'CODEZIP' }),
    gives: (p) => action(p, 'Source/App').configuration!.OutputArtifactFormat,
    expected: 'CODE_ZIP',
  },
  {
    code: 'configuration.not-allowed',
    kind: 'default-value',
    breaks: (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'tarball' }),
    gives: (p) => action(p, 'Source/App').configuration!.OutputArtifactFormat,
    expected: 'CODE_ZIP',
  },
  {
    code: 'configuration.not-allowed',
    kind: 'nearest-value',
    breaks: (p) =>
      last(p).push(
        deploy('CloudFormation', {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'dist::t.yaml',
          Capabilities: 'CAPABILITY_IAN, CAPABILITY_AUTO_EXPAND',
        }),
      ),
    gives: (p) => last(p)[2]!.configuration!.Capabilities,
    expected: 'CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND',
  },
  {
    code: 'configuration.json',
    kind: 'mend-json',
    breaks: (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '{"A":"x","B":2}' }),
    gives: (p) => lint(p).configuration!.EnvironmentVariables,
    expected: '[{"name":"A","value":"x"},{"name":"B","value":"2"}]',
  },
  {
    code: 'configuration.json',
    kind: 'mend-json',
    breaks: (p) =>
      configure(p, 'Build/Lint', { EnvironmentVariables: '[{"Name":"A","Value":true,"Type":"plaintext"}]' }),
    gives: (p) => lint(p).configuration!.EnvironmentVariables,
    expected: '[{"name":"A","value":"true","type":"PLAINTEXT"}]',
  },
  {
    code: 'configuration.not-an-input',
    kind: 'connect',
    breaks: (p) => {
      lint(p).runOrder = 2;
      configure(p, 'Build/Lint', { PrimarySource: 'dist' });
    },
    gives: (p) => names(lint(p).inputArtifacts),
    expected: ['app', 'dist'],
  },
  {
    code: 'configuration.not-an-input',
    kind: 'take-artifact',
    breaks: (p) =>
      last(p).push(
        deploy('CloudFormation', {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'website::t.yaml',
        }),
      ),
    gives: (p) => last(p)[2]!.configuration!.TemplatePath,
    expected: 'dist::t.yaml',
  },
  {
    code: 'configuration.check',
    kind: 'switch-on',
    breaks: (p) => configure(p, 'Build/Lint', { CombineArtifacts: 'true' }),
    gives: (p) => lint(p).configuration!.BatchEnabled,
    expected: 'true',
  },
  {
    code: 'configuration.check',
    kind: 'into-range',
    breaks: (p) => last(p).push(deploy('ECS', { ClusterName: 'c', ServiceName: 's', DeploymentTimeout: '90' })),
    gives: (p) => last(p)[2]!.configuration!.DeploymentTimeout,
    expected: '60',
    title: 'Lower DeploymentTimeout to 60',
  },
  {
    code: 'action.field-not-taken',
    kind: 'remove-field',
    breaks: (p) => put(p, 'Build/Lint', { timeoutInMinutes: 9 }),
    gives: (p) => lint(p).timeoutInMinutes,
    expected: undefined,
  },
  {
    code: 'action.command-several-lines',
    kind: 'split-command',
    breaks: (p) => (build(p)[0]!.commands = ['npm ci\nnpm test \\\n  -- --ci', 'ls']),
    gives: (p) => build(p)[0]!.commands,
    expected: ['npm ci', 'npm test -- --ci', 'ls'],
    title: 'Split the command into 2',
  },
  {
    code: 'rule.missing',
    kind: 'add-key',
    breaks: (p) => {
      variableCheck(p);
      delete rule(p).configuration!.Operator;
    },
    gives: (p) => rule(p).configuration!.Operator,
    expected: 'EQ',
  },
  {
    code: 'rule.not-allowed',
    kind: 'nearest-value',
    breaks: (p) => variableCheck(p, { Operator: 'contain' }),
    gives: (p) => rule(p).configuration!.Operator,
    expected: 'CONTAINS',
  },
  {
    code: 'rule.unknown-key',
    kind: 'rename-key',
    breaks: (p) => {
      rule(p).configuration = { Cron: '* * 9-17 ? * * *', Timezone: 'UTC' };
    },
    gives: (p) => rule(p).configuration!.TimeZone,
    expected: 'UTC',
  },
  {
    code: 'action.secret-not-taken',
    kind: 'plain-text',
    breaks: (p) =>
      last(p).push({
        ...deploy('EKS', { ClusterName: 'c', ManifestFiles: 'm.yaml' }),
        environmentVariables: [{ name: 'A', value: 's', type: 'SECRETS_MANAGER' }],
      }),
    gives: (p) => last(p)[2]!.environmentVariables,
    expected: [{ name: 'A', value: 's', type: 'PLAINTEXT' }],
  },
  {
    code: 'rule.command-several-lines',
    kind: 'split-command',
    breaks: (p) => {
      const ruleTypeId = { ...check, provider: 'Commands' };
      Object.assign(rule(p), {
        ruleTypeId,
        configuration: undefined,
        commands: ['ls\nsh check.sh'],
        inputArtifacts: [{ name: 'app' }],
      });
    },
    gives: (p) => rule(p).commands,
    expected: ['ls', 'sh check.sh'],
  },
  {
    code: 'action-type.unknown',
    kind: 'known-type',
    breaks: (p) => (lint(p).actionTypeId.provider = 'CodeBuilt'),
    gives: (p) => lint(p).actionTypeId.provider,
    expected: 'CodeBuild',
  },
  {
    code: 'action-type.unknown',
    kind: 'known-type',
    breaks: (p) => (lint(p).actionTypeId.version = '2'),
    gives: (p) => lint(p).actionTypeId.version,
    expected: '1',
    title: 'Change version to 1',
  },
];

describe('a quick fix of a configuration', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect(
      [...Object.keys(configurationFixers), ...Object.keys(actionFixers)].filter((code) => !tried.has(code)),
    ).toEqual([]);
  });
});
