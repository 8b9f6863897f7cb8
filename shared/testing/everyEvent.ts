import type { Happening } from '../execution/events.ts';
import { pipelineOf } from './pipelineOf.ts';

/** S (Repo) · B (X, then Y) · A (Approve): the pipeline of `everyEvent`. */
export const eventPipeline = pipelineOf({ S: ['Repo'], B: ['X', 'Y@2'], A: ['Approve'] });

const place = { stageName: 'B', actionName: 'X', actionExecutionId: 'x1' };
const approval = { stageName: 'A', actionName: 'Approve', actionExecutionId: 'a1' };
const started = { attempt: 1, fidelity: 'real' as const, resolvedConfiguration: {}, inputArtifacts: [] };
const build = { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' } as const;

/** One event of every kind (of some kinds several), each as an engine would write it for `eventPipeline`. */
export const everyEvent: readonly Happening[] = [
  {
    type: 'ExecutionStarted',
    pipelineExecutionId: 'E1',
    pipelineName: 'sketch',
    pipelineVersion: 1,
    executionMode: 'SUPERSEDED',
    executionType: 'STANDARD',
    trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'spec' },
    startNumber: 1,
    declaration: eventPipeline,
    variables: { Env: 'test' },
    bindings: {},
    documentPath: '/p/sketch.pipeline.json',
    sourceRevisions: [{ actionName: 'Repo', revisionType: 'COMMIT_ID', revisionValue: 'abc' }],
  },
  { type: 'StageEntranceReached', stageName: 'B' },
  { type: 'StageStarted', stageName: 'B', attempt: 1 },
  { type: 'ActionStarted', ...place, ...started, actionTypeId: build },
  { type: 'ActionProcessStarted', ...place, pid: 42, startTime: '9' },
  { type: 'ActionAdopted', ...place },
  {
    type: 'ActionFinished',
    ...place,
    status: 'Succeeded',
    outputArtifacts: [{ name: 'XOut', digest: 'd', size: 1 }],
    outputVariables: { K: 'v' },
    externalExecutionId: 'shop:1',
    externalExecutionUrl: 'https://example.com/1',
    summary: 'done',
  },
  {
    type: 'ActionFinished',
    ...place,
    status: 'Failed',
    errorDetails: { code: 'JobFailed', message: 'no' },
    outputArtifacts: [],
    outputVariables: {},
  },
  { type: 'ActionFinished', ...place, status: 'Abandoned', outputArtifacts: [], outputVariables: {} },
  {
    type: 'ActionStarted',
    ...approval,
    ...started,
    actionTypeId: { ...build, category: 'Approval', provider: 'Manual' },
  },
  { type: 'ApprovalRequested', ...approval, token: 't', expiresAt: 99, customData: 'Ship?', externalEntityLink: 'l' },
  { type: 'ApprovalAnswered', ...approval, status: 'Approved', summary: 'fine', answeredBy: 'me' },
  ...(['Succeeded', 'Failed', 'Stopped', 'Skipped', 'Cancelled'] as const).map(
    (status): Happening => ({ type: 'StageFinished', stageName: 'B', status }),
  ),
  { type: 'StopRequested', abandon: false, reason: 'enough' },
  { type: 'StopRequested', abandon: true, reason: 'enough' },
  { type: 'StageRetryRequested', stageName: 'B', retryMode: 'FAILED_ACTIONS', trigger: 'ManualStageRetry' },
  { type: 'StageRetryRequested', stageName: 'B', retryMode: 'ALL_ACTIONS', trigger: 'AutomatedStageRetry' },
  ...(['Succeeded', 'Failed', 'Stopped', 'Cancelled'] as const).map(
    (status): Happening => ({ type: 'ExecutionFinished', status }),
  ),
  { type: 'ExecutionFinished', status: 'Superseded', supersededBy: 'E2', summary: 'E2 overtook it' },
  { type: 'JobQueued', ...place, jobId: 'j1', availableAt: 5, continuationToken: 'c' },
  { type: 'JobAcknowledged', ...place, jobId: 'j1' },
  { type: 'JobArtifactStored', ...place, jobId: 'j1', artifact: { name: 'XOut', digest: 'd', size: 1 } },
  { type: 'JobFinished', ...place, jobId: 'j1', result: { status: 'Succeeded', outputVariables: { K: 'v' } } },
];
