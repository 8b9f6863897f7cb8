import { describe, expect, it, test } from 'vitest';
import { cloudFormation } from '../../providers/actions/cloudFormation.ts';
import { fakeHost, runOf } from '../../testing/fakeHost.ts';

const template = `
AWSTemplateFormatVersion: 2010-09-09
Parameters:
  Stage:
    Type: String
    AllowedValues: [beta, production]
  Bucket:
    Type: String
    Default: files
    MinLength: 3
Conditions:
  IsProduction: !Equals [!Ref Stage, production]
Resources:
  Files:
    Type: AWS::S3::Bucket
    Properties:
      BucketName: !Sub '\${Bucket}-\${Stage}'
  Alarm:
    Type: AWS::CloudWatch::Alarm
    Condition: IsProduction
    Properties:
      MetricName: Errors
Outputs:
  BucketName:
    Value: !Sub '\${Bucket}-\${Stage}'
  Url:
    Value: !GetAtt Files.WebsiteURL
  AlarmName:
    Condition: IsProduction
    Value: alarm
  Where:
    Value: !Join [':', [!Ref AWS::AccountId, !Ref AWS::Region, !Ref AWS::StackName]]
`;

const base = {
  ActionMode: 'CREATE_UPDATE',
  StackName: 'shop',
  RoleArn: 'arn:aws:iam::111122223333:role/x',
  TemplatePath: 'Out::template.yaml',
  ParameterOverrides: '{"Stage":"beta"}',
};

interface Given {
  configuration?: Record<string, string | undefined>;
  files?: Record<string, string>;
  records?: Record<string, unknown>;
  outputs?: readonly string[];
}

async function deploy({ configuration, files, records, outputs = [] }: Given = {}) {
  const host = fakeHost({ files: { Out: { 'template.yaml': template, ...files } }, records: records ?? {} });
  const given = Object.entries({ ...base, ...configuration }).filter(([, value]) => value !== undefined);
  const run = runOf(host, { configuration: Object.fromEntries(given) as never, inputs: ['Out'], outputs });
  const outcome = await cloudFormation.run(run);
  return { ...outcome, lines: host.lines, made: host.made, records: Object.fromEntries(host.records) };
}
const withTemplate = (text: string, configuration: Given['configuration'] = {}) =>
  deploy({ files: { 'template.yaml': text }, configuration: { ParameterOverrides: undefined, ...configuration } });

describe('a stack that is created', () => {
  it('begins its log with what is checked and what only AWS can tell', async () => {
    const { lines } = await deploy();
    expect(lines[0]).toBe(
      'Emulated: nothing leaves this machine. Checked here: the template, its references, parameters, capabilities and change sets. Only AWS can tell: whether the resources can be made, what their attributes are, nested stacks and imported values.',
    );
  });

  it('passes on the outputs that follow from parameters, and says which it cannot know', async () => {
    const { outputVariables, summary, lines, externalExecutionId } = await deploy();
    expect(outputVariables).toEqual({ BucketName: 'files-beta', Where: '111122223333:eu-west-1:shop' });
    expect(summary).toBe('Stack created: 1 added, 0 modified, 0 removed.');
    expect(lines.find((line) => line.startsWith('Output Url'))).toContain('only AWS knows attribute Files.WebsiteURL');
    expect(externalExecutionId).toBe(
      'arn:aws:cloudformation:eu-west-1:111122223333:stack/shop/22222222-2222-4222-8222-222222222222',
    );
  });

  it('makes conditional resources and outputs where their condition holds', async () => {
    const { outputVariables, summary } = await deploy({
      configuration: { ParameterOverrides: '{"Stage":"production"}' },
    });
    expect(outputVariables).toMatchObject({ AlarmName: 'alarm', BucketName: 'files-production' });
    expect(summary).toBe('Stack created: 2 added, 0 modified, 0 removed.');
  });

  it('reads a template in JSON', async () => {
    const text = JSON.stringify({
      Resources: { T: { Type: 'AWS::SNS::Topic' } },
      Outputs: { Name: { Value: { 'Fn::Select': ['1', { 'Fn::Split': ['-', 'a-b-c'] }] } } },
    });
    expect((await withTemplate(text)).outputVariables).toEqual({ Name: 'b' });
  });

  it('writes its outputs to OutputFileName of the output artifact, and no artifact without', async () => {
    const { made, outputArtifacts } = await deploy({
      configuration: { OutputFileName: 'outputs.json' },
      outputs: ['Stack'],
    });
    expect(outputArtifacts).toMatchObject([{ name: 'Stack' }]);
    expect(JSON.parse(made.get('Stack')?.['outputs.json'] ?? '')).toEqual({
      BucketName: 'files-beta',
      Where: '111122223333:eu-west-1:shop',
    });
    expect((await deploy({ outputs: ['Stack'] })).outputArtifacts).toEqual([]);
  });
});

describe('a stack that is deployed again', () => {
  const next = template
    .replace('BucketName: !Sub', 'Tags: []\n      BucketName: !Sub')
    .replace('Alarm:\n    Type', 'Topic:\n    Type');

  it('says which resources are added, modified and removed, and keeps its id', async () => {
    const { records } = await deploy({ configuration: { ParameterOverrides: '{"Stage":"production"}' } });
    const again = await deploy({
      records,
      files: { 'template.yaml': next },
      configuration: { ParameterOverrides: '{"Stage":"production"}' },
    });
    expect(again.summary).toBe('Stack updated: 1 added, 1 modified, 1 removed.');
    expect(again.lines.filter((line) => /^ {2}[+~-]/.test(line))).toEqual([
      '  + Topic (AWS::CloudWatch::Alarm)',
      '  ~ Files (AWS::S3::Bucket)',
      '  - Alarm (AWS::CloudWatch::Alarm)',
    ]);
  });

  it('says that a parameter changes a resource which refers to it', async () => {
    const { records } = await deploy();
    const { summary } = await deploy({
      records,
      configuration: { ParameterOverrides: '{"Stage":"beta","Bucket":"pics"}' },
    });
    expect(summary).toBe('Stack updated: 0 added, 1 modified, 0 removed.');
  });

  it('succeeds without a change, as CodePipeline does', async () => {
    const { records } = await deploy();
    const { lines, summary } = await deploy({ records });
    expect(lines.join('\n')).toContain('no updates are to be performed. The action succeeds');
    expect(summary).toBe('Stack updated: 0 added, 0 modified, 0 removed.');
  });

  it('is another stack in another name', async () => {
    const { records } = await deploy();
    expect((await deploy({ records, configuration: { StackName: 'shop-2' } })).summary).toContain('created');
  });
});

describe('change sets and deletion', () => {
  const changeSet = { ActionMode: 'CHANGE_SET_REPLACE', ChangeSetName: 'release' };
  const execute = {
    ...changeSet,
    ActionMode: 'CHANGE_SET_EXECUTE',
    TemplatePath: undefined,
    ParameterOverrides: undefined,
  };

  it('makes a change set without changing the stack, then executes exactly that one, once', async () => {
    const made = await deploy({ configuration: changeSet });
    expect(made.summary).toBe('Change set release made: 1 added, 0 modified, 0 removed.');
    const executed = await deploy({ configuration: execute, records: made.records });
    expect(executed.summary).toBe('Change set release executed: 1 added, 0 modified, 0 removed.');
    expect(executed.outputVariables).toMatchObject({ BucketName: 'files-beta' });
    await expect(deploy({ configuration: execute, records: executed.records })).rejects.toMatchObject({
      code: 'JobFailed',
      message: 'ChangeSet [release] does not exist for stack [shop] (ChangeSetNotFoundException)',
    });
  });

  it('fails to execute a change set of another name and says which there is', async () => {
    const { records } = await deploy({ configuration: changeSet });
    await expect(deploy({ configuration: { ...execute, ChangeSetName: 'relaese' }, records })).rejects.toMatchObject({
      fix: 'The stack has release. Name the one that an earlier CHANGE_SET_REPLACE action made.',
    });
  });

  it('deletes a stack, and succeeds where there is none', async () => {
    const { records } = await deploy();
    const remove = { ActionMode: 'DELETE_ONLY', TemplatePath: undefined };
    const gone = await deploy({ configuration: remove, records });
    expect(gone.records).toEqual({});
    expect(gone.outputVariables).toBeUndefined();
    expect((await deploy({ configuration: remove })).lines.join('\n')).toContain(
      'nothing to delete; the action succeeds',
    );
  });
});

describe('parameters', () => {
  const file = (content: unknown) => ({ 'config.json': JSON.stringify(content) });
  const TemplateConfiguration = 'Out::config.json';

  it('come from the template configuration; overrides win', async () => {
    const { outputVariables } = await deploy({
      files: file({ Parameters: { Stage: 'production', Bucket: 'docs' }, Tags: { Team: 'shop' } }),
      configuration: { TemplateConfiguration },
    });
    expect(outputVariables?.BucketName).toBe('docs-beta');
  });

  it('come from a file of an artifact with Fn::GetParam and from its location with Fn::GetArtifactAtt', async () => {
    const overrides = { Stage: 'beta', Bucket: { 'Fn::GetParam': ['Out', 'values.json', 'bucket'] } };
    const read = await deploy({
      files: { 'values.json': '{"bucket":"from-file"}' },
      configuration: { ParameterOverrides: JSON.stringify(overrides) },
    });
    expect(read.outputVariables?.BucketName).toBe('from-file-beta');
    const located = { Stage: 'beta', Bucket: { 'Fn::GetArtifactAtt': ['Out', 'ObjectKey'] } };
    const found = await deploy({ configuration: { ParameterOverrides: JSON.stringify(located) } });
    expect(found.outputVariables?.BucketName).toBe('shop/Out/aaaaaaa-beta');
  });

  test.each<[why: string, Given, code: string, message: string]>([
    [
      'a required one is missing',
      { configuration: { ParameterOverrides: undefined } },
      'JobFailed',
      'Parameters: [Stage] must have values (ValidationError)',
    ],
    [
      'the template has no such one',
      { configuration: { ParameterOverrides: '{"Stage":"beta","Stag":"x","B":"y"}' } },
      'JobFailed',
      'Parameters: [Stag, B] do not exist in the template (ValidationError)',
    ],
    [
      'a value is not allowed',
      { configuration: { ParameterOverrides: '{"Stage":"gamma"}' } },
      'JobFailed',
      "Parameter 'Stage' must be one of AllowedValues [beta, production] (ValidationError)",
    ],
    [
      'a value is too short',
      { configuration: { ParameterOverrides: '{"Stage":"beta","Bucket":"ab"}' } },
      'JobFailed',
      "Parameter 'Bucket' must contain at least 3 characters (ValidationError)",
    ],
    [
      'a variable broke the JSON',
      { configuration: { ParameterOverrides: '{"Stage":"be"ta"}' } },
      'ConfigurationError',
      'ParameterOverrides is no JSON object after its variables were filled in.',
    ],
    [
      'they are longer than AWS takes',
      { configuration: { ParameterOverrides: `{"Stage":"${'x'.repeat(1024)}"}` } },
      'ConfigurationError',
      'ParameterOverrides is 1036 bytes long; CodePipeline takes at most 1024.',
    ],
    [
      'Fn::GetParam names a foreign artifact',
      { configuration: { ParameterOverrides: '{"Stage":{"Fn::GetParam":["Other","a.json","k"]}}' } },
      'ConfigurationError',
      'ParameterOverrides (Fn::GetParam) names artifact [Other], which is not an input artifact of the action (Out).',
    ],
    [
      'Fn::GetParam finds no key',
      {
        files: { 'a.json': '{"stage":"beta"}' },
        configuration: { ParameterOverrides: '{"Stage":{"Fn::GetParam":["Out","a.json","Stage"]}}' },
      },
      'ConfigurationError',
      'Fn::GetParam finds no value for key [Stage] in file [a.json] of artifact [Out].',
    ],
    [
      'Fn::GetArtifactAtt asks for what there is not',
      { configuration: { ParameterOverrides: '{"Stage":{"Fn::GetArtifactAtt":["Out","Size"]}}' } },
      'ConfigurationError',
      'Fn::GetArtifactAtt knows no attribute [Size].',
    ],
    [
      'the configuration file is missing',
      { configuration: { TemplateConfiguration } },
      'ConfigurationError',
      'File [config.json] does not exist in artifact [Out].',
    ],
    [
      'the configuration file is no JSON',
      { files: { 'config.json': '{\n  "Parameters": {,}\n}' }, configuration: { TemplateConfiguration } },
      'ConfigurationError',
      'The template configuration file config.json is no JSON (line 2, column 18).',
    ],
    [
      'the configuration file has an unknown part',
      { files: file({ Params: {} }), configuration: { TemplateConfiguration } },
      'ConfigurationError',
      'The template configuration file config.json is not valid.',
    ],
  ])('fail when %s', async (_, given, code, message) => {
    await expect(deploy(given)).rejects.toMatchObject({ code, message });
  });
});

describe('a template', () => {
  test.each([
    ['Out::missing.yaml', 'File [missing.yaml] does not exist in artifact [Out].'],
    [
      'Other::template.yaml',
      'TemplatePath names artifact [Other], which is not an input artifact of the action (Out).',
    ],
    ['template.yaml', 'TemplatePath [template.yaml] is not of the form InputArtifact::file.'],
  ])('is not found at %s', async (TemplatePath, message) => {
    await expect(deploy({ configuration: { TemplatePath } })).rejects.toMatchObject({
      code: 'ConfigurationError',
      message,
    });
  });
});

describe('what is left to AWS is said', () => {
  const pattern = (text: string) =>
    `Parameters:\n  P:\n    Type: String\n    Default: ${'a'.repeat(40)}b\n    AllowedPattern: '${text}'\nResources:\n  T:\n    Type: AWS::SNS::Topic\n`;

  test.each(['(a+)+', '(a|a)*', '(a)\\1', 'a*a*a*a*', '\\p{javaLowerCase}+'])('pattern %s', async (text) => {
    const { lines } = await withTemplate(pattern(text));
    expect(lines).toContain('Not checked: whether parameter P matches its AllowedPattern.');
  });

  it('but a simple pattern is checked', async () => {
    await expect(withTemplate(pattern('[a-z]{1,40}'))).rejects.toMatchObject({
      message: "Parameter 'P' must match pattern [a-z]{1,40} (ValidationError)",
    });
    expect((await withTemplate(pattern('[a-z]+'))).lines.join()).not.toContain('AllowedPattern');
  });

  it('what macros make of a template, and references to it', async () => {
    const text =
      "Transform: AWS::LanguageExtensions\nResources:\n  Fn::ForEach::Topics:\n    - Name\n    - [A, B]\n    - 'Topic&{Name}':\n        Type: AWS::SNS::Topic\nOutputs:\n  A:\n    Value: !Ref TopicA\n";
    const { lines, outputVariables } = await withTemplate(text, { Capabilities: 'CAPABILITY_AUTO_EXPAND' });
    expect(lines.join('\n')).toContain('Not checked: what AWS::LanguageExtensions makes of the template');
    expect(outputVariables).toEqual({});
    const part =
      'Resources:\n  T:\n    Type: AWS::SNS::Topic\n    Properties:\n      Fn::Transform: {Name: AWS::Include}\n';
    await expect(withTemplate(part)).rejects.toMatchObject({
      message: 'Requires capabilities : [CAPABILITY_AUTO_EXPAND] (InsufficientCapabilitiesException)',
    });
  });
});

it('takes input artifacts of 256 MB and no more', async () => {
  const host = fakeHost({ files: { Out: { 'template.yaml': template } } });
  const run = runOf(host, { configuration: base, inputs: ['Out'] });
  const sized = (size: number) => ({ ...run, inputs: run.inputs.map((input) => ({ ...input, size })) });
  await expect(cloudFormation.run(sized(268_435_456))).resolves.toBeDefined();
  await expect(cloudFormation.run(sized(268_435_457))).rejects.toMatchObject({
    code: 'ConfigurationError',
    message: 'Artifact [Out] is 268435457 bytes long; CloudFormation actions take at most 268435456.',
  });
});

describe('capabilities', () => {
  const role = 'Resources:\n  R:\n    Type: AWS::IAM::Role\n';
  const named = `${role}    Properties:\n      RoleName: deploy\n`;
  const sam =
    'Transform: AWS::Serverless-2016-10-31\nResources:\n  F:\n    Type: AWS::Serverless::Function\n    Properties:\n      Role: !Ref MadeBySam\n';

  test.each<[text: string, Capabilities: string | undefined, needed: string]>([
    [role, undefined, 'CAPABILITY_IAM'],
    [role, 'CAPABILITY_AUTO_EXPAND', 'CAPABILITY_IAM'],
    [named, 'CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
    [sam, undefined, 'CAPABILITY_AUTO_EXPAND'],
    [sam.replace('Role: !Ref MadeBySam', 'Handler: a.b'), undefined, 'CAPABILITY_IAM, CAPABILITY_AUTO_EXPAND'],
  ])('%j with %s requires %s', async (text, Capabilities, needed) => {
    await expect(withTemplate(text, { Capabilities })).rejects.toMatchObject({
      code: 'JobFailed',
      message: `Requires capabilities : [${needed}] (InsufficientCapabilitiesException)`,
    });
  });

  test.each<[text: string, configuration: Record<string, string>]>([
    [role, { Capabilities: 'CAPABILITY_IAM' }],
    [role, { Capabilities: 'CAPABILITY_NAMED_IAM' }],
    [named, { Capabilities: 'CAPABILITY_NAMED_IAM' }],
    [sam, { Capabilities: 'CAPABILITY_AUTO_EXPAND' }],
    [sam, { ActionMode: 'CHANGE_SET_REPLACE', ChangeSetName: 'c' }],
  ])('%j is content with %j', async (text, configuration) => {
    expect((await withTemplate(text, configuration)).summary).toContain('1 added');
  });
});

it('ends as its binding scripts it, without a look at the template', async () => {
  const host = fakeHost();
  const outcome = await cloudFormation.run(
    runOf(host, {
      configuration: base,
      binding: { kind: 'simulation', outputVariables: { Url: 'https://example.com' } },
    }),
  );
  expect(outcome.outputVariables).toEqual({ Url: 'https://example.com' });
  expect(host.lines[0]).toMatch(/^Simulated/);
  await expect(
    cloudFormation.run(runOf(host, { configuration: base, binding: { kind: 'simulation', result: 'Failed' } })),
  ).rejects.toMatchObject({ code: 'JobFailed' });
});
