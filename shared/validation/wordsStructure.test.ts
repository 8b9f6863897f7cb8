import { describe, test } from 'vitest';
import type { PipelineDeclaration } from '../model/declaration.ts';
import { approvals, asV1, codeBuild, configure, put } from '../testing/brokenPipeline.ts';
import { completePipeline } from '../testing/completePipeline.ts';
import { deploy, source } from '../testing/legalPipeline.ts';
import { expectSaid, type Said } from '../testing/saidOf.ts';

/* What a person reads: each variant names the culprit, and its remedy offers what is at hand. */

const last = (p: PipelineDeclaration) => p.stages[2]!.actions;

const structure: Said[] = [
  [
    'P-003',
    'no stages',
    (p) => (p.stages = []),
    'The pipeline has no stages; AWS takes 2 to 50.',
    'Add a stage with a source action, and one that does something with it.',
  ],
  [
    'P-003',
    'one stage',
    (p) => (p.stages.length = 1),
    'The pipeline has only 1 stage; AWS takes 2 to 50.',
    'Add a stage.',
  ],
  [
    'P-005',
    'a stage twice',
    (p) => p.stages.push({ name: 'Build', actions: approvals(1) }),
    'Two stages are called "Build".',
    'Rename one: names of stages are unique in a pipeline.',
  ],
  [
    'P-006',
    'an approval first',
    (p) => p.stages[0]!.actions.push(...approvals(1)),
    'The first stage takes only source actions; "Approve0" is an Approval action.',
    'Move it to a later stage.',
  ],
  [
    'P-006',
    'an invocation first',
    (p) =>
      p.stages[0]!.actions.push({
        ...deploy('Lambda', { FunctionName: 'f' }),
        actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
        inputArtifacts: [],
      }),
    'The first stage takes only source actions; "Lambda" is an Invoke action.',
    'Move it to a later stage.',
  ],
  [
    'P-007',
    'a source second',
    (p) => p.stages[1]!.actions.push(source('Late', 'late')),
    'Source actions stand in the first stage only; "Late" is in stage 2.',
    'Move it to "Source".',
  ],
  [
    'P-007',
    'a source last',
    (p) => last(p).push(source('Late', 'late')),
    'Source actions stand in the first stage only; "Late" is in stage 3.',
    'Move it to "Source".',
  ],
  [
    'P-009',
    'no store',
    (p) => delete p.artifactStore,
    'The pipeline has no artifact store.',
    'Name the S3 bucket that keeps artifacts. A local run keeps them on this machine and never uses it.',
  ],
  [
    'P-009',
    'both stores',
    (p) => (p.artifactStores = {}),
    'The pipeline has both artifactStore and artifactStores; AWS takes one of them.',
    'Keep artifactStore, or artifactStores when actions run in several Regions.',
  ],
  [
    'P-011',
    'a Region without a store',
    (p) => {
      p.artifactStores = { 'eu-west-1': p.artifactStore!, 'eu-west-2': p.artifactStore! };
      delete p.artifactStore;
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
    'The action runs in us-east-1, where the pipeline has no artifact store (it has "eu-west-1" and "eu-west-2").',
    'Add a bucket for us-east-1 to artifactStores.',
  ],
  [
    'P-011',
    'no Region with a store',
    (p) => {
      p.artifactStores = {};
      delete p.artifactStore;
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
    'The action runs in us-east-1, where the pipeline has no artifact store (it has none).',
    'Add a bucket for us-east-1 to artifactStores.',
  ],
  [
    'P-012',
    'two Regions',
    (p) => {
      put(p, 'Build/Lint', { region: 'eu-west-1' });
      put(p, 'Deploy/Upload', { region: 'us-east-1' });
    },
    'Actions run in eu-west-1 and us-east-1, but a single artifactStore serves one Region only.',
    'Replace artifactStore by artifactStores, with a bucket for each Region.',
  ],
  [
    'S-001',
    'a stage of 51',
    (p) => p.stages.push({ name: 'Full', actions: approvals(51) }),
    'Stage "Full" has 51 actions; AWS takes at most 50.',
    'Move some to another stage.',
  ],
  [
    'S-002',
    'an action twice',
    (p) => last(p).push({ ...approvals(1)[0]!, name: 'Upload' }),
    'Two actions of this stage are called "Upload".',
    'Rename one: names of actions are unique in a stage.',
  ],
];

const v1: Said[] = [
  [
    'P-015',
    'PARALLEL',
    (p) => {
      asV1(p);
      p.executionMode = 'PARALLEL';
    },
    'The execution mode PARALLEL exists only in pipelines of type V2.',
    'Set the pipeline type to V2, or the mode to SUPERSEDED.',
  ],
  [
    'A-030',
    'an EKS deploy',
    (p) => {
      asV1(p);
      p.stages[1]!.actions.push({
        ...deploy('EKS', { ClusterName: 'c', ManifestFiles: 'm' }),
        inputArtifacts: [{ name: 'RepoOut' }],
      });
    },
    '"Amazon EKS deploy" exists only in pipelines of type V2.',
    'Set the pipeline type to V2.',
  ],
  [
    'S-004',
    'an entry condition',
    (p) => {
      asV1(p);
      p.stages[1]!.beforeEntry = { conditions: [{ result: 'FAIL' }] };
    },
    '"beforeEntry" exists only in pipelines of type V2.',
    'Set the pipeline type to V2.',
  ],
  [
    'S-004',
    'a success condition',
    (p) => {
      asV1(p);
      p.stages[1]!.onSuccess = { conditions: [{ result: 'FAIL' }] };
    },
    '"onSuccess" exists only in pipelines of type V2.',
    'Set the pipeline type to V2.',
  ],
  [
    'T-008',
    'triggers',
    (p) => {
      const { triggers } = completePipeline();
      const [app] = completePipeline().stages[0]!.actions;
      asV1(p);
      Object.assign(p, { triggers });
      p.stages[0]!.actions.push(app!);
    },
    'Triggers exist only in pipelines of type V2.',
    'Set the pipeline type to V2, or remove the triggers.',
  ],
  [
    'T-011',
    'variables',
    (p) => {
      asV1(p);
      p.variables = [{ name: 'A' }];
    },
    'Pipeline variables exist only in pipelines of type V2.',
    'Set the pipeline type to V2.',
  ],
];

const artifacts: Said[] = [
  [
    'A-003',
    'no input',
    (p) => put(p, 'Build/Lint', { inputArtifacts: [] }),
    'The action has no input artifacts; AWS CodeBuild takes at least 1.',
    'Add an input artifact.',
  ],
  [
    'A-003',
    'an input too many',
    (p) => put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'dist' }, { name: 'app' }] }),
    'The action has 2 input artifacts; Amazon S3 deploy takes exactly 1.',
    'Remove one.',
  ],
  [
    'A-003',
    'two inputs too many',
    (p) => {
      put(p, 'Build/Lint', { outputArtifacts: [{ name: 'x' }] });
      put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'dist' }, { name: 'app' }, { name: 'x' }] });
    },
    'The action has 3 input artifacts; Amazon S3 deploy takes exactly 1.',
    'Remove 2.',
  ],
  [
    'A-003',
    'an input of an approval',
    (p) => put(p, 'Deploy/Approve', { inputArtifacts: [{ name: 'dist' }] }),
    'The action has 1 input artifact; Manual approval takes none.',
    'Remove one.',
  ],
  [
    'A-004',
    'no output of a source',
    (p) => {
      p.stages[0]!.actions.push({ ...source('Assets', 'x'), outputArtifacts: [] });
    },
    'The action has no output artifacts; AWS CodeCommit takes exactly 1.',
    'Add an output artifact.',
  ],
  [
    'A-004',
    'two outputs of Commands',
    (p) => put(p, 'Build/Test', { outputArtifacts: [{ name: 'dist' }, { name: 'more' }] }),
    'The action has 2 output artifacts; Commands takes at most 1.',
    'Remove one.',
  ],
  [
    'A-005',
    'an output twice',
    (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'app' }] }),
    '"app" is already an output of Source/App; names of output artifacts are unique in a pipeline.',
    'Give this output another name, and choose it where this action’s output is meant.',
  ],
  [
    'A-005',
    'an output twice in one action',
    (p) => put(p, 'Build/Lint', { outputArtifacts: [{ name: 'x' }, { name: 'x' }] }),
    '"x" is already an output of Build/Lint; names of output artifacts are unique in a pipeline.',
    'Give this output another name, and choose it where this action’s output is meant.',
  ],
  [
    'A-006',
    'an input from nowhere',
    (p) => put(p, 'Deploy/Upload', { inputArtifacts: [{ name: 'SiteZip' }] }),
    'Input artifact "SiteZip" is produced by no action. Earlier actions produce "app" and "dist".',
    'Choose one of those, or add "SiteZip" to the outputs of an earlier action.',
  ],
  [
    'A-006',
    'an input from a later stage',
    (p) => {
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'late' }] });
      last(p).push(codeBuild('Late', { outputArtifacts: [{ name: 'late' }] }));
    },
    '"late" is produced by Deploy/Late, which does not run before this action.',
    'Move this action behind Deploy/Late.',
  ],
  [
    'A-006',
    'an input from beside',
    (p) => put(p, 'Build/Lint', { inputArtifacts: [{ name: 'dist' }] }),
    '"dist" is produced by Build/Test, which does not run before this action.',
    'Give this action a runOrder above 1, or move it to a later stage.',
  ],
  [
    'A-006',
    'an input of a higher runOrder',
    (p) => {
      put(p, 'Build/Test', { runOrder: 7 });
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'dist' }] });
    },
    '"dist" is produced by Build/Test, which does not run before this action.',
    'Give this action a runOrder above 7, or move it to a later stage.',
  ],
  [
    'A-006',
    'its own output',
    (p) => put(p, 'Build/Test', { inputArtifacts: [{ name: 'dist' }] }),
    'The action takes its own output "dist" as input.',
    'Choose an artifact of an earlier action.',
  ],
  [
    'A-007',
    'an input twice',
    (p) => {
      put(p, 'Build/Lint', { inputArtifacts: [{ name: 'app' }, { name: 'app' }] });
      configure(p, 'Build/Lint', { PrimarySource: 'app' });
    },
    'The action takes the artifact "app" twice.',
    'Remove one of the two.',
  ],
];

describe('what is said of the structure', () => {
  test.each(structure)('%s: %s', (...said) => expectSaid(said));
});

describe('what is said of pipelines of type V1', () => {
  test.each(v1)('%s: %s', (...said) => expectSaid(said));
});

describe('what is said of artifacts', () => {
  test.each(artifacts)('%s: %s', (...said) => expectSaid(said));
});
