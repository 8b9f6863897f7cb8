import { describe, expect, test } from 'vitest';
import { emptySidecar } from '../model/sidecar.ts';
import { long } from '../testing/withValue.ts';
import { type CallName, contract, type PushName, pushes, settingsSchema } from './contract.ts';

const sidecar = emptySidecar();
const MB = 1024 * 1024;
const names = Object.keys(contract) as CallName[];

const summary = {
  pipelineExecutionId: 'e1',
  pipelineName: 'shop',
  status: 'Failed',
  origin: 'local',
  triggerType: 'StartPipelineExecution',
  triggerDetail: '',
  revisionId: '',
  revisionSummary: '',
  startTime: 1,
  lastUpdateTime: 2,
  failedAction: 'Build/Test',
  waitsForApproval: false,
  documentPath: '',
};
const document = {
  documentId: 'd1',
  path: '',
  name: 'shop',
  format: 'json',
  text: '',
  sidecar,
  problems: [],
};
const event = { seq: 1, at: 1, mono: 0, type: 'StageFinished', stageName: 'Build', status: 'Succeeded' };
const settings = settingsSchema.parse({});

/** One legal output of each call that answers more than "done". */
const outputs: Partial<Record<CallName, unknown>> = {
  getApp: { version: '1', host: 'browser', platform: 'linux', cores: 2, homeDirectory: '/', settings, open: [] },
  updateSettings: settings,
  pickPath: { path: null },
  listFolder: { path: '/', parent: '', entries: [{ name: 'a', isFolder: true }] },
  openDocument: document,
  newDocument: document,
  openSample: document,
  listTemplates: [
    {
      templateId: 't',
      name: 'T',
      description: '',
      category: 'Web',
      needs: ['A bucket.'],
      stages: [
        {
          name: 'S',
          actions: [{ name: 'A', category: 'Build', provider: 'CodeBuild', question: '', isRequired: false }],
        },
      ],
    },
  ],
  saveDocument: { path: '/a.yaml', name: 'a', format: 'yaml' },
  rememberEdits: { whole: ['d1'] },
  recoverEdits: { documents: [{ document, isGone: false, isActive: true }] },
  listRecent: [{ path: '/a', name: 'a', folder: '/', exists: false }],
  getRunReadiness: {
    problems: [{ code: 'a.b', where: '', what: 'x', fix: 'y' }],
    missing: [
      {
        kind: 'binding',
        where: 'Source/App',
        question: 'Which?',
        kinds: ['repository'],
        required: true,
        suggestion: '',
      },
      { kind: 'variable', name: 'A', description: '', suggestion: '' },
    ],
    trusted: false,
  },
  startPipelineExecution: { pipelineExecutionId: 'e1' },
  simulateTriggerEvent: {
    isMatched: false,
    summary: 'Nothing starts.',
    sources: [{ where: 'Source/App', isMatched: false, why: 'No filter matches.', filters: [] }],
    notes: [],
  },
  startFromTrigger: { pipelineExecutionId: 'e1' },
  armTriggers: { path: '/a', armed: true, watched: [{ where: 'Source/App', repository: '/r' }] },
  triggerState: { path: '', armed: false, watched: [] },
  rollbackStage: { pipelineExecutionId: 'e2' },
  listRollbackTargets: { executions: [summary] },
  getPipelineState: {
    pipelineName: 'shop',
    pipelineVersion: 2,
    stageStates: [
      {
        stageName: 'Deploy',
        inboundTransitionState: { enabled: false, disabledReason: 'freeze', lastChangedBy: 'ann', lastChangedAt: 1 },
        inboundExecutions: [{ pipelineExecutionId: 'e2', startNumber: 2, since: 1, why: 'It waits.' }],
        latestExecution: { pipelineExecutionId: 'e1', status: 'Failed', type: 'ROLLBACK' },
      },
    ],
  },
  listPipelineVersions: { versions: [{ version: 2, createdAt: 1 }] },
  getPipelineVersion: { version: 2, pipeline: { name: 'shop' } },
  listAlarms: { alarms: [{ alarmName: 'shop-errors', state: 'ALARM', at: 1 }] },
  inspectPaused: {
    pausedAt: 'before',
    since: 1,
    actionType: 'Compute/AWS/Commands/1',
    resolvedConfiguration: {},
    variables: { 'Build.Tag': '1' },
    environment: ['HOME'],
    inputArtifacts: [
      { name: 'App', digest: 'd', size: 1, folder: '/f', files: [{ path: 'a', size: 1 }], isCut: false },
    ],
    shellCommand: 'sh x',
  },
  forkExecution: { pipelineExecutionId: 'e3' },
  listPipelineExecutions: { executions: [summary, { ...summary, duration: 5, origin: 'aws' }], total: 2 },
  getExecutionEvents: [event],
  readLog: { text: '', start: 0, end: 0, size: 0, complete: true },
  listAwsProfiles: ['default'],
  listAwsPipelines: [{ name: 'shop', version: 1, pipelineType: 'V2', executionMode: 'QUEUED', updated: 1 }],
  pullPipeline: document,
  preparePush: {
    pushId: 'p1',
    account: '111122223333',
    region: 'eu-west-1',
    profile: 'default',
    endpoint: '',
    pipelineName: 'shop',
    exists: false,
    liveVersion: 0,
    live: '',
    local: '{}',
    warnings: [],
    isOtherAccount: false,
  },
  pushPipeline: { pipelineName: 'shop', version: 2 },
  startAwsExecution: { pipelineExecutionId: 'e1' },
  listPipelineFiles: { folder: '/a', files: [{ path: '/a/b.json', name: 'b', folder: '/a' }], isPartial: false },
  getFilesFolder: { folder: '/a', folded: ['services'] },
  listFileRevisions: { revisions: [{ revisionId: 'abc', at: 1, author: 'ann', summary: 'Open the shop' }] },
  readFileRevision: { text: '{}', format: 'json' },
};

describe('the output of a call', () => {
  test.each(names.filter((name) => outputs[name] === undefined))('%s answers only that it is done', (name) => {
    expect(contract[name].output.parse({})).toEqual({});
  });

  test.each(Object.entries(outputs) as [CallName, unknown][])('%s is read as it was answered', (name, output) => {
    expect(contract[name].output.parse(output)).toMatchObject(output as object);
    expect(contract[name].output.parse(JSON.parse(JSON.stringify(output)))).toMatchObject(output as object);
  });

  test.each(
    (Object.entries(outputs) as [CallName, unknown][]).flatMap(([name, output]) =>
      Array.isArray(output) ? [] : Object.keys(output as object).map((field) => [name, field, output] as const),
    ),
  )('%s is a fault without %s', (name, field, output) => {
    const isDefaulted = name === 'updateSettings';
    const { [field]: _gone, ...rest } = output as Record<string, unknown>;
    expect(contract[name].output.safeParse(rest).success).toBe(isDefaulted);
  });

  test.each<[what: string, name: CallName, members: Record<string, unknown>]>([
    ['a format that is neither JSON nor YAML', 'openDocument', { format: 'toml' }],
    ['a document without a handle', 'openDocument', { documentId: '' }],
    ['a text over the limit', 'openDocument', { text: long(10 * MB + 1) }],
    ['a problem without a remedy', 'openDocument', { problems: [{ code: 'a', where: '', what: 'x' }] }],
    ['a host of another kind', 'getApp', { host: 'tauri' }],
    ['an execution without an id', 'startPipelineExecution', { pipelineExecutionId: '' }],
    ['a status that no execution has', 'listPipelineExecutions', { executions: [{ ...summary, status: 'Done' }] }],
    ['an origin that is neither here nor AWS', 'listPipelineExecutions', { executions: [{ ...summary, origin: 'x' }] }],
    ['something missing of an unknown kind', 'getRunReadiness', { missing: [{ kind: 'secret', name: 'A' }] }],
  ])('with %s is a fault', (_what, name, members) => {
    expect(contract[name].output.safeParse({ ...(outputs[name] as object), ...members }).success).toBe(false);
  });

  test.each(['InProgress', 'Stopping', 'Stopped', 'Succeeded', 'Superseded', 'Failed', 'Cancelled'])(
    'of history knows the status %s',
    (status) => {
      const output = { executions: [{ ...summary, status }], total: 1 };
      expect(contract.listPipelineExecutions.output.parse(output)).toEqual(output);
    },
  );
});

const pushed: { [N in PushName]: Record<string, unknown> } = {
  executionEvents: { pipelineExecutionId: 'e1', events: [event] },
  logGrew: { pipelineExecutionId: 'e1', actionExecutionId: 'a1', size: 10, complete: false },
  consentRequested: {
    consentId: 'c1',
    folder: '/shop',
    openedAs: '',
    commands: [{ where: 'Build/Test', text: 'npm test' }],
    changed: false,
  },
  documentChanged: { documentId: 'd1', text: '', problems: [] },
  settingsChanged: { ...settings },
  pipelineChanged: { pipelineName: 'shop' },
  triggersChanged: { path: '/a', armed: true, watched: [] },
  noticed: { code: 'a.b', severity: 'warning', where: '', what: 'x', fix: 'y' },
  openRequested: { path: '/a' },
  commandRequested: { command: 'run' },
};

describe('a push', () => {
  const pushNames = Object.keys(pushes) as PushName[];

  test.each(pushNames)('%s is read as it was sent', (name) => {
    expect(pushes[name].parse(pushed[name])).toEqual(pushed[name]);
    expect(pushes[name].safeParse(undefined).success).toBe(false);
    expect(pushes[name].safeParse([]).success).toBe(false);
  });

  test.each(
    pushNames
      .filter((name) => name !== 'settingsChanged')
      .flatMap((name) =>
        Object.keys(pushed[name])
          .filter((field) => field !== 'severity')
          .map((field) => [name, field] as const),
      ),
  )('%s is a fault without %s', (name, field) => {
    const { [field]: _gone, ...rest } = pushed[name];
    expect(pushes[name].safeParse(rest).success).toBe(false);
  });

  test.each<[what: string, event: unknown, expected: boolean]>([
    ['a kind that is newer than this window', { seq: 1, at: 1, mono: 0, type: 'StageDreamed' }, true],
    ['no number', { at: 1, mono: 0, type: 'StageStarted' }, false],
    ['half a number', { seq: 1.5, at: 1, type: 'StageStarted' }, false],
    ['no time', { seq: 1, type: 'StageStarted' }, false],
    ['no kind', { seq: 1, at: 1 }, false],
    ['nothing', null, false],
    ['a text', 'StageStarted', false],
  ])('of events takes one with %s: %s', (_what, one, expected) => {
    expect(pushes.executionEvents.safeParse({ pipelineExecutionId: 'e1', events: [one] }).success).toBe(expected);
  });
});
