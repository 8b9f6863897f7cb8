import type { Reply } from '../../shared/ipc/contract.ts';
import { problem } from '../../shared/problem.ts';

/** More calls than any window of ours makes; a page that makes more is out of hand (reliability-security.md IP-16). */
export const MAX_CALLS_PER_SECOND = 2000;

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

export const tooManyCalls = (): Reply => ({
  ok: false,
  problem: problem({
    code: 'call.too-many',
    where: '',
    what: 'The window calls too often.',
    fix: 'Reload the window.',
  }),
});
