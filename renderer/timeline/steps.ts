import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { strings } from '../strings/strings.ts';

/** The last event that had happened at a time (milliseconds since the first event); at least 1. */
export function seqAt(events: readonly ExecutionEvent[], mono: number): number {
  let low = 0;
  let high = events.length;
  while (low < high) {
    const middle = (low + high) >> 1;
    if (events[middle]!.mono <= mono) low = middle + 1;
    else high = middle;
  }
  return Math.max(1, low);
}

/** The next (or previous) instant at which a stage was entered or left, from `seq`; the end of the log if there is none. */
export function nextStageSeq(events: readonly ExecutionEvent[], seq: number, direction: 1 | -1): number {
  const isEdge = (event: ExecutionEvent) =>
    event.type === 'StageStarted' || event.type === 'StageFinished' || event.type === 'ExecutionFinished';
  for (let at = seq + direction; at >= 1 && at <= events.length; at += direction)
    if (isEdge(events[at - 1]!)) return at;
  return direction === 1 ? events.length : 1;
}

export interface Mark {
  seq: number;
  mono: number;
  kind: 'failed' | 'stage';
  text: string;
}

/** What stands on the scrubber's track: where stages began, and what failed. */
export function marksOf(events: readonly ExecutionEvent[]): Mark[] {
  const texts = strings.timeline.marks;
  const marks: Mark[] = [];
  for (const event of events) {
    if (event.type === 'StageStarted')
      marks.push({ seq: event.seq, mono: event.mono, kind: 'stage', text: texts.started(event.stageName) });
    else if (event.type === 'ActionFinished' && event.status !== 'Succeeded')
      marks.push({
        seq: event.seq,
        mono: event.mono,
        kind: 'failed',
        text: texts[event.status === 'Failed' ? 'failed' : 'abandoned'](`${event.stageName}/${event.actionName}`),
      });
  }
  return marks;
}
