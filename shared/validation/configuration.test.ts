import { describe, test } from 'vitest';
import { action, type Broken, configure, expectLocated, expectOnly, put } from '../testing/brokenPipeline.ts';

const cases: Broken[] = [
  {
    rule: 'A-008',
    says: 'required keys are there',
    code: 'configuration.missing',
    where: 'Build/Lint',
    field: 'ProjectName',
    breaks: (p) => {
      put(p, 'Build/Lint', { configuration: {} });
    },
  },
  {
    rule: 'A-008',
    says: 'keys that others make necessary are there',
    code: 'configuration.missing',
    where: 'Build/Lint',
    field: 'PrimarySource',
    breaks: (p) => {
      put(p, 'Build/Lint', { runOrder: 2, inputArtifacts: [{ name: 'app' }, { name: 'dist' }] });
    },
  },
  {
    rule: 'A-009',
    says: 'there are no unknown keys',
    code: 'configuration.unknown-key',
    where: 'Build/Lint',
    field: 'projectname',
    breaks: (p) => {
      configure(p, 'Build/Lint', { projectname: 'x' });
    },
  },
  {
    rule: 'A-010',
    says: 'booleans are true or false',
    code: 'configuration.not-allowed',
    where: 'Source/App',
    field: 'DetectChanges',
    breaks: (p) => {
      configure(p, 'Source/App', { DetectChanges: 'no' });
    },
  },
  {
    rule: 'A-010',
    says: 'a choice is one of its values',
    code: 'configuration.not-allowed',
    where: 'Source/App',
    field: 'OutputArtifactFormat',
    breaks: (p) => {
      configure(p, 'Source/App', { OutputArtifactFormat: 'TAR' });
    },
  },
  {
    rule: 'A-031',
    says: 'the primary source is an input',
    code: 'configuration.not-an-input',
    where: 'Build/Lint',
    field: 'PrimarySource',
    breaks: (p) => {
      configure(p, 'Build/Lint', { PrimarySource: 'gone' });
    },
  },
  {
    rule: 'A-032',
    says: 'environment variables are JSON',
    code: 'configuration.json',
    where: 'Build/Lint',
    field: 'EnvironmentVariables',
    breaks: (p) => {
      configure(p, 'Build/Lint', { EnvironmentVariables: 'A=b' });
    },
  },
  {
    rule: 'A-032',
    says: 'environment variables have names',
    code: 'configuration.json',
    where: 'Build/Lint',
    breaks: (p) => {
      configure(p, 'Build/Lint', { EnvironmentVariables: '[{"value":"x"}]' });
    },
  },
  {
    rule: 'A-035',
    says: 'a file is taken from an input',
    code: 'configuration.not-an-input',
    where: 'Deploy/Stack',
    field: 'TemplatePath',
    breaks: (p) => {
      p.stages[2]!.actions.push({
        name: 'Stack',
        actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
        configuration: {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'app::t.yaml',
        },
        inputArtifacts: [{ name: 'dist' }],
      });
    },
  },
  {
    rule: 'A-033',
    says: 'what a provider checks by itself is reported',
    code: 'configuration.check',
    where: 'Build/Lint',
    field: 'CombineArtifacts',
    breaks: (p) => {
      configure(p, 'Build/Lint', { CombineArtifacts: 'true' });
    },
  },

  {
    rule: 'A-023',
    says: 'only Commands takes commands',
    code: 'action.field-not-taken',
    where: 'Build/Lint',
    field: 'commands',
    breaks: (p) => {
      put(p, 'Build/Lint', { commands: ['true'] });
    },
  },
  {
    rule: 'A-024',
    says: 'Commands has commands',
    code: 'action.no-commands',
    where: 'Build/Test',
    field: 'commands',
    breaks: (p) => {
      delete action(p, 'Build/Test').commands;
    },
  },
  {
    rule: 'A-025',
    says: 'a command is one line',
    code: 'action.command-several-lines',
    where: 'Build/Test',
    field: 'commands.0',
    breaks: (p) => {
      action(p, 'Build/Test').commands![0] = 'a\nb';
    },
  },
  {
    rule: 'A-026',
    says: 'only Commands names the files of an output',
    code: 'action.field-not-taken',
    where: 'Build/Lint',
    field: 'outputArtifacts.0.files',
    breaks: (p) => {
      put(p, 'Build/Lint', { outputArtifacts: [{ name: 'x', files: ['**'] }] });
    },
  },
  {
    rule: 'A-027',
    says: 'only some types take environment variables',
    code: 'action.field-not-taken',
    where: 'Build/Lint',
    field: 'environmentVariables',
    breaks: (p) => {
      put(p, 'Build/Lint', { environmentVariables: [{ name: 'A', value: 'b' }] });
    },
  },
  {
    rule: 'A-028',
    says: 'only Commands reads secrets',
    code: 'action.secret-not-taken',
    where: 'Deploy/Cluster',
    field: 'environmentVariables.0.type',
    breaks: (p) => {
      p.stages[2]!.actions.push({
        name: 'Cluster',
        actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'EKS', version: '1' },
        configuration: { ClusterName: 'c', ManifestFiles: 'm.yaml' },
        inputArtifacts: [{ name: 'dist' }],
        environmentVariables: [{ name: 'A', value: 's', type: 'SECRETS_MANAGER' }],
      });
    },
  },
  {
    rule: 'A-029',
    says: 'only approvals take a timeout',
    code: 'action.field-not-taken',
    where: 'Build/Lint',
    field: 'timeoutInMinutes',
    breaks: (p) => {
      put(p, 'Build/Lint', { timeoutInMinutes: 5 });
    },
  },
];

describe('the configuration of an action', () => {
  test.each(cases)('$rule: $says ($code)', (broken) => expectOnly(broken));

  test.each(cases)('$rule: $says: found in the text ($code)', (broken) => expectLocated(broken));
});
