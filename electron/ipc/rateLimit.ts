/** Answers true when more calls came within the last second than allowed. No timer: counts per second of the clock. */
export function createRateLimit({
  perSecond,
  now = () => performance.now(),
}: {
  perSecond: number;
  now?: () => number;
}): () => boolean {
  let second = -1;
  let count = 0;
  return () => {
    const current = Math.floor(now() / 1000);
    if (current !== second) {
      second = current;
      count = 0;
    }
    count += 1;
    return count > perSecond;
  };
}
