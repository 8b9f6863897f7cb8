import { describe, expect, it } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { marksOf, nextStageSeq, seqAt } from './steps.ts';
import { breaksOf, createTimeScale, ticksOf } from './timeScale.ts';

const minute = 60_000;

describe('the scale of a timeline', () => {
  it('is to scale where work went on without a pause', () => {
    const scale = createTimeScale([[0, 100_000]], 100_000);
    expect(scale.placeOf(25_000)).toBeCloseTo(0.25);
    expect(scale.monoAt(0.75)).toBeCloseTo(75_000);
    expect(scale.segments).toHaveLength(1);
  });

  it('folds a night of waiting for approval and keeps the work readable', () => {
    const scale = createTimeScale(
      [
        [0, 2 * minute],
        [602 * minute, 603 * minute],
      ],
      603 * minute,
    );
    expect(scale.segments.map(({ isFolded }) => isFolded)).toEqual([false, true, false]);
    expect(scale.placeOf(2 * minute)).toBeGreaterThan(0.6);
    expect(scale.segments[1]).toMatchObject({ from: 2 * minute, to: 602 * minute });
    expect(scale.segments[1]!.length).toBeLessThan(0.06);
  });

  it('folds no pause that is short, and none that is small against the work', () => {
    expect(
      createTimeScale(
        [
          [0, 1000],
          [15_000, 16_000],
        ],
        16_000,
      ).segments,
    ).toHaveLength(1);
    expect(
      createTimeScale(
        [
          [0, 10 * minute],
          [11 * minute, 20 * minute],
        ],
        20 * minute,
      ).segments,
    ).toHaveLength(1);
  });

  it('leads from time to place and back', () => {
    const scale = createTimeScale(
      [
        [0, minute],
        [9 * minute, 10 * minute],
      ],
      10 * minute,
    );
    for (const mono of [0, 10_000, minute, 5 * minute, 9 * minute, 10 * minute])
      expect(scale.monoAt(scale.placeOf(mono))).toBeCloseTo(mono, 3);
  });

  it('has few round marks, and none inside a fold', () => {
    const scale = createTimeScale(
      [
        [0, minute],
        [9 * minute, 10 * minute],
      ],
      10 * minute,
    );
    const ticks = ticksOf(scale, 6);
    expect(ticks.length).toBeLessThanOrEqual(8);
    expect(ticks.some((tick) => tick > minute && tick < 9 * minute)).toBe(false);
  });

  it('breaks where it folds, and says so on the side that is free of the shown instant', () => {
    const scale = createTimeScale(
      [
        [0, minute],
        [9 * minute, 10 * minute],
      ],
      10 * minute,
    );
    const [at0, atStart, atEnd] = [0, 0.95 * minute, 10 * minute].map((now) => breaksOf(scale, now));
    expect(at0).toMatchObject([{ from: minute, to: 9 * minute }]);
    expect(at0![0]!.middle).toBeCloseTo(scale.placeOf(5 * minute));
    expect(atStart![0]!.side).toBe('after');
    expect(atEnd![0]!.side).toBe(at0![0]!.side);
    const early = createTimeScale([[9 * minute, 10 * minute]], 10 * minute);
    expect(breaksOf(early, 0).map(({ side }) => side)).toEqual(['after']);
    expect(breaksOf(createTimeScale([[0, minute]], minute), 0)).toEqual([]);
  });

  it('stands even for an execution without any duration', () => {
    const scale = createTimeScale([], 0);
    expect(scale.placeOf(0)).toBe(0);
    expect(ticksOf(scale, 5)[0]).toBe(0);
  });
});

describe('steps through an execution', () => {
  const at = (seq: number, mono: number, rest: object) => ({ seq, at: mono, mono, ...rest }) as ExecutionEvent;
  const events = [
    at(1, 0, { type: 'StageEntranceReached', stageName: 'A' }),
    at(2, 10, { type: 'StageStarted', stageName: 'A', attempt: 1 }),
    at(3, 10, { type: 'ActionFinished', stageName: 'A', actionName: 'x', status: 'Failed' }),
    at(4, 30, { type: 'StageFinished', stageName: 'A', status: 'Failed' }),
  ];

  it('find the last event of an instant', () => {
    expect([-1, 0, 9, 10, 29, 30, 99].map((mono) => seqAt(events, mono))).toEqual([1, 1, 1, 3, 3, 4, 4]);
  });

  it('go from stage to stage', () => {
    expect(nextStageSeq(events, 1, 1)).toBe(2);
    expect(nextStageSeq(events, 2, 1)).toBe(4);
    expect(nextStageSeq(events, 4, 1)).toBe(4);
    expect(nextStageSeq(events, 4, -1)).toBe(2);
    expect(nextStageSeq(events, 2, -1)).toBe(1);
  });

  it('mark what failed', () => {
    expect(marksOf(events)).toEqual([
      { seq: 2, mono: 10, kind: 'stage', text: 'A started' },
      { seq: 3, mono: 10, kind: 'failed', text: 'A/x failed' },
    ]);
  });
});
