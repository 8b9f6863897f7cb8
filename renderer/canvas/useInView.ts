import { useStoreApi } from '@xyflow/react';
import { useEffect, useState } from 'react';
import { inView, seenOf } from './inView.ts';
import type { Box } from './layout.ts';

/** So long (ms) after its last move the view rests; then what surrounds it is drawn in steps. */
const REST = 150;
const STEP = 40;

/** Ids of the boxes that are to be drawn: those in view and, as far as there was time, those that soon may be. */
export function useInView(boxes: readonly (Box & { id: string })[]): ReadonlySet<string> {
  const store = useStoreApi();
  const [drawn, setDrawn] = useState<ReadonlySet<string>>(() => now(new Set()));
  const [drawnOf, setDrawnOf] = useState(boxes);
  function now(before: ReadonlySet<string>) {
    return inView(boxes, seenOf(store.getState()), before, 'now');
  }
  // Of what has changed, all that is seen is there at once.
  const shown = drawnOf === boxes ? drawn : now(drawn);
  if (drawnOf !== boxes) {
    setDrawnOf(boxes);
    setDrawn(shown);
  }

  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    let seen = seenOf(store.getState());
    const settle = () =>
      setDrawn((before) => {
        const next = inView(boxes, seen, before, 'resting');
        if (next !== before) wait(STEP);
        return next;
      });
    const wait = (milliseconds: number) => {
      clearTimeout(timer);
      timer = setTimeout(settle, milliseconds);
    };
    wait(REST);
    const stop = store.subscribe((state, old) => {
      if (state.transform === old.transform && state.width === old.width && state.height === old.height) return;
      const pace = state.transform[2] === old.transform[2] ? 'moving' : 'now';
      seen = seenOf(state);
      setDrawn((before) => inView(boxes, seen, before, pace));
      wait(REST);
    });
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [boxes, store]);

  return shown;
}
