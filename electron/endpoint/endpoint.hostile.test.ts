import { createHash, randomUUID } from 'node:crypto';
import { mkdtempSync, readFileSync, rmSync, statSync } from 'node:fs';
import { connect } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Happening } from '../../shared/execution/events.ts';
import type { SessionCredentials } from '../../shared/jobs/jobData.ts';
import { createArtifactStore } from '../engine/artifacts/artifactStore.ts';
import type { Endpoint, JobSession } from '../parts.ts';
import { createEndpoint } from './createEndpoint.ts';
import { openRunKeys } from './runKeys.ts';
import { callObject, callOperation, type SignedCall, signedHeaders } from './testing/endpointFixture.ts';

/** Facts that got through: the canary of every case, with the bytes that were handed out. */
let facts: Happening[] = [];
let endpoint: Endpoint;
let root: string;
let mine: JobSession;
let other: JobSession;
let jobId: string;
const execution = randomUUID();
const INPUT = '/artifacts/shop/In/aaaaaaa';
const OUTPUT = '/artifacts/shop/Out/bbbbbbb';
const OTHERS = '/artifacts/shop/Theirs/ccccccc';

const put = (keys: { url: string; credentials: SessionCredentials } = mine, extra: Partial<SignedCall> = {}) =>
  callOperation(keys, 'PutJobSuccessResult', { jobId }, extra);

beforeEach(async () => {
  facts = [];
  root = mkdtempSync(join(tmpdir(), 'penstock-endpoint-'));
  endpoint = createEndpoint({ dataDirectory: root, report: () => undefined });
  const store = createArtifactStore(join(root, 'artifacts'));
  const open = async (inputKey: string, outputKey: string, text: string) => {
    const stored = await store.putText({ 'a.txt': text });
    const session = await endpoint.open({
      kind: 'function',
      subject: {
        pipelineExecutionId: execution,
        pipelineName: 'shop',
        stageName: 'S',
        actionName: 'A',
        actionExecutionId: randomUUID(),
        actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
        configuration: {},
        region: 'us-east-1',
        account: '111122223333',
        inputArtifacts: [{ name: 'In', bucketName: 'artifacts', objectKey: inputKey }],
        outputArtifacts: [{ name: 'Out', bucketName: 'artifacts', objectKey: outputKey }],
      },
      known: undefined,
      artifacts: {
        inputs: [{ name: 'In', ...stored }],
        take: async ({ digest }) => store.pathOf(digest),
        put: (content) => store.putStream(content, 1024 * 1024),
      },
      record: async (happenings) => void facts.push(...happenings),
      mask: (text) => text,
    });
    session.begin(session.job().jobId);
    return session;
  };
  mine = await open('shop/In/aaaaaaa', 'shop/Out/bbbbbbb', 'mine');
  other = await open('shop/Theirs/ccccccc', 'shop/Theirs/ddddddd', 'theirs');
  jobId = mine.job().jobId;
  facts = [];
});
afterEach(async () => {
  await endpoint.close();
  rmSync(root, { recursive: true, force: true });
});

const port = () => Number(new URL(mine.url).port);
const artifacts = () => ({ url: mine.url, credentials: mine.artifactCredentials });

/** Sends raw text and answers what comes back. */
const raw = (text: string): Promise<{ status: number; all: string }> =>
  new Promise((resolve) => {
    const socket = connect(port(), '127.0.0.1', () => socket.write(text));
    let all = '';
    socket.on('data', (data) => {
      all += data;
    });
    socket.on('error', () => undefined);
    socket.on('close', () => resolve({ status: Number(all.split(' ')[1] ?? 0), all }));
  });

/** A call that is right in all but what `change` does to its headers. */
function signedRaw(change: (headers: [string, string][]) => [string, string][], line = 'POST / HTTP/1.1') {
  const body = JSON.stringify({ jobId });
  const signed = signedHeaders({
    url: mine.url,
    credentials: mine.credentials,
    service: 'codepipeline',
    body,
    headers: { 'x-amz-target': 'CodePipeline_20150709.PutJobSuccessResult' },
  });
  const headers = change([...Object.entries(signed), ['content-length', String(body.length)], ['connection', 'close']]);
  return raw([line, ...headers.map(([name, value]) => `${name}: ${value}`), '', body].join('\r\n'));
}
const withHeader = (name: string, value: string) => (headers: [string, string][]) =>
  headers.filter(([known]) => known !== name).concat([[name, value]]);

describe('LH endpoint for jobs', () => {
  it('LH-00 control: the job’s own keys report its result and open its artifacts', async () => {
    expect((await signedRaw((headers) => headers)).status).toBe(200);
    expect(facts.map(({ type }) => type)).toEqual(['JobFinished']);
    const input = new Uint8Array(await (await callObject(artifacts(), 'GET', INPUT)).arrayBuffer());
    expect((await callObject(artifacts(), 'PUT', OUTPUT, { body: input })).status).toBe(200);
    expect((await callObject(artifacts(), 'HEAD', OUTPUT)).headers.get('content-length')).toBe(String(input.length));
    expect(facts.at(-1)?.type).toBe('JobArtifactStored');
  });

  it('LH-01 an unsigned request is refused', async () => {
    const { status, all } = await signedRaw((headers) => headers.filter(([name]) => name !== 'authorization'));
    expect([status, all.includes('MissingAuthenticationTokenException')]).toEqual([400, true]);
    expect(facts).toEqual([]);
  });

  it.each([
    ['LH-02 a wrong secret', 'secretAccessKey', 'InvalidSignatureException'],
    ['LH-02b a wrong session token', 'sessionToken', 'UnrecognizedClientException'],
    ['LH-02c an unknown access key', 'accessKeyId', 'UnrecognizedClientException'],
  ] as const)('%s is refused', async (_, member, type) => {
    const credentials = { ...mine.credentials, [member]: `${mine.credentials[member]}x` };
    expect((await put({ url: mine.url, credentials })).body.__type).toBe(type);
    expect(facts).toEqual([]);
  });

  it('LH-03 a signature with one wrong digit is refused', async () => {
    const { all } = await signedRaw((headers) =>
      headers.map(([name, value]) =>
        name === 'authorization' ? [name, value.replace(/.$/, (last) => (last === '0' ? '1' : '0'))] : [name, value],
      ),
    );
    expect(all).toContain('InvalidSignatureException');
    expect(facts).toEqual([]);
  });

  it('LH-04 a signature in the address is not taken', async () => {
    const { all } = await signedRaw(
      (headers) => headers.filter(([name]) => name !== 'authorization'),
      `POST /?X-Amz-Algorithm=AWS4-HMAC-SHA256&X-Amz-Credential=${mine.credentials.accessKeyId} HTTP/1.1`,
    );
    expect(all).toContain('MissingAuthenticationToken');
    expect(facts).toEqual([]);
  });

  it.each([
    ['old', -16],
    ['from the future', 16],
  ])('LH-05 a recorded request that is %s is refused', async (_, minutes) => {
    const { body } = await put(mine, { at: Date.now() + minutes * 60_000 });
    expect(body.__type).toBe('InvalidSignatureException');
    expect(facts).toEqual([]);
  });

  it('LH-05b a signed request with another body is refused', async () => {
    const { body } = await put(mine, { payloadHash: createHash('sha256').update('{}').digest('hex') });
    expect(body.__type).toBe('InvalidSignatureException');
    expect(facts).toEqual([]);
  });

  it('LH-05c a signed request with another operation is refused', async () => {
    const { all } = await signedRaw(withHeader('x-amz-target', 'CodePipeline_20150709.PutJobFailureResult'));
    expect(all).toContain('InvalidSignatureException');
    expect(facts).toEqual([]);
  });

  it('LH-05d a header of AWS that is not signed is refused', async () => {
    const { all } = await signedRaw((headers) => headers.concat([['x-amz-copy-source', 'x']]));
    expect(all).toContain('InvalidSignatureException');
    expect(facts).toEqual([]);
  });

  it('LH-06 the keys of an execution that has ended are refused', async () => {
    endpoint.executionEnded(execution);
    expect((await put()).body.__type).toBe('UnrecognizedClientException');
    expect((await callObject(artifacts(), 'GET', INPUT)).status).toBe(403);
  });

  it('LH-06b nothing answers after shutdown', async () => {
    await endpoint.close();
    await expect(put()).rejects.toThrow();
  });

  it.each([
    ['LH-07 Host evil.example', 'evil.example'],
    ['LH-08 Host 127.0.0.1.evil', '127.0.0.1.evil'],
    ['LH-10 a wrong port', '127.0.0.1:1'],
    ['LH-10b localhost by name', 'localhost'],
  ])('%s is refused, well signed or not', async (_, host) => {
    expect((await signedRaw(withHeader('host', host))).status).toBe(403);
    expect(facts).toEqual([]);
  });

  it('LH-09 a request without Host is refused', async () => {
    expect((await signedRaw((headers) => headers.filter(([name]) => name !== 'host'))).status).toBe(400);
    expect(facts).toEqual([]);
  });

  it('LH-11 two Host headers are refused', async () => {
    const { status } = await signedRaw((headers) => headers.concat([['Host', 'evil.example']]));
    expect([400, 403]).toContain(status);
    expect(facts).toEqual([]);
  });

  it('LH-12 an absolute address in the request line is refused', async () => {
    expect((await signedRaw((headers) => headers, `POST ${mine.url}/ HTTP/1.1`)).status).toBe(403);
    expect(facts).toEqual([]);
  });

  it.each([
    ['LH-14 Origin evil', 'origin', 'http://evil.example'],
    ['LH-15 Origin null', 'origin', 'null'],
    ['LH-14b Origin of this very address', 'origin', 'SELF'],
    ['LH-20 a page that embeds it', 'sec-fetch-site', 'cross-site'],
  ])('%s is refused, well signed or not', async (_, name, value) => {
    const { status, all } = await signedRaw(withHeader(name, value === 'SELF' ? mine.url : value));
    expect([status, all.toLowerCase().includes('access-control')]).toEqual([403, false]);
    expect(facts).toEqual([]);
  });

  it.each([
    ['LH-17 a simple POST', 'POST', 'text/plain'],
    ['LH-18 a form POST', 'POST', 'application/x-www-form-urlencoded'],
    ['LH-19 a preflight', 'OPTIONS', 'text/plain'],
  ])('%s does nothing, and its answer allows nobody anything', async (_, method, type) => {
    const { status, all } = await raw(
      `${method} / HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nContent-Type: ${type}\r\nContent-Length: 0\r\nConnection: close\r\n\r\n`,
    );
    expect(status).toBeGreaterThanOrEqual(400);
    expect(all.toLowerCase()).not.toContain('access-control');
    expect(all.toLowerCase()).toContain('cross-origin-resource-policy: same-origin');
    expect(facts).toEqual([]);
  });

  it.skipIf(process.platform !== 'linux')('LH-21 it listens on loopback only', () => {
    const hex = port().toString(16).toUpperCase().padStart(4, '0');
    const listening = ['/proc/net/tcp', '/proc/net/tcp6']
      .flatMap((table) => readFileSync(table, 'utf8').split('\n'))
      .filter((line) => line.includes(`:${hex} `) && line.includes(' 0A '));
    expect(listening.map((line) => line.trim().split(/\s+/)[1])).toEqual([`0100007F:${hex}`]);
  });

  it('LH-23 the file that its keys are made of is its user’s alone', () => {
    expect(statSync(join(root, 'endpoint.json')).mode & 0o777).toBe(0o600);
    expect(readFileSync(join(root, 'endpoint.json'), 'utf8')).not.toContain(mine.credentials.secretAccessKey);
  });

  it('LH-25 a body above the limit is refused, said or not', async () => {
    const { status } = await put(mine, {}).then(() => callOperation(mine, 'GetJobDetails', ' '.repeat(1_100_000)));
    expect(status).toBe(413);
    const { status: unsaid } = await raw(
      `POST / HTTP/1.1\r\nHost: 127.0.0.1:${port()}\r\nTransfer-Encoding: chunked\r\n\r\n${`10000\r\n${'x'.repeat(65_536)}\r\n`.repeat(20)}`,
    );
    expect(unsaid).toBe(413);
  });

  it.each([
    ['LH-27 another job’s input', 'GET', OTHERS],
    ['LH-27b a place that climbs out', 'GET', '/artifacts/shop/In/aaaaaaa/../../Theirs/ccccccc'],
    ['LH-27c an encoded climb', 'GET', '/artifacts/shop/In%2F..%2F..%2Fshop/Theirs/ccccccc'],
    ['LH-27d a digest instead of a key', 'GET', `/sha256/${'a'.repeat(64)}`],
    ['LH-27e another bucket', 'GET', '/elsewhere/shop/In/aaaaaaa'],
    ['LH-27f its own input, to be written', 'PUT', INPUT],
    ['LH-27g another job’s output, to be written', 'PUT', '/artifacts/shop/Theirs/ddddddd'],
  ])('%s is out of reach', async (_, method, path) => {
    const extra = method === 'PUT' ? { body: 'canary' } : {};
    const response = await callObject(artifacts(), method, path, extra);
    expect([403, 404], await response.clone().text()).toContain(response.status);
    expect(await response.text()).not.toContain('PK');
    expect(facts).toEqual([]);
  });

  it('LH-28 a job cannot be ended with the keys of another, or with those of artifacts', async () => {
    expect((await put({ url: other.url, credentials: other.credentials })).body.__type).toBe('JobNotFoundException');
    expect((await put(artifacts())).body.__type).toBe('AccessDeniedException');
    const builder = openRunKeys(root, { create: true }).credentialsOf({ kind: 'worker', id: execution });
    expect((await put({ url: mine.url, credentials: builder })).body.__type, 'no worker was asked for').toBe(
      'UnrecognizedClientException',
    );
    expect(facts).toEqual([]);
  });

  it('LH-29 keys of CodePipeline’s signature open no artifact, and the reverse', async () => {
    expect((await callObject(artifacts(), 'GET', INPUT, { service: 'codepipeline' })).status).toBe(403);
    expect((await put(mine, { service: 's3' })).body.__type).toBe('InvalidSignatureException');
  });

  it('LH-30 an upload that is not what was signed, or too large, or damaged, is not taken', async () => {
    const signedOther = createHash('sha256').update('other').digest('hex');
    const upload = (extra: Partial<SignedCall>) => callObject(artifacts(), 'PUT', OUTPUT, { body: 'canary', ...extra });
    expect(await (await upload({ payloadHash: signedOther })).text()).toContain('XAmzContentSHA256Mismatch');
    expect(await (await upload({ headers: { 'x-amz-checksum-crc32': 'AAAAAA==' } })).text()).toContain('BadDigest');
    expect(await (await upload({ body: 'x'.repeat(1024 * 1024 + 1) })).text()).toContain('EntityTooLarge');
    expect(facts).toEqual([]);
    expect((await upload({})).status, 'the control').toBe(200);
  });

  it('LH-30b a streamed upload is taken when its checksum fits, and only then', async () => {
    const headers = { 'content-encoding': 'aws-chunked', 'x-amz-trailer': 'x-amz-checksum-crc32' };
    const payloadHash = 'STREAMING-UNSIGNED-PAYLOAD-TRAILER';
    const upload = (crc: string) =>
      callObject(artifacts(), 'PUT', OUTPUT, {
        headers,
        payloadHash,
        body: `6\r\nstream\r\n0\r\nx-amz-checksum-crc32:${crc}\r\n\r\n`,
      });
    expect(await (await upload('AAAAAA==')).text()).toContain('BadDigest');
    expect(facts).toEqual([]);
    expect((await upload('8Om+HA==')).status, 'the control').toBe(200);
    expect(await (await callObject(artifacts(), 'GET', OUTPUT)).text()).toBe('stream');
  });

  it.each(['?uploads', '?partNumber=1&uploadId=x', '?acl', '?tagging'])(
    'LH-31 what is not served of S3 (%s) is refused by name',
    async (query) => {
      const response = await callObject(artifacts(), 'PUT', `${OUTPUT}${query}`, { body: 'canary' });
      expect([response.status, await response.text()]).toEqual([501, expect.stringContaining('NotImplemented')]);
      expect(facts).toEqual([]);
    },
  );
});
