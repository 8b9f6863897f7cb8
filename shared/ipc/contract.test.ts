import { describe, expect, expectTypeOf, it, test } from 'vitest';
import { emptySidecar } from '../model/sidecar.ts';
import { long } from '../testing/withValue.ts';
import { type CallName, type Client, contract, type Handlers, type Push } from './contract.ts';

const sidecar = emptySidecar();
const MB = 1024 * 1024;
const pushEvent = { kind: 'push', branch: 'main', commitId: 'a'.repeat(40), files: [] };

/** One legal input of each call, with nothing left out that may not be left out. */
const inputs: { [N in CallName]: Record<string, unknown> } = {
  getApp: {},
  updateSettings: {},
  pickPath: { purpose: 'open', suggested: '' },
  listFolder: { path: '' },
  openDocument: { path: '/home/ann/shop.json' },
  newDocument: { templateId: '' },
  openSample: { sampleId: 'shop' },
  listTemplates: {},
  saveDocument: { documentId: 'd1', text: '', sidecar },
  saveSidecar: { documentId: 'd1', sidecar },
  closeDocument: { documentId: 'd1' },
  rememberEdits: { windowId: 'w1', tabs: ['d1'], activeId: 'd1', records: [] },
  recoverEdits: { windowId: 'w1' },
  listRecent: {},
  saveExport: { path: '/tmp/a.json', text: '{}' },
  getRunReadiness: { documentId: 'd1', text: '{}', sidecar },
  startPipelineExecution: { documentId: 'd1', text: '{}', sidecar },
  simulateTriggerEvent: { documentId: 'd1', text: '{}', event: pushEvent },
  startFromTrigger: { documentId: 'd1', text: '{}', sidecar, event: pushEvent },
  armTriggers: { documentId: 'd1', armed: true },
  triggerState: { documentId: 'd1' },
  answerConsent: { consentId: 'c1', trusted: true },
  stopPipelineExecution: { pipelineExecutionId: 'e1', abandon: false, reason: '' },
  retryStageExecution: { pipelineExecutionId: 'e1', stageName: 'Build', retryMode: 'FAILED_ACTIONS' },
  overrideStageCondition: { pipelineExecutionId: 'e1', stageName: 'Build', conditionType: 'BEFORE_ENTRY' },
  rollbackStage: { pipelineName: 'shop', stageName: 'Deploy', targetPipelineExecutionId: 'e1' },
  listRollbackTargets: { pipelineName: 'shop', stageName: 'Deploy' },
  getPipelineState: { pipelineName: 'shop' },
  disableStageTransition: { pipelineName: 'shop', stageName: 'Deploy', reason: 'freeze' },
  enableStageTransition: { pipelineName: 'shop', stageName: 'Deploy' },
  listPipelineVersions: { pipelineName: 'shop' },
  getPipelineVersion: { pipelineName: 'shop', version: 1 },
  listAlarms: {},
  setAlarmState: { alarmName: 'shop-errors', state: 'OK' },
  continueAction: { pipelineExecutionId: 'e1', stageName: 'Build', actionName: 'Test' },
  inspectPaused: { pipelineExecutionId: 'e1', stageName: 'Build', actionName: 'Test' },
  forkExecution: { pipelineExecutionId: 'e1' },
  putApprovalResult: {
    pipelineExecutionId: 'e1',
    stageName: 'Deploy',
    actionName: 'Approve',
    token: 't1',
    status: 'Approved',
    summary: '',
  },
  listPipelineExecutions: {},
  getExecutionEvents: { pipelineExecutionId: 'e1' },
  readLog: { pipelineExecutionId: 'e1', actionExecutionId: 'a1', offset: 0 },
  listAwsProfiles: {},
  listAwsPipelines: {},
  pullPipeline: { pipelineName: 'shop' },
  preparePush: { documentId: 'd1', text: '{}' },
  pushPipeline: { pushId: 'p1' },
  startAwsExecution: { pipelineName: 'shop' },
  savePicture: { path: '/tmp/a.png', base64: '' },
  listPipelineFiles: { path: '/home/ann' },
  getFilesFolder: {},
  keepFoldedFolders: { folded: ['services'] },
  listFileRevisions: { documentId: 'd1' },
  readFileRevision: { documentId: 'd1', revisionId: 'abc' },
};
const names = Object.keys(contract) as CallName[];
const takes = (name: CallName, members: Record<string, unknown>) =>
  contract[name].input.safeParse({ ...inputs[name], ...members }).success;

describe('the input of a call', () => {
  test.each(names)('%s takes what it needs and nothing more is asked', (name) => {
    expect(takes(name, {})).toBe(true);
  });

  test.each(names.flatMap((name) => Object.keys(inputs[name]).map((field) => [name, field] as const)))(
    '%s cannot do without %s',
    (name, field) => {
      expect(takes(name, { [field]: undefined })).toBe(false);
      // No document need be the active one.
      expect(takes(name, { [field]: null })).toBe(field === 'activeId');
    },
  );

  test.each(names)('%s takes an object and nothing else', (name) => {
    for (const input of [undefined, null, 'x', 1, true, [], [inputs[name]]]) {
      expect(contract[name].input.safeParse(input).success).toBe(false);
    }
  });

  test.each(names)('%s hands on no member that the contract does not know', (name) => {
    const input = { ...inputs[name], command: 'rm', __proto__: { polluted: true } };
    expect(contract[name].input.parse(input)).not.toHaveProperty('command');
    expect(contract[name].input.parse(input)).not.toHaveProperty('polluted');
  });

  /** [call, field, legal borders, first illegal ones] */
  test.each<[name: CallName, field: string, legal: unknown[], illegal: unknown[]]>([
    ['pickPath', 'purpose', ['open', 'save', 'folder', 'file'], ['', 'delete', 'Open']],
    ['pickPath', 'suggested', ['', long(4096)], [long(4097), 1]],
    ['listFolder', 'path', ['', long(4096)], [long(4097), 1]],
    ['openDocument', 'path', ['a', long(4096)], ['', long(4097), 1]],
    ['newDocument', 'templateId', ['', long(100)], [long(101), 1]],
    ['openSample', 'sampleId', ['', long(100)], [long(101), 1]],
    ['saveDocument', 'documentId', ['d', long(200)], ['', long(201), 1]],
    ['saveDocument', 'text', ['', long(10 * MB)], [long(10 * MB + 1), 1]],
    ['saveDocument', 'path', [undefined, 'a', long(4096)], ['', long(4097), null]],
    ['saveDocument', 'overwriteChanged', [undefined, true, false], ['true', 1]],
    ['saveDocument', 'sidecar', [{}, sidecar], [[], { bindings: { A: {} } }, { penstock: 2 }]],
    ['saveSidecar', 'documentId', ['d', long(200)], ['', long(201)]],
    ['saveSidecar', 'sidecar', [{}, sidecar], [[], 'x', { variables: { A: 1 } }]],
    ['closeDocument', 'documentId', ['d', long(200)], ['', long(201)]],
    ['saveExport', 'path', ['a', long(4096)], ['', long(4097)]],
    ['saveExport', 'text', [''], [long(10 * MB + 1), {}]],
    ['getRunReadiness', 'documentId', ['d', long(200)], ['', long(201)]],
    ['getRunReadiness', 'text', [''], [long(10 * MB + 1), {}]],
    ['startPipelineExecution', 'variables', [undefined, {}, { A: '' }, { A: 'b' }], [{ A: 1 }, [], 'A=b']],
    ['startPipelineExecution', 'documentId', ['d', long(200)], ['', long(201)]],
    ['answerConsent', 'consentId', ['c', long(200)], ['', long(201)]],
    ['answerConsent', 'trusted', [true, false], ['true', 1, 0]],
    // the reason of a stop has at most 200 characters.
    ['stopPipelineExecution', 'reason', ['', long(200)], [long(201), 1]],
    ['stopPipelineExecution', 'abandon', [true, false], ['false', 0]],
    ['stopPipelineExecution', 'pipelineExecutionId', ['e', long(200)], ['', long(201)]],
    ['retryStageExecution', 'stageName', ['S', long(100)], ['', long(101)]],
    ['retryStageExecution', 'retryMode', ['FAILED_ACTIONS', 'ALL_ACTIONS'], ['', 'ALL']],
    ['retryStageExecution', 'sidecar', [undefined, {}, sidecar], [[], { bindings: { A: {} } }]],
    ['overrideStageCondition', 'conditionType', ['BEFORE_ENTRY', 'ON_SUCCESS', 'ON_FAILURE'], ['', 'beforeEntry']],
    ['rollbackStage', 'targetPipelineExecutionId', ['e', long(200)], ['', long(201)]],
    ['disableStageTransition', 'stageName', ['S', long(100)], ['', long(101)]],
    ['disableStageTransition', 'reason', ['', long(1000)], [long(1001), 1]],
    ['getPipelineVersion', 'version', [1, 99], [0, 1.5, '1']],
    ['setAlarmState', 'state', ['OK', 'ALARM', 'INSUFFICIENT_DATA'], ['', 'ok']],
    ['setAlarmState', 'alarmName', ['a', long(255)], ['', long(256)]],
    ['continueAction', 'variables', [undefined, {}, { 'A.b': '' }], [{ 'A.b': 1 }, []]],
    ['forkExecution', 'seq', [undefined, 1, 900], [0, 1.5]],
    ['forkExecution', 'breakpoints', [undefined, { 'A/B': 'before' }], [{ 'A/B': 'within' }]],
    ['putApprovalResult', 'stageName', ['S', long(100)], ['', long(101)]],
    ['putApprovalResult', 'actionName', ['A', long(100)], ['', long(101)]],
    ['putApprovalResult', 'token', ['t', long(200)], ['', long(201)]],
    ['putApprovalResult', 'status', ['Approved', 'Rejected'], ['', 'approved', 'Succeeded']],
    // the summary of an approval has at most 512 characters.
    ['putApprovalResult', 'summary', ['', long(512)], [long(513), 1]],
    ['listPipelineExecutions', 'limit', [undefined, 1, 500], [0, 501, 1.5, '10']],
    ['listPipelineExecutions', 'status', [undefined, 'InProgress', 'Cancelled'], ['Running', '']],
    ['listPipelineExecutions', 'pipelineName', [undefined, '', 'shop'], [1, null]],
    ['listPipelineExecutions', 'before', [undefined, 0, 1.7e12], ['now', null]],
    ['getExecutionEvents', 'fromSeq', [undefined, 1, 1e6], [0, -1, 1.5, '1']],
    ['getExecutionEvents', 'pipelineExecutionId', ['e', long(200)], ['', long(201)]],
    ['readLog', 'offset', [0, -1, 1e9, -1e9], [0.5, '0', Number.NaN, Number.POSITIVE_INFINITY]],
    ['readLog', 'limit', [undefined, 1, MB], [0, MB + 1, 1.5]],
    ['readLog', 'actionExecutionId', ['a', long(200)], ['', long(201)]],
    ['pullPipeline', 'pipelineName', ['p', long(100)], ['', long(101)]],
    ['preparePush', 'documentId', ['d', long(200)], ['', long(201)]],
    ['preparePush', 'text', [''], [long(10 * MB + 1)]],
    ['pushPipeline', 'pushId', ['p', long(200)], ['', long(201)]],
    ['startAwsExecution', 'pipelineName', ['p', long(100)], ['', long(101)]],
  ])('of %s: the borders of %s', (name, field, legal, illegal) => {
    for (const value of legal) expect(takes(name, { [field]: value }), String(value).slice(0, 20)).toBe(true);
    for (const value of illegal) expect(takes(name, { [field]: value }), String(value).slice(0, 20)).toBe(false);
  });

  test.each<[name: CallName, expected: Record<string, unknown>]>([
    ['saveDocument', { overwriteChanged: false }],
    ['startPipelineExecution', { variables: {} }],
    ['continueAction', { variables: {}, skip: false }],
    ['forkExecution', { only: false }],
    ['listPipelineExecutions', { limit: 100 }],
    ['getExecutionEvents', { fromSeq: 1 }],
    ['readLog', { limit: 262_144 }],
  ])('of %s is filled with %j', (name, expected) => {
    expect(contract[name].input.parse(inputs[name])).toMatchObject(expected);
  });
});

describe('handlers and clients', () => {
  it('are derived from the contract, so neither side can drift', () => {
    expectTypeOf<keyof Handlers>().toEqualTypeOf<CallName>();
    expectTypeOf<keyof Client>().toEqualTypeOf<CallName>();
    // A client may leave out what the contract fills in; a handler finds it filled in.
    expectTypeOf<Parameters<Handlers['readLog']>[0]['limit']>().toEqualTypeOf<number>();
    expectTypeOf<Parameters<Client['readLog']>[0]['limit']>().toEqualTypeOf<number | undefined>();
    expectTypeOf<Push<'openRequested'>>().toEqualTypeOf<{ path: string }>();
  });
});
