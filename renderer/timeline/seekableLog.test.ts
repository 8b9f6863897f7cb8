import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { CHECKPOINT_EVERY, createSeekableLog } from './seekableLog.ts';

const entrance = (seq: number): ExecutionEvent => ({
  seq,
  at: 1000 + seq,
  mono: seq,
  type: 'StageEntranceReached',
  stageName: `S${seq}`,
});
const many = (count: number, from = 1) => Array.from({ length: count }, (_, index) => entrance(from + index));

/** A state that only knows the last seq and counts how often it was asked to evolve. */
function counting() {
  let calls = 0;
  const log = createSeekableLog<number>(0, (state, event) => {
    calls += 1;
    expect(event.seq).toBe(state + 1);
    return event.seq;
  });
  return { log, calls: () => calls };
}

describe('the events of an execution', () => {
  it('can be sought to every instant, forwards and backwards', () => {
    const { log } = counting();
    log.append(many(1203));
    for (const seq of [0, 1, 1203, 499, 500, 501, 1000, 7, 1202]) expect(log.at(seq)).toBe(seq);
  });

  it('replay at most one checkpoint interval for a seek in a log of 20,000', () => {
    const { log, calls } = counting();
    log.append(many(20_000));
    const before = calls();
    expect(log.at(19_998)).toBe(19_998);
    expect(calls() - before).toBeLessThan(CHECKPOINT_EVERY);
  });

  it('replay one event for each step of playing', () => {
    const { log, calls } = counting();
    log.append(many(2000));
    log.at(1400);
    const before = calls();
    for (let seq = 1401; seq <= 1450; seq += 1) log.at(seq);
    expect(calls() - before).toBe(50);
  });

  it('are taken once even when they are told twice', () => {
    const { log } = counting();
    log.append(many(5));
    expect(log.append(many(8))).toBe(true);
    expect(log.events).toHaveLength(8);
    expect(log.live).toBe(8);
  });

  it('say that some are missing instead of jumping over a gap', () => {
    const { log } = counting();
    log.append(many(3));
    expect(log.append([entrance(5)])).toBe(false);
    expect(log.live).toBe(3);
    expect(log.at(99)).toBe(3);
  });
});
