import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { problemSchema } from '../problem.ts';
import { findRuleType, knownProvider } from '../providers/table.ts';
import { action, approvals, asV1, codeBuild, configure, git, put, rule } from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { long, many, withValue } from '../testing/withValue.ts';
import { validate } from './validate.ts';

type Change = (pipeline: PipelineDeclaration) => unknown;
const broken = (...breaks: Change[]) => {
  const pipeline = completePipeline();
  for (const change of breaks) change(pipeline);
  return validate(JSON.parse(JSON.stringify(pipeline)) as PipelineDeclaration);
};
const codes = (...breaks: Change[]) => broken(...breaks).map(({ code }) => code);

describe('several faults at once', () => {
  it('are all told, each once', () => {
    expect(
      codes(
        (p) => (p.roleArn = 'me'),
        (p) => delete p.artifactStore,
        (p) => put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'gone' }] }),
        (p) => configure(p, 'Build/Lint', { Nonsense: 'x' }),
        (p) => put(p, 'Build/Lint', { namespace: 'T', timeoutInMinutes: 9 }),
        (p) => configure(p, 'Deploy/Approve', { CustomData: '#{None.X}' }),
        (p) => (rule(p).configuration = {}),
        (p) => (git(p).sourceActionName = 'Nobody'),
      ),
    ).toEqual([
      'shape.pattern',
      'artifact-store.missing',
      'artifact.not-produced',
      'configuration.unknown-key',
      'action.field-not-taken',
      'namespace.duplicate',
      'variable.unknown-namespace',
      'rule.missing',
      'trigger.no-such-source',
    ]);
  });

  it('of one kind come in the order of the declaration', () => {
    const found = broken((p) => {
      for (const where of ['Deploy/Upload', 'Build/Lint', 'Source/App', 'Build/Test']) {
        p.stages.flatMap((stage) => stage.actions).find(({ name }) => where.endsWith(`/${name}`))!.configuration = {
          ...action(p, where).configuration,
          Nonsense: 'x',
        };
      }
    });
    expect(found.map(({ where }) => where)).toEqual(['Source/App', 'Build/Test', 'Build/Lint', 'Deploy/Upload']);
  });

  it('of one field are told as one', () => {
    expect(codes((p) => (p.name = ''))).toEqual(['shape.missing']);
    expect(codes((p) => (p.name = `${long(101)} `))).toHaveLength(1);
    expect(codes((p) => (p.stages[2]!.name = ''))).toEqual(['shape.missing']);
  });

  it('of two actions with one artifact name both', () => {
    const found = broken((p) => {
      p.stages[2]!.actions.push(codeBuild('A', { inputArtifacts: [{ name: 'x' }] }));
      p.stages[2]!.actions.push(codeBuild('B', { inputArtifacts: [{ name: 'x' }] }));
    });
    expect(found.map(({ code, where }) => [code, where])).toEqual([
      ['artifact.not-produced', 'Deploy/A'],
      ['artifact.not-produced', 'Deploy/B'],
    ]);
  });

  it('that follow from one are not told again', () => {
    // What a malformed type takes cannot be known, so neither its artifacts nor its configuration are judged.
    expect(codes((p) => (action(p, 'Build/Lint').actionTypeId.provider = 'Code Build'))).toEqual(['shape.pattern']);
    expect(codes((p) => (action(p, 'Build/Lint').inputArtifacts = [{ name: '' }]))).toEqual(['shape.missing']);
    expect(codes((p) => Object.assign(p.stages[1]!.actions[1]!, { namespace: '' }))).toEqual(['shape.missing']);
    expect(codes((p) => p.variables!.push({ name: '' }, { name: '' }))).toEqual(['shape.missing', 'shape.missing']);
    expect(codes((p) => (action(p, 'Build/Lint').configuration!.ProjectName = ''))).toEqual(['shape.missing']);
  });

  it('leave the pipeline as it was', () => {
    const pipeline = completePipeline();
    put(pipeline, 'Deploy/Upload', { inputArtifacts: [{ name: 'gone' }] });
    const before = structuredClone(pipeline);
    validate(pipeline);
    expect(pipeline).toEqual(before);
    expect(validate(pipeline)).toEqual(validate(structuredClone(pipeline)));
  });
});

describe('an error and a warning', () => {
  test.each<[code: string, change: (p: PipelineDeclaration) => unknown]>([
    [
      'action-type.unknown',
      (p) =>
        p.stages[1]!.actions.push(
          codeBuild('New', { actionTypeId: { category: 'Test', owner: 'AWS', provider: 'New', version: '1' } }),
        ),
    ],
    [
      'action-type.unknown',
      (p) =>
        p.stages[1]!.actions.push(
          codeBuild('New', { actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '2' } }),
        ),
    ],
    [
      'action-type.unknown',
      (p) =>
        p.stages[1]!.actions.push(
          codeBuild('New', { actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'New', version: '1' } }),
        ),
    ],
    ['configuration.check', (p) => configure(p, 'Source/App', { ConnectionArn: '<CONNECTION>' })],
    ['variable.not-produced', (p) => configure(p, 'Deploy/Approve', { CustomData: '#{Src.Nothing}' })],
    ['variable.not-produced', (p) => configure(p, 'Deploy/Approve', { CustomData: '#{codepipeline.Nothing}' })],
    ['condition.retry-with-conditions', (p) => (p.stages[1]!.onFailure!.conditions = [{ result: 'ROLLBACK' }])],
    ['rule.unknown-type', (p) => (rule(p).ruleTypeId.provider = 'New')],
  ])('%s is a warning: AWS takes it, or may', (code, change) => {
    expect(broken(change).map((found) => [found.code, found.severity])).toEqual([[code, 'warning']]);
  });

  it('JSON is an error where AWS reads it and a warning where it may be any text', () => {
    expect(broken((p) => configure(p, 'Build/Lint', { EnvironmentVariables: 'x' }))[0]?.severity).toBe('error');
    const start = codeBuild('Next', {
      actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'CodePipeline', version: '1' },
      configuration: { PipelineName: 'p', Variables: 'x' },
      inputArtifacts: [],
    });
    expect(broken((p) => p.stages[2]!.actions.push(start))[0]).toMatchObject({
      code: 'configuration.json',
      severity: 'warning',
      field: 'Variables',
    });
  });
});

describe('a problem of any rule', () => {
  const every = [
    ...broken(
      (p) => (p.roleArn = 'me'),
      (p) => delete p.artifactStore,
      (p) => p.stages.push({ name: 'Build', actions: [] }, { name: 'Full', actions: approvals(51) }),
      (p) => (p.stages[2]!.blockers = [{ name: 'b', type: 'Schedule' }]),
      (p) => put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'gone' }], outputArtifacts: [{ name: 'app' }] }),
      (p) => put(p, 'Build/Lint', { configuration: { A: 'b', EnvironmentVariables: 'x' }, commands: ['a'] }),
      (p) => configure(p, 'Deploy/Approve', { CustomData: '#{None.X} #{x' }),
      (p) => (p.stages[2]!.onFailure = { result: 'SKIP', retryConfiguration: {} }),
      (p) => (git(p).push = [{ tags: {}, branches: {} }, {}]),
    ),
    ...broken(asV1, (p) => Object.assign(p, { executionMode: 'QUEUED', variables: [{ name: 'A' }] })),
  ];

  it('can cross the border to a window', () => {
    for (const found of every) expect(problemSchema.parse(found)).toEqual(found);
  });

  it('has a code of a group and a name, a sentence and a remedy', () => {
    expect(every.length).toBeGreaterThan(18);
    for (const { code, what, fix } of every) {
      expect(code).toMatch(/^[a-z]+(-[a-z]+)*\.[a-z0-9]+(-[a-z0-9]+)*$/);
      expect(what).toMatch(/^\S.*\.$/);
      expect(fix).toMatch(/^[A-Z].*\S$/);
      expect(`${what} ${fix}`).not.toMatch(/undefined|null|\[object|NaN/);
    }
  });
});

describe('a fault of shape', () => {
  test.each<[path: (string | number)[], value: unknown, what: string, fix: string]>([
    [['name'], undefined, '"name" is missing.', 'Enter letters, digits, ".", "@", "-" and "_", at most 100.'],
    [
      ['name'],
      'my shop',
      '"name" is "my shop", which AWS does not take.',
      'Write letters, digits, ".", "@", "-" and "_", at most 100.',
    ],
    [['version'], 0, '"version" has the value 0; AWS takes at least 1.', 'Enter a larger or longer value.'],
    [['pipelineType'], 'V3', '"pipelineType" is "V3"; AWS takes "V1", "V2".', 'Choose one of these.'],
    [
      ['artifactStore', 'location'],
      'a/b',
      '"artifactStore.location" is "a/b", which AWS does not take.',
      'Write the name of an S3 bucket: 3 to 63 letters, digits, "-" and ".".',
    ],
    [
      ['artifactStore', 'location'],
      'ab',
      '"artifactStore.location" has 2 characters; AWS takes at least 3 characters.',
      'Enter a larger or longer value.',
    ],
    [
      ['artifactStore', 'location'],
      'a',
      '"artifactStore.location" has 1 character; AWS takes at least 3 characters.',
      'Enter a larger or longer value.',
    ],
    [
      ['variables'],
      many(51, { name: 'A' }),
      '"variables" has 51 entries; AWS takes at most 50 entries.',
      'Remove entries.',
    ],
    [
      ['stages', 1, 'actions', 0, 'commands'],
      [],
      '"commands" has 0 entries; AWS takes at least 1 entry.',
      'Add an entry, or remove the field.',
    ],
    [
      ['stages', 1, 'actions', 0, 'namespace'],
      'a.b',
      '"namespace" is "a.b", which AWS does not take.',
      'Write letters, digits, "@", "-" and "_", at most 100.',
    ],
    [
      ['stages', 1, 'actions', 0, 'runOrder'],
      1000,
      '"runOrder" has the value 1000; AWS takes at most 999.',
      'Enter a smaller or shorter value.',
    ],
    [
      ['stages', 1, 'actions', 0, 'outputArtifacts', 0, 'name'],
      'a.b',
      '"outputArtifacts.0.name" is "a.b", which AWS does not take.',
      'Write letters, digits, "_" and "-", at most 100.',
    ],
    [
      ['stages', 2, 'actions', 0, 'configuration', long(51)],
      'x',
      `The key "${long(51)}" is not of a length that AWS takes.`,
      'Keys of a configuration have 1 to 50 characters, Regions 4 to 30.',
    ],
    [
      ['stages', 2, 'actions', 0, 'actionTypeId', 'provider'],
      'A B',
      '"actionTypeId.provider" is "A B", which AWS does not take.',
      'Write letters, digits, "_" and "-".',
    ],
    [
      ['variables', 0, 'defaultValue'],
      'a\nb',
      '"variables.0.defaultValue" is "a\nb", which AWS does not take.',
      'Write a value without line breaks.',
    ],
  ])('at %j is told in plain words', (path, value, what, fix) => {
    expect(validate(withValue(path, value))).toContainEqual(expect.objectContaining({ what, fix }));
  });

  it('shows no more of a long value than a person reads', () => {
    for (const { what } of validate(withValue(['roleArn'], long(900)))) expect(what.length).toBeLessThan(120);
  });
});

describe('what a type is, and what it is not', () => {
  it('every feature of V2 is refused where the pipeline says V1, each at its place', () => {
    const found = validate({ ...completePipeline(), pipelineType: 'V1' });
    expect(found.map(({ code, where, field }) => [code, where, field])).toEqual([
      ['pipeline.mode-needs-v2', '', 'executionMode'],
      ['action-type.needs-v2', 'Build/Test', 'actionTypeId'],
      ['variable.needs-v2', '', 'variables'],
      ['condition.needs-v2', 'Build', 'onFailure'],
      ['condition.needs-v2', 'Deploy', 'beforeEntry'],
      ['condition.needs-v2', 'Deploy', 'onSuccess'],
      ['trigger.needs-v2', '', 'triggers'],
    ]);
  });

  it.each(['V1', 'V2', undefined] as const)('a pipeline of every part of V1 may say %s', (pipelineType) => {
    const pipeline = pipelineOf(
      { Source: ['Repo', 'Other@2'], Build: ['Compile', 'Test@2'], Release: ['Approve', 'Ship@2'] },
      { pipelineType },
    );
    Object.assign(pipeline.stages[1]!.actions[0]!, { namespace: 'B', roleArn: pipeline.roleArn });
    Object.assign(pipeline.stages[2]!.actions[0]!, { timeoutInMinutes: 60 });
    expect(validate(pipeline)).toEqual([]);
  });
});

describe('the table of action types', () => {
  it('is what decides: with an empty one nothing of an action’s type is judged', () => {
    const none = { knownProvider: () => undefined, findRuleType: () => undefined };
    const pipeline = completePipeline();
    put(pipeline, 'Deploy/Upload', { configuration: { Nonsense: 'x' }, inputArtifacts: [] });
    const found = validate(pipeline, none);
    expect(new Set(found.map(({ severity }) => severity))).toEqual(new Set(['warning']));
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['action-type.unknown', 'rule.unknown-type']));
  });

  it('is the program’s own unless another is given', () => {
    const pipeline = completePipeline();
    put(pipeline, 'Deploy/Upload', { configuration: {} });
    expect(validate(pipeline, { knownProvider, findRuleType })).toEqual(validate(pipeline));
  });
});
