import { createHash } from 'node:crypto';
import { createReadStream, statSync } from 'node:fs';
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import { crc32 } from 'node:zlib';
import { JobError } from '../../shared/jobs/jobError.ts';
import { ProblemError } from '../../shared/problem.ts';
import { ActionFailure, type Artifact } from '../../shared/providers/host.ts';
import { readAwsChunked } from './awsChunked.ts';
import type { JobRegistry, LiveAction } from './jobRegistry.ts';
import { WireError } from './wireError.ts';

/**
 * The little of S3 that job workers and functions need: GetObject, HeadObject and PutObject of the artifacts of one action, each
 * at the place that its job data names. All else is refused, loudly.
 */
export interface ObjectRequest {
  request: IncomingMessage;
  response: ServerResponse;
  live: LiveAction;
  registry: JobRegistry;
  /** What x-amz-content-sha256 says of the body; its signature is verified. */
  payloadHash: string;
}

/** An upload that signs no body, as SDKs send streams. */
const UNSIGNED = new Set(['UNSIGNED-PAYLOAD', 'STREAMING-UNSIGNED-PAYLOAD-TRAILER']);
/** What a client may ask for beside the object itself; `x-id` only names the operation. */
const HARMLESS = new Set(['x-id']);

export async function serveObject(asked: ObjectRequest): Promise<void> {
  const { request, live } = asked;
  const { pathname, searchParams } = new URL(request.url ?? '/', 'http://localhost');
  for (const name of searchParams.keys()) if (!HARMLESS.has(name)) throw notImplemented(`"?${name}" of S3`);
  if (request.headers['x-amz-copy-source'] !== undefined) throw notImplemented('CopyObject');
  const place = placeOf(pathname);
  const { inputArtifacts, outputArtifacts } = live.action.subject;
  const at = ({ bucketName, objectKey }: { bucketName: string; objectKey: string }) =>
    `${bucketName}/${objectKey}` === place;
  const input = inputArtifacts.find(at);
  const output = outputArtifacts.find(at);
  if (!input && !output) {
    throw new WireError('AccessDenied', 'This is no artifact of the job: only its own are reachable.', 403);
  }
  switch (request.method) {
    case 'GET':
    case 'HEAD': {
      const artifact = input
        ? live.action.artifacts.inputs.find(({ name }) => name === input.name)
        : live.uploads.get(output?.name ?? '');
      if (!artifact) throw new WireError('NoSuchKey', 'The specified key does not exist.', 404);
      return send(asked, artifact);
    }
    case 'PUT':
      if (!output) throw new WireError('AccessDenied', 'An input artifact cannot be written.', 403);
      return receive(asked, output.name);
    default:
      throw notImplemented(`${request.method} of an object`);
  }
}

async function send({ request, response, live }: ObjectRequest, artifact: Artifact): Promise<void> {
  const { digest } = artifact;
  const path = await live.action.artifacts.take(artifact);
  const { size } = statSync(path);
  const range = rangeOf(request.headers.range, size);
  const { start, end } = range ?? { start: 0, end: size - 1 };
  response.writeHead(range ? 206 : 200, {
    'Content-Type': 'application/zip',
    'Content-Length': Math.max(0, end - start + 1),
    'Accept-Ranges': 'bytes',
    ETag: etagOf(digest),
    ...(range ? { 'Content-Range': `bytes ${start}-${end}/${size}` } : {}),
  });
  if (request.method === 'HEAD' || size === 0) response.end();
  else await pipeline(createReadStream(path, { start, end }), response);
}

function rangeOf(header: string | undefined, size: number): { start: number; end: number } | undefined {
  const [, from, to] = /^bytes=(\d*)-(\d*)$/.exec(header ?? '') ?? [];
  if (from === undefined || to === undefined || (from === '' && to === '')) return undefined;
  const start = from === '' ? Math.max(0, size - Number(to)) : Number(from);
  const end = from === '' || to === '' ? size - 1 : Math.min(Number(to), size - 1);
  if (start > end) throw new WireError('InvalidRange', 'The requested range is not satisfiable.', 416);
  return { start, end };
}

async function receive({ request, response, live, registry, payloadHash }: ObjectRequest, name: string): Promise<void> {
  const encoding = request.headers['content-encoding'] ?? '';
  const isChunked = /\baws-chunked\b/.test(encoding);
  if (payloadHash.startsWith('STREAMING-') && !UNSIGNED.has(payloadHash)) throw notImplemented(payloadHash);
  const { content, trailers } = isChunked
    ? readAwsChunked(request)
    : { content: request as AsyncIterable<Uint8Array>, trailers: new Map<string, string>() };
  const sums = new Checksums();
  const stored = await live.action.artifacts.put(sums.over(content));
  if (!UNSIGNED.has(payloadHash) && stored.digest !== payloadHash) {
    throw new WireError('XAmzContentSHA256Mismatch', 'The body is not the one that was signed.');
  }
  sums.check((header) => {
    const value = request.headers[header] ?? trailers.get(header);
    return typeof value === 'string' ? value : undefined;
  });
  await registry.upload(live, { name, ...stored });
  response.writeHead(200, { ETag: etagOf(stored.digest), 'Content-Length': 0 }).end();
}

/** What clients send along to find damage on the way. */
class Checksums {
  #crc = 0;
  readonly #md5 = createHash('md5');
  readonly #sha256 = createHash('sha256');

  async *over(content: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
    for await (const piece of content) {
      this.#crc = crc32(piece, this.#crc);
      this.#md5.update(piece);
      this.#sha256.update(piece);
      yield piece;
    }
  }

  check(given: (header: string) => string | undefined): void {
    const crc = Buffer.alloc(4);
    crc.writeUInt32BE(this.#crc);
    const found: [string, string][] = [
      ['x-amz-checksum-crc32', crc.toString('base64')],
      ['x-amz-checksum-sha256', this.#sha256.digest('base64')],
      ['content-md5', this.#md5.digest('base64')],
    ];
    for (const [header, sum] of found) {
      const said = given(header);
      if (said !== undefined && said !== sum) throw new WireError('BadDigest', `The body does not fit its ${header}.`);
    }
  }
}

/** `bucket/key` of a path-style address. */
function placeOf(pathname: string): string {
  try {
    return decodeURIComponent(pathname.slice(1));
  } catch {
    throw new WireError('InvalidURI', "Couldn't parse the specified URI.");
  }
}

const etagOf = (digest: string) => `"${digest.slice(0, 32)}"`;

const notImplemented = (what: string) =>
  new WireError('NotImplemented', `${what} is not served by Penstock: use GetObject, HeadObject or PutObject.`, 501);

/** As S3 words it. */
export function toObjectError(error: unknown): WireError | undefined {
  if (error instanceof WireError) return error;
  if (error instanceof JobError) return new WireError('AccessDenied', error.message, 403);
  if (error instanceof ActionFailure) return new WireError('InternalError', error.message, 500);
  if (error instanceof ProblemError && error.problem.code === 'artifact.too-large') {
    return new WireError('EntityTooLarge', error.problem.what);
  }
  return undefined;
}
