import {
  GetObjectCommand,
  HeadObjectCommand,
  ListObjectsV2Command,
  PutObjectCommand,
  S3Client,
  type S3ClientConfig,
} from '@aws-sdk/client-s3';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../shared/execution/executionState.ts';
import { pipelineOf, run } from '../engine/testing/engineFixture.ts';
import { callOperation, type EndpointFixture, endpointFixture, workerAction } from './testing/endpointFixture.ts';

/** What a worker's own SDK makes of the artifacts that its job names. */
let fixture: EndpointFixture;
let clients: S3Client[];
beforeEach(() => {
  fixture = endpointFixture();
  clients = [];
});
afterEach(async () => {
  for (const client of clients) client.destroy();
  await fixture.close();
});

type Location = { s3Location: { bucketName: string; objectKey: string } };
interface Job {
  id: string;
  nonce: string;
  data: {
    artifactCredentials: { accessKeyId: string; secretAccessKey: string; sessionToken: string };
    inputArtifacts: { location: Location }[];
    outputArtifacts: { location: Location }[];
  };
}

/** The job of a worker's action, taken. */
async function taken() {
  const stages = {
    Make: [workerAction('Make')],
    Use: [run('Say', 'cat hello.txt', { inputArtifacts: [{ name: 'Built' }] })],
  };
  const id = await fixture.start(pipelineOf(stages), { bindings: { 'Make/Make': { kind: 'jobWorker' } } });
  await fixture.seen(id, ({ type }) => type === 'JobQueued');
  const worker = fixture.worker(id);
  const polled = await callOperation(worker, 'PollForJobs', { actionTypeId: workerAction('Make').actionTypeId });
  const [job] = polled.body.jobs as Job[];
  await callOperation(worker, 'AcknowledgeJob', { jobId: job!.id, nonce: job!.nonce });
  const place = ({ s3Location }: Location) => ({ Bucket: s3Location.bucketName, Key: s3Location.objectKey });
  return {
    id,
    worker,
    job: job!,
    input: place(job!.data.inputArtifacts[0]!.location),
    output: place(job!.data.outputArtifacts[0]!.location),
    s3: clientOf(worker.url, job!.data.artifactCredentials),
  };
}

function clientOf(endpoint: string, credentials: S3ClientConfig['credentials'], more: S3ClientConfig = {}): S3Client {
  const client = new S3Client({ endpoint, region: 'us-east-1', credentials: credentials!, maxAttempts: 1, ...more });
  clients.push(client);
  return client;
}

describe('the AWS SDK for S3 against the endpoint', () => {
  it('reads the job’s input and writes its output with the job’s artifactCredentials', async () => {
    const { id, worker, job, input, output, s3 } = await taken();
    const { inputArtifacts } = actionOf(await fixture.state(id), 'Make', 'Make')!;
    const head = await s3.send(new HeadObjectCommand(input));
    expect(head).toMatchObject({ ContentLength: inputArtifacts[0]?.size, ContentType: 'application/zip' });
    const got = await s3.send(new GetObjectCommand(input));
    const bytes = await got.Body!.transformToByteArray();
    expect([Buffer.from(bytes.subarray(0, 2)).toString(), bytes.length]).toEqual(['PK', inputArtifacts[0]?.size]);
    const range = await s3.send(new GetObjectCommand({ ...input, Range: 'bytes=0-1' }));
    expect(await range.Body!.transformToString()).toBe('PK');
    const put = await s3.send(new PutObjectCommand({ ...output, Body: bytes }));
    expect(put.ETag).toBe(got.ETag);
    expect((await s3.send(new HeadObjectCommand(output))).ContentLength).toBe(bytes.length);
    await callOperation(worker, 'PutJobSuccessResult', { jobId: job.id });
    await fixture.engine.idle();
    const state = await fixture.state(id);
    expect(state.status).toBe('Succeeded');
    expect(fixture.log(state, 'Use', 'Say')).toContain('hello\n');
  });

  it('uploads a stream, a body with a checksum of its own, and one encrypted at rest', async () => {
    const { output, input, s3 } = await taken();
    const whole = await (await s3.send(new GetObjectCommand(input))).Body!.transformToByteArray();
    const pieces = new Blob([whole.slice(0, 50), whole.slice(50)]).stream();
    const { Readable } = await import('node:stream');
    const streamed = new PutObjectCommand({
      ...output,
      Body: Readable.fromWeb(pieces as never),
      ContentLength: whole.length,
    });
    expect((await s3.send(streamed)).ETag).toBeDefined();
    const summed = new PutObjectCommand({ ...output, Body: whole, ChecksumAlgorithm: 'SHA256' });
    expect((await s3.send(summed)).ETag).toBeDefined();
    const encrypted = new PutObjectCommand({ ...output, Body: whole, ServerSideEncryption: 'aws:kms' });
    expect((await s3.send(encrypted)).ETag).toBeDefined();
    const wrong = new PutObjectCommand({ ...output, Body: whole, ChecksumSHA256: `${'A'.repeat(43)}=` });
    await expect(s3.send(wrong)).rejects.toMatchObject({ name: 'BadDigest' });
  });

  it('is refused with the keys of the worker, with wrong ones, and without the session token', async () => {
    const { worker, job, input, output, s3 } = await taken();
    const { artifactCredentials } = job.data;
    await expect(s3.send(new HeadObjectCommand(input)), 'the control').resolves.toBeDefined();
    const { sessionToken: _, ...withoutToken } = artifactCredentials;
    for (const [credentials, name] of [
      [worker.credentials, 'AccessDenied'],
      [{ ...artifactCredentials, secretAccessKey: 'x'.repeat(40) }, 'SignatureDoesNotMatch'],
      [{ ...artifactCredentials, accessKeyId: 'AKIAIOSFODNN7EXAMPLE' }, 'InvalidAccessKeyId'],
      [withoutToken, 'InvalidToken'],
    ] as const) {
      const stranger = clientOf(worker.url, credentials);
      for (const command of [new GetObjectCommand(input), new PutObjectCommand({ ...output, Body: 'x' })]) {
        await expect(stranger.send(command as never)).rejects.toMatchObject({ name });
      }
    }
  });

  it('reaches nothing but the artifacts of its job', async () => {
    const { input, output, s3 } = await taken();
    const other = { ...input, Key: input.Key.replace('SourceOutp', 'Other') };
    await expect(s3.send(new GetObjectCommand(other))).rejects.toMatchObject({ name: 'AccessDenied' });
    await expect(s3.send(new PutObjectCommand({ ...input, Body: 'x' }))).rejects.toMatchObject({
      name: 'AccessDenied',
    });
    await expect(s3.send(new GetObjectCommand(output)), 'not uploaded yet').rejects.toMatchObject({
      name: 'NoSuchKey',
    });
    const list = new ListObjectsV2Command({ Bucket: input.Bucket });
    await expect(s3.send(list)).rejects.toMatchObject({ name: 'NotImplemented' });
  });

  it('may address buckets as hosts: the endpoint is an address, so the SDK uses paths', async () => {
    const { worker, job, input } = await taken();
    const client = clientOf(worker.url, job.data.artifactCredentials, { forcePathStyle: false });
    expect((await client.send(new HeadObjectCommand(input))).ContentLength).toBeGreaterThan(0);
  });
});
