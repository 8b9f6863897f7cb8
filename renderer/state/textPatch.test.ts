import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { applyPatch, inversePatch, patchBetween } from './textPatch.ts';

describe('the patch between two texts', () => {
  it('is the one stretch in which they differ', () => {
    expect(patchBetween('name: shop\nrole: x', 'name: shop-web\nrole: x')).toEqual({
      start: 10,
      removed: '',
      inserted: '-web',
    });
  });
  it('is nothing for equal texts', () => {
    expect(patchBetween('same', 'same')).toBeUndefined();
  });
  it('finds a repeated letter only once', () => {
    const patch = patchBetween('aaa', 'aa');
    expect(patch?.removed).toBe('a');
  });
  it('leads there and back again for any two texts, byte for byte', () => {
    fc.assert(
      fc.property(
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        fc.string({ unit: 'binary' }),
        (head, a, b) => {
          const before = head + a;
          const after = head + b;
          const patch = patchBetween(before, after);
          if (!patch) return before === after;
          return applyPatch(before, patch) === after && applyPatch(after, inversePatch(patch)) === before;
        },
      ),
      { numRuns: 200 },
    );
  });
});
