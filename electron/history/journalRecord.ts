import { crc32 } from 'node:zlib';
import type { ExecutionEvent } from '../../shared/execution/events.ts';

/**
 * One record of a journal is one line of JSON whose first member is the CRC-32 of all that follows it, always at the same
 * place: `{"crc":"1a2b3c4d","seq":1,…}`. So a journal is ordinary JSON Lines, and a line is judged without parsing it.
 */
const PREFIX = Buffer.from('{"crc":"');
const CRC_LENGTH = 8;
/** Offset of what the checksum covers: after `{"crc":"1a2b3c4d",`. */
const BODY = PREFIX.length + CRC_LENGTH + 2;
const QUOTE = 0x22;
const COMMA = 0x2c;

export function encodeRecord(event: ExecutionEvent): string {
  const body = JSON.stringify(event).slice(1);
  return `{"crc":"${crc32(body).toString(16).padStart(CRC_LENGTH, '0')}",${body}\n`;
}

/** The event of a line (without its newline), or undefined when the line is not exactly what was written. */
export function decodeRecord(line: Buffer): ExecutionEvent | undefined {
  if (line.length <= BODY) return undefined;
  // Byte by byte: a rebuild of the index judges hundreds of thousands of lines, and every text of it would be one more.
  for (let at = 0; at < PREFIX.length; at++) if (line[at] !== PREFIX[at]) return undefined;
  if (line[BODY - 2] !== QUOTE || line[BODY - 1] !== COMMA) return undefined;
  const body = line.subarray(BODY);
  if (crc32(body) !== writtenCrc(line)) return undefined;
  try {
    return JSON.parse(`{${body.toString('utf8')}`) as ExecutionEvent;
  } catch {
    return undefined; // a matching checksum over no JSON: written by something else
  }
}

/** The checksum of a line; -1 unless it is eight lower-case hexadecimal digits. */
function writtenCrc(line: Buffer): number {
  let crc = 0;
  for (let at = PREFIX.length; at < PREFIX.length + CRC_LENGTH; at++) {
    const byte = line[at] ?? 0;
    const digit = byte >= 0x30 && byte <= 0x39 ? byte - 0x30 : byte >= 0x61 && byte <= 0x66 ? byte - 0x57 : -1;
    if (digit === -1) return -1;
    crc = crc * 16 + digit;
  }
  return crc;
}
