import { describe, expect, it, test } from 'vitest';
import { long, many, type Path, withValue } from '../testing/withValue.ts';
import { validate } from './validate.ts';

const app: Path = ['stages', 0, 'actions', 0];
const shell: Path = ['stages', 1, 'actions', 0];
const approve: Path = ['stages', 2, 'actions', 0];
const condition: Path = ['stages', 2, 'beforeEntry', 'conditions', 0];
const filter: Path = ['triggers', 0, 'gitConfiguration', 'push', 0];

const role = (length: number) => `arn:aws:iam::111122223333:role/${long(length)}`;

describe('a field by itself', () => {
  test.each<[rule: string, path: Path, value: unknown, where: string, field: string]>([
    ['V-002', ['name'], undefined, '', 'name'],
    ['V-002', ['name'], '', '', 'name'],
    ['V-002', ['name'], long(101), '', 'name'],
    ['V-002', ['name'], 'a b', '', 'name'],
    ['V-003', ['roleArn'], undefined, '', 'roleArn'],
    ['V-003', ['roleArn'], 'arn:aws:iam::1:role/x', '', 'roleArn'],
    ['V-003', ['roleArn'], role(1024), '', 'roleArn'],
    ['V-004', ['stages'], undefined, '', 'stages'],
    ['V-005', ['version'], 0, '', 'version'],
    ['V-005', ['version'], 1.5, '', 'version'],
    ['V-006', ['executionMode'], 'FASTEST', '', 'executionMode'],
    ['V-007', ['pipelineType'], 'V3', '', 'pipelineType'],
    ['V-008', ['artifactStore', 'type'], 'EFS', '', 'artifactStore.type'],
    ['V-008', ['artifactStore', 'location'], 'a/b', '', 'artifactStore.location'],
    ['V-008', ['artifactStore', 'location'], 'ab', '', 'artifactStore.location'],
    ['V-009', ['artifactStore', 'encryptionKey'], { id: 'k' }, '', 'artifactStore.encryptionKey.type'],
    ['V-012', ['stages', 1, 'name'], 'a b', 'a b', 'name'],
    ['V-012', ['stages', 1, 'name'], '', '', 'stages.1.name'],
    ['V-013', ['stages', 2, 'actions'], undefined, 'Deploy', 'actions'],
    ['V-015', [...approve, 'name'], '', 'Deploy', 'actions.0.name'],
    ['V-015', [...approve, 'name'], long(101), `Deploy/${long(101)}`, 'name'],
    ['V-016', [...approve, 'actionTypeId', 'category'], 'Other', 'Deploy/Approve', 'actionTypeId.category'],
    ['V-016', [...approve, 'actionTypeId', 'provider'], 'AWS Manual', 'Deploy/Approve', 'actionTypeId.provider'],
    ['V-016', [...approve, 'actionTypeId', 'version'], undefined, 'Deploy/Approve', 'actionTypeId.version'],
    ['V-017', [...approve, 'runOrder'], 0, 'Deploy/Approve', 'runOrder'],
    ['V-017', [...approve, 'runOrder'], 1000, 'Deploy/Approve', 'runOrder'],
    ['V-018', [...approve, 'configuration', 'CustomData'], '', 'Deploy/Approve', 'CustomData'],
    ['V-018', [...approve, 'configuration', 'CustomData'], long(1001), 'Deploy/Approve', 'CustomData'],
    ['V-019', [...shell, 'commands'], [], 'Build/Test', 'commands'],
    ['V-019', [...shell, 'commands'], many(51, 'true'), 'Build/Test', 'commands'],
    ['V-019', [...shell, 'commands', 0], long(1001), 'Build/Test', 'commands.0'],
    ['V-020', [...shell, 'outputVariables'], many(16, 'VERSION'), 'Build/Test', 'outputVariables'],
    ['V-020', [...shell, 'outputVariables', 1], long(129), 'Build/Test', 'outputVariables.1'],
    [
      'V-021',
      [...shell, 'environmentVariables'],
      [{ name: 'A-B', value: 'x' }],
      'Build/Test',
      'environmentVariables.0.name',
    ],
    ['V-021', [...shell, 'environmentVariables'], [{ name: 'A' }], 'Build/Test', 'environmentVariables.0.value'],
    [
      'V-021',
      [...shell, 'environmentVariables'],
      many(11, { name: 'A', value: 'x' }),
      'Build/Test',
      'environmentVariables',
    ],
    ['V-023', [...shell, 'outputArtifacts', 0, 'files'], many(11, 'x'), 'Build/Test', 'outputArtifacts.0.files'],
    ['V-024', [...approve, 'roleArn'], 'x', 'Deploy/Approve', 'roleArn'],
    ['V-024', [...approve, 'region'], 'eu', 'Deploy/Approve', 'region'],
    ['V-025', [...approve, 'namespace'], 'a.b', 'Deploy/Approve', 'namespace'],
    ['V-026', [...approve, 'timeoutInMinutes'], 4, 'Deploy/Approve', 'timeoutInMinutes'],
    ['V-027', ['stages', 2, 'beforeEntry', 'conditions'], [], 'Deploy', 'beforeEntry.conditions'],
    ['V-028', [...condition, 'rules'], [], 'Deploy', 'beforeEntry.conditions.0.rules'],
    ['V-029', [...condition, 'rules', 0, 'name'], 'a b', 'Deploy', 'beforeEntry.conditions.0.rules.0.name'],
    [
      'V-030',
      [...condition, 'rules', 0, 'configuration', 'Cron'],
      long(10_001),
      'Deploy',
      'beforeEntry.conditions.0.rules.0.configuration.Cron',
    ],
    ['V-031', [...condition, 'rules', 0, 'region'], 'eu', 'Deploy', 'beforeEntry.conditions.0.rules.0.region'],
    [
      'V-032',
      [...condition, 'rules', 0, 'timeoutInMinutes'],
      1,
      'Deploy',
      'beforeEntry.conditions.0.rules.0.timeoutInMinutes',
    ],
    [
      'V-034',
      ['stages', 1, 'onFailure', 'retryConfiguration', 'retryMode'],
      'ALL',
      'Build',
      'onFailure.retryConfiguration.retryMode',
    ],
    ['V-035', ['variables', 0, 'defaultValue'], '', '', 'variables.0.defaultValue'],
    ['V-035', ['variables', 0, 'description'], long(201), '', 'variables.0.description'],
    [
      'V-037',
      ['triggers', 0, 'gitConfiguration', 'sourceActionName'],
      undefined,
      '',
      'triggers.0.gitConfiguration.sourceActionName',
    ],
    [
      'V-040',
      [...filter, 'branches', 'includes'],
      many(9, 'x'),
      '',
      'triggers.0.gitConfiguration.push.0.branches.includes',
    ],
    [
      'V-040',
      [...filter, 'branches', 'includes', 0],
      long(256),
      '',
      'triggers.0.gitConfiguration.push.0.branches.includes.0',
    ],
  ])('%s: %j is judged by itself', (_rule, path, value, where, field) => {
    const problems = validate(withValue(path, value));
    expect(problems.map((found) => [found.code.split('.')[0], found.where, found.field])).toEqual([
      ['shape', where, field],
    ]);
  });

  test.each<[rule: string, path: Path, value: unknown]>([
    ['V-010', ['artifactStores'], { eu: { type: 'S3', location: 'bucket' } }],
    ['V-014', ['stages', 2, 'blockers'], [{ name: 'b', type: 'Never' }]],
    ['V-018', [...approve, 'configuration', long(51)], 'x'],
    ['V-022', [...app, 'outputArtifacts', 0, 'name'], 'a.b'],
    ['V-033', [...condition, 'result'], 'REPEAT'],
    ['V-036', ['triggers', 0, 'providerType'], 'GitHub'],
    ['V-036', ['variables'], many(51, { name: 'A' })],
    ['V-038', ['triggers', 0, 'gitConfiguration', 'push'], []],
    ['V-039', ['triggers', 0, 'gitConfiguration', 'pullRequest', 0, 'events', 0], 'DELETED'],
  ])('%s: %j is refused', (_rule, path, value) => {
    expect(validate(withValue(path, value)).filter(({ code }) => code.startsWith('shape.'))).toHaveLength(1);
  });

  it('V-003: a role of another partition is as good', () => {
    expect(validate(withValue(['roleArn'], 'arn:aws-us-gov:iam::111122223333:role/x'))).toEqual([]);
  });

  it('is told in plain words', () => {
    expect(validate(withValue(['roleArn'], undefined))[0]).toMatchObject({
      code: 'shape.missing',
      what: '"roleArn" is missing.',
      fix: 'Enter the ARN of an IAM role, arn:aws:iam::111122223333:role/name.',
    });
    expect(validate(withValue([...shell, 'commands', 0], long(1001)))[0]?.what).toBe(
      '"commands.0" has 1001 characters; AWS takes at most 1000 characters.',
    );
    expect(validate(withValue(['executionMode'], 'FASTEST'))[0]?.what).toBe(
      '"executionMode" is "FASTEST"; AWS takes "SUPERSEDED", "QUEUED", "PARALLEL".',
    );
  });
});
