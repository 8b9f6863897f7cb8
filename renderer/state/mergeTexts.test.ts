import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeTexts } from './mergeTexts.ts';

const base = 'a\nb\nc\nd\ne\n';

describe('merging two texts', () => {
  it.each([
    ['changes of different lines', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\nE\n', 'A\nb\nc\nd\nE\n'],
    ['an insertion and a removal', 'a\nx\nb\nc\nd\ne\n', 'a\nb\nc\ne\n', 'a\nx\nb\nc\ne\n'],
    ['the same change on both sides', 'a\nB\nc\nd\ne\n', 'a\nB\nc\nd\nE\n', 'a\nB\nc\nd\nE\n'],
    ['neighbouring lines', 'A\nb\nc\nd\ne\n', 'a\nB\nc\nd\ne\n', 'A\nB\nc\nd\ne\n'],
    ['a last line without an end', 'A\nb\nc\nd\ne\n', 'a\nb\nc\nd\ne', 'A\nb\nc\nd\ne'],
  ])('takes %s', (_what, mine, theirs, merged) => {
    expect(mergeTexts(base, mine, theirs)).toBe(merged);
  });

  it('leaves the same line changed in two ways, and two insertions at one place, to a person', () => {
    expect(mergeTexts(base, 'a\nX\nc\nd\ne\n', 'a\nY\nc\nd\ne\n')).toBeUndefined();
    expect(mergeTexts(base, 'a\nX\nb\nc\nd\ne\n', 'a\nY\nb\nc\nd\ne\n')).toBeUndefined();
  });
});

it('a side that changed nothing adds nothing, whatever the other did', () => {
  const text = fc.array(fc.constantFrom('a\n', 'b\n', 'c\r\n', '\n', 'end')).map((lines) => lines.join(''));
  fc.assert(
    fc.property(text, text, (before, after) => {
      expect(mergeTexts(before, after, before)).toBe(after);
      expect(mergeTexts(before, before, after)).toBe(after);
      expect(mergeTexts(before, after, after)).toBe(after);
    }),
  );
});
