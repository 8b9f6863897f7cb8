import { useMemo } from 'react';
import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { isRunningStatus, liveStateOf, useExecution } from '../state/executionStore.ts';
import { busyIntervals, createTimeScale, type TimeScale } from './timeScale.ts';

export interface ShownTime {
  scale: TimeScale;
  /** Of the whole execution, whatever instant is shown. */
  live: ExecutionState;
  /** The shown instant, in milliseconds since the first event. */
  now: number;
}

/** The time scale of the shown execution; undefined while none is shown. */
export function useTimeScale(): ShownTime | undefined {
  const shownId = useExecution((store) => store.shownId);
  const eventCount = useExecution((store) => store.eventCount);
  const at = useExecution((store) => store.at);
  const clockNow = useExecution((store) => store.clockNow);
  const live = shownId === null || eventCount === 0 ? undefined : liveStateOf(shownId);
  const isRunning = isRunningStatus(live?.status);
  // While it runs the scale grows with the clock; a finished one is made once.
  const end = !live
    ? 0
    : isRunning && at === 'live'
      ? Math.max(live.lastMono, clockNow - live.startedAt)
      : live.lastMono;
  const scale = useMemo(() => (live ? createTimeScale(busyIntervals(live, end), end) : undefined), [live, end]);
  if (!live || !scale) return undefined;
  return { scale, live, now: at === 'live' ? end : Math.max(0, clockNow - live.startedAt) };
}
