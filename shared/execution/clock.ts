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
  const tasks: Task[] = [];
  const takeNext = (until: number) => (tasks[0] && tasks[0].due <= until ? removeFirst(tasks) : undefined);
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
      insert(tasks, { due: time + delay, order: given, task });
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

interface Task {
  due: number;
  /** Tasks of one instant run in the order in which they were given. */
  order: number;
  task: () => void;
}

const comesBefore = (a: Task, b: Task): boolean => a.due < b.due || (a.due === b.due && a.order < b.order);

/** The tasks are a binary heap, the next one first: a year of executions is tens of thousands of them. */
function insert(heap: Task[], task: Task): void {
  let index = heap.length;
  while (index > 0) {
    const parent = (index - 1) >> 1;
    const above = heap[parent];
    if (!above || comesBefore(above, task)) break;
    heap[index] = above;
    index = parent;
  }
  heap[index] = task;
}

function removeFirst(heap: Task[]): Task | undefined {
  const [first] = heap;
  const last = heap.pop();
  if (!last || heap.length === 0) return first;
  let index = 0;
  for (let child = 1; child < heap.length; child = 2 * index + 1) {
    const [left, right] = [heap[child], heap[child + 1]];
    const smaller = left && right && comesBefore(right, left) ? right : left;
    if (!smaller || comesBefore(last, smaller)) break;
    heap[index] = smaller;
    index = smaller === right ? child + 1 : child;
  }
  heap[index] = last;
  return first;
}
