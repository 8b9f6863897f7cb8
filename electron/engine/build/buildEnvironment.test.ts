import { describe, expect, it } from 'vitest';
import type { PlannedVariable } from '../../../shared/buildspec/planBuild.ts';
import { givenVariables, resolveEnvironment } from './buildEnvironment.ts';

const identity = {
  pipelineName: 'deploy',
  projectName: 'shop',
  actionExecutionId: '0b1c',
  startedAt: 1_760_000_000_000,
  region: 'eu-west-1',
  account: '123456789012',
};
const inputs = new Map([
  ['Source', '/w/src/src'],
  ['Tools', '/w/src2/src'],
]);

describe('§6 what CodeBuild gives a build of a pipeline', () => {
  const given = givenVariables(identity, inputs, 'Source', '/attempt');

  it('is every variable of its list that a pipeline build has, and none of CodePipeline’s', () => {
    expect([...given.keys()].sort()).toEqual([
      'AWS_DEFAULT_REGION',
      'AWS_REGION',
      'CODEBUILD_BUILD_ARN',
      'CODEBUILD_BUILD_ID',
      'CODEBUILD_BUILD_IMAGE',
      'CODEBUILD_BUILD_NUMBER',
      'CODEBUILD_BUILD_SUCCEEDING',
      'CODEBUILD_BUILD_URL',
      'CODEBUILD_INITIATOR',
      'CODEBUILD_KMS_KEY_ID',
      'CODEBUILD_PROJECT_ARN',
      'CODEBUILD_SOURCE_REPO_URL',
      'CODEBUILD_SOURCE_REPO_URL_Tools',
      'CODEBUILD_SOURCE_VERSION',
      'CODEBUILD_SOURCE_VERSION_Tools',
      'CODEBUILD_SRC_DIR',
      'CODEBUILD_SRC_DIR_Tools',
      'CODEBUILD_START_TIME',
    ]);
  });

  it('has the form of the real values', () => {
    expect(Object.fromEntries(given)).toMatchObject({
      AWS_REGION: 'eu-west-1',
      CODEBUILD_BUILD_ARN: 'arn:aws:codebuild:eu-west-1:123456789012:build/shop:0b1c',
      CODEBUILD_BUILD_ID: 'shop:0b1c',
      CODEBUILD_INITIATOR: 'codepipeline/deploy',
      CODEBUILD_SRC_DIR: '/w/src/src',
      CODEBUILD_SRC_DIR_Tools: '/w/src2/src',
      CODEBUILD_START_TIME: '1760000000000',
    });
  });

  it('includes the commit where the source has one', () => {
    const known = givenVariables({ ...identity, resolvedSourceVersion: 'abc' }, inputs, 'Source', '/attempt');
    expect(known.get('CODEBUILD_RESOLVED_SOURCE_VERSION')).toBe('abc');
  });
});

describe('§3 a reference to a secret', () => {
  const planned = (type: PlannedVariable['type'], value: string): PlannedVariable[] => [
    { name: 'V', value, type, from: 'the action' },
  ];
  const resolve = (variables: PlannedVariable[], secretsFromEnvironment: Record<string, string>) =>
    resolveEnvironment(variables, { kind: 'project', secretsFromEnvironment }, { MINE: '{"key":"of json","n":7}' });

  it('is bound as a whole, or by its secret id with a key of the JSON text', () => {
    const arn = 'arn:aws:secretsmanager:eu-west-1:123456789012:secret:db-a1B2c3';
    const whole = '{"key":"of json","n":7}';
    expect(resolve(planned('PARAMETER_STORE', '/p'), { '/p': 'MINE' }).environment.get('V')).toBe(whole);
    expect(resolve(planned('SECRETS_MANAGER', 'db'), { db: 'MINE' }).environment.get('V')).toBe(whole);
    expect(resolve(planned('SECRETS_MANAGER', 'db:key'), { db: 'MINE' }).environment.get('V')).toBe('of json');
    expect(resolve(planned('SECRETS_MANAGER', 'db:n:AWSCURRENT:'), { db: 'MINE' }).environment.get('V')).toBe('7');
    expect(resolve(planned('SECRETS_MANAGER', `${arn}:key`), { [arn]: 'MINE' }).environment.get('V')).toBe('of json');
    expect(resolve(planned('SECRETS_MANAGER', 'db:key'), { 'db:key': 'MINE' }).environment.get('V')).toBe(whole);
  });

  it('without a local value is named, with what it is for', () => {
    expect(() => resolve(planned('SECRETS_MANAGER', 'db:nothing'), { db: 'MINE' })).toThrow(
      '"db:nothing" for V (of the action)',
    );
    expect(() => resolveEnvironment(planned('PARAMETER_STORE', '/p'), undefined, {})).toThrow('has no local value');
    expect(() => resolve(planned('PARAMETER_STORE', '__proto__'), {})).toThrow('has no local value');
  });
});
