import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExecutionEvent, Happening } from '../../shared/execution/events.ts';
import type { Reply } from '../../shared/ipc/contract.ts';
import { problem } from '../../shared/problem.ts';
import { replaceTransport } from '../bridge.ts';
import {
  actionViewOf,
  applyPush,
  flushPushes,
  leavePlace,
  resetExecutions,
  runningCount,
  scrubTo,
  setPlace,
  showExecution,
  stageViewOf,
  useExecution,
} from './executionStore.ts';

const declaration = {
  name: 'shop',
  roleArn: '',
  stages: [
    {
      name: 'Build',
      actions: ['Lint', 'Compile'].map((name) => ({
        name,
        actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' } as const,
      })),
    },
  ],
};
const started = (pipelineExecutionId: string): Happening => ({
  type: 'ExecutionStarted',
  pipelineExecutionId,
  pipelineName: 'shop',
  pipelineVersion: 1,
  executionMode: 'SUPERSEDED',
  executionType: 'STANDARD',
  trigger: { triggerType: 'StartPipelineExecution', triggerDetail: '' },
  startNumber: 1,
  declaration,
  variables: {},
  bindings: {},
});
const actionStarted = (actionName: string): Happening => ({
  type: 'ActionStarted',
  stageName: 'Build',
  actionName,
  actionExecutionId: `id-${actionName}`,
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  attempt: 1,
  fidelity: 'real',
  resolvedConfiguration: {},
  inputArtifacts: [],
});
const actionFinished = (actionName: string, status: 'Succeeded' | 'Failed'): Happening => ({
  type: 'ActionFinished',
  stageName: 'Build',
  actionName,
  actionExecutionId: `id-${actionName}`,
  status,
  ...(status === 'Failed' && { errorDetails: { code: 'JobFailed' as const, message: 'exit 1' } }),
  outputArtifacts: [],
  outputVariables: {},
});
const story = (id: string): ExecutionEvent[] =>
  (
    [
      started(id),
      { type: 'StageStarted', stageName: 'Build', attempt: 1 },
      actionStarted('Lint'),
      actionStarted('Compile'),
      actionFinished('Lint', 'Succeeded'),
      actionFinished('Compile', 'Failed'),
      { type: 'StageFinished', stageName: 'Build', status: 'Failed' },
      { type: 'ExecutionFinished', status: 'Failed' },
    ] satisfies Happening[]
  ).map((happening, index) => ({ ...happening, seq: index + 1, at: 50_000 + index * 1000, mono: index * 1000 }));

const asked: { name: string; input: unknown }[] = [];
let answer: (name: string, input: { fromSeq: number }) => Reply;

beforeEach(() => {
  asked.length = 0;
  answer = () => ({ ok: true, value: [] });
  replaceTransport({
    invoke: async (name, input) => {
      asked.push({ name, input });
      return answer(name, input as { fromSeq: number });
    },
    subscribe: () => () => undefined,
  });
  resetExecutions();
  setPlace('doc');
});
afterEach(() => resetExecutions());

const state = () => useExecution.getState();
const lint = actionViewOf('Build', 'Lint');
const compile = actionViewOf('Build', 'Compile');

describe('a running execution', () => {
  it('reaches the cards once per frame, however many events were pushed', () => {
    showExecution('e1');
    const writes = vi.fn();
    const stop = useExecution.subscribe(writes);
    for (const event of story('e1').slice(0, 5)) applyPush('e1', [event]);
    expect(writes).not.toHaveBeenCalled();
    flushPushes();
    stop();
    expect(writes).toHaveBeenCalledTimes(1);
    expect(lint(state())).toMatchObject({ status: 'Succeeded', startedAt: 52_000, finishedAt: 54_000, attempt: 1 });
    expect(compile(state())).toMatchObject({ status: 'InProgress', finishedAt: undefined });
  });

  it('leaves the view of an action the same object while only others change', () => {
    showExecution('e1');
    applyPush('e1', story('e1').slice(0, 4));
    flushPushes();
    const before = compile(state());
    applyPush('e1', story('e1').slice(4, 5));
    flushPushes();
    expect(compile(state())).toBe(before);
    expect(lint(state())).not.toBe(before);
  });

  it('counts as running until its last event', () => {
    applyPush('e1', story('e1').slice(0, 7));
    flushPushes();
    expect(runningCount(state())).toBe(1);
    applyPush('e1', story('e1').slice(7));
    flushPushes();
    expect(runningCount(state())).toBe(0);
  });

  it('asks for the events that a push skipped, from the first one missing', async () => {
    const events = story('e1');
    answer = (_, { fromSeq }) => ({ ok: true, value: events.slice(fromSeq - 1) });
    applyPush('e1', events.slice(0, 2));
    applyPush('e1', events.slice(4, 6));
    await vi.waitFor(() => expect(asked).toHaveLength(1));
    expect(asked[0]).toEqual({ name: 'getExecutionEvents', input: { pipelineExecutionId: 'e1', fromSeq: 3 } });
    showExecution('e1');
    await vi.waitFor(() => expect(state().eventCount).toBe(8));
  });
});

describe('scrubbing', () => {
  beforeEach(() => {
    showExecution('e1');
    applyPush('e1', story('e1'));
    flushPushes();
  });

  it('shows the instant after the chosen event, with its clock', () => {
    scrubTo(3);
    expect(lint(state()).status).toBe('InProgress');
    expect(compile(state()).status).toBe('NotStarted');
    expect(state().clockNow).toBe(52_000);
    scrubTo('live');
    expect(compile(state())).toMatchObject({ status: 'Failed', message: 'exit 1' });
  });

  it('stays inside the log', () => {
    scrubTo(-5);
    expect(state().at).toBe(1);
    scrubTo(1000);
    expect(state().at).toBe(8);
  });

  it('keeps its instant while new events arrive', () => {
    scrubTo(2);
    applyPush('e1', [
      {
        seq: 9,
        at: 60_000,
        mono: 9000,
        type: 'StageRetryRequested',
        stageName: 'Build',
        retryMode: 'ALL_ACTIONS',
        trigger: 'ManualStageRetry',
      },
    ]);
    flushPushes();
    expect(state().at).toBe(2);
    expect(state().eventCount).toBe(9);
    expect(lint(state()).status).toBe('NotStarted');
  });

  it('offers a retry of the failed stage only where the execution has ended', () => {
    expect(stageViewOf('Build')(state())).toMatchObject({ status: 'Failed', isRetryable: true });
    scrubTo(7);
    expect(stageViewOf('Build')(state())).toMatchObject({ status: 'Failed', isRetryable: false });
  });
});

describe('the places of a window', () => {
  it('each remember their own execution', () => {
    applyPush('e1', story('e1'));
    applyPush('e2', story('e2').slice(0, 3));
    showExecution('e1');
    setPlace('other');
    expect(state().shownId).toBeNull();
    expect(lint(state()).status).toBe('NotStarted');
    showExecution('e2');
    setPlace('doc');
    expect(state().shownId).toBe('e1');
    leavePlace('doc');
    expect(state()).toMatchObject({ shownId: null, state: undefined });
  });

  it('say why an execution cannot be shown', async () => {
    answer = () => ({
      ok: false,
      problem: problem({ code: 'execution.unknown', where: '', what: 'No such execution.', fix: 'Choose another.' }),
    });
    showExecution('gone');
    await vi.waitFor(() => expect(state().problem?.code).toBe('execution.unknown'));
  });
});
