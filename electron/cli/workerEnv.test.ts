import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { main } from '../cli.ts';
import {
  type EndpointFixture,
  endpointFixture,
  lambdaAction,
  workerAction,
} from '../endpoint/testing/endpointFixture.ts';
import { approve, pipelineOf } from '../engine/testing/engineFixture.ts';
import { EXIT, type Io } from './command.ts';

let host: EndpointFixture;
beforeEach(() => {
  host = endpointFixture();
});
afterEach(() => host.close());

async function ask(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let out = '';
  let err = '';
  const io: Io = {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    drained: async () => true,
    isInteractive: false,
    ask: async () => undefined,
    environment: {},
    cwd: host.root,
    onInterrupt: () => () => undefined,
    onTerminate: () => () => undefined,
  };
  const code = await main(['worker-env', ...args, '--data-dir', `${host.root}/data`], io);
  return { code, out, err };
}

async function waiting(extra: Parameters<typeof workerAction>[1] = {}): Promise<string> {
  const id = await host.start(pipelineOf({ Make: [workerAction('Make', extra)] }), {
    bindings: { 'Make/Make': { kind: 'jobWorker' } },
  });
  await host.seen(id, ({ type }) => type === 'JobQueued');
  return id;
}

describe('penstock worker-env', () => {
  it('prints lines for a shell that let a worker of a waiting run in', async () => {
    const id = await waiting();
    const { code, out, err } = await ask('latest');
    const { url, credentials } = host.worker(id);
    expect(code).toBe(EXIT.succeeded);
    expect(out.trim().split('\n')).toEqual([
      `export AWS_ENDPOINT_URL_CODEPIPELINE='${url}'`,
      `export AWS_ENDPOINT_URL_S3='${url}'`,
      "export AWS_REGION='us-east-1'",
      `export AWS_ACCESS_KEY_ID='${credentials.accessKeyId}'`,
      `export AWS_SECRET_ACCESS_KEY='${credentials.secretAccessKey}'`,
      `export AWS_SESSION_TOKEN='${credentials.sessionToken}'`,
    ]);
    expect(err).toBe('Make/Make waits for a worker of Build/Custom/Forge/1.\n');
  });

  it('prints one JSON object with --json, for a partner with its client token', async () => {
    const id = await waiting({
      actionTypeId: { category: 'Build', owner: 'ThirdParty', provider: 'Guild', version: '1' },
    });
    const { out } = await ask(id.slice(0, 8), '--json');
    expect(JSON.parse(out)).toMatchObject({ PENSTOCK_CLIENT_TOKEN: host.worker(id).clientToken });
  });

  it('says what to do when no action waits for a worker', async () => {
    const id = await host.start(pipelineOf({ Ask: [approve('Me')] }));
    await host.engine.idle();
    const { code, out, err } = await ask(id);
    expect([code === EXIT.succeeded, out]).toEqual([false, '']);
    expect(err).toContain('No action of this execution waits for a job worker now.');
  });

  it('prints no keys for a run that has ended', async () => {
    const { pipelineExecutionId } = await host.run(pipelineOf({ Check: [lambdaAction('Call')] }));
    const { code, out, err } = await ask(pipelineExecutionId);
    expect([code === EXIT.succeeded, out]).toEqual([false, '']);
    expect(err).toContain('This execution has finished.');
  });
});
