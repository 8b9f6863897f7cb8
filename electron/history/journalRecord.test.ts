import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { decodeRecord, encodeRecord } from './journalRecord.ts';

const event: ExecutionEvent = {
  seq: 3,
  at: 1_760_000_000_000,
  mono: 12.5,
  type: 'StopRequested',
  abandon: true,
  reason: 'Größe "ü" 🚦',
};
const line = () => Buffer.from(encodeRecord(event).trimEnd());

describe('a record of a journal', () => {
  it('comes back as it was written', () => {
    expect(decodeRecord(line())).toEqual(event);
  });

  it('is refused with any one byte altered', () => {
    const accepted: number[] = [];
    for (let at = 0; at < line().length; at++) {
      for (const change of [0x01, 0x20, 0x80]) {
        const altered = line();
        altered[at] = (altered[at] ?? 0) ^ change;
        if (decodeRecord(altered)) accepted.push(at);
      }
    }
    expect(accepted).toEqual([]);
  });

  it('is refused cut off anywhere', () => {
    const whole = line();
    const accepted = Array.from(whole.keys()).filter((length) => decodeRecord(whole.subarray(0, length)));
    expect(accepted).toEqual([]);
  });
});
