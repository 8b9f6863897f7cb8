import type { ExecutionEvent } from '../../shared/execution/events.ts';

/**
 * The events of one execution, seekable to any instant: the state is kept at every 500th event, so that a seek replays at
 * most 499 events whatever the length of the log. States are immutable, so a checkpoint is only a reference.
 */
export const CHECKPOINT_EVERY = 500;

export interface SeekableLog<State> {
  readonly events: readonly ExecutionEvent[];
  /** After the last event. */
  readonly live: State;
  /**
   * Takes events in order; those already known are skipped. Answers false (taking nothing after the gap) when an event is
   * missing in between: the caller then asks for the events from `events.length + 1` on.
   */
  append(events: readonly ExecutionEvent[]): boolean;
  /** After the event `seq`; 0 = before the first. Beyond the end = live. */
  at(seq: number): State;
}

export function createSeekableLog<State>(
  initial: State,
  evolve: (state: State, event: ExecutionEvent) => State,
): SeekableLog<State> {
  const events: ExecutionEvent[] = [];
  const checkpoints: State[] = [initial];
  let live = initial;
  let lastSought: { seq: number; state: State } | undefined;

  return {
    events,
    get live() {
      return live;
    },
    append(added) {
      for (const event of added) {
        if (event.seq <= events.length) continue;
        if (event.seq !== events.length + 1) return false;
        events.push(event);
        live = evolve(live, event);
        if (events.length % CHECKPOINT_EVERY === 0) checkpoints.push(live);
      }
      return true;
    },
    at(seq) {
      if (seq >= events.length) return live;
      const wanted = Math.max(0, Math.floor(seq));
      const checkpoint = Math.floor(wanted / CHECKPOINT_EVERY);
      // Playing forward event by event starts from where the last seek ended.
      const near =
        lastSought && lastSought.seq <= wanted && lastSought.seq >= checkpoint * CHECKPOINT_EVERY
          ? lastSought
          : { seq: checkpoint * CHECKPOINT_EVERY, state: checkpoints[checkpoint]! };
      let state = near.state;
      for (let index = near.seq; index < wanted; index += 1) state = evolve(state, events[index]!);
      lastSought = { seq: wanted, state };
      return state;
    },
  };
}
