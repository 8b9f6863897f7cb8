import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import {
  callObject,
  callOperation,
  type EndpointFixture,
  endpointFixture,
  lambdaAction,
  workerAction,
} from '../../endpoint/testing/endpointFixture.ts';
import type { History } from '../../parts.ts';
import { run as commands, pipelineOf, temporaryRoot } from '../testing/engineFixture.ts';

let root: string;
let remove: () => void;
let host: EndpointFixture;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  host = endpointFixture({ root });
});
afterEach(async () => {
  await host.close();
  remove();
});

/** The host goes away without a word, as after a kill; the next one finds what is on disk. */
async function nextHost(options: Parameters<typeof endpointFixture>[0] = {}): Promise<void> {
  await host.close();
  host = endpointFixture({ ...options, root });
  await host.engine.resume();
}

const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Forge', version: '1' };
interface Offer {
  id: string;
  nonce: string;
  data: {
    continuationToken?: string;
    artifactCredentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
    outputArtifacts: { location: { s3Location: { bucketName: string; objectKey: string } } }[];
  };
}
const ask = (id: string, operation: string, input: object) => callOperation(host.worker(id), operation, input);
/** Polls until the job is offered: the endpoint listens before the job is written down. */
const poll = (id: string): Promise<Offer> =>
  vi.waitFor(async () => {
    const { jobs = [] } = (await ask(id, 'PollForJobs', { actionTypeId })).body as { jobs?: Offer[] };
    expect(jobs).toHaveLength(1);
    return jobs[0]!;
  });
const taken = async (id: string) => {
  const offer = await poll(id);
  expect((await ask(id, 'AcknowledgeJob', { jobId: offer.id, nonce: offer.nonce })).status).toBe(200);
  return offer;
};
const wait = () =>
  host.start(pipelineOf({ Make: [workerAction('Make')] }), { bindings: { 'Make/Make': { kind: 'jobWorker' } } });
const make = async (id: string) => actionOf(await host.state(id), 'Make', 'Make')!;

describe('a host that comes back to a job', () => {
  it('offers it again under the same id, at the same address, to the same keys', async () => {
    const id = await wait();
    const before = await poll(id);
    const { url } = host.worker(id);
    await nextHost();
    const again = await poll(id);
    expect([again.id, host.worker(id).url]).toEqual([before.id, url]);
    expect(again.nonce).not.toBe(before.nonce);
    expect((await make(id)).jobs?.jobs).toHaveLength(1);
  });

  it('takes the result of a worker that had taken it, and offers it to nobody else', async () => {
    const id = await wait();
    const { id: jobId } = await taken(id);
    await nextHost();
    await vi.waitFor(async () => expect((await ask(id, 'GetJobDetails', { jobId })).status).toBe(200));
    expect((await ask(id, 'PollForJobs', { actionTypeId })).body).toEqual({ jobs: [] });
    expect((await ask(id, 'PutJobSuccessResult', { jobId, outputVariables: { a: 'b' } })).status).toBe(200);
    await host.engine.idle();
    expect(await make(id)).toMatchObject({ status: 'Succeeded', outputVariables: { a: 'b' } });
  });

  it('keeps what was uploaded for it', async () => {
    const id = await wait();
    const { id: jobId, data } = await taken(id);
    const { bucketName, objectKey } = data.outputArtifacts[0]!.location.s3Location;
    const keys = { url: host.worker(id).url, credentials: data.artifactCredentials };
    expect((await callObject(keys, 'PUT', `/${bucketName}/${objectKey}`, { body: 'whatever' })).status).toBe(200);
    await nextHost();
    await vi.waitFor(async () => expect((await ask(id, 'GetJobDetails', { jobId })).status).toBe(200));
    expect(await (await callObject(keys, 'GET', `/${bucketName}/${objectKey}`)).text()).toBe('whatever');
    await ask(id, 'PutJobSuccessResult', { jobId });
    await host.engine.idle();
    expect((await make(id)).outputArtifacts).toMatchObject([{ name: 'Built', size: 8 }]);
  });

  it('ends the action whose result was taken and not yet acted upon', async () => {
    // The end of the action never gets to the disk, the result of the job does.
    const neverEnds = (history: History): History => ({
      ...history,
      append: (execution, happenings) =>
        happenings.some((one) => one.type === 'ActionFinished' && one.actionName === 'Make')
          ? new Promise(() => undefined)
          : history.append(execution, happenings),
    });
    await nextHost({ around: neverEnds });
    const id = await wait();
    const { id: jobId } = await taken(id);
    expect((await ask(id, 'PutJobSuccessResult', { jobId, executionDetails: { summary: 'Made.' } })).status).toBe(200);
    expect((await make(id)).status).toBe('InProgress');
    await nextHost();
    await host.engine.idle();
    expect(await make(id)).toMatchObject({ status: 'Succeeded', summary: 'Made.' });
  });

  it('goes on with the continued job, token and all', async () => {
    const id = await wait();
    const { id: jobId } = await taken(id);
    await ask(id, 'PutJobSuccessResult', { jobId, continuationToken: 'step-2' });
    await nextHost();
    const next = await poll(id);
    expect([next.id === jobId, next.data.continuationToken]).toEqual([false, 'step-2']);
  });
});

describe('a host that comes back to a function', () => {
  const SDK = JSON.stringify(import.meta.resolve('@aws-sdk/client-codepipeline'));
  const evidence = () => (existsSync(join(root, 'calls')) ? readFileSync(join(root, 'calls'), 'utf8') : '');
  const slow = () =>
    host.file(
      'function/index.mjs',
      `import { appendFileSync, existsSync } from 'node:fs';
import { CodePipelineClient, PutJobSuccessResultCommand } from ${SDK};
export const handler = async (event) => {
  const { id: jobId, data } = event['CodePipeline.job'];
  appendFileSync(${JSON.stringify(join(root, 'calls'))}, 'called ' + (data.continuationToken ?? 'first') + '\\n');
  while (!existsSync(${JSON.stringify(join(root, 'go'))})) await new Promise((resolve) => setTimeout(resolve, 10));
  await new CodePipelineClient({}).send(new PutJobSuccessResultCommand(data.continuationToken
    ? { jobId, outputVariables: { done: 'yes' } }
    : { jobId, continuationToken: 'second' }));
};
`,
    );

  it('gives it what is left of its 15 minutes', async () => {
    const id = await host.start(pipelineOf({ Check: [lambdaAction('Call')] }), {
      bindings: { 'Check/Call': { kind: 'handler', path: slow() } },
    });
    await vi.waitFor(() => expect(evidence()).toBe('called first\n'), { timeout: 10_000 });
    await nextHost({ engine: { now: () => Date.now() + 15 * 60_000 } });
    await host.engine.idle();
    expect(actionOf(await host.state(id), 'Check', 'Call')).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'JobFailed', fix: expect.stringContaining('It ran for 15 minutes') },
    });
    expect(evidence()).toBe('called first\n');
  });

  it('takes its result where the earlier host would have, and calls it no second time for the same job', async () => {
    const id = await host.start(pipelineOf({ Check: [lambdaAction('Call')], Use: [commands('Say', 'echo said')] }), {
      bindings: { 'Check/Call': { kind: 'handler', path: slow() } },
    });
    await vi.waitFor(() => expect(evidence()).toBe('called first\n'), { timeout: 5000 });
    await nextHost();
    await host.seen(id, ({ type }) => type === 'ActionAdopted');
    // A keyless question is answered once the endpoint listens again.
    await vi.waitFor(() => fetch(host.worker(id).url), { timeout: 5000 });
    writeFileSync(join(root, 'go'), '');
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, evidence()]).toEqual(['Succeeded', 'called first\ncalled second\n']);
    expect(actionOf(state, 'Check', 'Call')).toMatchObject({ outputVariables: { done: 'yes' }, adoptions: 1 });
  });
});
