import { describe, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { action, approvals, codeBuild, configure, put } from '../testing/brokenPipeline.ts';
import { deploy, expectLegal, type Legal, source } from '../testing/legalPipeline.ts';

/* The nearest pipelines that AWS takes: for each rule what stands just inside its border, so that no rule cries wolf. */

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const last = (p: PipelineDeclaration) => p.stages[2]!.actions;

const actions: Legal[] = [
  [
    'A-001',
    'a type of the account',
    (p) =>
      build(p).push(
        codeBuild('Own', { actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Newest', version: '9' } }),
      ),
  ],
  [
    'A-003',
    'as many inputs as CodeBuild takes',
    (p) => {
      p.stages[0]!.actions.push(...['b', 'c', 'd', 'e'].map((name) => source(name, name)));
      put(p, 'Build/Lint', { inputArtifacts: ['app', 'b', 'c', 'd', 'e'].map((name) => ({ name })) });
      configure(p, 'Build/Lint', { PrimarySource: 'app' });
    },
  ],
  [
    'A-003',
    'no input where none is needed',
    (p) =>
      last(p).push({
        ...deploy('CloudFormation', {
          ActionMode: 'DELETE_ONLY',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
        }),
        inputArtifacts: [],
      }),
  ],
  [
    'A-004',
    'as many outputs as CodeBuild makes',
    (p) => put(p, 'Build/Lint', { outputArtifacts: ['o1', 'o2', 'o3', 'o4', 'o5'].map((name) => ({ name })) }),
  ],
  ['A-004', 'outputs that nobody takes', (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'report' }] })],
  [
    'A-005',
    'outputs whose names differ in case only',
    (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'Dist' }] }),
  ],
  [
    'A-006',
    'an input of a lower runOrder of the same stage',
    (p) => put(p, 'Build/Lint', { runOrder: 2, inputArtifacts: [{ name: 'dist' }] }),
  ],
  ['A-006', 'an input of a stage long before', (p) => put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'app' }] })],
  ['A-006', 'one output as input of several actions', (p) => build(p).push(codeBuild('Audit'), codeBuild('Scan'))],
  [
    'A-007',
    'two inputs',
    (p) => {
      put(p, 'Build/Lint', { runOrder: 2, inputArtifacts: [{ name: 'app' }, { name: 'dist' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'dist' });
    },
  ],
  [
    'A-008',
    'a configuration of required keys only',
    (p) => put(p, 'Build/Lint', { configuration: { ProjectName: 'p' } }),
  ],
  ['A-008', 'no configuration where no key is required', (p) => put(p, 'Deploy/Approve', { configuration: undefined })],
  ['A-008', 'no configuration of Commands', (p) => put(p, 'Build/Test', { configuration: {} })],
  [
    'A-009',
    'any key of a type of the account',
    (p) =>
      build(p).push(
        codeBuild('Own', {
          actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Ours', version: '1' },
          configuration: { 'a b': 'c' },
        }),
      ),
  ],
  [
    'A-009',
    'any key of a partner',
    (p) =>
      build(p).push(
        codeBuild('Load', {
          actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'BlazeMeter', version: '1' },
          configuration: { x: 'y' },
        }),
      ),
  ],
  [
    'A-010',
    'booleans in other letters, as older samples write them',
    (p) => configure(p, 'Source/App', { DetectChanges: 'False' }),
  ],
  [
    'A-010',
    'each value of a choice',
    (p) => {
      configure(p, 'Source/App', { OutputArtifactFormat: 'CODEBUILD_CLONE_REF' });
      // Only CodeBuild reads such a reference.
      const { outputArtifacts, namespace } = action(p, 'Build/Test');
      build(p)[0] = codeBuild('Test', { outputArtifacts: [{ name: outputArtifacts![0]!.name }], namespace });
    },
  ],
  [
    'A-010',
    'several values of a list',
    (p) =>
      last(p).push(
        deploy('CloudFormation', {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'dist::t.yaml',
          Capabilities: 'CAPABILITY_IAM,CAPABILITY_AUTO_EXPAND',
        }),
      ),
  ],
  [
    'A-010',
    'a number within its range',
    (p) => last(p).push(deploy('ECS', { ClusterName: 'c', ServiceName: 's', DeploymentTimeout: '1' })),
  ],
  [
    'A-016',
    'references with every character that names have',
    (p) => {
      put(p, 'Build/Lint', { namespace: 'a@b-c_9' });
      configure(p, 'Deploy/Approve', { CustomData: '#{a@b-c_9.K@e-y_1}' });
    },
  ],
  [
    'A-016',
    'a lone number sign, and one before other braces',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '# {x} #x $y {#z} }' }),
  ],
  [
    'A-016',
    'shell expansions in commands',
    (p) => (action(p, 'Build/Test').commands = ['echo $# $(date) {a,b} #comment']),
  ],
  [
    'A-017',
    'the execution’s own id',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{codepipeline.PipelineExecutionId}' }),
  ],
  [
    'A-017',
    'the execution’s own id in a source action',
    (p) => configure(p, 'Source/App', { BranchName: 'b-#{codepipeline.PipelineExecutionId}' }),
  ],
  [
    'A-018',
    'a variable of a lower runOrder of the same stage',
    (p) => {
      put(p, 'Build/Lint', { runOrder: 2 });
      configure(p, 'Build/Lint', { ProjectName: '#{T.VERSION}' });
    },
  ],
  [
    'A-018',
    'two references in one value',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T.VERSION}#{Src.CommitId}' }),
  ],
  [
    'A-018',
    'a reference in an environment variable',
    (p) => put(p, 'Build/Test', { environmentVariables: [{ name: 'A', value: '#{Src.CommitId}' }] }),
  ],
  [
    'A-019',
    'a declared variable without default',
    (p) => {
      p.variables!.push({ name: 'ASKED' });
      configure(p, 'Deploy/Approve', { CustomData: '#{variables.ASKED}' });
    },
  ],
  ['A-023', 'fifty commands', (p) => (action(p, 'Build/Test').commands = Array.from({ length: 50 }, () => 'true'))],
  [
    'A-026',
    'files of a Commands output',
    (p) => (action(p, 'Build/Test').outputArtifacts = [{ name: 'dist', files: ['a', 'b/**'] }]),
  ],
  [
    'A-027',
    'environment variables of EKS',
    (p) =>
      last(p).push({
        ...deploy('EKS', { ClusterName: 'c', ManifestFiles: 'm.yaml' }),
        environmentVariables: [{ name: 'A', value: 'b', type: 'PLAINTEXT' }],
      }),
  ],
  [
    'A-028',
    'a secret of Commands',
    (p) => put(p, 'Build/Test', { environmentVariables: [{ name: 'A', value: 'secret', type: 'SECRETS_MANAGER' }] }),
  ],
  [
    'A-029',
    'the shortest and the longest timeout of an approval',
    (p) => {
      put(p, 'Deploy/Approve', { timeoutInMinutes: 5 });
      last(p).push({ ...approvals(1)[0]!, timeoutInMinutes: 86_400 });
    },
  ],
  ['A-030', 'a Commands action in a pipeline without a type', (p) => delete p.pipelineType],
  [
    'A-031',
    'no primary source of a single input',
    (p) => put(p, 'Build/Lint', { configuration: { ProjectName: 'p' } }),
  ],
  ['A-031', 'a primary source of a single input', (p) => configure(p, 'Build/Lint', { PrimarySource: 'app' })],
  ['A-032', 'no environment variables', (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[]' })],
  [
    'A-032',
    'environment variables of every type',
    (p) =>
      configure(p, 'Build/Lint', {
        EnvironmentVariables:
          '[{"name":"A","value":"","type":"PLAINTEXT"},{"name":"B","value":"/b","type":"PARAMETER_STORE"},{"name":"C","value":"c:d","type":"SECRETS_MANAGER"}]',
      }),
  ],
  [
    'A-032',
    'environment variables with members that AWS ignores',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"A","value":"b","note":"x"}]' }),
  ],
  [
    'A-033',
    'combined artifacts of a batch',
    (p) => configure(p, 'Build/Lint', { BatchEnabled: 'true', CombineArtifacts: 'true' }),
  ],
  [
    'A-034',
    'a change set executed without template and role',
    (p) =>
      last(p).push({
        ...deploy('CloudFormation', { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 's', ChangeSetName: 'c' }),
        inputArtifacts: [],
      }),
  ],
  [
    'A-035',
    'a path that has colons of its own',
    (p) =>
      last(p).push(
        deploy('CloudFormation', {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: 'dist::a::b.yaml',
        }),
      ),
  ],
  [
    'A-035',
    'a path that a variable names',
    (p) =>
      last(p).push(
        deploy('CloudFormation', {
          ActionMode: 'CREATE_UPDATE',
          StackName: 's',
          RoleArn: 'arn:aws:iam::111122223333:role/r',
          TemplatePath: '#{Src.BranchName}::t.yaml',
        }),
      ),
  ],
  [
    'A-041',
    'an input file of a state machine',
    (p) =>
      last(p).push({
        ...deploy('StepFunctions', {
          StateMachineArn: 'arn:aws:states:eu-west-1:111122223333:stateMachine:m',
          InputType: 'FilePath',
          Input: 'in.json',
        }),
        actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'StepFunctions', version: '1' },
      }),
  ],
  [
    'A-042',
    'extracted files without an object key',
    (p) => put(p, 'Deploy/Upload', { configuration: { BucketName: 'b', Extract: 'true' } }),
  ],
  [
    'A-042',
    'a zip with an object key',
    (p) => put(p, 'Deploy/Upload', { configuration: { BucketName: 'b', Extract: 'false', ObjectKey: 'k' } }),
  ],
];

describe('what AWS takes: actions', () => {
  test.each(actions)('%s: %s', (...legal) => expectLegal(legal));
});
