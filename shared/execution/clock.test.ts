import { describe, expect, it } from 'vitest';
import { createVirtualClock } from './clock.ts';

describe('the virtual clock', () => {
  it('runs tasks by time, and tasks of one time in the order they were given', () => {
    const clock = createVirtualClock(10);
    const ran: string[] = [];
    clock.after(5, () => ran.push(`late ${clock.now()}`));
    clock.after(0, () => {
      ran.push(`now ${clock.now()}`);
      clock.after(2, () => ran.push(`then ${clock.now()}`));
    });
    clock.after(2, () => ran.push(`before ${clock.now()}`));
    clock.runToEnd();
    expect(ran).toEqual(['now 10', 'before 12', 'then 12', 'late 15']);
  });

  it('stands still until it is moved, and runs nothing early', () => {
    const clock = createVirtualClock();
    let ran = 0;
    clock.after(5, () => (ran += 1));
    clock.advanceTo(4);
    expect([ran, clock.now()]).toEqual([0, 4]);
    clock.advanceTo(9);
    expect([ran, clock.now()]).toEqual([1, 9]);
  });

  it('says so when tasks never end, never waits for ever, and refuses the past', () => {
    const clock = createVirtualClock();
    clock.after(Number.POSITIVE_INFINITY, () => {
      throw new Error('never due');
    });
    clock.runToEnd();
    const again = () => clock.after(1, again);
    again();
    expect(() => clock.runToEnd(100)).toThrow(/100 tasks/);
    expect(() => clock.after(-1, again)).toThrow(RangeError);
  });
});
