import { createHash, randomUUID } from 'node:crypto';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { serveObject, toObjectError } from './artifactObjects.ts';
import { checkInput } from './checkInput.ts';
import type { JobRegistry } from './jobRegistry.ts';
import { jobOperations } from './operations/jobOperations.ts';
import type { Operation } from './operations/operation.ts';
import { thirdPartyJobOperations } from './operations/thirdPartyJobOperations.ts';
import type { RunKeys, Scope } from './runKeys.ts';
import { readAuthorization, type SignatureFault, signatureFault } from './verifySignature.ts';
import { toWireError, WireError } from './wireError.ts';

/**
 * The door on loopback for AWS SDKs: `POST /` is CodePipeline (AWS JSON 1.1, reference/api.md §1), any other path is an object
 * of S3, path-style. Nobody is let in who has not signed the request with keys of a run that goes on, and nothing that a
 * page in a browser could send: Host is compared exactly, an Origin is refused, and no answer allows another origin anything.
 */
export interface EndpointServer {
  readonly port: number;
  close(): Promise<void>;
}

export interface EndpointServerOptions {
  /** The one of an earlier host, if it is free; else any. */
  port: number | undefined;
  registry: JobRegistry;
  keys: RunKeys;
  scopeOf: (accessKeyId: string) => Scope | undefined;
  now: () => number;
  /** Faults of ours. */
  report: (error: unknown) => void;
}

const TARGET = 'CodePipeline_20150709.';
const MAX_JSON_BYTES = 1024 * 1024;
const MAX_CONNECTIONS = 64;

const OPERATIONS = new Map<string, Operation>([
  ...Object.entries<Operation>(jobOperations),
  ...Object.entries<Operation>(thirdPartyJobOperations),
]);

export async function startEndpointServer(options: EndpointServerOptions): Promise<EndpointServer> {
  const { registry, keys, scopeOf, now, report } = options;
  let authority = '';

  const isForUs = ({ rawHeaders, headers, url = '' }: IncomingMessage): boolean => {
    const hosts = rawHeaders.filter((header, index) => index % 2 === 0 && header.toLowerCase() === 'host');
    const isOfPage = headers.origin !== undefined || headers['sec-fetch-site'] !== undefined;
    return hosts.length === 1 && headers.host === authority && url.startsWith('/') && !isOfPage;
  };

  /** Who signed the request. `hash`: what the signature covers of the body. @throws SignatureFault */
  const authenticate = (request: IncomingMessage, service: string, hash: string): Scope => {
    const given = readAuthorization(request);
    if (typeof given === 'string') throw new Refused(given);
    const scope = scopeOf(given.accessKeyId);
    if (!scope) throw new Refused('unknown');
    if (given.service !== service) throw new Refused('signature');
    const fault = signatureFault(request, given, keys.credentialsOf(scope), hash, now());
    if (fault) throw new Refused(fault);
    return scope;
  };

  const serveJson = async (request: IncomingMessage, response: ServerResponse) => {
    const body = await readBody(request);
    const hash = createHash('sha256').update(body).digest('hex');
    const claimed = request.headers['x-amz-content-sha256'];
    if (claimed !== undefined && claimed !== hash) throw new Refused('signature');
    const scope = authenticate(request, 'codepipeline', hash);
    if (scope.kind === 'artifacts') {
      throw new WireError('AccessDeniedException', 'These keys open the artifacts of a job, and nothing else.');
    }
    const target = String(request.headers['x-amz-target'] ?? '');
    const name = target.startsWith(TARGET) ? target.slice(TARGET.length) : '';
    const operation = OPERATIONS.get(name);
    if (!operation) {
      throw new WireError('UnknownOperationException', `Penstock does not serve "${target.slice(0, 100)}".`);
    }
    const input = parsed(body);
    checkInput(`${name}Input`, input);
    const output = await operation(input as never, { scope, registry, keys });
    response.writeHead(200, { 'Content-Type': 'application/x-amz-json-1.1' });
    response.end(output === undefined ? '' : JSON.stringify(output));
  };

  const serveS3 = async (request: IncomingMessage, response: ServerResponse) => {
    const payloadHash = String(request.headers['x-amz-content-sha256'] ?? '');
    const scope = authenticate(request, 's3', payloadHash);
    const live = registry.actionOf(scope);
    if (!live || live.isOver) {
      throw new WireError('AccessDenied', 'Artifacts are opened by the artifactCredentials of a running job.', 403);
    }
    await serveObject({ request, response, live, registry, payloadHash });
  };

  const server = createServer({ requestTimeout: 120_000, headersTimeout: 5_000, keepAliveTimeout: 5_000 });
  server.maxConnections = MAX_CONNECTIONS;
  server.on('request', (request: IncomingMessage, response: ServerResponse) => {
    const requestId = randomUUID();
    response.setHeader('x-amzn-RequestId', requestId);
    response.setHeader('X-Content-Type-Options', 'nosniff');
    response.setHeader('Cross-Origin-Resource-Policy', 'same-origin');
    response.setHeader('Cache-Control', 'no-store');
    if (!isForUs(request)) {
      response.writeHead(403, { 'Content-Type': 'text/plain', Connection: 'close' }).end('Not for you.');
      return;
    }
    const isJson = (request.url === '/' || request.headers['x-amz-target'] !== undefined) && request.method === 'POST';
    const served = isJson ? serveJson(request, response) : serveS3(request, response);
    served.catch((error: unknown) => {
      if (request.destroyed && !response.writable) return;
      const known =
        error instanceof Refused ? error.answer(isJson) : isJson ? toWireError(error) : toObjectError(error);
      if (!known) report(error);
      if (response.headersSent) return response.destroy();
      const fault = known ?? new WireError(isJson ? 'InternalFailure' : 'InternalError', 'Something went wrong.', 500);
      // What is left of a body that nobody reads ends with the connection.
      if (!request.complete) response.setHeader('Connection', 'close');
      if (isJson) refuseJson(response, fault);
      else refuseS3(request, response, fault, requestId);
    });
  });
  server.on('clientError', (_, socket) => {
    if (socket.writable) socket.end('HTTP/1.1 400 Bad Request\r\nConnection: close\r\nContent-Length: 0\r\n\r\n');
  });

  const listen = (port: number) =>
    new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, '127.0.0.1', () => {
        server.off('error', reject);
        resolve();
      });
    });
  await listen(options.port ?? 0).catch((error: NodeJS.ErrnoException) => {
    if (options.port === undefined || (error.code !== 'EADDRINUSE' && error.code !== 'EACCES')) throw error;
    return listen(0);
  });
  server.on('error', report);
  const { port } = server.address() as AddressInfo;
  authority = `127.0.0.1:${port}`;

  return {
    port,
    async close() {
      server.closeAllConnections();
      await new Promise<void>((resolve) => server.close(() => resolve()));
    },
  };
}

/** Why a request was not let in, worded as the service in question does. */
class Refused extends Error {
  readonly fault: SignatureFault | 'unknown';

  constructor(fault: SignatureFault | 'unknown') {
    super(fault);
    this.fault = fault;
  }

  answer(isJson: boolean): WireError {
    const [json, s3, message] = REFUSALS[this.fault];
    return isJson ? new WireError(json, message) : new WireError(s3, message, 403);
  }
}

const INVALID = 'The request signature we calculated does not match the signature you provided.';
const TOKEN = 'The security token included in the request is invalid.';
const REFUSALS: Readonly<Record<Refused['fault'], readonly [json: string, s3: string, message: string]>> = {
  missing: ['MissingAuthenticationTokenException', 'AccessDenied', 'Missing Authentication Token'],
  incomplete: [
    'IncompleteSignatureException',
    'AccessDenied',
    'The Authorization header is not one of Signature Version 4.',
  ],
  unknown: ['UnrecognizedClientException', 'InvalidAccessKeyId', TOKEN],
  token: ['UnrecognizedClientException', 'InvalidToken', TOKEN],
  date: [
    'InvalidSignatureException',
    'RequestTimeTooSkewed',
    'Signature expired or not yet valid: check the clock and X-Amz-Date.',
  ],
  'unsigned-header': [
    'InvalidSignatureException',
    'AccessDenied',
    'There were headers present in the request which were not signed.',
  ],
  signature: ['InvalidSignatureException', 'SignatureDoesNotMatch', INVALID],
};

function refuseJson(response: ServerResponse, { type, message, status }: WireError): void {
  response.writeHead(status, { 'Content-Type': 'application/x-amz-json-1.1', 'x-amzn-ErrorType': type });
  response.end(JSON.stringify({ __type: type, message }));
}

function refuseS3(request: IncomingMessage, response: ServerResponse, fault: WireError, requestId: string): void {
  const { type, message, status } = fault;
  response.writeHead(status, { 'Content-Type': 'application/xml' });
  const text = `<?xml version="1.0" encoding="UTF-8"?>\n<Error><Code>${xml(type)}</Code><Message>${xml(message)}</Message><RequestId>${requestId}</RequestId></Error>`;
  response.end(request.method === 'HEAD' ? undefined : text);
}

const xml = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('>', '&gt;');

async function readBody(request: IncomingMessage): Promise<Buffer> {
  const tooLarge = () => new WireError('RequestEntityTooLargeException', 'The request body is too large.', 413);
  if (Number(request.headers['content-length'] ?? 0) > MAX_JSON_BYTES) throw tooLarge();
  const pieces: Buffer[] = [];
  let bytes = 0;
  for await (const piece of request as AsyncIterable<Buffer>) {
    bytes += piece.length;
    if (bytes > MAX_JSON_BYTES) throw tooLarge();
    pieces.push(piece);
  }
  return Buffer.concat(pieces);
}

function parsed(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString('utf8') || '{}');
  } catch {
    throw new WireError('SerializationException', 'The body is not JSON.');
  }
}
