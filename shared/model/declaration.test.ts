import { describe, expect, it, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { long, many, pathOfText, withValue } from '../testing/withValue.ts';
import { actionKey, actionTypeKey, pipelineSchema, runOrderGroups } from './declaration.ts';

/* Where fields of the complete pipeline stand: Source/App, Build/Test (Commands), Deploy/Approve, Deploy/Upload. */
const app = 'stages.0.actions.0';
const shell = 'stages.1.actions.0';
const approve = 'stages.2.actions.0';
const entry = 'stages.2.beforeEntry.conditions.0';
const rule = `${entry}.rules.0`;
const git = 'triggers.0.gitConfiguration';

const role = (length: number) => `arn:aws:iam::111122223333:role/${long(length - 31)}`;
const keys = (length: number) => Object.fromEntries(Array.from({ length }, (_, index) => [`k${index}`, 'v']));
const store = { type: 'S3', location: 'bucket' };
const variable = { name: 'A', value: 'x' };
const isLegal = (field: string, value: unknown) =>
  pipelineSchema.safeParse(withValue(pathOfText(field), value)).success;

/** The smallest and largest legal value of a field, and the first illegal one beyond each. */
interface Borders {
  field: string;
  legal: readonly unknown[];
  illegal: readonly unknown[];
}

const lengths = (field: string, least: number, most: number): Borders => ({
  field,
  legal: [long(Math.max(least, 1)), long(most)],
  illegal: [...(least > 0 ? [long(least - 1)] : []), long(most + 1)],
});
const counts = (field: string, most: number, item: unknown): Borders => ({
  field,
  legal: most === 1 ? [[item]] : [[item], many(most, item)],
  illegal: [[], many(most + 1, item)],
});
const choice = (field: string, legal: readonly string[], illegal: readonly string[]): Borders => ({
  field,
  legal,
  illegal: ['', ...illegal],
});

const borders: Borders[] = [
  // reference/pipeline-structure.md §1
  lengths('name', 1, 100),
  { field: 'roleArn', legal: [role(31), role(1024)], illegal: ['', role(1025)] },
  choice('executionMode', ['SUPERSEDED', 'QUEUED', 'PARALLEL'], ['superseded', 'QUEUE', ' PARALLEL']),
  choice('pipelineType', ['V1', 'V2'], ['V3', 'v2', '2']),
  { field: 'version', legal: [1, 2_000_000], illegal: [0, -1, 1.5, '1'] },
  { field: 'variables', legal: [[], [{ name: 'A' }], many(50, { name: 'A' })], illegal: [many(51, { name: 'A' })] },
  {
    field: 'triggers',
    legal: [[], many(50, completePipeline().triggers![0])],
    illegal: [many(51, completePipeline().triggers![0])],
  },

  // §2
  choice('artifactStore.type', ['S3'], ['s3', 'EFS']),
  lengths('artifactStore.location', 3, 63),
  {
    field: 'artifactStore.encryptionKey',
    legal: [1, 400].map((length) => ({ id: long(length), type: 'KMS' })),
    illegal: [{ id: 'k' }, { type: 'KMS' }, ...[0, 401].map((length) => ({ id: long(length), type: 'KMS' }))],
  },
  {
    field: 'artifactStores',
    legal: [{}, { [long(4)]: store }, { [long(30)]: store }],
    illegal: [{ [long(3)]: store }, { [long(31)]: store }, { 'eu-west-1': { type: 'S3' } }],
  },

  // §3
  lengths('stages.2.name', 1, 100),
  { field: 'stages.2.blockers', legal: [[], [{ name: 'b', type: 'Schedule' }]], illegal: [[{ name: 'b', type: 'X' }]] },
  { field: 'stages.2.blockers.0', legal: [{ name: long(100), type: 'Schedule' }], illegal: [{ type: 'Schedule' }] },

  // §4
  lengths(`${approve}.name`, 1, 100),
  choice(
    `${approve}.actionTypeId.category`,
    ['Source', 'Build', 'Test', 'Deploy', 'Invoke', 'Approval', 'Compute'],
    ['source', 'Rule'],
  ),
  choice(`${approve}.actionTypeId.owner`, ['AWS', 'ThirdParty', 'Custom'], ['aws', 'Third Party']),
  lengths(`${approve}.actionTypeId.provider`, 1, 35),
  lengths(`${approve}.actionTypeId.version`, 1, 9),
  { field: `${approve}.runOrder`, legal: [1, 999], illegal: [0, 1000, 1.5, '1', -1] },
  { field: `${approve}.configuration`, legal: [{}, { [long(50)]: 'x' }], illegal: [{ '': 'x' }, { [long(51)]: 'x' }] },
  lengths(`${approve}.configuration.CustomData`, 1, 1000),
  { field: `${approve}.configuration.CustomData`, legal: ['a\nb', '#{a.b}', 'ä'], illegal: [true, 1, null, {}, []] },
  counts(`${shell}.commands`, 50, 'true'),
  lengths(`${shell}.commands.0`, 1, 1000),
  counts(`${shell}.environmentVariables`, 10, variable),
  { field: `${shell}.environmentVariables`, legal: [[variable]], illegal: [[{ name: 'A' }], [{ value: 'x' }]] },
  {
    field: `${shell}.environmentVariables`,
    legal: [1, 128].map((length) => [{ ...variable, name: long(length) }]),
    illegal: [...[0, 129].map(long), 'A-B', 'A.B', 'A B', 'Ä'].map((name) => [{ ...variable, name }]),
  },
  {
    field: `${shell}.environmentVariables`,
    legal: [[{ ...variable, value: long(2000) }]],
    illegal: [[{ ...variable, value: '' }], [{ ...variable, value: long(2001) }], [{ ...variable, value: 'a\nb' }]],
  },
  {
    field: `${shell}.environmentVariables`,
    legal: [[{ ...variable, type: 'PLAINTEXT' }], [{ ...variable, type: 'SECRETS_MANAGER' }]],
    illegal: [[{ ...variable, type: 'PARAMETER_STORE' }], [{ ...variable, type: '' }]],
  },
  counts(`${shell}.outputVariables`, 15, 'VERSION'),
  lengths(`${shell}.outputVariables.0`, 1, 128),
  { field: `${app}.inputArtifacts`, legal: [[], [{ name: 'a' }]], illegal: [['a'], [{}], { name: 'a' }] },
  lengths(`${app}.outputArtifacts.0.name`, 1, 100),
  lengths(`${shell}.inputArtifacts.0.name`, 1, 100),
  counts(`${shell}.outputArtifacts.0.files`, 10, '**'),
  lengths(`${shell}.outputArtifacts.0.files.0`, 1, 128),
  { field: `${approve}.roleArn`, legal: [role(40), role(1024)], illegal: ['', 'role', role(1025)] },
  lengths(`${approve}.region`, 4, 30),
  lengths(`${approve}.namespace`, 1, 100),
  { field: `${approve}.timeoutInMinutes`, legal: [5, 86_400], illegal: [4, 86_401, 5.5, '60', 0] },

  // §5
  counts('stages.2.beforeEntry.conditions', 1, { result: 'FAIL' }),
  counts('stages.2.onSuccess.conditions', 1, { result: 'FAIL' }),
  counts('stages.2.onFailure.conditions', 1, { result: 'ROLLBACK' }),
  { field: 'stages.2.beforeEntry', legal: [undefined], illegal: [{}, { conditions: {} }] },
  { field: 'stages.2.onFailure', legal: [{}, { result: 'RETRY' }, { retryConfiguration: {} }], illegal: [[], 'RETRY'] },
  choice(`${entry}.result`, ['ROLLBACK', 'FAIL', 'RETRY', 'SKIP'], ['fail', 'STOP']),
  choice('stages.1.onFailure.result', ['ROLLBACK', 'FAIL', 'RETRY', 'SKIP'], ['ABORT']),
  choice('stages.1.onFailure.retryConfiguration.retryMode', ['FAILED_ACTIONS', 'ALL_ACTIONS'], ['ALL', 'ALLACTIONS']),
  counts(`${entry}.rules`, 5, completePipeline().stages[2]!.beforeEntry!.conditions[0]!.rules![0]),
  lengths(`${rule}.name`, 1, 100),
  choice(`${rule}.ruleTypeId.category`, ['Rule'], ['Build', 'rule']),
  choice(`${rule}.ruleTypeId.owner`, ['AWS'], ['Custom', 'ThirdParty']),
  lengths(`${rule}.ruleTypeId.provider`, 1, 35),
  lengths(`${rule}.ruleTypeId.version`, 1, 9),
  { field: `${rule}.ruleTypeId`, legal: [{ category: 'Rule', provider: 'P' }], illegal: [{ category: 'Rule' }, {}] },
  { field: `${rule}.configuration`, legal: [{}, keys(200)], illegal: [keys(201), { '': 'x' }, { [long(51)]: 'x' }] },
  lengths(`${rule}.configuration.Cron`, 1, 10_000),
  counts(`${rule}.commands`, 50, 'true'),
  lengths(`${rule}.commands.0`, 1, 1000),
  { field: `${rule}.inputArtifacts`, legal: [[], [{ name: 'app' }]], illegal: [[{ name: 'a.b' }], ['app']] },
  { field: `${rule}.roleArn`, legal: [role(40)], illegal: ['x', role(1025)] },
  lengths(`${rule}.region`, 4, 30),
  { field: `${rule}.timeoutInMinutes`, legal: [5, 86_400], illegal: [4, 86_401, 5.5] },

  // §6
  lengths('variables.0.name', 1, 128),
  lengths('variables.0.defaultValue', 1, 1000),
  { field: 'variables.0.defaultValue', legal: [undefined, ' ', '#{a.b}', 'ä'], illegal: ['', 'a\nb', 5] },
  { field: 'variables.0.description', legal: [undefined, '', long(200), 'a\nb'], illegal: [long(201), 5] },

  // §7
  choice('triggers.0.providerType', ['CodeStarSourceConnection'], ['GitHub', 'Connection', 'codestarsourceconnection']),
  { field: 'triggers.0.gitConfiguration', legal: [{ sourceActionName: 'App' }], illegal: [{}, undefined, []] },
  lengths(`${git}.sourceActionName`, 1, 100),
  counts(`${git}.push`, 3, {}),
  counts(`${git}.pullRequest`, 3, {}),
  counts(`${git}.pullRequest.0.events`, 3, 'OPEN'),
  choice(`${git}.pullRequest.0.events.0`, ['OPEN', 'UPDATED', 'CLOSED'], ['MERGED', 'open']),
  ...[
    'push.0.branches',
    'push.0.filePaths',
    'push.1.tags',
    'pullRequest.0.branches',
    'pullRequest.0.filePaths',
  ].flatMap((criterion) =>
    ['includes', 'excludes'].flatMap((side): Borders[] => [
      counts(`${git}.${criterion}.${side}`, 8, '**'),
      { field: `${git}.${criterion}.${side}`, legal: [[long(1)], [long(255)]], illegal: [[''], [long(256)], ['a\nb']] },
    ]),
  ),
];

const shown = (value: unknown) => {
  const text = JSON.stringify(value) ?? 'nothing';
  return text.length > 40 ? `${text.slice(0, 36)}… (${text.length})` : text;
};

describe('the limits of a declaration’s fields (reference/pipeline-structure.md)', () => {
  test.each(borders.flatMap(({ field, legal }) => legal.map((value) => [field, shown(value), value] as const)))(
    '%s may be %s',
    (field, _shown, value) => {
      expect(isLegal(field, value)).toBe(true);
    },
  );

  test.each(borders.flatMap(({ field, illegal }) => illegal.map((value) => [field, shown(value), value] as const)))(
    '%s may not be %s',
    (field, _shown, value) => {
      expect(isLegal(field, value)).toBe(false);
    },
  );
});

describe('the characters of names', () => {
  /** Each field with the ASCII characters it takes; everything else, and every letter beyond ASCII, is refused. */
  const alphabets: readonly [field: string, characters: RegExp, around: string][] = [
    ['name', /[A-Za-z0-9.@\-_]/, ''],
    ['artifactStore.location', /[a-zA-Z0-9\-.]/, 'ab'],
    ['stages.2.name', /[A-Za-z0-9.@\-_]/, ''],
    [`${approve}.name`, /[A-Za-z0-9.@\-_]/, ''],
    [`${approve}.actionTypeId.provider`, /[0-9A-Za-z_-]/, ''],
    [`${approve}.actionTypeId.version`, /[0-9A-Za-z_-]/, ''],
    [`${app}.outputArtifacts.0.name`, /[a-zA-Z0-9_-]/, ''],
    [`${shell}.inputArtifacts.0.name`, /[a-zA-Z0-9_-]/, ''],
    [`${approve}.namespace`, /[A-Za-z0-9@\-_]/, ''],
    [`${rule}.name`, /[A-Za-z0-9.@\-_]/, ''],
    [`${rule}.ruleTypeId.provider`, /[0-9A-Za-z_-]/, ''],
    ['variables.0.name', /[A-Za-z0-9@\-_]/, ''],
    [`${git}.sourceActionName`, /[A-Za-z0-9.@\-_]/, ''],
  ];
  const ascii = Array.from({ length: 128 }, (_, code) => String.fromCharCode(code));

  test.each(alphabets)('%s takes exactly the characters %s', (field, characters, around) => {
    const taken = ascii.filter((character) => isLegal(field, around + character));
    expect(taken.join('')).toBe(ascii.filter((character) => characters.test(character)).join(''));
  });

  test.each(alphabets)(
    '%s takes no letter beyond ASCII, and no line break at its end',
    (field, _characters, around) => {
      for (const text of ['ä', 'é', '名', '🚀', 'a\n', '\na', 'a\u0000', '\u212a']) {
        expect(isLegal(field, around + text), JSON.stringify(text)).toBe(false);
      }
    },
  );

  test.each([
    ['arn:aws:iam::111122223333:role/x', true],
    ['arn:aws:iam::111122223333:role/', true],
    ['arn:aws:iam::111122223333:role/service-role/a+b=c,d.e@f', true],
    ['arn:aws-cn:iam::111122223333:role/x', true],
    ['arn:aws-us-gov:iam::111122223333:role/x', true],
    ['arn:aws-iso-b:iam::111122223333:role/x', true],
    ['arn:aws:iam::11112222333:role/x', false],
    ['arn:aws:iam::1111222233334:role/x', false],
    ['arn:aws:iam:eu-west-1:111122223333:role/x', false],
    ['arn:aws:iam::111122223333:user/x', false],
    ['arn:aws:sts::111122223333:role/x', false],
    ['arn:amazon:iam::111122223333:role/x', false],
    [' arn:aws:iam::111122223333:role/x', false],
    ['arn:aws:iam::111122223333:role/x\n', false],
    ['<ROLE ARN>', false],
  ])('the role ARN %j is taken: %s', (arn, expected) => {
    expect(isLegal('roleArn', arn)).toBe(expected);
    expect(isLegal(`${approve}.roleArn`, arn)).toBe(expected);
  });
});

describe('a field that must be there', () => {
  test.each([
    'name',
    'roleArn',
    'stages',
    'artifactStore.type',
    'artifactStore.location',
    'stages.1.name',
    'stages.1.actions',
    `${app}.name`,
    `${app}.actionTypeId`,
    `${app}.actionTypeId.category`,
    `${app}.actionTypeId.owner`,
    `${app}.actionTypeId.provider`,
    `${app}.actionTypeId.version`,
    `${app}.outputArtifacts.0.name`,
    'stages.2.beforeEntry.conditions',
    'stages.2.onSuccess.conditions',
    `${rule}.name`,
    `${rule}.ruleTypeId`,
    `${rule}.ruleTypeId.category`,
    `${rule}.ruleTypeId.provider`,
    'variables.0.name',
    'triggers.0.providerType',
    'triggers.0.gitConfiguration',
    `${git}.sourceActionName`,
  ])('%s is missed', (field) => {
    expect(isLegal(field, undefined)).toBe(false);
  });

  test.each([
    'artifactStore',
    'version',
    'executionMode',
    'pipelineType',
    'variables',
    'triggers',
    'stages.2.beforeEntry',
    'stages.2.onSuccess',
    'stages.1.onFailure',
    'stages.1.onFailure.result',
    'stages.1.onFailure.retryConfiguration',
    'stages.1.onFailure.retryConfiguration.retryMode',
    `${entry}.result`,
    `${entry}.rules`,
    `${rule}.configuration`,
    `${rule}.ruleTypeId.owner`,
    `${rule}.ruleTypeId.version`,
    `${app}.runOrder`,
    `${app}.namespace`,
    `${app}.configuration`,
    `${app}.inputArtifacts`,
    `${app}.outputArtifacts`,
    `${shell}.commands`,
    `${shell}.outputVariables`,
    `${shell}.outputArtifacts.0.files`,
    `${approve}.timeoutInMinutes`,
    'variables.0.defaultValue',
    'variables.0.description',
    `${git}.push`,
    `${git}.pullRequest`,
    `${git}.push.0.branches`,
    `${git}.push.0.branches.includes`,
    `${git}.pullRequest.0.events`,
  ])('%s is not', (field) => {
    expect(isLegal(field, undefined)).toBe(true);
  });
});

describe('a field that is newer than this program', () => {
  test.each([
    '',
    'artifactStore',
    'artifactStore.encryptionKey',
    'stages.0',
    app,
    `${app}.actionTypeId`,
    `${app}.outputArtifacts.0`,
    `${shell}.inputArtifacts.0`,
    `${shell}.environmentVariables.0`,
    'stages.2.beforeEntry',
    'stages.1.onFailure',
    'stages.1.onFailure.retryConfiguration',
    entry,
    rule,
    `${rule}.ruleTypeId`,
    'stages.2.blockers.0',
    'variables.0',
    'triggers.0',
    git,
    `${git}.push.0`,
    `${git}.push.0.branches`,
    `${git}.pullRequest.0`,
  ])('is kept in %j', (place) => {
    const filled: Record<string, unknown> = {
      'artifactStore.encryptionKey': { id: 'k', type: 'KMS' },
      'stages.2.blockers.0': { name: 'b', type: 'Schedule' },
      [`${shell}.environmentVariables.0`]: variable,
    };
    const path = pathOfText(place);
    const pipeline = filled[place] === undefined ? completePipeline() : withValue(path, filled[place]);
    const target = path.reduce<unknown>((value, key) => (value as Record<string | number, unknown>)[key], pipeline);
    Object.assign(target as object, { fromTheFuture: { deep: [1, null, true] } });
    expect(pipelineSchema.parse(pipeline)).toEqual(pipeline);
    expect(JSON.stringify(pipelineSchema.parse(pipeline))).toContain('fromTheFuture');
  });
});

describe('the groups of a stage', () => {
  const stage = (...actions: string[]) => pipelineOf({ Source: ['Repo'], Stage: actions }).stages[1]!;
  const groups = (...actions: string[]) =>
    runOrderGroups(stage(...actions)).map(({ runOrder, actions: of }) => [runOrder, of.map(({ name }) => name)]);

  it.each([
    { actions: ['A'], are: [[1, ['A']]] },
    { actions: ['A', 'B'], are: [[1, ['A', 'B']]] },
    { actions: ['B', 'A'], are: [[1, ['B', 'A']]] },
    { actions: ['A@1', 'B'], are: [[1, ['A', 'B']]] },
    {
      actions: ['A@2', 'B@1'],
      are: [
        [1, ['B']],
        [2, ['A']],
      ],
    },
    {
      actions: ['A@30', 'B@4', 'C@30'],
      are: [
        [4, ['B']],
        [30, ['A', 'C']],
      ],
    },
    {
      actions: ['A@999', 'B@10', 'C'],
      are: [
        [1, ['C']],
        [10, ['B']],
        [999, ['A']],
      ],
    },
    { actions: [], are: [] },
  ])('of $actions are $are: ascending, gaps allowed, an absent runOrder is 1', ({ actions, are }) => {
    expect(groups(...actions)).toEqual(are);
  });

  it('hold the declaration’s own actions, in its order, and leave the stage as it was', () => {
    const declared = stage('A@3', 'B@1', 'C@3');
    const before = structuredClone(declared);
    const [first, second] = runOrderGroups(declared);
    expect(first?.actions[0]).toBe(declared.actions[1]);
    expect(second?.actions).toEqual([declared.actions[0], declared.actions[2]]);
    expect(declared).toEqual(before);
  });
});

describe('keys', () => {
  it('an action type is told by all four parts of its id', () => {
    const id = { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' } as const;
    expect(actionTypeKey(id)).toBe('Deploy/AWS/S3/1');
    const others = [{ category: 'Source' }, { owner: 'Custom' }, { provider: 'EC2' }, { version: '2' }] as const;
    for (const other of others) expect(actionTypeKey({ ...id, ...other })).not.toBe(actionTypeKey(id));
  });

  it('an action is told by its stage and its name, as the canvas selects it', () => {
    expect(actionKey('Deploy', 'ToBucket')).toBe('Deploy/ToBucket');
  });
});
