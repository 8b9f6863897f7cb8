/** Longest wait before the clock is looked at again: a wall clock may be changed, and a sleeping machine stops timers. */
const LOOK_MS = 3_600_000;

export interface DeadlineOptions {
  /** Milliseconds since 1970. */
  at: number;
  /**
   * `wall`: passed when the date is reached, also while the machine slept (DU-37). `monotonic`: passed after the running time
   * that was left when the deadline was made; a changed clock neither shortens nor lengthens it (DU-34, DU-35).
   */
  counts: 'wall' | 'monotonic';
  /** No more than this is ever left, so a clock that was set back between two hosts cannot lengthen it without bound. */
  limitMs: number;
  now: () => number;
  onPassed: () => void;
}

/** One timer. Answers the function that stops it. */
export function createDeadline({ at, counts, limitMs, now, onPassed }: DeadlineOptions): () => void {
  const leftByWall = () => Math.min(limitMs, Math.max(0, at - now()));
  const monotonicEnd = performance.now() + leftByWall();
  const left = counts === 'wall' ? leftByWall : () => Math.max(0, monotonicEnd - performance.now());
  let timer: NodeJS.Timeout;
  const look = () => {
    const remaining = left();
    if (remaining <= 0) onPassed();
    else wait(remaining);
  };
  const wait = (remaining: number) => {
    // Whole milliseconds, or a fraction that rounding leaves would be waited for without end.
    timer = setTimeout(look, Math.min(Math.ceil(remaining), LOOK_MS));
  };
  wait(left());
  return () => clearTimeout(timer);
}
