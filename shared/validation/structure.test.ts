import { describe, test } from 'vitest';
import {
  action,
  approvals,
  asV1,
  type Broken,
  codeBuild,
  configure,
  expectLocated,
  expectOnly,
  put,
} from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';

const cases: Broken[] = [
  {
    rule: 'P-003',
    says: 'a pipeline has at least two stages',
    code: 'stage.too-few',
    field: 'stages',
    breaks: (p) => {
      delete p.triggers;
      p.stages.length = 1;
    },
  },
  {
    rule: 'P-003',
    says: 'an empty pipeline lacks stages, nothing else',
    code: 'stage.too-few',
    breaks: (p) => {
      delete p.triggers;
      p.stages.length = 0;
    },
  },
  {
    rule: 'P-004',
    says: 'a pipeline has at most 50 stages',
    code: 'stage.too-many',
    breaks: (p) => {
      for (let n = 3; n < 51; n++) p.stages.push({ name: `S${n}`, actions: approvals(1) });
    },
  },
  {
    rule: 'P-005',
    says: 'names of stages are unique',
    code: 'stage.duplicate-name',
    where: 'Deploy',
    field: 'name',
    breaks: (p) => {
      p.stages.push({ name: 'Deploy', actions: approvals(1) });
    },
  },
  {
    rule: 'P-006',
    says: 'the first stage has only source actions',
    code: 'stage.first-not-source',
    where: 'Source/Approve0',
    breaks: (p) => {
      p.stages[0]!.actions.push(...approvals(1));
    },
  },
  {
    rule: 'P-007',
    says: 'source actions stand in the first stage only',
    code: 'action.source-not-first',
    where: 'Build/Late',
    breaks: (p) => {
      p.stages[1]!.actions.push({
        ...action(p, 'Source/App'),
        name: 'Late',
        namespace: undefined,
        outputArtifacts: [{ name: 'late' }],
      });
    },
  },
  {
    rule: 'P-009',
    says: 'a pipeline has an artifact store',
    code: 'artifact-store.missing',
    field: 'artifactStore',
    breaks: (p) => {
      delete p.artifactStore;
    },
  },
  {
    rule: 'P-009',
    says: 'a pipeline has one kind of artifact store',
    code: 'artifact-store.both',
    breaks: (p) => {
      p.artifactStores = { 'eu-west-1': p.artifactStore! };
    },
  },
  {
    rule: 'P-011',
    says: 'every Region of an action has an artifact store',
    code: 'artifact-store.region-missing',
    where: 'Deploy/Upload',
    field: 'region',
    breaks: (p) => {
      p.artifactStores = { 'eu-west-1': p.artifactStore! };
      delete p.artifactStore;
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
  },
  {
    rule: 'P-012',
    says: 'a single artifact store serves one Region',
    code: 'artifact-store.one-region',
    where: 'Deploy/Upload',
    breaks: (p) => {
      put(p, 'Build/Lint', { region: 'eu-west-1' });
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
  },
  {
    rule: 'P-015',
    says: 'QUEUED needs V2',
    code: 'pipeline.mode-needs-v2',
    field: 'executionMode',
    breaks: (p) => {
      asV1(p);
      p.executionMode = 'QUEUED';
    },
  },
  {
    rule: 'S-001',
    says: 'a stage has at least one action',
    code: 'stage.empty',
    where: 'Empty',
    breaks: (p) => {
      p.stages.push({ name: 'Empty', actions: [] });
    },
  },
  {
    rule: 'S-001',
    says: 'a stage has at most 50 actions',
    code: 'stage.too-many-actions',
    where: 'Full',
    breaks: (p) => {
      p.stages.push({ name: 'Full', actions: approvals(51) });
    },
  },
  {
    rule: 'S-002',
    says: 'names of actions are unique in a stage',
    code: 'action.duplicate-name',
    where: 'Deploy/Approve',
    field: 'name',
    breaks: (p) => {
      p.stages[2]!.actions.push({ ...approvals(1)[0]!, name: 'Approve' });
    },
  },
  {
    rule: 'S-003',
    says: 'blockers are not for users',
    code: 'stage.blockers',
    where: 'Deploy',
    breaks: (p) => {
      p.stages[2]!.blockers = [{ name: 'b', type: 'Schedule' }];
    },
  },

  {
    rule: 'A-001',
    says: 'an unknown type is a warning: AWS may have it',
    code: 'action-type.unknown',
    severity: 'warning',
    where: 'Build/New',
    breaks: (p) => {
      p.stages[1]!.actions.push(
        codeBuild('New', { actionTypeId: { category: 'Build', owner: 'AWS', provider: 'Newest', version: '1' } }),
      );
    },
  },
  {
    rule: 'A-030',
    says: 'Commands needs V2',
    code: 'action-type.needs-v2',
    where: 'Build/Shell',
    breaks: (p) => {
      asV1(p);
      p.stages[1]!.actions.push({
        ...action(completePipeline(), 'Build/Test'),
        name: 'Shell',
        inputArtifacts: [{ name: 'RepoOut' }],
      });
    },
  },

  {
    rule: 'A-003',
    says: 'an action takes as many inputs as its type needs',
    code: 'artifact.input-count',
    where: 'Build/Lint',
    field: 'inputArtifacts',
    breaks: (p) => {
      put(p, 'Build/Lint', { inputArtifacts: [] });
    },
  },
  {
    rule: 'A-003',
    says: 'an action takes no more inputs than its type allows',
    code: 'artifact.input-count',
    where: 'Deploy/Upload',
    breaks: (p) => {
      put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'dist' }, { name: 'app' }] });
    },
  },
  {
    rule: 'A-004',
    says: 'an action makes as many outputs as its type does',
    code: 'artifact.output-count',
    where: 'Deploy/Approve',
    field: 'outputArtifacts',
    breaks: (p) => {
      put(p, 'Deploy/Approve', { outputArtifacts: [{ name: 'extra' }] });
    },
  },
  {
    rule: 'A-005',
    says: 'names of outputs are unique in the pipeline',
    code: 'artifact.duplicate-output',
    where: 'Build/Lint',
    field: 'outputArtifacts.0.name',
    breaks: (p) => {
      put(p, 'Build/Lint', { outputArtifacts: [{ name: 'dist' }] });
    },
  },
  {
    rule: 'A-006',
    says: 'every input is produced by an action',
    code: 'artifact.not-produced',
    where: 'Deploy/Upload',
    field: 'inputArtifacts.0.name',
    breaks: (p) => {
      put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'gone' }] });
    },
  },
  {
    rule: 'A-006',
    says: 'the producer has a lower runOrder',
    code: 'artifact.produced-too-late',
    where: 'Build/Lint',
    breaks: (p) => {
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'dist' }] });
    },
  },
  {
    rule: 'A-006',
    says: 'an action does not take its own output',
    code: 'artifact.produced-too-late',
    where: 'Build/Test',
    breaks: (p) => {
      put(p, 'Build/Test', { inputArtifacts: [{ name: 'dist' }] });
    },
  },
  {
    rule: 'A-007',
    says: 'an input is listed once',
    code: 'artifact.duplicate-input',
    where: 'Build/Lint',
    field: 'inputArtifacts.1.name',
    breaks: (p) => {
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'app' }, { name: 'app' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'app' });
    },
  },
];

describe('the structure of a pipeline', () => {
  test.each(cases)('$rule: $says ($code)', (broken) => expectOnly(broken));

  test.each(cases)('$rule: $says: found in the text ($code)', (broken) => expectLocated(broken));
});
