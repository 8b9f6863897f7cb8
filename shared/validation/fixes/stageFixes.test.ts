import { describe, expect, it, test } from 'vitest';
import type { PipelineDeclaration } from '../../model/declaration.ts';
import { action, approvals, asV1, codeBuild } from '../../testing/brokenPipeline.ts';
import { expectFixed, type FixCase } from '../../testing/fixCase.ts';
import { source } from '../../testing/legalPipeline.ts';
import { stageFixers } from './stageFixes.ts';
import { storeFixers } from './storeFixes.ts';

const build = (p: PipelineDeclaration) => p.stages[1]!.actions;
const names = (list: readonly { name: string }[] | undefined) => list?.map(({ name }) => name);
const lint = (p: PipelineDeclaration) => action(p, 'Build/Lint');
const upload = (p: PipelineDeclaration) => action(p, 'Deploy/Upload');
const toStores = (p: PipelineDeclaration, regions: Record<string, string>) => {
  p.artifactStores = Object.fromEntries(
    Object.entries(regions).map(([region, location]) => [region, { type: 'S3' as const, location }]),
  );
  delete p.artifactStore;
};
const v1 = (p: PipelineDeclaration) => {
  asV1(p);
  p.pipelineType = 'V1';
};

const cases: FixCase[] = [
  {
    code: 'stage.too-few',
    kind: 'add-stage',
    breaks: (p) => (p.stages.length = 1),
    gives: (p) => names(p.stages),
    expected: ['Source', 'Approval'],
  },
  {
    code: 'stage.empty',
    kind: 'remove-stage',
    breaks: (p) => p.stages.push({ name: 'Later', actions: [] }),
    gives: (p) => names(p.stages),
    expected: ['Source', 'Build', 'Deploy'],
  },
  {
    code: 'stage.empty',
    kind: 'add-approval',
    breaks: (p) => p.stages.push({ name: 'Later', actions: [] }),
    gives: (p) => names(p.stages[3]?.actions),
    expected: ['Approve'],
  },
  {
    code: 'stage.duplicate-name',
    kind: 'rename-duplicate',
    breaks: (p) => p.stages.push({ name: 'Build', actions: approvals(1) }),
    gives: (p) => names(p.stages),
    expected: ['Source', 'Build', 'Deploy', 'Build2'],
  },
  {
    code: 'action.duplicate-name',
    kind: 'rename-duplicate',
    breaks: (p) => build(p).push(codeBuild('Lint')),
    gives: (p) => names(build(p)),
    expected: ['Test', 'Lint', 'Lint2'],
  },
  {
    code: 'stage.first-not-source',
    kind: 'move-to-next-stage',
    breaks: (p) => p.stages[0]!.actions.push(...approvals(1)),
    gives: (p) => p.stages.map(({ actions }) => names(actions)),
    expected: [['App'], ['Test', 'Lint', 'Approve0'], ['Approve', 'Upload']],
  },
  {
    code: 'action.source-not-first',
    kind: 'move-to-first-stage',
    breaks: (p) => build(p).push({ ...source('More', 'more'), runOrder: 2 }),
    gives: (p) => [names(p.stages[0]!.actions), p.stages[0]!.actions[1]!.runOrder],
    expected: [['App', 'More'], undefined],
    title: 'Move More to Source',
  },
  {
    code: 'action.source-not-first',
    kind: 'move-to-first-stage',
    breaks: (p) => p.stages.push({ name: 'Alone', actions: [source('More', 'more')] }),
    gives: (p) => names(p.stages),
    expected: ['Source', 'Build', 'Deploy'],
  },
  {
    code: 'stage.blockers',
    kind: 'remove-field',
    breaks: (p) => (p.stages[1]!.blockers = [{ name: 'b', type: 'Schedule' }]),
    gives: (p) => p.stages[1]!.blockers,
    expected: undefined,
  },
  {
    code: 'pipeline.mode-needs-v2',
    kind: 'convert-to-v2',
    breaks: (p) => {
      v1(p);
      p.executionMode = 'QUEUED';
    },
    gives: (p) => [p.pipelineType, p.executionMode],
    expected: ['V2', 'QUEUED'],
  },
  {
    code: 'pipeline.mode-needs-v2',
    kind: 'set-superseded',
    breaks: (p) => {
      v1(p);
      p.executionMode = 'QUEUED';
    },
    gives: (p) => [p.pipelineType, p.executionMode],
    expected: ['V1', 'SUPERSEDED'],
  },
  {
    code: 'variable.needs-v2',
    kind: 'convert-to-v2',
    breaks: (p) => {
      v1(p);
      p.variables = [{ name: 'A' }];
    },
    gives: (p) => p.pipelineType,
    expected: 'V2',
  },
  {
    code: 'trigger.needs-v2',
    kind: 'remove-field',
    breaks: (p) => {
      const [first] = p.stages;
      const { triggers } = p;
      v1(p);
      p.stages[0] = first!;
      p.stages[1]!.actions[0]!.inputArtifacts = [{ name: 'app' }];
      p.triggers = triggers;
    },
    gives: (p) => p.triggers,
    expected: undefined,
  },
  {
    code: 'condition.needs-v2',
    kind: 'convert-to-v2',
    breaks: (p) => {
      const { onFailure } = p.stages[1]!;
      v1(p);
      p.stages[1]!.onFailure = onFailure;
    },
    gives: (p) => p.pipelineType,
    expected: 'V2',
  },
  {
    code: 'action-type.needs-v2',
    kind: 'convert-to-v2',
    breaks: (p) => {
      const commands = { ...build(p)[0]!, inputArtifacts: [{ name: 'RepoOut' }] };
      v1(p);
      p.stages[1]!.actions.push(commands);
    },
    gives: (p) => p.pipelineType,
    expected: 'V2',
  },
  {
    code: 'artifact-store.missing',
    kind: 'add-store',
    breaks: (p) => delete p.artifactStore,
    gives: (p) => p.artifactStore,
    expected: { type: 'S3', location: 'codepipeline-artifacts-111122223333' },
  },
  {
    code: 'artifact-store.empty',
    kind: 'add-store',
    breaks: (p) => toStores(p, {}),
    gives: (p) => [p.artifactStore?.location, p.artifactStores],
    expected: ['codepipeline-artifacts-111122223333', undefined],
  },
  {
    code: 'artifact-store.both',
    kind: 'keep-one-store',
    breaks: (p) => (p.artifactStores = { 'eu-west-1': p.artifactStore! }),
    gives: (p) => p.artifactStores,
    expected: undefined,
  },
  {
    code: 'artifact-store.both',
    kind: 'keep-stores',
    breaks: (p) => (p.artifactStores = { 'eu-west-1': p.artifactStore! }),
    gives: (p) => p.artifactStore,
    expected: undefined,
  },
  {
    code: 'artifact-store.region-missing',
    kind: 'add-region-store',
    breaks: (p) => {
      toStores(p, { 'eu-west-1': 'art-eu-west-1' });
      upload(p).region = 'us-east-1';
    },
    gives: (p) => p.artifactStores!['us-east-1'],
    expected: { type: 'S3', location: 'art-us-east-1' },
  },
  {
    code: 'artifact-store.region-missing',
    kind: 'remove-region',
    breaks: (p) => {
      toStores(p, { 'eu-west-1': 'art-eu-west-1' });
      upload(p).region = 'us-east-1';
    },
    gives: (p) => upload(p).region,
    expected: undefined,
  },
  {
    code: 'artifact-store.one-region',
    kind: 'stores-by-region',
    breaks: (p) => {
      lint(p).region = 'eu-west-1';
      upload(p).region = 'us-east-1';
    },
    gives: (p) => [
      p.artifactStore,
      Object.entries(p.artifactStores!).map(([region, { location }]) => [region, location]),
    ],
    expected: [
      undefined,
      [
        ['eu-west-1', 'shop-artifacts'],
        ['us-east-1', 'shop-artifacts-us-east-1'],
      ],
    ],
  },
  {
    code: 'action.region-not-home',
    kind: 'remove-region',
    breaks: (p) => {
      toStores(p, { 'eu-west-1': 'aaa', 'us-east-1': 'bbb' });
      action(p, 'Source/App').region = 'eu-west-1';
      p.stages[0]!.actions.push({ ...source('More', 'more'), region: 'us-east-1' });
    },
    gives: (p) => p.stages[0]!.actions[1]!.region,
    expected: undefined,
  },
  {
    code: 'region.unknown',
    kind: 'nearest-region',
    breaks: (p) => (upload(p).region = 'us-east1'),
    gives: (p) => upload(p).region,
    expected: 'us-east-1',
  },
  {
    code: 'region.unknown',
    kind: 'nearest-region',
    breaks: (p) => toStores(p, { 'eu-west1': 'aaa', 'us-east-1': 'bbb' }),
    gives: (p) => Object.keys(p.artifactStores!),
    expected: ['eu-west-1', 'us-east-1'],
  },
];

describe('a quick fix of the structure', () => {
  test.each(cases)('$code by $kind', expectFixed);

  it('is specified for every problem that has one', () => {
    const tried = new Set(cases.map(({ code }) => code));
    expect([...Object.keys(stageFixers), ...Object.keys(storeFixers)].filter((code) => !tried.has(code))).toEqual([]);
  });
});
