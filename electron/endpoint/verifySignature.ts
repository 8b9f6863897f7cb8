import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { SessionCredentials } from '../../shared/jobs/jobData.ts';

/**
 * AWS Signature Version 4 of a request: who signed it, when, and over what. Presigned addresses are not taken: a key in an
 * address ends up in logs.
 */
export interface Authorization {
  readonly accessKeyId: string;
  readonly day: string;
  readonly region: string;
  readonly service: string;
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

export type SignatureFault = 'missing' | 'incomplete' | 'date' | 'token' | 'unsigned-header' | 'signature';

/** A clock may be this far from ours. */
const SKEW_MS = 15 * 60_000;
const PATTERN =
  /^AWS4-HMAC-SHA256 +Credential=([^/,\s]{1,128})\/(\d{8})\/([^/,\s]{1,64})\/([^/,\s]{1,64})\/aws4_request *, *SignedHeaders=([a-z0-9;_-]{1,4096}) *, *Signature=([0-9a-f]{64})$/;

/** The request's Authorization header in its parts; a fault when there is none, or none of version 4. */
export function readAuthorization({ headers }: Pick<IncomingMessage, 'headers'>): Authorization | SignatureFault {
  const { authorization } = headers;
  if (authorization === undefined || authorization === '') return 'missing';
  const [, accessKeyId, day, region, service, signedHeaders, signature] = PATTERN.exec(authorization) ?? [];
  if (!accessKeyId || !day || !region || !service || !signedHeaders || !signature) return 'incomplete';
  return { accessKeyId, day, region, service, signedHeaders: signedHeaders.split(';'), signature };
}

/**
 * Checks a request's signature, date and session token.
 * @param payloadHash What the signature covers of the body: its SHA-256 in hex, or what x-amz-content-sha256 says instead.
 */
export function signatureFault(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  given: Authorization,
  credentials: SessionCredentials,
  payloadHash: string,
  now: number,
): SignatureFault | undefined {
  const { headers } = request;
  const date = headers['x-amz-date'];
  if (typeof date !== 'string' || !/^\d{8}T\d{6}Z$/.test(date) || date.slice(0, 8) !== given.day) return 'date';
  const time = Date.parse(date.replace(/^(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)(\d\d)Z$/, '$1-$2-$3T$4:$5:$6Z'));
  if (!(Math.abs(now - time) <= SKEW_MS)) return 'date';
  const signed = new Set(given.signedHeaders);
  if (!signed.has('host') || Object.keys(headers).some((name) => name.startsWith('x-amz-') && !signed.has(name))) {
    return 'unsigned-header';
  }
  const expected = Buffer.from(sign(request, given, credentials.secretAccessKey, payloadHash, date), 'hex');
  if (!timingSafeEqual(expected, Buffer.from(given.signature, 'hex'))) return 'signature';
  const token = headers['x-amz-security-token'];
  return typeof token === 'string' && isSame(token, credentials.sessionToken) ? undefined : 'token';
}

/** The signature that a request should have, in hex. */
export function sign(
  request: Pick<IncomingMessage, 'method' | 'url' | 'headers'>,
  { day, region, service, signedHeaders }: Omit<Authorization, 'signature' | 'accessKeyId'>,
  secretAccessKey: string,
  payloadHash: string,
  date: string,
): string {
  const [path = '/', query = ''] = splitOnce(request.url ?? '/', '?');
  const canonical = [
    request.method ?? '',
    path.split('/').map(encoded).join('/'),
    canonicalQuery(query),
    ...signedHeaders.map((name) => `${name}:${headerValue(request.headers[name])}`),
    '',
    signedHeaders.join(';'),
    payloadHash,
  ].join('\n');
  const scope = `${day}/${region}/${service}/aws4_request`;
  const text = ['AWS4-HMAC-SHA256', date, scope, createHash('sha256').update(canonical).digest('hex')].join('\n');
  let key: Buffer = Buffer.from(`AWS4${secretAccessKey}`);
  for (const part of [day, region, service, 'aws4_request']) key = hmac(key, part);
  return hmac(key, text).toString('hex');
}

const hmac = (key: Buffer, text: string) => createHmac('sha256', key).update(text).digest();

export function isSame(given: string, expected: string): boolean {
  const a = createHash('sha256').update(given).digest();
  return timingSafeEqual(a, createHash('sha256').update(expected).digest());
}

const headerValue = (value: string | string[] | undefined) =>
  (Array.isArray(value) ? value.join(',') : (value ?? '')).trim().replace(/ +/g, ' ');

/** Whatever way a client encodes, it signs the one way that S3 has: everything but letters, digits and `-._~`. */
function encoded(segment: string): string {
  let plain = segment;
  try {
    plain = decodeURIComponent(segment);
  } catch {
    // not encoded text: signed as it stands
  }
  return encodeURIComponent(plain).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

function canonicalQuery(query: string): string {
  if (query === '') return '';
  return query
    .split('&')
    .map((pair) => {
      const [name = '', value = ''] = splitOnce(pair, '=');
      return [encoded(name), encoded(value)] as const;
    })
    .sort(([a, x], [b, y]) => (a < b || (a === b && x < y) ? -1 : 1))
    .map(([name, value]) => `${name}=${value}`)
    .join('&');
}

function splitOnce(text: string, separator: string): [string, string?] {
  const at = text.indexOf(separator);
  return at === -1 ? [text] : [text.slice(0, at), text.slice(at + 1)];
}
