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

export function encodeRecord(event: ExecutionEvent): string {
  const body = JSON.stringify(event).slice(1);
  return `{"crc":"${crc32(body).toString(16).padStart(CRC_LENGTH, '0')}",${body}\n`;
}

/** The event of a line (without its newline), or undefined when the line is not exactly what was written. */
export function decodeRecord(line: Buffer): ExecutionEvent | undefined {
  if (line.length <= BODY || line.compare(PREFIX, 0, PREFIX.length, 0, PREFIX.length) !== 0) return undefined;
  if (line.toString('latin1', PREFIX.length + CRC_LENGTH, BODY) !== '",') return undefined;
  const body = line.subarray(BODY);
  const crc = crc32(body).toString(16).padStart(CRC_LENGTH, '0');
  if (line.toString('latin1', PREFIX.length, PREFIX.length + CRC_LENGTH) !== crc) return undefined;
  try {
    return JSON.parse(`{${body.toString('utf8')}`) as ExecutionEvent;
  } catch {
    return undefined; // a matching checksum over no JSON: written by something else
  }
}
