import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { createDeadline } from './deadline.ts';

const HOUR = 3_600_000;
/** How far the wall clock is ahead of the timers. */
let ahead: number;
beforeEach(() => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout', 'performance'] });
  ahead = 1_000_000_000;
});
afterEach(() => vi.useRealTimers());

const now = () => performance.now() + ahead;
/** Time goes by for both clocks. */
const pass = (milliseconds: number) => vi.advanceTimersByTime(milliseconds);
const deadline = (counts: 'wall' | 'monotonic', hours: number) => {
  const onPassed = vi.fn();
  const stop = createDeadline({ at: now() + hours * HOUR, counts, limitMs: hours * HOUR, now, onPassed });
  return { onPassed, stop };
};

describe('a deadline', () => {
  it.each(['wall', 'monotonic'] as const)('by the %s clock passes once, in time, also after weeks', (counts) => {
    const { onPassed } = deadline(counts, 24 * 60);
    pass(24 * 60 * HOUR - 1);
    expect(onPassed).not.toHaveBeenCalled();
    pass(1);
    pass(HOUR);
    expect(onPassed).toHaveBeenCalledTimes(1);
  });

  it('of a command is not moved by a changed clock (DU-34, DU-35)', () => {
    const { onPassed } = deadline('monotonic', 1);
    ahead += 24 * HOUR;
    pass(HOUR - 1);
    expect(onPassed).not.toHaveBeenCalled();
    ahead -= 48 * HOUR;
    pass(1);
    expect(onPassed).toHaveBeenCalledTimes(1);
  });

  it('of an approval counts the time that the machine slept (DU-37)', () => {
    const { onPassed } = deadline('wall', 10);
    ahead += 9 * HOUR; // asleep: no timer ran
    pass(HOUR);
    expect(onPassed).toHaveBeenCalledTimes(1);
  });

  it('never passes after it was stopped', () => {
    const { onPassed, stop } = deadline('wall', 1);
    stop();
    pass(2 * HOUR);
    expect(onPassed).not.toHaveBeenCalled();
  });
});
