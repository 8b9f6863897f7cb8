import { describe, expect, it } from 'vitest';
import { inView, seenOf } from './inView.ts';

const columns = Array.from({ length: 20 }, (_, column) =>
  Array.from({ length: 10 }, (_row, row) => ({
    id: `${column}-${row}`,
    x: column * 268,
    y: row * 74,
    width: 208,
    height: 64,
  })),
).flat();
const viewAt = (x: number, zoom = 1) => seenOf({ transform: [-x * zoom, 0, zoom], width: 1000, height: 500 });
const none: ReadonlySet<string> = new Set();
const columnsOf = (ids: ReadonlySet<string>) => [...new Set([...ids].map((id) => id.split('-')[0]))];

describe('what is drawn of the canvas', () => {
  it('is at first what is seen, and nothing else', () => {
    const drawn = inView(columns, viewAt(0), none, 'now');
    expect(columnsOf(drawn)).toEqual(['0', '1', '2', '3']);
    // 500 pixels of height show seven rows of 74.
    expect(drawn.size).toBe(4 * 7);
  });

  it('grows ahead of a moving view by a few in each frame, the nearest first', () => {
    const drawn = inView(columns, viewAt(0), none, 'now');
    const next = inView(columns, viewAt(10), drawn, 'moving');
    const added = [...next].filter((id) => !drawn.has(id));
    expect(added.length).toBeLessThanOrEqual(3);
    expect(added).toContain('0-7');
  });

  it('is never less than what is seen, however far the view jumps', () => {
    const drawn = inView(columns, viewAt(0), none, 'now');
    const next = inView(columns, viewAt(3000), drawn, 'moving');
    for (const id of inView(columns, viewAt(3000), none, 'now')) expect(next.has(id)).toBe(true);
  });

  it('lets go of what is far away only once the view rests', () => {
    const drawn = inView(columns, viewAt(0), none, 'now');
    const moved = inView(columns, viewAt(4000), drawn, 'moving');
    expect(moved.has('0-0')).toBe(true);
    expect(inView(columns, viewAt(4000), moved, 'resting').has('0-0')).toBe(false);
  });

  it('comes to rest: the same set again once all around the view is drawn', () => {
    let drawn = inView(columns, viewAt(1000), none, 'now');
    for (let step = 0; step < 100; step += 1) {
      const next = inView(columns, viewAt(1000), drawn, 'resting');
      if (next === drawn) return;
      drawn = next;
    }
    expect.unreachable();
  });

  it('forgets what is no longer there', () => {
    const drawn = inView(columns, viewAt(0), none, 'now');
    expect(inView(columns.slice(1), viewAt(0), drawn, 'now').has('0-0')).toBe(false);
  });
});
