import { eventSentence } from '../../shared/execution/eventSentence.ts';
import type { ExecutionEvent } from '../../shared/execution/events.ts';

/** An event in one line for people, '' for those that say nothing new to them. */
export function eventText(event: ExecutionEvent): string {
  const text = eventSentence(event);
  return text && `${new Date(event.at).toTimeString().slice(0, 8)}  ${text}\n`;
}
