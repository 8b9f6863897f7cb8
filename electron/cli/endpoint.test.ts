import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { callOperation, endpointFixture, workerAction } from '../endpoint/testing/endpointFixture.ts';
import { pipelineOf } from '../engine/testing/engineFixture.ts';
import { type CliScene, cliScene } from './testing/cliScene.ts';

let scene: CliScene;
let code: Promise<number> | undefined;
beforeEach(() => {
  scene = cliScene();
  code = undefined;
});
afterEach(async () => {
  scene.interrupt();
  await code;
  scene.remove();
});

const forge = workerAction('Make').actionTypeId;
const guild = { ...forge, owner: 'ThirdParty' as const, provider: 'Guild' };
const PATIENCE = { timeout: 10_000 };

/** Starts the command and answers what a worker would have. */
async function listening() {
  code = scene.penstock('endpoint', '--json');
  await vi.waitFor(() => expect(scene.err).toContain('Listening at'), PATIENCE);
  const environment = JSON.parse(scene.out) as Record<string, string>;
  return {
    url: environment.AWS_ENDPOINT_URL_CODEPIPELINE ?? '',
    clientToken: environment.PENSTOCK_CLIENT_TOKEN ?? '',
    credentials: {
      accessKeyId: environment.AWS_ACCESS_KEY_ID ?? '',
      secretAccessKey: environment.AWS_SECRET_ACCESS_KEY ?? '',
      sessionToken: environment.AWS_SESSION_TOKEN ?? '',
    },
  };
}

/** What a run that is taken over offers, once it does. */
const offered = (worker: Parameters<typeof callOperation>[0], operation: string, actionTypeId: object) =>
  vi.waitFor(async () => {
    const { body } = await callOperation(worker, operation, { actionTypeId });
    const [job] = body.jobs as Partial<Record<'id' | 'jobId' | 'nonce', string>>[];
    expect(job).toBeDefined();
    return job!;
  }, PATIENCE);

/** A run of an earlier host that waits for a worker. */
async function left(action = workerAction('Make', { outputArtifacts: [] })): Promise<string> {
  const host = endpointFixture({ root: scene.folder });
  const id = await host.start(pipelineOf({ Make: [action] }), { bindings: { 'Make/Make': { kind: 'jobWorker' } } });
  await host.seen(id, ({ type }) => type === 'JobQueued');
  await host.close();
  return id;
}

describe('penstock endpoint', () => {
  it('answers a worker before any action waits for one, until Ctrl+C', async () => {
    const worker = await listening();
    expect((await callOperation(worker, 'PollForJobs', { actionTypeId: forge })).body).toEqual({ jobs: [] });
    scene.interrupt();
    expect(await code).toBe(0);
    await expect(callOperation(worker, 'PollForJobs', { actionTypeId: forge })).rejects.toThrow();
  });

  it('prints lines for a shell', async () => {
    code = scene.penstock('endpoint', '--region', 'eu-west-1');
    await vi.waitFor(() => expect(scene.err).toContain('Listening at'), PATIENCE);
    expect(scene.out).toMatch(/^export AWS_ENDPOINT_URL_CODEPIPELINE='http:\/\/127\.0\.0\.1:\d+'\n/);
    expect(scene.out).toContain("export AWS_REGION='eu-west-1'\n");
  });

  it('offers the jobs of runs that were left, and tells how they end', async () => {
    const id = await left();
    const worker = await listening();
    const { id: jobId = '', nonce } = await offered(worker, 'PollForJobs', forge);
    await callOperation(worker, 'AcknowledgeJob', { jobId, nonce });
    await callOperation(worker, 'PutJobSuccessResult', { jobId });
    await vi.waitFor(() => expect(scene.err).toContain(`${id} ended: Succeeded.`), PATIENCE);
  });

  it('lets a partner’s worker in with the client token that it printed', async () => {
    await left(workerAction('Make', { actionTypeId: guild, outputArtifacts: [] }));
    const worker = await listening();
    const { jobId } = await offered(worker, 'PollForThirdPartyJobs', guild);
    const { clientToken } = worker;
    const refused = await callOperation(worker, 'GetThirdPartyJobDetails', { jobId, clientToken: 'x'.repeat(43) });
    expect(refused.body.__type).toBe('InvalidClientTokenException');
    expect((await callOperation(worker, 'GetThirdPartyJobDetails', { jobId, clientToken })).status).toBe(200);
  });

  it('has keys that no other host takes', async () => {
    const worker = await listening();
    scene.interrupt();
    await code;
    const host = endpointFixture({ root: scene.folder });
    const id = await host.start(pipelineOf({ Make: [workerAction('Make')] }), {
      bindings: { 'Make/Make': { kind: 'jobWorker' } },
    });
    await host.seen(id, ({ type }) => type === 'JobQueued');
    const { url } = host.worker(id);
    const { body } = await callOperation({ ...worker, url }, 'PollForJobs', { actionTypeId: forge });
    await host.close();
    expect(body.__type).toBe('UnrecognizedClientException');
  });

  it('leaves a data directory alone that is in use', async () => {
    await listening();
    const said = scene.out;
    expect(await scene.penstock('endpoint')).toBe(1);
    expect(scene.err).toContain('The history is in use by another Penstock');
    expect(said).not.toBe('');
  });
});
