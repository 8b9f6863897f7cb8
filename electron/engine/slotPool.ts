/**
 * How many actions may work on this machine at once, over all pipelines (architecture §3.11). Whoever finds no slot is told
 * when one is free; nobody asks again and again.
 */
export interface SlotPool {
  /** False when all are taken; `whenFree` is then called once, after a slot was given back. */
  take(whenFree: () => void): boolean;
  /** Takes one even if none is free: for an action that runs already. */
  claim(): void;
  giveBack(): void;
}

/** @param size Asked each time, so a changed setting counts at once; actions that run are not stopped by a smaller one. */
export function createSlotPool(size: () => number): SlotPool {
  let taken = 0;
  let waiting = new Set<() => void>();
  return {
    take(whenFree) {
      if (taken < Math.max(1, size())) {
        taken += 1;
        return true;
      }
      waiting.add(whenFree);
      return false;
    },
    claim() {
      taken += 1;
    },
    giveBack() {
      taken -= 1;
      const told = waiting;
      waiting = new Set();
      for (const whenFree of told) whenFree();
    },
  };
}
