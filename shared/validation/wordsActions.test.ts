import { describe, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { action, codeBuild, configure, put } from '../testing/brokenPipeline.ts';
import { deploy } from '../testing/legalPipeline.ts';
import { expectSaid, type Said } from '../testing/saidOf.ts';

/* What a person reads: each variant names the culprit, and its remedy offers what is at hand. */

const last = (p: PipelineDeclaration) => p.stages[2]!.actions;
const stack = (configuration: Record<string, string>) =>
  deploy('CloudFormation', {
    ActionMode: 'CREATE_UPDATE',
    StackName: 's',
    RoleArn: 'arn:aws:iam::111122223333:role/r',
    TemplatePath: 'dist::t.yaml',
    ...configuration,
  });

const configuration: Said[] = [
  [
    'A-001',
    'an old spelling',
    (p) =>
      p.stages[1]!.actions.push(
        codeBuild('Old', { actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuilder', version: '1' } }),
      ),
    'Penstock does not know the action type Build/AWS/CodeBuilder/1, so it cannot check this action.',
    'Check category, owner, provider and version. If AWS has it, the pipeline can be pushed as it is.',
  ],
  [
    'W-003',
    'a service that has ended',
    (p) => last(p).push(deploy('OpsWorks', { Stack: 's', App: 'a' })),
    'The service behind "AWS OpsWorks Stacks" has ended.',
    'Replace the action.',
  ],
  [
    'A-008',
    'a key with an example',
    (p) => put(p, 'Build/Lint', { configuration: {} }),
    '"ProjectName" is missing; AWS CodeBuild needs it.',
    'Enter it, for example my-project.',
  ],
  [
    'A-008',
    'a key without an example',
    (p) => last(p).push(stack({ ActionMode: 'CHANGE_SET_EXECUTE' })),
    '"ChangeSetName" is missing; AWS CloudFormation needs it here.',
    'Enter it, for example release.',
  ],
  [
    'A-034',
    'a template of a stack',
    (p) => last(p).push(deploy('CloudFormation', { ActionMode: 'CREATE_UPDATE', StackName: 's', RoleArn: 'r' })),
    '"TemplatePath" is missing; AWS CloudFormation needs it here.',
    'Enter it, for example BuildOutput::template.yaml.',
  ],
  [
    'A-034',
    'a role to delete a stack',
    (p) =>
      last(p).push({ ...deploy('CloudFormation', { ActionMode: 'DELETE_ONLY', StackName: 's' }), inputArtifacts: [] }),
    '"RoleArn" is missing; AWS CloudFormation needs it here.',
    'Enter it, for example arn:aws:iam::111122223333:role/….',
  ],
  [
    'A-042',
    'a key of a zip',
    (p) => put(p, 'Deploy/Upload', { configuration: { BucketName: 'b', Extract: 'false' } }),
    '"ObjectKey" is missing; Amazon S3 deploy needs it here.',
    'Enter it, for example releases/{datetime}.',
  ],
  [
    'A-009',
    'a key in other letters',
    (p) => configure(p, 'Build/Lint', { projectName: 'x' }),
    'AWS CodeBuild has no configuration key "projectName".',
    'Write "ProjectName".',
  ],
  [
    'A-009',
    'a key of another type',
    (p) => configure(p, 'Deploy/Approve', { BucketName: 'x' }),
    'Manual approval has no configuration key "BucketName".',
    'Remove it. Known keys are "NotificationArn", "ExternalEntityLink" and "CustomData".',
  ],
  [
    'A-009',
    'a key of a long name',
    (p) => configure(p, 'Deploy/Approve', { ['k'.repeat(50)]: 'x' }),
    `Manual approval has no configuration key "${'k'.repeat(50)}".`,
    'Remove it. Known keys are "NotificationArn", "ExternalEntityLink" and "CustomData".',
  ],
  [
    'A-010',
    'a boolean',
    (p) => configure(p, 'Source/App', { DetectChanges: '1' }),
    '"DetectChanges" is "1".',
    'Write true or false.',
  ],
  [
    'A-010',
    'a choice',
    (p) => configure(p, 'Source/App', { OutputArtifactFormat: 'code_zip' }),
    '"OutputArtifactFormat" is "code_zip".',
    'Choose "CODE_ZIP" or "CODEBUILD_CLONE_REF".',
  ],
  [
    'A-010',
    'a list',
    (p) => last(p).push(stack({ Capabilities: 'CAPABILITY_IAM, IAM' })),
    '"Capabilities" contains "IAM".',
    'Choose among "CAPABILITY_IAM", "CAPABILITY_NAMED_IAM" and "CAPABILITY_AUTO_EXPAND".',
  ],
  [
    'A-010',
    'a number',
    (p) => last(p).push(deploy('ECS', { ClusterName: 'c', ServiceName: 's', DeploymentTimeout: '90' })),
    'DeploymentTimeout "90" is no whole number from 1 to 60.',
    'Enter a number from 1 to 60.',
  ],
  [
    'A-010',
    'a long value',
    (p) => configure(p, 'Source/App', { DetectChanges: 'x'.repeat(100) }),
    `"DetectChanges" is "${'x'.repeat(60)}…".`,
    'Write true or false.',
  ],
  [
    'A-031',
    'a primary source',
    (p) => configure(p, 'Build/Lint', { PrimarySource: 'dist' }),
    '"PrimarySource" names "dist", which is no input artifact of this action.',
    'Choose "app".',
  ],
  [
    'A-032',
    'no JSON',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{name:A}]' }),
    '"EnvironmentVariables" is not JSON.',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-032',
    'no list',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '{"A":"b"}' }),
    '"EnvironmentVariables" must be a list of variables.',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-032',
    'no objects',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '["A=b"]' }),
    '"EnvironmentVariables" must contain objects with name and value.',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-032',
    'no name',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"","value":"b"}]' }),
    '"EnvironmentVariables" has a variable without a name.',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-032',
    'no text',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"N","value":1}]' }),
    '"EnvironmentVariables" has the variable "N" without a text as value.',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-032',
    'no known type',
    (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"N","value":"1","type":"TEXT"}]' }),
    '"EnvironmentVariables" has the variable "N" with the type "TEXT".',
    'Write JSON, for example [{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
  ],
  [
    'A-033',
    'combined without a batch',
    (p) => configure(p, 'Build/Lint', { CombineArtifacts: 'true' }),
    'Only the artifacts of a batch build can be combined.',
    'Turn on BatchEnabled, or turn off CombineArtifacts.',
  ],
  [
    'A-035',
    'a template of another artifact',
    (p) => last(p).push(stack({ TemplatePath: 'app::t.yaml' })),
    '"TemplatePath" reads from "app", which is no input artifact of this action.',
    'Write dist::t.yaml, or add "app" to the input artifacts.',
  ],
  [
    'A-035',
    'a template without any artifact',
    (p) => last(p).push({ ...stack({ TemplatePath: 'app::t.yaml' }), inputArtifacts: [] }),
    '"TemplatePath" reads from "app", which is no input artifact of this action.',
    'Add "app" to the input artifacts.',
  ],
  [
    'A-023',
    'commands of CodeBuild',
    (p) => put(p, 'Build/Lint', { commands: ['true'] }),
    'AWS CodeBuild takes no "commands".',
    'Remove the field, or use an action type that takes it.',
  ],
  [
    'A-024',
    'no commands',
    (p) => delete action(p, 'Build/Test').commands,
    'The action has no commands.',
    'Enter at least one shell command.',
  ],
  [
    'A-025',
    'a command of two lines',
    (p) => (action(p, 'Build/Test').commands![1] = 'a &&\r\nb'),
    'A command goes over several lines; AWS takes one line for each.',
    'Write each line as a command of its own, or put them into a script.',
  ],
  [
    'A-027',
    'output variables of S3',
    (p) => put(p, 'Deploy/Upload', { outputVariables: ['A'] }),
    'Amazon S3 deploy takes no "outputVariables".',
    'Remove the field, or use an action type that takes it.',
  ],
  [
    'A-029',
    'a timeout of S3',
    (p) => put(p, 'Deploy/Upload', { timeoutInMinutes: 60 }),
    'Amazon S3 deploy takes no "timeoutInMinutes".',
    'Remove the field, or use an action type that takes it.',
  ],
];

const names: Said[] = [
  [
    'A-013',
    'a namespace twice',
    (p) => put(p, 'Deploy/Upload', { namespace: 'Src' }),
    'The namespace "Src" is already that of Source/App.',
    'Choose another: namespaces are unique in a pipeline.',
  ],
  [
    'A-014',
    'the execution’s',
    (p) => put(p, 'Build/Lint', { namespace: 'codepipeline' }),
    'The namespace "codepipeline" belongs to CodePipeline itself.',
    'Choose another.',
  ],
  [
    'A-015',
    'an artifact’s',
    (p) => put(p, 'Build/Lint', { namespace: 'dist' }),
    '"dist" is also the name of an artifact; AWS does not take one name for both.',
    'Rename the namespace and its references, or the artifact.',
  ],
  [
    'A-016',
    'no period',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T}' }),
    '#{T} is no variable reference. The period between namespace and key is missing.',
    'Write #{namespace.key}.',
  ],
  [
    'A-016',
    'no end',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T.VERSION' }),
    '#{T.VERSION is no variable reference. The closing brace is missing.',
    'Write #{namespace.key}.',
  ],
  [
    'A-016',
    'nothing',
    (p) => configure(p, 'Deploy/Approve', { CustomData: 'a #{} b' }),
    '#{} is no variable reference. It names nothing.',
    'Write #{namespace.key}.',
  ],
  [
    'A-016',
    'blanks',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{ T.VERSION }' }),
    '#{ T.VERSION } is no variable reference. A reference has no spaces.',
    'Write #{namespace.key}.',
  ],
  [
    'A-016',
    'no key',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T.}' }),
    '#{T.} is no variable reference. The key after the period is missing.',
    'Write #{namespace.key}.',
  ],
  [
    'A-016',
    'no namespace',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{.VERSION}' }),
    '#{.VERSION} is no variable reference. The namespace before the period is missing.',
    'Write #{namespace.key}.',
  ],
  [
    'A-017',
    'a namespace of nobody',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{Bld.Tag}' }),
    '#{Bld.Tag} refers to the namespace "Bld", which no action has. The pipeline’s namespaces are "Src" and "T".',
    'Set "Bld" as namespace of the action that produces Tag, or mend the reference.',
  ],
  [
    'A-018',
    'a variable from beside',
    (p) => configure(p, 'Build/Lint', { ProjectName: '#{T.VERSION}' }),
    '#{T.VERSION} is produced by Build/Test, which does not run before this action.',
    'Move this action behind Build/Test, or give it a higher runOrder.',
  ],
  [
    'A-018',
    'its own variable',
    (p) => (action(p, 'Build/Test').commands![0] = 'echo #{T.VERSION}'),
    '#{T.VERSION} refers to the action itself.',
    'Refer to an earlier action.',
  ],
  [
    'A-019',
    'an undeclared variable',
    (p) => configure(p, 'Deploy/Upload', { BucketName: 'b-#{variables.target}' }),
    'The pipeline declares no variable "target". It declares "TARGET".',
    'Declare "target", or mend the reference.',
  ],
  [
    'A-020',
    'a variable in a source',
    (p) => configure(p, 'Source/App', { BranchName: '#{variables.TARGET}' }),
    'A source action cannot use pipeline variables (#{variables.TARGET}).',
    'Write the value itself.',
  ],
  [
    'W-004',
    'a variable that Commands does not export',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{T.TAG}' }),
    'Build/Test does not produce TAG; it produces "VERSION".',
    'Choose one of its variables: an unknown one makes this action fail when it starts.',
  ],
  [
    'W-004',
    'another variable of the execution',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{codepipeline.Name}' }),
    'CodePipeline has no variable #{codepipeline.Name}.',
    'Its only variable is #{codepipeline.PipelineExecutionId}.',
  ],
  [
    'W-004',
    'a variable of an approval',
    (p) => {
      put(p, 'Deploy/Approve', { namespace: 'Ok' });
      configure(p, 'Deploy/Upload', { BucketName: 'b-#{Ok.Summary}' });
    },
    'Deploy/Approve does not produce Summary; it produces no variables.',
    'Choose one of its variables: an unknown one makes this action fail when it starts.',
  ],
  [
    'T-010',
    'a variable twice',
    (p) => p.variables!.push({ name: 'TARGET' }),
    'Two pipeline variables are called "TARGET".',
    'Rename or remove one.',
  ],
];

describe('what is said of configuration and other fields', () => {
  test.each(configuration)('%s: %s', (...said) => expectSaid(said));
});

describe('what is said of namespaces and variables', () => {
  test.each(names)('%s: %s', (...said) => expectSaid(said));
});
