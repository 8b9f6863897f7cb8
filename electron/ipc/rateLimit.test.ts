import { describe, expect, it } from 'vitest';
import { createRateLimit } from './rateLimit.ts';

describe('the rate limit of a door', () => {
  it('lets so many calls through in a second, and as many in the next', () => {
    let time = 10_400;
    const isTooFast = createRateLimit({ perSecond: 3, now: () => time });
    expect([isTooFast(), isTooFast(), isTooFast(), isTooFast()]).toEqual([false, false, false, true]);
    time = 10_999;
    expect(isTooFast()).toBe(true);
    time = 11_000;
    expect(isTooFast()).toBe(false);
  });
});
