import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import { openRunKeys } from '../../endpoint/runKeys.ts';
import {
  callOperation,
  type EndpointFixture,
  endpointFixture,
  lambdaAction,
  workerAction,
} from '../../endpoint/testing/endpointFixture.ts';
import { approve, pipelineOf } from '../testing/engineFixture.ts';

/** reference/actions.md, Timeouts: a day for custom actions; for functions 15 minutes, 20 without an answer, a day in all. */
const SECOND = 1000;
const MINUTE = 60 * SECOND;
const HOUR = 60 * MINUTE;
/** Real time for processes and files; the clock moves by a fraction of it. */
const PATIENCE = { timeout: 10_000 };

let fixture: EndpointFixture;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'Date', 'performance'] });
  fixture = endpointFixture({ continueAfterMs: 11 * HOUR });
});
afterEach(async () => {
  vi.useRealTimers();
  await fixture.close();
});

const seen: EndpointFixture['seen'] = (id, fits) => fixture.seen(id, fits);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const ended = (id: string) => seen(id, ({ type }) => type === 'ExecutionFinished');

async function started(action: ActionDeclaration, binding: { kind: 'jobWorker' } | { kind: 'handler'; path: string }) {
  const id = await fixture.start(pipelineOf({ Make: [action] }), { bindings: { [`Make/${action.name}`]: binding } });
  await seen(id, ({ type }) => type === 'JobQueued');
  return { id, worker: fixture.worker(id) };
}
const make = async (id: string) => actionOf(await fixture.state(id), 'Make', 'Make')!;
const timedOut = {
  status: 'Failed',
  errorDetails: { code: 'TimedOut', message: 'The action did not finish within 1440 minutes.' },
};

describe('a job whose worker is lost', () => {
  const poll = async (worker: ReturnType<EndpointFixture['worker']>) =>
    (await callOperation(worker, 'PollForJobs', { actionTypeId: workerAction('Make').actionTypeId })).body.jobs as {
      id: string;
      nonce: string;
    }[];

  it('that nobody ever polls for fails its action after a day', async () => {
    const { id } = await started(workerAction('Make'), { kind: 'jobWorker' });
    await pass(24 * HOUR - 5 * SECOND);
    expect((await make(id)).status).toBe('InProgress');
    await pass(5 * SECOND);
    await ended(id);
    expect(await make(id)).toMatchObject(timedOut);
  });

  it('is offered anew every 30 seconds to a worker that never acknowledges, and fails its action after a day', async () => {
    const { id, worker } = await started(workerAction('Make'), { kind: 'jobWorker' });
    const offers: number[] = [];
    for (let at = 0; at < 3 * MINUTE; at += 10 * SECOND) {
      if ((await poll(worker)).length > 0) offers.push(at / SECOND);
      await pass(10 * SECOND);
    }
    expect(offers).toEqual([0, 30, 60, 90, 120, 150]);
    await pass(24 * HOUR);
    await ended(id);
    expect(await make(id)).toMatchObject(timedOut);
  });

  it('takes no result after that, though its execution goes on elsewhere', async () => {
    const stages = { Make: [workerAction('Make'), approve('Ok')] };
    const id = await fixture.start(pipelineOf(stages), { bindings: { 'Make/Make': { kind: 'jobWorker' } } });
    await seen(id, ({ type }) => type === 'JobQueued');
    const worker = fixture.worker(id);
    const [job] = await poll(worker);
    const { id: jobId = '', nonce } = job ?? {};
    expect((await callOperation(worker, 'AcknowledgeJob', { jobId, nonce })).body).toEqual({ status: 'InProgress' });
    await pass(24 * HOUR);
    await seen(id, (event) => event.type === 'ActionFinished' && event.actionName === 'Make');
    expect(await make(id)).toMatchObject(timedOut);
    const late = await callOperation(worker, 'PutJobSuccessResult', { jobId });
    expect(late.body.__type).toBe('InvalidJobStateException');
    expect((await make(id)).status).toBe('Failed');
  });
});

describe('a Lambda function', () => {
  const startedFunction = (text: string) =>
    started(lambdaAction('Make'), { kind: 'handler', path: fixture.file('function/index.mjs', text) });
  /** Reports a result as somebody does who has the function's keys. */
  const report = async (id: string, input: object) => {
    const { actionExecutionId, jobs } = await make(id);
    const keys = openRunKeys(join(fixture.root, 'data'), { create: true });
    const credentials = keys.credentialsOf({ kind: 'function', id: actionExecutionId });
    const jobId = jobs?.jobs.at(-1)?.jobId;
    return callOperation({ url: fixture.worker(id).url, credentials }, 'PutJobSuccessResult', { jobId, ...input });
  };
  const calls = async (id: string) =>
    fixture.log(await fixture.state(id), 'Make', 'Make').split('returned without a result').length - 1;

  it('that runs for 15 minutes is ended, and fails its action', async () => {
    const { id } = await startedFunction(
      'export const handler = () => new Promise(() => setInterval(() => {}, 1000));',
    );
    const pid = await vi.waitFor(async () => {
      const begun = (await fixture.history.events(id)).find(({ type }) => type === 'ActionProcessStarted');
      expect(begun).toBeDefined();
      return (begun as Extract<typeof begun, { type: 'ActionProcessStarted' }>).pid;
    }, PATIENCE);
    await pass(15 * MINUTE - 30 * SECOND);
    expect((await make(id)).status).toBe('InProgress');
    expect(process.kill(pid, 0)).toBe(true);
    await pass(30 * SECOND);
    await vi.waitFor(() => expect(() => process.kill(pid, 0)).toThrow('ESRCH'), PATIENCE);
    await vi.waitFor(async () => expect((await make(id)).status).toBe('Failed'), PATIENCE);
    expect((await make(id)).errorDetails).toMatchObject({
      code: 'JobFailed',
      fix: 'It ran for 15 minutes, longer than any Lambda function may, and was ended.',
    });
  });

  it('that returned fails its action when 20 minutes went by without a result', async () => {
    const { id } = await startedFunction('export const handler = async () => "later";');
    await vi.waitFor(async () => expect(await calls(id)).toBe(1), PATIENCE);
    await pass(19 * MINUTE);
    expect((await make(id)).status).toBe('InProgress');
    await pass(MINUTE);
    await ended(id);
    expect((await make(id)).errorDetails).toMatchObject({
      code: 'JobFailed',
      message: expect.stringContaining('failed to return a result'),
      fix: 'Nobody reported a result for 20 minutes.',
    });
  });

  it('that goes on with continuation tokens has a day in all', async () => {
    const { id } = await startedFunction('export const handler = async () => "later";');
    for (const count of [1, 2, 3]) {
      await vi.waitFor(async () => expect(await calls(id)).toBe(count), PATIENCE);
      expect((await report(id, { continuationToken: `step-${count}` })).status).toBe(200);
      await seen(id, (event) => event.type === 'JobQueued' && event.continuationToken === `step-${count}`);
      if (count < 3) await pass(11 * HOUR);
    }
    expect((await make(id)).status).toBe('InProgress');
    await pass(2 * HOUR);
    await ended(id);
    expect(await make(id)).toMatchObject(timedOut);
  });
});
