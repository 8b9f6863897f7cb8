import { describe, expect, it, test } from 'vitest';
import { completePipeline } from '../testing/completePipeline.ts';
import { pathOfText, withValue } from '../testing/withValue.ts';
import { type PipelineDeclaration, pipelineSchema } from './declaration.ts';
import { parseDocument } from './documentText.ts';

const parse = (value: unknown) => parseDocument(JSON.stringify(value), 'json');
const at = (pipeline: unknown, field: string) =>
  pathOfText(field).reduce<unknown>((value, key) => (value as Record<string, unknown> | undefined)?.[key], pipeline);

const app = 'stages.0.actions.0';
const shell = 'stages.1.actions.0';
const rule = 'stages.2.beforeEntry.conditions.0.rules.0';
const git = 'triggers.0.gitConfiguration';

describe('a value of the wrong kind, wherever it stands', () => {
  /** The field, what stands there, what is read instead, and how the fault is placed. */
  test.each<[field: string, written: unknown, read: unknown, where: string, faultyField: string]>([
    ['name', 7, '7', '', 'name'],
    ['name', null, '', '', 'name'],
    ['name', ['x'], '', '', 'name'],
    ['roleArn', true, 'true', '', 'roleArn'],
    ['roleArn', {}, undefined, '', 'roleArn'],
    ['version', '3', 3, '', 'version'],
    ['version', 'three', undefined, '', 'version'],
    ['version', '1.5', undefined, '', 'version'],
    ['version', '-1', undefined, '', 'version'],
    ['version', '12345678901', undefined, '', 'version'],
    ['executionMode', 1, '1', '', 'executionMode'],
    ['pipelineType', 2, '2', '', 'pipelineType'],
    ['artifactStore', 'bucket', undefined, '', 'artifactStore'],
    ['artifactStore', [], undefined, '', 'artifactStore'],
    ['artifactStore.location', 12, '12', '', 'artifactStore.location'],
    ['artifactStore.encryptionKey', 'key', undefined, '', 'artifactStore.encryptionKey'],
    ['artifactStores', [], undefined, '', 'artifactStores'],
    ['artifactStores.eu-west-1', 'bucket', undefined, '', 'artifactStores.eu-west-1'],
    ['stages', {}, [], '', 'stages'],
    ['stages', 'Source', [], '', 'stages'],
    ['stages', null, [], '', 'stages'],
    ['stages.1', 'Build', { name: '', actions: [] }, '', 'stages.1'],
    ['stages.1.name', 5, '5', '5', 'name'],
    ['stages.1.actions', {}, [], 'Build', 'actions'],
    ['stages.1.actions', null, [], 'Build', 'actions'],
    ['stages.2.blockers', 'none', undefined, 'Deploy', 'blockers'],
    ['stages.2.beforeEntry', [], undefined, 'Deploy', 'beforeEntry'],
    ['stages.2.beforeEntry.conditions', {}, undefined, 'Deploy', 'beforeEntry.conditions'],
    ['stages.2.onSuccess', 'FAIL', undefined, 'Deploy', 'onSuccess'],
    ['stages.2.onFailure', 'ROLLBACK', undefined, 'Deploy', 'onFailure'],
    ['stages.1.onFailure.result', 0, '0', 'Build', 'onFailure.result'],
    ['stages.1.onFailure.retryConfiguration', 'ALL', undefined, 'Build', 'onFailure.retryConfiguration'],
    [`${app}.name`, 1.5, '1.5', 'Source/1.5', 'name'],
    [`${app}.runOrder`, '2', 2, 'Source/App', 'runOrder'],
    [`${app}.runOrder`, 'first', undefined, 'Source/App', 'runOrder'],
    [`${app}.runOrder`, null, undefined, 'Source/App', 'runOrder'],
    [`${app}.runOrder`, [1], undefined, 'Source/App', 'runOrder'],
    [`${app}.actionTypeId.version`, 1, '1', 'Source/App', 'actionTypeId.version'],
    [`${app}.actionTypeId.provider`, null, '', 'Source/App', 'actionTypeId.provider'],
    [`${app}.configuration`, 'none', undefined, 'Source/App', 'configuration'],
    [`${app}.configuration`, null, undefined, 'Source/App', 'configuration'],
    [`${app}.configuration.DetectChanges`, false, 'false', 'Source/App', 'DetectChanges'],
    [`${app}.configuration.DetectChanges`, 0, '0', 'Source/App', 'DetectChanges'],
    [`${app}.configuration.DetectChanges`, null, '', 'Source/App', 'DetectChanges'],
    [`${app}.configuration.DetectChanges`, ['a'], '', 'Source/App', 'DetectChanges'],
    [`${app}.configuration.DetectChanges`, { a: 1 }, '', 'Source/App', 'DetectChanges'],
    [`${app}.inputArtifacts`, 'app', undefined, 'Source/App', 'inputArtifacts'],
    [`${app}.inputArtifacts`, ['app'], [{ name: 'app' }], 'Source/App', 'inputArtifacts.0'],
    [`${app}.inputArtifacts`, [1], [{ name: '' }], 'Source/App', 'inputArtifacts.0'],
    [`${app}.inputArtifacts`, [{ name: 1 }], [{ name: '1' }], 'Source/App', 'inputArtifacts.0.name'],
    [`${app}.outputArtifacts`, ['app'], [{ name: 'app' }], 'Source/App', 'outputArtifacts.0'],
    [`${app}.roleArn`, {}, undefined, 'Source/App', 'roleArn'],
    [`${app}.region`, 1, '1', 'Source/App', 'region'],
    [`${app}.namespace`, false, 'false', 'Source/App', 'namespace'],
    [`${app}.timeoutInMinutes`, '60', 60, 'Source/App', 'timeoutInMinutes'],
    [`${shell}.commands`, 'npm ci', undefined, 'Build/Test', 'commands'],
    [`${shell}.commands.1`, 5, '5', 'Build/Test', 'commands.1'],
    [`${shell}.commands.1`, null, '', 'Build/Test', 'commands.1'],
    [`${shell}.commands.1`, { run: 'x' }, '', 'Build/Test', 'commands.1'],
    [`${shell}.outputVariables`, 'VERSION', undefined, 'Build/Test', 'outputVariables'],
    [`${shell}.outputArtifacts.0.files`, 'dist', undefined, 'Build/Test', 'outputArtifacts.0.files'],
    [`${shell}.environmentVariables`, { A: 'b' }, undefined, 'Build/Test', 'environmentVariables'],
    [`${rule}.name`, 1, '1', 'Deploy', `${rule.slice(9)}.name`],
    [`${rule}.ruleTypeId.version`, 1, '1', 'Deploy', `${rule.slice(9)}.ruleTypeId.version`],
    [`${rule}.configuration.Cron`, 5, '5', 'Deploy', `${rule.slice(9)}.configuration.Cron`],
    [`${rule}.timeoutInMinutes`, '60', 60, 'Deploy', `${rule.slice(9)}.timeoutInMinutes`],
    ['variables', { TARGET: 'beta' }, undefined, '', 'variables'],
    ['variables.0.defaultValue', 3, '3', '', 'variables.0.defaultValue'],
    ['variables.0.defaultValue', true, 'true', '', 'variables.0.defaultValue'],
    ['triggers', 'push', undefined, '', 'triggers'],
    [`${git}.push`, {}, undefined, '', `${git}.push`],
    [`${git}.push.0.branches`, ['main'], undefined, '', `${git}.push.0.branches`],
    [`${git}.push.0.branches.includes`, 'main', undefined, '', `${git}.push.0.branches.includes`],
    [`${git}.push.0.branches.includes.0`, 1, '1', '', `${git}.push.0.branches.includes.0`],
    [`${git}.pullRequest.0.events`, 'OPEN', undefined, '', `${git}.pullRequest.0.events`],
  ])('%s: %j is read as %j and reported at %j, %s', (field, written, read, where, faultyField) => {
    const broken = withValue(pathOfText(field), written);
    const { pipeline, problems } = parse(broken);
    expect(at(pipeline, field)).toEqual(read);
    expect(problems).toMatchObject([{ code: 'text.wrong-type', severity: 'error', where, field: faultyField }]);
    expect(problems[0]!.what).toMatch(/^".+" must be (a|an) .+; here stands .+\.$/);
    expect(problems[0]!.line).toBeGreaterThan(0);
  });

  it('is told as what it is and what belongs there', () => {
    const said = (field: string, value: unknown) => {
      const [{ what, fix } = { what: '', fix: '' }] = parse(withValue(pathOfText(field), value)).problems;
      return [what, fix];
    };
    expect(said('roleArn', true)).toEqual([
      '"roleArn" must be a text; here stands true.',
      'Write it in double quotes: "true".',
    ]);
    expect(said('version', '3')).toEqual([
      '"version" must be a number; here stands "3".',
      'Write the number without quotes.',
    ]);
    expect(said('stages', {})).toEqual([
      '"stages" must be a list; here stands an object.',
      'Write a list, or remove the field.',
    ]);
    expect(said(`${app}.configuration`, [])).toEqual([
      '"configuration" must be a mapping of keys to texts; here stands a list.',
      'Write a mapping of keys to texts, or remove the field.',
    ]);
    expect(said('artifactStores', [])).toEqual([
      '"artifactStores" must be an object with a key for each Region; here stands a list.',
      'Write an object with a key for each Region, or remove the field.',
    ]);
    expect(said(`${app}.runOrder`, null)[0]).toBe('"runOrder" must be a number; here stands nothing.');
    expect(said(`${app}.inputArtifacts`, ['app'])[1]).toBe('Write {"name": "…"}.');
    expect(said('artifactStore', 'x'.repeat(100))[0]).toMatch(/x{39}…\.$/);
  });

  it('is reported at most 200 times', () => {
    const stages = Array.from({ length: 300 }, (_, index) => ({ name: index, actions: [] }));
    const { pipeline, problems } = parse({ name: 'x', stages });
    expect(problems).toHaveLength(200);
    expect(pipeline?.stages).toHaveLength(300);
  });
});

describe('what is read', () => {
  it('is a legal pipeline exactly as it is written', () => {
    expect(parse(completePipeline())).toMatchObject({ pipeline: completePipeline(), problems: [] });
  });

  test.each<[field: string, read: unknown]>([
    ['name', ''],
    ['stages', []],
    ['stages.1.name', ''],
    ['stages.1.actions', []],
    [`${app}.name`, ''],
    [`${app}.actionTypeId`, { category: '', owner: '', provider: '', version: '' }],
    [`${app}.actionTypeId.owner`, ''],
    [`${app}.outputArtifacts.0.name`, ''],
    [`${rule}.name`, ''],
    [`${rule}.ruleTypeId`, { category: '', provider: '' }],
    ['variables.0.name', ''],
    [git, { sourceActionName: '' }],
    ['roleArn', undefined],
    ['artifactStore', undefined],
    [`${app}.runOrder`, undefined],
    [`${app}.configuration`, undefined],
    [`${app}.inputArtifacts`, undefined],
    ['triggers', undefined],
  ])('has %s as %j where it is absent, without a fault of the text', (field, read) => {
    const { pipeline, problems } = parse(withValue(pathOfText(field), undefined));
    expect(at(pipeline, field)).toEqual(read);
    expect(problems).toEqual([]);
  });

  test.each<[string, unknown]>([
    ['fromTheFuture', { a: [1, null, true, 'x'] }],
    ['stages.1.fromTheFuture', 1],
    [`${app}.fromTheFuture`, [null]],
    [`${app}.actionTypeId.fromTheFuture`, false],
    [`${app}.outputArtifacts.0.fromTheFuture`, {}],
    [`${rule}.fromTheFuture`, 'x'],
    ['variables.0.fromTheFuture', 0],
    [`${git}.push.0.fromTheFuture`, { includes: [1] }],
    ['artifactStore.fromTheFuture', 'x'],
  ])('keeps %s, which it does not know, of any kind', (field, value) => {
    const pipeline = withValue(pathOfText(field), value);
    expect(parse(pipeline)).toMatchObject({ pipeline, problems: [] });
  });

  it('never leaves a pipeline that the other readers could not walk over', () => {
    const pieces = [null, 1, 'x', [null], { a: { b: [] } }];
    const fields: string[] = [];
    const collect = (value: unknown, path: string) => {
      if (path !== '') fields.push(path.slice(1));
      if (typeof value !== 'object' || value === null) return;
      for (const [key, member] of Object.entries(value)) collect(member, `${path}.${key}`);
    };
    collect(completePipeline(), '');
    const walkable = (pipeline: PipelineDeclaration | undefined) =>
      pipelineSchema
        .safeParse(pipeline)
        .error?.issues.filter(
          ({ code, path }) => code === 'invalid_type' && at(pipeline, path.join('.')) !== undefined,
        );
    for (const [index, field] of fields.entries()) {
      // Two of them at each place; all of them at every kind of place.
      for (const piece of [pieces[index % 5], pieces[(index + 2) % 5]]) {
        const { pipeline } = parse(withValue(pathOfText(field), piece));
        expect(walkable(pipeline) ?? [], `${field}: ${JSON.stringify(piece)}`).toEqual([]);
      }
    }
  });

  it.each(['5000 actions are read', '5001 are not'])('%s', (title) => {
    const count = Number(/\d+/.exec(title)?.[0]);
    const actions = Array.from({ length: count }, () => ({ name: 'A' }));
    const { pipeline, problems } = parse({ name: 'x', stages: [{ name: 'S', actions }] });
    expect(pipeline?.stages[0]?.actions.length).toBe(count > 5000 ? undefined : count);
    expect(problems.map(({ code }) => code)).toEqual(count > 5000 ? ['text.too-many-actions'] : []);
  });
});
