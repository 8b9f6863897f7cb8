import { describe, expect, it, test } from 'vitest';
import { appConfig } from '../providers/actions/appConfig.ts';
import { deviceFarm } from '../providers/actions/deviceFarm.ts';
import { elasticBeanstalk } from '../providers/actions/elasticBeanstalk.ts';
import { inspectorScan } from '../providers/actions/inspectorScan.ts';
import { lambdaDeploy } from '../providers/actions/lambdaDeploy.ts';
import { serviceCatalog } from '../providers/actions/serviceCatalog.ts';
import { stepFunctions } from '../providers/actions/stepFunctions.ts';
import { type Files, type Given, runWith } from '../testing/runWith.ts';

describe('an Elastic Beanstalk deploy', () => {
  const configuration = { ApplicationName: 'shop', EnvironmentName: 'shop-env' };
  const deploy = (files: Files, given?: Given) => runWith(elasticBeanstalk, configuration, files, given);

  it('remembers the version of the environment', async () => {
    const first = await deploy({ 'app.js': '', '.ebextensions/a.config': 'option_settings: []\n' });
    expect(first.lines[1]).toMatch(/^shop-env runs version code-pipeline-1767323045000-aaaaaaaaaaaa$/);
    expect((await deploy({ 'app.js': '' }, { records: first.records })).lines[1]).toContain('(was code-pipeline-');
  });

  it('says that a single folder around the application is not looked into', async () => {
    expect((await deploy({ 'shop/app.js': '' })).lines[1]).toContain('All files lie below shop/');
  });

  test.each<[files: Files, size: number, message: string]>([
    [{}, 10, 'The source bundle is empty or exceeds maximum allowed size: 524288000. (ValidationError)'],
    [
      { a: '' },
      536_870_913,
      'The source bundle is 536870913 bytes long; Elastic Beanstalk takes at most 536870912. (SourceBundleTooLarge)',
    ],
    [
      { '.ebextensions/a.config': 'a: [\n' },
      10,
      'The configuration file .ebextensions/a.config in application version contains invalid YAML or JSON. Line 2, column 1:',
    ],
    [{ 'Dockerrun.aws.json': '{' }, 10, 'Dockerrun.aws.json is not well-formed. Line 1, column 2:'],
  ])('of %j with %d bytes fails', async (files, size, message) => {
    await expect(deploy(files, { size })).rejects.toMatchObject({
      code: 'JobFailed',
      message: expect.stringContaining(message),
    });
  });
});

describe('an AppConfig deploy', () => {
  const deploy = (files: Files, path: string, given?: Given) =>
    runWith(
      appConfig,
      {
        Application: 'abc1234',
        Environment: 'def5678',
        ConfigurationProfile: 'ghi9012',
        InputArtifactConfigurationPath: path,
      },
      files,
      given,
    );

  it('counts versions and says whether the configuration differs', async () => {
    const first = await deploy({ 'c.json': '{"a":1}' }, 'c.json');
    expect(first.summary).toBe('Version 1 of c.json deployed to def5678.');
    const next = await deploy({ 'c.json': '{"a":2}' }, 'c.json', { records: first.records });
    expect(next.lines[1]).toBe(
      'Configuration version 2 of 7 bytes, which differs from the one before; versions are counted here.',
    );
  });

  it('says of a form that it cannot check', async () => {
    expect((await deploy({ 'c.ini': 'a=1' }, 'c.ini')).lines[1]).toContain('Not checked: the form of c.ini');
  });

  test.each([
    ['no.json', 'ConfigurationError', 'File [no.json] does not exist in artifact [In].'],
    [
      'bad.json',
      'JobFailed',
      'The configuration file bad.json is not well-formed (line 1, column 6). (BadRequestException)',
    ],
    [
      'bad.yaml',
      'JobFailed',
      'The configuration file bad.yaml is not well-formed (line 2, column 1). (BadRequestException)',
    ],
    ['empty.txt', 'JobFailed', 'The configuration file empty.txt is empty. (BadRequestException)'],
  ])('of %s fails', async (path, code, message) => {
    const files = { 'bad.json': '{"a":}', 'bad.yaml': 'a: [\n', 'empty.txt': '' };
    await expect(deploy(files, path)).rejects.toMatchObject({ code, message });
  });
});

describe('a Service Catalog deploy', () => {
  const template = 'Resources:\n  T:\n    Type: AWS::SNS::Topic\n';
  const values = { TemplateFilePath: 't.yaml', ProductVersionName: 'v1', ProductType: 'CLOUD_FORMATION_TEMPLATE' };
  const publish = (configuration: Record<string, string>, files: Files = {}, given?: Given) =>
    runWith(serviceCatalog, { ProductId: 'prod-1', ...configuration }, { 't.yaml': template, ...files }, given);

  it('checks the template and remembers the version', async () => {
    const first = await publish(values);
    expect(first.lines[1]).toBe('Product prod-1 gets version v1 with 1 resource.');
    expect((await publish(values, {}, { records: first.records })).lines[1]).toContain('has a version v1 already');
  });

  it('reads its values from a file', async () => {
    const file = {
      SchemaVersion: '1.0',
      ProductVersionName: 'v2',
      ProductType: values.ProductType,
      Properties: { TemplateFilePath: '/t.yaml' },
    };
    const { summary } = await publish({ ConfigurationFilePath: 'p.json' }, { 'p.json': JSON.stringify(file) });
    expect(summary).toBe('Version v2 of prod-1 published.');
  });

  test.each<[configuration: Record<string, string>, files: Files, message: string]>([
    [{ ...values, TemplateFilePath: 'no.yaml' }, {}, 'File [no.yaml] does not exist in artifact [In].'],
    [{ ...values, ProductType: 'OTHER' }, {}, 'ProductType "OTHER" is not CLOUD_FORMATION_TEMPLATE.'],
    [{}, {}, 'TemplateFilePath, ProductVersionName, ProductType is missing.'],
    [
      { ConfigurationFilePath: 'p.json' },
      { 'p.json': '{' },
      'The configuration file p.json is no JSON (line 1, column 2).',
    ],
    [
      { ConfigurationFilePath: 'p.json' },
      { 'p.json': '{"ProductVersionName":"v"}' },
      'TemplateFilePath, ProductType is missing.',
    ],
    [
      values,
      { 't.yaml': 'Resources: {}\n' },
      'Template format error: At least one Resources member must be defined. (ValidationError)',
    ],
  ])('with %j and %j fails', async (configuration, files, message) => {
    await expect(publish(configuration, files)).rejects.toMatchObject({ message });
  });
});

describe('a Step Functions action', () => {
  const StateMachineArn = 'arn:aws:states:eu-west-1:111122223333:stateMachine:Release';
  const start = (configuration: Record<string, string> = {}, files: Files = {}, given?: Given) =>
    runWith(stepFunctions, { StateMachineArn, ...configuration }, files, given);

  it('names the execution as AWS does and says that nothing ran', async () => {
    const { outputVariables, lines, made } = await start(
      { ExecutionNamePrefix: 'shop', Input: '{"a":1}' },
      {},
      { outputs: ['Result'] },
    );
    expect(outputVariables).toEqual({
      StateMachineArn,
      ExecutionArn: 'arn:aws:states:eu-west-1:111122223333:execution:Release:shop-22222222-2222-4222-8222-222222222222',
    });
    expect(lines[1]).toBe('The state machine would get this input: {"a":1}');
    expect(lines[2]).toContain('No state machine runs here');
    expect(made.get('Result')?.['EMULATED.txt']).toContain('known only in AWS');
  });

  it('reads its input from a file', async () => {
    const { lines } = await start({ InputType: 'FilePath', Input: './in.json' }, { 'in.json': '[]' });
    expect(lines[1]).toBe('The state machine would get this input: []');
  });

  test.each<[configuration: Record<string, string>, code: string, message: string]>([
    [{ StateMachineArn: 'Release' }, 'ConfigurationError', "Invalid Arn: 'Release' (InvalidArn)"],
    [
      { ExecutionNamePrefix: 'a b' },
      'ConfigurationError',
      "Invalid Name: 'a b-22222222-2222-4222-8222-222222222222' (InvalidName)",
    ],
    [
      { Input: '{"a":' },
      'JobFailed',
      'Invalid State Machine Execution Input: no JSON at line 1, column 6 (InvalidExecutionInput)',
    ],
    [
      { InputType: 'FilePath', Input: 'no.json' },
      'ConfigurationError',
      'File [no.json] does not exist in artifact [In].',
    ],
    [{ InputType: 'FilePath' }, 'ConfigurationError', 'Input is missing.'],
    [{ InputType: 'Url' }, 'ConfigurationError', 'InputType "Url" is unknown.'],
    [
      { Input: `"${'x'.repeat(262_143)}"` },
      'JobFailed',
      'Invalid State Machine Execution Input: it is longer than 262144 bytes (InvalidExecutionInput)',
    ],
  ])('with %.60j fails', async (configuration, code, message) => {
    await expect(start(configuration)).rejects.toMatchObject({ code, message });
  });
});

describe('a deploy to Lambda', () => {
  const deploy = (configuration: Record<string, string> = {}, files: Files = { 'index.js': '1' }, given?: Given) =>
    runWith(lambdaDeploy, { FunctionName: 'api', ...configuration }, files, given);

  it('counts versions: one for each new code, and points the alias at it', async () => {
    const first = await deploy({ FunctionAlias: 'live' });
    expect(first.outputVariables).toEqual({ FunctionVersion: '1' });
    expect(first.lines.at(-2)).toBe('Alias live points at version 1.');
    const same = await deploy({}, { 'index.js': '1' }, { records: first.records });
    expect(same.outputVariables).toEqual({ FunctionVersion: '1' });
    const other = { 'lambda/eu-west-1/api': { versions: ['b'.repeat(64)], aliases: {} } };
    expect((await deploy({}, { 'index.js': '1' }, { records: other })).outputVariables).toEqual({
      FunctionVersion: '2',
    });
  });

  it('shifts to a version that exists, without an artifact', async () => {
    const { outputVariables, lines } = await deploy(
      { PublishedTargetVersion: '7', FunctionAlias: 'live' },
      {},
      { inputs: [] },
    );
    expect(outputVariables).toEqual({ FunctionVersion: '7' });
    expect(lines[1]).toBe('Not checked: whether api has a version 7.');
  });

  test.each([
    ['Canary10Percent5Minutes', 5],
    ['Linear10PercentEvery1Minute', 9],
    ['Linear30PercentEvery2Minutes', 6],
  ])('says of %s that AWS would take %d minutes', async (DeployStrategy, minutes) => {
    const { lines } = await deploy({ FunctionAlias: 'live', DeployStrategy });
    expect(lines.join('\n')).toContain(`AWS would take ${minutes} minutes for ${DeployStrategy}`);
  });

  test.each<[configuration: Record<string, string>, files: Files, inputs: string[], message: string]>([
    [{}, {}, ['In'], 'Uploaded file must be a non-empty zip (InvalidParameterValueException)'],
    [{}, {}, [], 'There is neither an input artifact nor a PublishedTargetVersion.'],
    [{ PublishedTargetVersion: '$LATEST' }, {}, [], 'PublishedTargetVersion "$LATEST" is no version number.'],
    [{ FunctionName: 'a b' }, {}, ['In'], 'FunctionName "a b" is no name or ARN of a function.'],
    [{ DeployStrategy: 'Slowly' }, {}, ['In'], 'DeployStrategy "Slowly" is none that AWS knows.'],
    [
      { DeployStrategy: 'Linear1PercentEvery30Minutes' },
      {},
      ['In'],
      'DeployStrategy Linear1PercentEvery30Minutes waits 2970 minutes; at most 2880 (2 days) are allowed.',
    ],
    [{ Alarms: 'a,b,c,d,e,f,g,h,i,j,k' }, {}, ['In'], 'Alarms names 11 alarms; at most 10 are allowed.'],
  ])('with %j fails', async (configuration, files, inputs, message) => {
    await expect(deploy(configuration, files, { inputs })).rejects.toMatchObject({ message });
  });
});

describe('an Inspector scan', () => {
  it('lists the parts of lock files, and leaves out the severity that it cannot know', async () => {
    const lock = {
      packages: {
        '': { version: '1' },
        'node_modules/a': { version: '1.0.0' },
        'node_modules/a/node_modules/@x/b': { version: '2.0.0' },
      },
    };
    const { made, outputVariables, lines } = await runWith(
      inspectorScan,
      { InspectorRunMode: 'SourceCodeScan', CriticalThreshold: '0' },
      { 'package-lock.json': JSON.stringify(lock), 'py/requirements.txt': 'Flask==3.0.1\nrequests>=2\n' },
      { outputs: ['Sbom'] },
    );
    expect(outputVariables).toBeUndefined();
    expect(lines.at(-1)).toContain('HighestScannedSeverity is left out');
    const sbom = JSON.parse(made.get('Sbom')?.['sbom.json'] ?? '{}') as { components: { purl: string }[] };
    expect(sbom.components.map(({ purl }) => purl)).toEqual([
      'pkg:npm/a@1.0.0',
      'pkg:npm/%40x/b@2.0.0',
      'pkg:pypi/flask@3.0.1',
    ]);
  });

  test.each<[configuration: Record<string, string>, inputs: string[], message: string]>([
    [{ InspectorRunMode: 'SourceCodeScan' }, [], 'The action has no input artifact.'],
    [{ InspectorRunMode: 'SourceCodeScan', HighThreshold: 'none' }, ['In'], 'HighThreshold "none" is no whole number.'],
    [{ InspectorRunMode: 'ECRImageScan' }, [], 'A scan of an image needs ECRRepositoryName and ImageTag.'],
  ])('with %j fails', async (configuration, inputs, message) => {
    await expect(runWith(inspectorScan, configuration, {}, { inputs, outputs: ['S'] })).rejects.toMatchObject({
      code: 'ConfigurationError',
      message,
    });
  });
});

describe('a Device Farm test', () => {
  const base = {
    AppType: 'Android',
    ProjectId: 'eec4905f',
    App: 'app.apk',
    TestType: 'INSTRUMENTATION',
    Test: 'tests.apk',
    DevicePoolArn: 'arn:aws:devicefarm:us-west-2::devicepool:abc',
  };
  const files = { 'app.apk': 'x', 'tests.apk': 'y' };

  it('checks its files and says that no test has run', async () => {
    const { summary, lines } = await runWith(deviceFarm, base, files);
    expect(summary).toBe('INSTRUMENTATION checked; no device was used.');
    expect(lines[1]).toContain('no test has run');
  });

  test.each<[configuration: Record<string, string>, message: string]>([
    [{ App: 'no.apk' }, 'File [no.apk] does not exist in artifact [In].'],
    [{ App: 'app.ipa' }, 'App "app.ipa" is no Android application.'],
    [{ Test: 'no.apk' }, 'File [no.apk] does not exist in artifact [In].'],
    [{ TestType: 'XCTEST' }, 'TestType XCTEST does not test Android applications.'],
    [{ TestType: 'APPIUM_WEB_PYTHON' }, 'TestType APPIUM_WEB_PYTHON does not test Android applications.'],
    [{ ProjectId: 'arn:aws:devicefarm:us-west-2:1:project:a' }, 'ProjectId is an ARN; Device Farm takes the id alone.'],
    [{ DevicePoolArn: 'pool' }, 'DevicePoolArn "pool" is no device pool.'],
    [{ FuzzEventCount: '10001' }, 'FuzzEventCount "10001" is no number from 1 to 10000.'],
    [{ Latitude: 'north' }, 'Latitude "north" is no number from -90 to 90.'],
  ])('with %j fails', async (configuration, message) => {
    await expect(runWith(deviceFarm, { ...base, ...configuration }, files)).rejects.toMatchObject({
      code: 'ConfigurationError',
      message,
    });
  });

  it('needs a package of tests unless they are built in', async () => {
    const { Test: _, ...without } = base;
    await expect(runWith(deviceFarm, without, files)).rejects.toMatchObject({
      message: 'TestType INSTRUMENTATION needs a package of tests.',
    });
    await expect(runWith(deviceFarm, { ...without, TestType: 'BUILTIN_FUZZ' }, files)).resolves.toBeDefined();
  });
});
