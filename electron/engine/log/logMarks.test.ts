import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addMark, type LogMark, MOST_MARKS, marksPath, readMarks } from './logMarks.ts';

let folder = '';
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-marks-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

describe('the marks of a log', () => {
  it('are only made when it has grown', () => {
    const marks: LogMark[] = [];
    for (const [at, size] of [
      [100.4, 10],
      [200, 10],
      [300, 25],
    ] as const)
      addMark(marks, at, size);
    expect(marks).toEqual([
      [100, 10],
      [300, 25],
    ]);
  });

  it('are at most 500, in order, from the first growth to the last', () => {
    const marks: LogMark[] = [];
    for (let tick = 1; tick <= 10_000; tick += 1) {
      addMark(marks, tick * 100, tick * 7);
      expect(marks.length).toBeLessThanOrEqual(MOST_MARKS);
    }
    expect(marks.length).toBeGreaterThan(MOST_MARKS / 4);
    expect(marks[0]).toEqual([100, 7]);
    expect(marks.at(-1)).toEqual([1_000_000, 70_000]);
    expect(marks.every(([at, size]) => size === (at / 100) * 7)).toBe(true);
    expect(marks.every(([at], index) => index === 0 || at > marks[index - 1]![0])).toBe(true);
  });

  it.each([
    ['cut short', '[[1,'],
    ['of another shape', '[[1,"2"]]'],
    ['too many', JSON.stringify(Array.from({ length: MOST_MARKS + 1 }, (_, at) => [at, at]))],
  ])('that are %s are as good as none', async (_, text) => {
    const log = join(folder, 'log');
    expect(await readMarks(log)).toBeUndefined();
    writeFileSync(marksPath(log), text);
    expect(await readMarks(log)).toBeUndefined();
    writeFileSync(marksPath(log), '[[1,2]]');
    expect(await readMarks(log)).toEqual([[1, 2]]);
  });
});
