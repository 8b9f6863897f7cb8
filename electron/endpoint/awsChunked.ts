import { WireError } from './wireError.ts';

/**
 * The body of an upload whose length the client did not know (`Content-Encoding: aws-chunked`): pieces of `SIZE\r\n…\r\n`, a piece
 * of size 0, then trailers such as a checksum.
 */
export interface ChunkedBody {
  /** The content, without its wrapping. */
  content: AsyncGenerator<Uint8Array>;
  /** By lower-case name; complete when the content has been read. */
  trailers: Map<string, string>;
}

/** No line is longer: a size, an extension, or a trailer. */
const MOST_LINE = 1024;
const MOST_TRAILERS = 10;

export function readAwsChunked(body: AsyncIterable<Uint8Array>): ChunkedBody {
  const trailers = new Map<string, string>();
  return { content: unwrap(body, trailers), trailers };
}

async function* unwrap(body: AsyncIterable<Uint8Array>, trailers: Map<string, string>): AsyncGenerator<Uint8Array> {
  const source = body[Symbol.asyncIterator]();
  let held: Buffer = Buffer.alloc(0);
  const more = async () => {
    const next = await source.next();
    if (next.done) throw malformed('it ends too early');
    held = held.length === 0 ? Buffer.from(next.value) : Buffer.concat([held, next.value]);
  };
  const line = async () => {
    for (;;) {
      const at = held.indexOf('\r\n');
      if (at !== -1) {
        const text = held.subarray(0, at).toString('latin1');
        held = held.subarray(at + 2);
        return text;
      }
      if (held.length > MOST_LINE) throw malformed('a line is too long');
      await more();
    }
  };
  for (;;) {
    const [, digits] = /^([0-9a-fA-F]{1,8})(?:;.*)?$/.exec(await line()) ?? [];
    if (digits === undefined) throw malformed('a piece has no size');
    let left = Number.parseInt(digits, 16);
    if (left === 0) break;
    while (left > 0) {
      if (held.length === 0) await more();
      const piece = held.subarray(0, left);
      held = held.subarray(piece.length);
      left -= piece.length;
      yield piece;
    }
    if ((await line()) !== '') throw malformed('a piece is longer than it says');
  }
  for (let text = await line(); text !== ''; text = await line()) {
    const at = text.indexOf(':');
    if (at < 1 || trailers.size >= MOST_TRAILERS) throw malformed('a trailer makes no sense');
    trailers.set(text.slice(0, at).trim().toLowerCase(), text.slice(at + 1).trim());
  }
}

const malformed = (why: string) => new WireError('InvalidRequest', `The aws-chunked body cannot be read: ${why}.`);
