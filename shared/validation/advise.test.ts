import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { action, check, codeBuild, configure, put, rule } from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { source } from '../testing/legalPipeline.ts';
import { advise, isAdvice } from './advise.ts';
import { validate } from './validate.ts';

type Change = (pipeline: PipelineDeclaration) => unknown;
const advice = (change: Change) => {
  const pipeline = completePipeline();
  change(pipeline);
  return advise(pipeline).filter(({ code }) => code !== 'advice.approval-silent');
};
const told = (change: Change) => advice(change).map(({ code, where, field }) => [code, where, field]);

const gitHub =
  (token: string): Change =>
  (p) => {
    p.stages[0]!.actions.push({
      name: 'Old',
      actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
      configuration: { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: token, PollForSourceChanges: 'false' },
      outputArtifacts: [{ name: 'old' }],
    });
    put(p, 'Build/Lint', { inputArtifacts: [{ name: 'old' }] });
  };
const takes = (p: PipelineDeclaration, ...names: string[]) => {
  put(p, 'Build/Lint', { inputArtifacts: names.map((name) => ({ name })) });
  configure(p, 'Build/Lint', { PrimarySource: names[0]! });
};

/** Nothing but a condition that may skip a stage. */
const skips = (p: PipelineDeclaration, index: number) => {
  p.stages[index]!.beforeEntry = { conditions: [{ result: 'SKIP', rules: [{ name: 'Ask', ruleTypeId: check }] }] };
};

const cases: [id: string, says: string, change: Change, told: [string, string, string | undefined][]][] = [
  [
    'W-001',
    'a source that polls without being asked',
    (p) => {
      p.stages[0]!.actions.push(source('Assets', 'assets'));
      takes(p, 'app', 'assets');
    },
    [['advice.polling', 'Source/Assets', 'PollForSourceChanges']],
  ],
  [
    'W-002',
    'an output that nobody takes',
    (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'report' }] }),
    [['advice.unused-output', 'Build/Lint', 'outputArtifacts.0.name']],
  ],
  [
    'W-002',
    'a namespace that nobody reads',
    (p) => put(p, 'Build/Lint', { namespace: 'Lint' }),
    [['advice.unused-namespace', 'Build/Lint', 'namespace']],
  ],
  [
    'W-002',
    'a pipeline variable that nobody reads',
    (p) => p.variables!.push({ name: 'REGION' }),
    [['advice.unused-variable', '', 'variables.1.name']],
  ],
  [
    'rules.md §3.5',
    'what a stage that may be skipped makes for others',
    (p) => skips(p, 1),
    [
      ['advice.skipped-producer', 'Deploy/Approve', 'CustomData'],
      ['advice.skipped-producer', 'Deploy/Upload', 'inputArtifacts.0.name'],
    ],
  ],
  [
    'W-003, A-012',
    'a source with a masked token',
    gitHub('****'),
    [
      ['advice.legacy', 'Source/Old', 'actionTypeId'],
      ['advice.masked-secret', 'Source/Old', 'OAuthToken'],
    ],
  ],
  [
    'W-003',
    'an old source with a reference to its token',
    gitHub('{{resolve:secretsmanager:GitHub:SecretString:token}}'),
    [['advice.legacy', 'Source/Old', 'actionTypeId']],
  ],
  [
    'W-008',
    'a token in plain text',
    gitHub('abcdef'),
    [
      ['advice.legacy', 'Source/Old', 'actionTypeId'],
      ['advice.plain-secret', 'Source/Old', 'OAuthToken'],
    ],
  ],
  ['W-003', 'a pipeline of type V1', (p) => (p.pipelineType = 'V1'), [['advice.v1', '', 'pipelineType']]],
  [
    'W-005',
    'a path with a slash in front',
    (p) => (p.triggers![0]!.gitConfiguration.push![0]!.filePaths = { includes: ['src/**', '/docs/**'] }),
    [['advice.pattern-slash', '', 'triggers.0.gitConfiguration.push.0.filePaths.includes.1']],
  ],
  [
    'W-006',
    'a window of one minute in each hour',
    (p) => (rule(p).configuration!.Cron = '0 0 9-17 ? * MON-FRI *'),
    [['advice.one-minute', 'Deploy', 'beforeEntry.conditions.0.rules.0.configuration.Cron']],
  ],
  [
    'W-007',
    'two branches of one repository',
    (p) => {
      const app = structuredClone(action(p, 'Source/App'));
      Object.assign(app.configuration!, { BranchName: 'next' });
      p.stages[0]!.actions.push({ ...app, name: 'Next', namespace: undefined, outputArtifacts: [{ name: 'next' }] });
      takes(p, 'app', 'next');
    },
    [['advice.same-repository', 'Source/Next', undefined]],
  ],
  [
    'W-008',
    'a password in the environment of a build',
    (p) =>
      configure(p, 'Build/Lint', {
        EnvironmentVariables: '[{"name":"DB_PASSWORD","value":"#{Src.X}1"},{"name":"API_KEY","value":"k"}]',
      }),
    [['advice.plain-secret', 'Build/Lint', 'EnvironmentVariables']],
  ],
  [
    'W-008',
    'a token in the environment of commands',
    (p) => put(p, 'Build/Test', { environmentVariables: [{ name: 'NPM_TOKEN', value: 'n' }] }),
    [['advice.plain-secret', 'Build/Test', 'environmentVariables.0.value']],
  ],
];

describe('advice', () => {
  test.each(cases)('%s: %s', (_id, _says, change, expected) => {
    expect(told(change)).toEqual(expected);
  });

  test.each<[string, Change]>([
    [
      'a source that says how it watches',
      (p) => {
        const assets = source('Assets', 'assets');
        assets.configuration!.PollForSourceChanges = 'true';
        p.stages[0]!.actions.push(assets);
        takes(p, 'app', 'assets');
      },
    ],
    [
      'an artifact that only a rule takes',
      (p) => {
        put(p, 'Build/Lint', { outputArtifacts: [{ name: 'report' }] });
        rule(p).inputArtifacts = [{ name: 'report' }];
      },
    ],
    [
      'a namespace that only a rule reads',
      (p) => {
        put(p, 'Build/Lint', { namespace: 'L' });
        rule(p).configuration!.TimeZone = '#{L.Zone}';
      },
    ],
    [
      'a stage that may be skipped after one that may be',
      (p) => {
        skips(p, 1);
        skips(p, 2);
      },
    ],
    [
      'a secret by its name in Secrets Manager',
      (p) =>
        put(p, 'Build/Test', {
          environmentVariables: [{ name: 'TOKEN', value: 'npm:token', type: 'SECRETS_MANAGER' }],
        }),
    ],
    [
      'two different repositories',
      (p) => {
        p.stages[0]!.actions.push(
          ...['a', 'b'].map((name) => {
            const one = source(name, name);
            Object.assign(one.configuration!, { RepositoryName: name, PollForSourceChanges: 'false' });
            return one;
          }),
        );
        takes(p, 'a', 'b');
      },
    ],
    [
      'text that is no JSON',
      (p) => configure(p, 'Build/Lint', { EnvironmentVariables: '[{"name":"TOKEN"', ProjectName: '#{Src.X}' }),
    ],
  ])('says nothing of %s', (_what, change) => {
    expect(told(change)).toEqual([]);
  });

  it('W-010: is given for an approval that tells nobody, and not for one that does', () => {
    const pipeline = completePipeline();
    expect(advise(pipeline).map(({ code, where }) => [code, where])).toEqual([
      ['advice.approval-silent', 'Deploy/Approve'],
    ]);
    configure(pipeline, 'Deploy/Approve', { NotificationArn: 'arn:aws:sns:eu-west-1:111122223333:releases' });
    expect(advise(pipeline)).toEqual([]);
  });

  it('is no problem: validation does not repeat it, and it never hinders', () => {
    const pipeline = completePipeline();
    pipeline.stages[1]!.actions.push(codeBuild('Audit', { outputArtifacts: [{ name: 'audit' }], namespace: 'Audit' }));
    const found = advise(pipeline);
    expect(found.length).toBe(3);
    expect(found.every((problem) => problem.severity === 'warning' && isAdvice(problem))).toBe(true);
    expect(validate(pipeline).filter(isAdvice)).toEqual([]);
  });

  it('is not given for what cannot be read', () => {
    expect(advise({ name: 'x', stages: 'none' } as unknown as PipelineDeclaration)).toEqual([]);
  });
});
