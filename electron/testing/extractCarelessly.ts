import { mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { inflateRawSync } from 'node:zlib';

/**
 * Unpacks a crafted zip with no guard at all: the positive control of the zip cases. It believes names, makes links and
 * writes through them. If nothing fires here, a case proves nothing. Reads only what craftZip writes.
 */
export function extractCarelessly(zip: Buffer, target: string): void {
  for (let at = 0; at + 30 < zip.length && zip.readUInt32LE(at) === 0x04034b50; ) {
    const packedSize = zip.readUInt32LE(at + 18);
    const nameLength = zip.readUInt16LE(at + 26);
    const name = zip.toString('utf8', at + 30, at + 30 + nameLength);
    const start = at + 30 + nameLength;
    const packed = zip.subarray(start, start + packedSize);
    const content = zip.readUInt16LE(at + 8) === 8 ? inflateRawSync(packed) : packed;
    const path = name.startsWith('/') ? name : join(target, name);
    if (name.endsWith('/')) {
      mkdirSync(path, { recursive: true });
    } else {
      mkdirSync(dirname(path), { recursive: true });
      // craftZip's links are known by their content, because the mode is in the directory only.
      if (content.toString().startsWith('LINK:')) symlinkSync(content.toString().slice(5), path);
      else writeFileSync(path, content);
    }
    at = start + packedSize;
  }
}
