/**
 * A clock that stands still until it is moved, for specs and simulation: an execution of hours is over at once and always
 * comes out the same.
 */
export interface VirtualClock {
  /** Units since the clock was made; what a unit is, is up to the user. */
  now(): number;
  /** Runs a task once `delay` units have passed. Tasks of one instant run in the order in which they were given. */
  after(delay: number, task: () => void): void;
  /** Runs every task that is due up to `time`, then stands at `time`. */
  advanceTo(time: number): void;
  /** Runs until no task is left. At most `limit` tasks: more would mean that they never end. */
  runToEnd(limit?: number): void;
}

export function createVirtualClock(start = 0): VirtualClock {
  let time = start;
  let given = 0;
  const tasks: { due: number; order: number; task: () => void }[] = [];
  const takeNext = (until: number) => {
    let next = -1;
    for (const [index, task] of tasks.entries()) {
      const first = tasks[next];
      if (!first || task.due < first.due || (task.due === first.due && task.order < first.order)) next = index;
    }
    const found = tasks[next];
    if (!found || found.due > until) return undefined;
    tasks.splice(next, 1);
    return found;
  };
  const runUntil = (until: number, limit = Number.POSITIVE_INFINITY) => {
    let ran = 0;
    for (let next = takeNext(until); next; next = takeNext(until)) {
      ran += 1;
      if (ran > limit) throw new Error(`The virtual clock ran ${limit} tasks and more were still due.`);
      time = next.due;
      next.task();
    }
  };
  return {
    now: () => time,
    after(delay, task) {
      if (!(delay >= 0)) throw new RangeError(`A delay cannot be ${delay}.`);
      if (delay === Number.POSITIVE_INFINITY) return;
      tasks.push({ due: time + delay, order: given, task });
      given += 1;
    },
    advanceTo(until) {
      runUntil(until);
      time = Math.max(time, until);
    },
    runToEnd(limit = 100_000) {
      runUntil(Number.POSITIVE_INFINITY, limit);
    },
  };
}
