import { createHash } from 'node:crypto';
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { SessionCredentials } from '../../../shared/jobs/jobData.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import { type EngineFixture, engineFixture, temporaryRoot } from '../../engine/testing/engineFixture.ts';
import type { Endpoint } from '../../parts.ts';
import { createEndpoint, type EndpointOptions } from '../createEndpoint.ts';
import { openRunKeys } from '../runKeys.ts';
import { sign } from '../verifySignature.ts';

/** An engine whose endpoint listens, and what a worker of one of its executions would have. */
export interface EndpointFixture extends EngineFixture {
  readonly endpoint: Endpoint;
  /** Address and keys as `penstock worker-env` prints them. */
  worker(pipelineExecutionId: string): { url: string; credentials: SessionCredentials; clientToken: string };
  /** Writes a file below the root and answers its path. */
  file(path: string, text: string): string;
}

export function endpointFixture(
  options: Partial<EndpointOptions> & {
    root?: string;
    engine?: Parameters<typeof engineFixture>[0];
    around?: Parameters<typeof engineFixture>[1];
  } = {},
): EndpointFixture {
  const { root: given, engine: more = {}, around, ...rest } = options;
  const { root, remove } = given === undefined ? temporaryRoot() : { root: given, remove: () => undefined };
  const dataDirectory = join(root, 'data');
  const endpoint = createEndpoint({ dataDirectory, continueAfterMs: 5, ...rest });
  const fixture = engineFixture({ ...more, root, endpoint }, around);
  return {
    ...fixture,
    endpoint,
    worker(id) {
      const keys = openRunKeys(dataDirectory, { create: true });
      return {
        url: `http://127.0.0.1:${keys.port}`,
        credentials: keys.credentialsOf({ kind: 'worker', id }),
        clientToken: keys.clientOf(id).clientToken,
      };
    },
    file(path, text) {
      const full = join(root, path);
      mkdirSync(join(full, '..'), { recursive: true });
      writeFileSync(full, text);
      return full;
    },
    async close() {
      await fixture.close();
      await endpoint.close();
      remove();
    },
  };
}

/** An action whose work a job worker does. */
export const workerAction = (name: string, extra: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Build', owner: 'Custom', provider: 'Forge', version: '1' },
  configuration: { ProjectName: 'shop' },
  inputArtifacts: [{ name: 'SourceOutput' }],
  outputArtifacts: [{ name: 'Built' }],
  ...extra,
});

export const lambdaAction = (name: string, extra: Partial<ActionDeclaration> = {}): ActionDeclaration => ({
  name,
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
  configuration: { FunctionName: 'checker', UserParameters: 'level=high' },
  inputArtifacts: [{ name: 'SourceOutput' }],
  ...extra,
});

export interface SignedCall {
  url: string;
  credentials: SessionCredentials;
  service: 'codepipeline' | 's3';
  method?: string;
  path?: string;
  body?: string | Uint8Array;
  headers?: Record<string, string>;
  /** Milliseconds since 1970. */
  at?: number;
  /** Instead of the hash of the body. */
  payloadHash?: string;
}

/** Headers that sign a request as SDKs do. */
export function signedHeaders(call: SignedCall): Record<string, string> {
  const { url, credentials, service, method = 'POST', path = '/', body = '', at = Date.now() } = call;
  const date = new Date(at).toISOString().replaceAll(/[-:]|\.\d+/g, '');
  const hash = call.payloadHash ?? createHash('sha256').update(body).digest('hex');
  const headers: Record<string, string> = {
    ...call.headers,
    host: new URL(url).host,
    'x-amz-date': date,
    'x-amz-security-token': credentials.sessionToken,
    ...(service === 's3' ? { 'x-amz-content-sha256': hash } : {}),
  };
  const names = Object.keys(headers).sort();
  const given = { day: date.slice(0, 8), region: 'us-east-1', service, signedHeaders: names };
  const signature = sign({ method, url: path, headers }, given, credentials.secretAccessKey, hash, date);
  const scope = `${given.day}/${given.region}/${service}/aws4_request`;
  headers.authorization = `AWS4-HMAC-SHA256 Credential=${credentials.accessKeyId}/${scope}, SignedHeaders=${names.join(';')}, Signature=${signature}`;
  return headers;
}

/** One operation by hand, for what no SDK would send. */
export async function callOperation(
  worker: { url: string; credentials: SessionCredentials },
  operation: string,
  input: unknown,
  extra: Partial<SignedCall> = {},
): Promise<{ status: number; body: Record<string, unknown> }> {
  const body = typeof input === 'string' ? input : JSON.stringify(input);
  const headers = signedHeaders({
    ...worker,
    service: 'codepipeline',
    body,
    ...extra,
    headers: {
      'content-type': 'application/x-amz-json-1.1',
      'x-amz-target': `CodePipeline_20150709.${operation}`,
      ...extra.headers,
    },
  });
  const { host: _, ...rest } = headers; // fetch writes it itself
  const response = await fetch(worker.url, { method: 'POST', headers: rest, body });
  const text = await response.text();
  return { status: response.status, body: text === '' ? {} : (JSON.parse(text) as Record<string, unknown>) };
}

/** One request about an object, by hand. */
export async function callObject(
  worker: { url: string; credentials: SessionCredentials },
  method: string,
  path: string,
  extra: Partial<SignedCall> = {},
): Promise<Response> {
  const { host: _, ...headers } = signedHeaders({ ...worker, service: 's3', method, path, ...extra });
  const body = extra.body as string | undefined; // bytes are as good, whatever the types of fetch say
  return fetch(`${worker.url}${path}`, { method, headers, ...(body === undefined ? {} : { body }) });
}
