import { describe, expect, it } from 'vitest';
import { completePipeline } from '../../shared/testing/completePipeline.ts';
import { markText, pathText, valueText } from './markText.ts';
import { type LoadedSide, textsOf } from './sides.ts';

const side = (more: Partial<LoadedSide>): LoadedSide => ({
  text: '{ "its": "own" }',
  format: 'json',
  isFile: true,
  pipeline: completePipeline(),
  ...more,
});

describe('the texts of two versions', () => {
  it('are those of the files where both are of one format', () => {
    expect(textsOf(side({ text: 'a' }), side({ text: 'b' }))).toEqual({ before: 'a', after: 'b', isRewritten: false });
  });
  it('are written the same way where they came differently, so that what means the same is the same', () => {
    for (const other of [
      side({ format: 'yaml' }),
      side({ isFile: false, pipeline: { ...completePipeline(), version: 7 } }),
    ]) {
      const { before, after, isRewritten } = textsOf(side({}), other);
      expect(isRewritten).toBe(true);
      expect(before).toBe(after);
    }
  });
});

it('marks are told by sign and word, the one that matters most first', () => {
  expect(markText(['renamed', 'moved', 'changed'])).toBe('≠ changed, moved, renamed');
  expect(markText(['removed'])).toBe('− removed');
  expect(markText([])).toBe('');
});

it('values are told in one line', () => {
  expect(valueText(undefined)).toBe('none');
  expect(valueText(['a', 'b'])).toBe('a, b');
  expect(valueText({ a: 1 })).toBe('{"a":1}');
  expect(valueText('x'.repeat(500))).toHaveLength(160);
  expect(pathText(['configuration', 'ProjectName'])).toBe('configuration › ProjectName');
  expect(pathText(['readBy'])).toBe('read by');
});
