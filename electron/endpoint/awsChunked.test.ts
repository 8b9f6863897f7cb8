import { describe, expect, it } from 'vitest';
import { readAwsChunked } from './awsChunked.ts';

async function* piecesOf(text: string, size: number) {
  const bytes = Buffer.from(text, 'latin1');
  for (let at = 0; at < bytes.length; at += size) yield bytes.subarray(at, at + size);
}

async function read(text: string, size = 1000) {
  const { content, trailers } = readAwsChunked(piecesOf(text, size));
  const pieces: Uint8Array[] = [];
  for await (const piece of content) pieces.push(piece);
  return { text: Buffer.concat(pieces).toString('latin1'), trailers: Object.fromEntries(trailers) };
}

const UPLOAD = '6\r\nstream\r\n3;chunk-signature=abc\r\n\r\n!\r\n0\r\nx-amz-checksum-crc32:8Om+HA==\r\n\r\n';

describe('an upload in pieces', () => {
  it('is unwrapped, with its trailers, wherever the network cuts it', async () => {
    for (let size = 1; size <= UPLOAD.length; size += 1) {
      expect(await read(UPLOAD, size)).toEqual({
        text: 'stream\r\n!',
        trailers: { 'x-amz-checksum-crc32': '8Om+HA==' },
      });
    }
  });

  it('may be empty', async () => {
    expect(await read('0\r\n\r\n')).toEqual({ text: '', trailers: {} });
  });

  it.each([
    ['that ends too early', UPLOAD.slice(0, 12)],
    ['without its end', '6\r\nstream\r\n'],
    ['whose size is none', 'zz\r\nstream\r\n0\r\n\r\n'],
    ['whose size is absurd', `${'f'.repeat(9)}\r\n`],
    ['with more than it says', '2\r\nstream\r\n0\r\n\r\n'],
    ['with an endless line', 'a'.repeat(5000)],
    ['with too many trailers', `0\r\n${Array.from({ length: 11 }, (_, at) => `t${at}:1\r\n`).join('')}\r\n`],
    ['with a trailer that is none', '0\r\nnonsense\r\n\r\n'],
  ])('%s is refused', async (_, text) => {
    await expect(read(text)).rejects.toMatchObject({ type: 'InvalidRequest' });
  });
});
