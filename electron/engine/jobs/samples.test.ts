import { spawn } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import { validate } from '../../../shared/validation/validate.ts';
import { type EndpointFixture, endpointFixture } from '../../endpoint/testing/endpointFixture.ts';

const samples = join(import.meta.dirname, '../../../assets/samples');
let fixture: EndpointFixture;
afterEach(() => fixture.close());

function open(name: string): { pipeline: PipelineDeclaration; bindings: Sidecar['bindings'] } {
  fixture = endpointFixture();
  const folder = join(samples, name);
  const { pipeline } = JSON.parse(readFileSync(join(folder, `${name}.pipeline.json`), 'utf8'));
  const { bindings } = JSON.parse(readFileSync(join(folder, `${name}.penstock.json`), 'utf8'));
  for (const binding of Object.values<{ path?: string }>(bindings)) {
    if (binding.path !== undefined) binding.path = join(folder, binding.path);
  }
  return { pipeline, bindings };
}

it('the Lambda sample runs from its source to its last word', async () => {
  const { pipeline, bindings } = open('lambda');
  const state = await fixture.run(pipeline, { bindings });
  const look = actionOf(state, 'Check', 'Look');
  expect(look).toMatchObject({ status: 'Succeeded', fidelity: 'real', summary: 'Looked at Prices in 2 calls.' });
  expect(fixture.log(state, 'Say', 'Say')).toContain(
    `the zip has ${look?.inputArtifacts[0]?.size} bytes, SHA-256 ${look?.inputArtifacts[0]?.digest}`,
  );
});

it('the job worker sample waits for its worker, which is an ordinary program', async () => {
  const { pipeline, bindings } = open('job-worker');
  const id = await fixture.start(pipeline, { bindings });
  await fixture.seen(id, ({ type }) => type === 'JobQueued');
  const { url, credentials } = fixture.worker(id);
  const worker = spawn(process.execPath, [join(samples, 'job-worker/worker.mjs'), '--once'], {
    env: {
      PATH: process.env.PATH,
      AWS_ENDPOINT_URL_CODEPIPELINE: url,
      AWS_ENDPOINT_URL_S3: url,
      AWS_REGION: 'us-east-1',
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_SESSION_TOKEN: credentials.sessionToken,
    },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const left = new Promise((resolve) => worker.once('exit', resolve));
  await fixture.engine.idle();
  expect(await left).toBe(0);
  const state = await fixture.state(id);
  expect(actionOf(state, 'Build', 'Stamp')).toMatchObject({
    status: 'Succeeded',
    fidelity: 'real',
    summary: 'Stamped "first-batch".',
    externalExecutionId: expect.stringMatching(/^stamp-[0-9a-f]{8}$/),
  });
  expect(fixture.log(state, 'Say', 'Say')).toContain('first-batch has SHA-256');
  expect(fixture.log(state, 'Say', 'Say')).toContain('teapot');
});

it.each(['lambda', 'job-worker'])('the %s sample has nothing to complain about', (name) => {
  const { pipeline } = open(name);
  expect(validate(pipeline)).toEqual([]);
});
