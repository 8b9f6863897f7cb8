import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, asV1, git, put, rule } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { source } from '../../testing/legalPipeline.ts';
import { adviceFixers } from './adviceFixes.ts';

const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const gitHub = (p: PipelineDeclaration) => {
  p.stages[0]!.actions.push({
    name: 'Old',
    actionTypeId: { category: 'Source', owner: 'ThirdParty', provider: 'GitHub', version: '1' },
    configuration: { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: '****', PollForSourceChanges: 'false' },
    outputArtifacts: [{ name: 'old' }],
  });
  put(p, 'Build/Lint', { inputArtifacts: [{ name: 'old' }] });
};
const v1 = (p: PipelineDeclaration) => {
  asV1(p);
  p.pipelineType = 'V1';
};

const cases: FixCase[] = [
  { code: 'advice.v1', kind: 'convert-to-v2', breaks: v1, gives: (p) => p.pipelineType, expected: 'V2' },
  {
    code: 'advice.polling',
    kind: 'set-polling',
    breaks: (p) => p.stages[0]!.actions.push(source('More', 'more')),
    gives: (p) => p.stages[0]!.actions[1]!.configuration!.PollForSourceChanges,
    expected: 'false',
  },
  {
    code: 'advice.polling',
    kind: 'keep-polling',
    breaks: (p) => p.stages[0]!.actions.push(source('More', 'more')),
    gives: (p) => p.stages[0]!.actions[1]!.configuration!.PollForSourceChanges,
    expected: 'true',
  },
  {
    code: 'advice.legacy',
    kind: 'use-connection',
    breaks: gitHub,
    gives: (p) => p.stages[0]!.actions[1]!.configuration,
    expected: {
      ConnectionArn: 'arn:aws:codeconnections:us-east-1:111122223333:connection/00000000-0000-0000-0000-000000000000',
      FullRepositoryId: 'acme/shop',
      BranchName: 'main',
      DetectChanges: 'false',
    },
  },
  {
    code: 'advice.masked-secret',
    kind: 'use-connection',
    breaks: gitHub,
    gives: (p) => p.stages[0]!.actions[1]!.actionTypeId.provider,
    expected: 'CodeStarSourceConnection',
  },
  {
    code: 'advice.unused-output',
    kind: 'remove-output',
    breaks: (p) => (lint(p).outputArtifacts = [{ name: 'report' }]),
    gives: (p) => lint(p).outputArtifacts,
    expected: [],
  },
  {
    code: 'advice.unused-namespace',
    kind: 'remove-namespace',
    breaks: (p) => put(p, 'Build/Lint', { namespace: 'L' }),
    gives: (p) => lint(p).namespace,
    expected: undefined,
  },
  {
    code: 'advice.unused-variable',
    kind: 'remove-variable',
    breaks: (p) => p.variables!.push({ name: 'OTHER' }),
    gives: (p) => names(p.variables),
    expected: ['TARGET'],
  },
  {
    code: 'advice.pattern-slash',
    kind: 'drop-slash',
    breaks: (p) => (git(p).push![0]!.filePaths = { includes: ['/docs/**'] }),
    gives: (p) => git(p).push![0]!.filePaths,
    expected: { includes: ['docs/**'] },
  },
  {
    code: 'advice.one-minute',
    kind: 'whole-hour',
    breaks: (p) => (rule(p).configuration!.Cron = '0 0 9-17 ? * MON-FRI *'),
    gives: (p) => rule(p).configuration!.Cron,
    expected: '0 * 9-17 ? * MON-FRI *',
  },
];

describe('a quick fix that advice offers', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(adviceFixers)].filter((code) => !tried.has(code))).toEqual([]);
  });
});
