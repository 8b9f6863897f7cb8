import { describe, expect, it, test } from 'vitest';
import { checkNeeds, checkPattern, checkRange, checkStackName } from './common/checks.ts';
import { checkCombineArtifacts, isTrue } from './common/codeBuildFields.ts';
import { parseEnvironmentVariables } from './common/parseEnvironmentVariables.ts';
import { ActionFailure } from './host.ts';
import { providers } from './table.ts';

const checked = (type: string, configuration: Record<string, string>, inputArtifacts: string[] = []) =>
  providers.find(({ actionTypeId: id }) => `${id.category}/${id.owner}/${id.provider}` === type)!.check!(
    configuration,
    { inputArtifacts, outputArtifacts: [] },
  ).map(({ field, severity = 'error' }) => `${field} ${severity}`);

describe('a number with a range', () => {
  test.each<[value: string | undefined, isIn: boolean]>([
    [undefined, true],
    ['1', true],
    ['60', true],
    ['007', true],
    ['0', false],
    ['61', false],
    ['-1', false],
    ['1.5', false],
    ['1e1', false],
    [' 5', false],
    ['5 ', false],
    ['five', false],
    ['', false],
    ['٥', false],
    ['#{variables.n}', true],
    ['5#{variables.n}', true],
  ])('from 1 to 60: %j is in it: %s', (value, isIn) => {
    const configuration = value === undefined ? {} : { N: value };
    expect(checkRange(configuration, 'N', 1, 60)).toHaveLength(isIn ? 0 : 1);
  });

  it('says what it must be', () => {
    expect(checkRange({ N: '61' }, 'N', 1, 60)).toEqual([
      { field: 'N', what: 'N "61" is no whole number from 1 to 60.', fix: 'Enter a number from 1 to 60.' },
    ]);
  });
});

describe('a text with a pattern', () => {
  test.each<[value: string | undefined, matches: boolean]>([
    [undefined, true],
    ['abc', true],
    ['ABC', false],
    ['', false],
    ['#{a.b}', true],
  ])('%j is as expected: %s', (value, matches) => {
    const configuration = value === undefined ? {} : { K: value };
    expect(checkPattern(configuration, 'K', /^[a-c]+$/, 'a, b and c')).toEqual(
      matches ? [] : [{ field: 'K', what: `K "${value}" is not what AWS expects.`, fix: 'Write a, b and c.' }],
    );
  });

  test.each<[name: string, isLegal: boolean]>([
    ['a', true],
    ['A', true],
    ['shop-1', true],
    ['shop-', true],
    [`s${'x'.repeat(127)}`, true],
    [`s${'x'.repeat(128)}`, false],
    ['1-shop', false],
    ['-shop', false],
    ['my_shop', false],
    ['my.shop', false],
    ['my shop', false],
    ['schöp', false],
    ['', false],
  ])('the stack name %j is legal: %s', (name, isLegal) => {
    for (const key of ['StackName', 'StackSetName'] as const) {
      expect(checkStackName({ [key]: name }, key)).toHaveLength(isLegal ? 0 : 1);
    }
  });
});

describe('a key that needs another', () => {
  test.each<[configuration: Record<string, string>, faults: number]>([
    [{}, 0],
    [{ B: 'x' }, 0],
    [{ A: 'x', B: 'y' }, 0],
    [{ A: 'x' }, 1],
    [{ A: '' }, 1],
  ])('%j: %d faults', (configuration, faults) => {
    expect(checkNeeds(configuration, 'A', 'B')).toHaveLength(faults);
  });

  it('says which', () => {
    expect(checkNeeds({ A: 'x' }, 'A', 'B')).toEqual([{ field: 'A', what: 'A needs B.', fix: 'Enter B, or clear A.' }]);
  });
});

describe('a boolean as AWS spells it', () => {
  test.each<[value: string | undefined, expected: boolean]>([
    ['true', true],
    ['True', true],
    ['TRUE', true],
    ['false', false],
    ['False', false],
    ['', false],
    ['1', false],
    ['yes', false],
    [undefined, false],
  ])('%j is true: %s', (value, expected) => {
    expect(isTrue(value)).toBe(expected);
  });

  test.each<[batch: string | undefined, combine: string | undefined, faults: number]>([
    [undefined, undefined, 0],
    ['true', 'true', 0],
    ['True', 'true', 0],
    ['true', undefined, 0],
    ['false', 'false', 0],
    [undefined, 'true', 1],
    ['false', 'true', 1],
    ['false', 'True', 1],
  ])('a batch %s whose artifacts are combined %s has %d faults (A-033)', (batch, combine, faults) => {
    expect(
      checkCombineArtifacts({
        ...(batch === undefined ? {} : { BatchEnabled: batch }),
        ...(combine === undefined ? {} : { CombineArtifacts: combine }),
      }),
    ).toHaveLength(faults);
  });
});

describe('what an action type checks by itself', () => {
  const ARN = 'arn:aws:codeconnections:eu-west-1:111122223333:connection/1';

  test.each<[arn: string, isLegal: boolean]>([
    [ARN, true],
    ['arn:aws:codestar-connections:eu-west-1:111122223333:connection/1', true],
    ['arn:aws-cn:codeconnections:cn-north-1:111122223333:connection/1', true],
    ['#{variables.arn}', true],
    ['arn:aws:codeconnections:eu-west-1:111122223333:host/1', false],
    ['arn:aws:codeconnections:eu-west-1:1111:connection/1', false],
    ['arn:aws:codeconnections:eu-west-1:111122223333:connection/', false],
    ['<CONNECTION ARN>', false],
    ['', false],
  ])('the connection %j is one: %s; a placeholder is only a warning', (ConnectionArn, isLegal) => {
    expect(checked('Source/AWS/CodeStarSourceConnection', { ConnectionArn, FullRepositoryId: 'a/b' })).toEqual(
      isLegal ? [] : ['ConnectionArn warning'],
    );
  });

  test.each<[repository: string, isLegal: boolean]>([
    ['acme/shop', true],
    ['acme/group/sub/shop', true],
    ['Acme.Inc/shop_1', true],
    ['shop', false],
    ['/shop', false],
    ['acme/', false],
    ['acme//shop', false],
    ['acme/my shop', false],
    ['#{variables.repo}', true],
  ])('the repository %j is one: %s', (FullRepositoryId, isLegal) => {
    expect(checked('Source/AWS/CodeStarSourceConnection', { ConnectionArn: ARN, FullRepositoryId })).toEqual(
      isLegal ? [] : ['FullRepositoryId error'],
    );
  });

  test.each<[strategy: string, isLegal: boolean]>([
    ['AllAtOnce', true],
    ['Canary10Percent5Minutes', true],
    ['Canary10Percent1Minute', true],
    ['Linear10PercentEvery1Minute', true],
    ['Linear10PercentEvery10Minutes', true],
    ['allatonce', false],
    ['Canary10Percent', false],
    ['CanaryTenPercent5Minutes', false],
    ['Linear10Percent5Minutes', false],
    ['LambdaCanary10Percent5Minutes', false],
  ])('the traffic shift %j is one: %s', (DeployStrategy, isLegal) => {
    expect(checked('Deploy/AWS/Lambda', { DeployStrategy, FunctionAlias: 'live' })).toEqual(
      isLegal ? [] : ['DeployStrategy error'],
    );
  });

  test.each<[environment: string | undefined, compute: string | undefined, faults: string[]]>([
    [undefined, undefined, []],
    ['LINUX_CONTAINER', undefined, []],
    ['LINUX_CONTAINER', 'BUILD_GENERAL1_SMALL', []],
    ['WINDOWS_SERVER_2022_CONTAINER', 'BUILD_GENERAL1_MEDIUM', []],
    ['WINDOWS_SERVER_2022_CONTAINER', 'BUILD_GENERAL1_LARGE', []],
    ['WINDOWS_SERVER_2022_CONTAINER', 'BUILD_GENERAL1_SMALL', ['ComputeType error']],
    ['WINDOWS_SERVER_2022_CONTAINER', undefined, ['ComputeType error']],
  ])('commands on %s with %s compute: %j', (EnvironmentType, ComputeType, faults) => {
    const configuration = {
      ...(EnvironmentType === undefined ? {} : { EnvironmentType }),
      ...(ComputeType === undefined ? {} : { ComputeType }),
    };
    expect(checked('Compute/AWS/Commands', configuration)).toEqual(faults);
  });

  test.each<[mode: string, inputs: string[], faults: string[]]>([
    ['SourceCodeScan', ['app'], []],
    ['SourceCodeScan', [], ['InspectorRunMode error']],
    ['ECRImageScan', [], []],
    ['ECRImageScan', ['app'], []],
  ])('a %s of %j: %j', (InspectorRunMode, inputs, faults) => {
    expect(checked('Invoke/AWS/InspectorScan', { InspectorRunMode }, inputs)).toEqual(faults);
  });

  test.each<[members: Record<string, string>, faults: string[]]>([
    [{}, []],
    [{ FailureTolerancePercentage: '0', MaxConcurrentPercentage: '1' }, []],
    [{ FailureTolerancePercentage: '100', MaxConcurrentPercentage: '100' }, []],
    [{ FailureTolerancePercentage: '-1' }, ['FailureTolerancePercentage error']],
    [{ MaxConcurrentPercentage: '0' }, ['MaxConcurrentPercentage error']],
    [{ MaxConcurrentPercentage: '101' }, ['MaxConcurrentPercentage error']],
  ])('a stack set and its instances with %j: %j', (members, faults) => {
    for (const type of ['Deploy/AWS/CloudFormationStackSet', 'Deploy/AWS/CloudFormationStackInstances']) {
      expect(checked(type, { StackSetName: 's', ...members })).toEqual(faults);
    }
  });

  test.each<[members: Record<string, string>, faults: number]>([
    [{ OrganizationsAutoDeployment: 'Disabled', DeploymentTargets: 'x' }, 0],
    [{ OrganizationsAutoDeployment: 'Enabled', PermissionModel: 'SERVICE_MANAGED' }, 0],
    [{ OrganizationsAutoDeployment: 'EnabledWithStackRetention', PermissionModel: 'SERVICE_MANAGED' }, 0],
    [{ OrganizationsAutoDeployment: 'Enabled' }, 1],
    [{ OrganizationsAutoDeployment: 'Enabled', PermissionModel: 'SELF_MANAGED' }, 1],
    [{ OrganizationsAutoDeployment: 'Enabled', PermissionModel: 'SERVICE_MANAGED', DeploymentTargets: 'x' }, 1],
  ])('automatic deployment of a stack set with %j: %d faults', (members, faults) => {
    expect(checked('Deploy/AWS/CloudFormationStackSet', { StackSetName: 's', ...members })).toHaveLength(faults);
  });

  test.each<[type: string, key: string, least: number, most: number]>([
    ['Deploy/AWS/ECS', 'DeploymentTimeout', 1, 60],
    ['Test/AWS/DeviceFarm', 'FuzzEventCount', 1, 10_000],
    ['Test/AWS/DeviceFarm', 'FuzzEventThrottle', 1, 1000],
  ])('%s takes a %s from %d to %d', (type, key, least, most) => {
    for (const value of [least, most]) expect(checked(type, { [key]: String(value) })).toEqual([]);
    for (const value of [least - 1, most + 1])
      expect(checked(type, { [key]: String(value) })).toEqual([`${key} error`]);
  });
});

describe('the environment variables of a build (A-032)', () => {
  test.each<[text: string | undefined, variables: unknown[]]>([
    [undefined, []],
    ['[]', []],
    [' [ ] ', []],
    ['[{"name":"A","value":"b"}]', [{ name: 'A', value: 'b', type: 'PLAINTEXT' }]],
    ['[{"name":"A","value":""}]', [{ name: 'A', value: '', type: 'PLAINTEXT' }]],
    ['[{"name":"A","value":"b","type":"PLAINTEXT"}]', [{ name: 'A', value: 'b', type: 'PLAINTEXT' }]],
    ['[{"name":"A","value":"/p","type":"PARAMETER_STORE"}]', [{ name: 'A', value: '/p', type: 'PARAMETER_STORE' }]],
    ['[{"name":"A","value":"s:k","type":"SECRETS_MANAGER"}]', [{ name: 'A', value: 's:k', type: 'SECRETS_MANAGER' }]],
    ['[{"name":"A","value":"b","note":1}]', [{ name: 'A', value: 'b', type: 'PLAINTEXT' }]],
    ['[{"name":"A","value":"\\n\\"ü"}]', [{ name: 'A', value: '\n"ü', type: 'PLAINTEXT' }]],
    ['[{"name":"__proto__","value":"x"}]', [{ name: '__proto__', value: 'x', type: 'PLAINTEXT' }]],
    [
      '[{"name":"B","value":"2"},{"name":"A","value":"1"},{"name":"B","value":"3"}]',
      [
        { name: 'B', value: '2', type: 'PLAINTEXT' },
        { name: 'A', value: '1', type: 'PLAINTEXT' },
        { name: 'B', value: '3', type: 'PLAINTEXT' },
      ],
    ],
  ])('%j: %j', (text, variables) => {
    expect(parseEnvironmentVariables(text)).toEqual(variables);
  });

  test.each<[text: string, says: RegExp]>([
    ['', /is not JSON/],
    ['A=b', /is not JSON/],
    ['[{name:"A"}]', /is not JSON/],
    ['[{"name":"A","value":"a"b"}]', /is not JSON/],
    ['[{"name":"A","value":"a\nb"}]', /is not JSON/],
    ['null', /is not a list/],
    ['{"A":"b"}', /is not a list/],
    ['"A"', /is not a list/],
    ['[null]', /no object at position 1/],
    ['[{"name":"A","value":"b"},"C"]', /no object at position 2/],
    ['[{}]', /no name at position 1/],
    ['[{"name":1,"value":"b"}]', /no name at position 1/],
    ['[{"name":"","value":"b"}]', /no name at position 1/],
    ['[{"name":"A"}]', /no text as value of "A"/],
    ['[{"name":"A","value":null}]', /no text as value of "A"/],
    ['[{"name":"A","value":true}]', /no text as value of "A"/],
    [
      '[{"name":"A","value":"b","type":"plaintext"}]',
      /a type that is none of PLAINTEXT, PARAMETER_STORE, SECRETS_MANAGER/,
    ],
    ['[{"name":"A","value":"b","type":null}]', /a type that is none of/],
  ])('%j fails the action: %s', (text, says) => {
    let failure: unknown;
    try {
      parseEnvironmentVariables(text);
    } catch (error) {
      failure = error;
    }
    expect(failure).toBeInstanceOf(ActionFailure);
    expect(failure).toMatchObject({
      code: 'ConfigurationError',
      fix: expect.stringContaining('Write a JSON array') as unknown,
    });
    expect((failure as ActionFailure).message).toMatch(says);
  });
});
