import { describe, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { approvals, configure, git, put } from '../testing/brokenPipeline.ts';
import { connection, expectLegal, type Legal, source } from '../testing/legalPipeline.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';

/* The nearest pipelines that AWS takes: for each rule what stands just inside its border, so that no rule cries wolf. */

const last = (p: PipelineDeclaration) => p.stages[2]!.actions;

const structure: Legal[] = [
  ['P-003', 'two stages', (p) => (p.stages.length = 2)],
  [
    'P-004',
    '50 stages',
    (p) => {
      for (let n = 3; n < 50; n++) p.stages.push({ name: `S${n}`, actions: approvals(1) });
    },
  ],
  ['P-005', 'stages whose names differ in case only', (p) => p.stages.push({ name: 'deploy', actions: approvals(1) })],
  ['P-005', 'a stage that is called like an action', (p) => p.stages.push({ name: 'Upload', actions: approvals(1) })],
  ['P-006', 'several source actions', (p) => p.stages[0]!.actions.push(source('Assets', 'assets'))],
  [
    'P-006',
    'source actions one after another',
    (p) => p.stages[0]!.actions.push({ ...source('Assets', 'assets'), runOrder: 2 }),
  ],
  [
    'P-007',
    'an action of another category that is called Source',
    (p) => last(p).push({ ...approvals(1)[0]!, name: 'Source' }),
  ],
  [
    'P-009',
    'artifactStores alone',
    (p) => {
      p.artifactStores = { 'eu-west-1': p.artifactStore! };
      delete p.artifactStore;
    },
  ],
  [
    'P-011',
    'a store for the Region of each action',
    (p) => {
      p.artifactStores = { 'eu-west-1': p.artifactStore!, 'us-east-1': p.artifactStore! };
      delete p.artifactStore;
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
  ],
  [
    'P-012',
    'one Region written out at every action',
    (p) => {
      for (const where of ['Build/Test', 'Build/Lint', 'Deploy/Upload']) put(p, where, { region: 'eu-west-1' });
    },
  ],
  ['P-012', 'one Region written out at one action', (p) => put(p, 'Deploy/Upload', { region: 'eu-west-1' })],
  [
    'P-015',
    'PARALLEL in a V2 pipeline',
    (p) => {
      p.executionMode = 'PARALLEL';
      delete p.stages[2]!.onSuccess;
    },
  ],
  [
    'P-015',
    'PARALLEL in a pipeline without a type',
    (p) => {
      delete p.pipelineType;
      p.executionMode = 'PARALLEL';
      delete p.stages[2]!.onSuccess;
    },
  ],
  [
    'P-015',
    'SUPERSEDED written out in a V1 pipeline',
    (p) =>
      Object.assign(
        p,
        pipelineOf({ Source: ['Repo'], Build: ['C'] }, { pipelineType: 'V1', executionMode: 'SUPERSEDED' }),
        {
          triggers: undefined,
          variables: undefined,
        },
      ),
  ],
  [
    'P-017',
    '1,000 actions',
    (p) => {
      for (let n = 0; n < 19; n++) p.stages.push({ name: `S${n}`, actions: approvals(50) });
      p.stages.push({ name: 'Rest', actions: approvals(45) });
    },
  ],
  ['S-001', 'one action', (p) => p.stages.push({ name: 'One', actions: approvals(1) })],
  ['S-001', '50 actions', (p) => p.stages.push({ name: 'Full', actions: approvals(50) })],
  [
    'S-002',
    'actions of one name in two stages',
    (p) => p.stages.push({ name: 'Again', actions: [{ ...approvals(1)[0]!, name: 'Approve' }] }),
  ],
  ['S-002', 'actions whose names differ in case only', (p) => last(p).push({ ...approvals(1)[0]!, name: 'approve' })],
  ['S-003', 'an empty list of blockers', (p) => (p.stages[2]!.blockers = [])],
];

const names: Legal[] = [
  ['A-013', 'namespaces that differ in case only', (p) => put(p, 'Build/Lint', { namespace: 't' })],
  ['A-013', 'a namespace that nobody refers to', (p) => put(p, 'Build/Lint', { namespace: 'Unused' })],
  [
    'A-014',
    '"variables" as namespace where the pipeline has none',
    (p) => {
      delete p.variables;
      configure(p, 'Deploy/Upload', { BucketName: 'b' });
      put(p, 'Build/Lint', { namespace: 'variables' });
      configure(p, 'Deploy/Approve', { CustomData: '#{variables.ANY}' });
    },
  ],
  [
    'A-014',
    'a namespace that only begins like a reserved one',
    (p) => put(p, 'Build/Lint', { namespace: 'codepipeline2' }),
  ],
  [
    'A-015',
    'a namespace that is called like an action or a stage',
    (p) => put(p, 'Build/Lint', { namespace: 'Deploy' }),
  ],
  ['T-010', 'variables whose names differ in case only', (p) => p.variables!.push({ name: 'target' })],
  [
    'T-011',
    'an empty list of variables in a V1 pipeline',
    (p) =>
      Object.assign(p, pipelineOf({ Source: ['Repo'], Build: ['C'] }, { pipelineType: 'V1', variables: [] }), {
        triggers: undefined,
        executionMode: undefined,
      }),
  ],
  [
    'W-004',
    'any variable of a build',
    (p) => {
      put(p, 'Build/Lint', { namespace: 'L' });
      configure(p, 'Deploy/Approve', { CustomData: '#{L.ANYTHING}' });
    },
  ],
  [
    'W-004',
    'each variable of a connection',
    (p) => configure(p, 'Deploy/Approve', { CustomData: '#{Src.PullRequestTitle} #{Src.TagName} #{Src.AuthorId}' }),
  ],
];

const triggers: Legal[] = [
  ['T-001', 'a trigger for one of two connections', (p) => p.stages[0]!.actions.push(connection(p, 'Docs'))],
  [
    'T-002',
    'a trigger for each of two connections',
    (p) => {
      p.stages[0]!.actions.push(connection(p, 'Docs'));
      p.triggers!.push({
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: { sourceActionName: 'Docs', push: [{ branches: { includes: ['x'] } }] },
      });
    },
  ],
  ['T-003', 'tags alone', (p) => (git(p).push = [{ tags: { includes: ['v*'], excludes: ['v0*'] } }])],
  ['T-003', 'branches alone', (p) => (git(p).push = [{ branches: { excludes: ['wip/**'] } }])],
  [
    'T-003',
    'branches and file paths',
    (p) => (git(p).push = [{ branches: { includes: ['**'] }, filePaths: { includes: ['src/**'] } }]),
  ],
  [
    'T-003',
    'pull requests with branches and file paths',
    (p) =>
      (git(p).pullRequest = [
        { events: ['CLOSED'], branches: { includes: ['main'] }, filePaths: { excludes: ['docs/**'] } },
      ]),
  ],
  ['T-004', 'pull requests of every branch', (p) => (git(p).pullRequest = [{ events: ['OPEN'] }])],
  ['T-004', 'pull requests without events', (p) => (git(p).pullRequest = [{ branches: { includes: ['main'] } }])],
  [
    'T-005',
    'filters that differ in a pattern',
    (p) => (git(p).push = [{ branches: { includes: ['a'] } }, { branches: { includes: ['b'] } }]),
  ],
  [
    'T-005',
    'the same patterns for pushes and for pull requests',
    (p) => {
      git(p).push = [{ branches: { includes: ['main'] } }];
      git(p).pullRequest = [{ branches: { includes: ['main'] } }];
    },
  ],
  ['T-006', 'all three events', (p) => (git(p).pullRequest![0]!.events = ['OPEN', 'UPDATED', 'CLOSED'])],
  ['T-008', 'triggers in a pipeline without a type', (p) => delete p.pipelineType],
  ['T-008', 'an empty list of triggers', (p) => (p.triggers = [])],
  ['T-009', 'pushes alone', (p) => delete git(p).pullRequest],
  ['T-009', 'pull requests alone', (p) => delete git(p).push],
];

describe('what AWS takes: structure', () => {
  test.each(structure)('%s: %s', (...legal) => expectLegal(legal));
});

describe('what AWS takes: namespaces and variables', () => {
  test.each(names)('%s: %s', (...legal) => expectLegal(legal));
});

describe('what AWS takes: triggers', () => {
  test.each(triggers)('%s: %s', (...legal) => expectLegal(legal));
});
