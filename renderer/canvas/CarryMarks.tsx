import { ViewportPortal } from '@xyflow/react';
import { useEffect, useMemo } from 'react';
import { useUi } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import styles from './CarryMarks.module.css';
import { canvas, useCanvas } from './canvasStore.ts';
import { type Landing, landings, putDown } from './carry.ts';
import { cancel } from './gestures.ts';
import { carriedText } from './gestureText.ts';
import { splitPlace } from './operations/operation.ts';
import { sameSlot, slotBox, slotSentence, stageSlotSentence } from './slots.ts';
import { useInView } from './useInView.ts';

/** While something is carried by clicks: the places that take it, as buttons, and what is carried. */
export function CarryMarks() {
  const isCarried = useCanvas((state) => state.isCarried);
  useEffect(() => {
    if (!isCarried) return;
    // Wherever the keyboard is: what a click began Escape ends.
    const onKey = (event: KeyboardEvent) => {
      if (event.key !== 'Escape' || useUi.getState().dialog) return;
      event.preventDefault();
      event.stopPropagation();
      cancel();
    };
    window.addEventListener('keydown', onKey, { capture: true });
    return () => window.removeEventListener('keydown', onKey, { capture: true });
  }, [isCarried]);
  return isCarried ? <Places /> : null;
}

/** So many places are all drawn, in view or not. */
const FEW = 200;

function Places() {
  const gesture = useCanvas((state) => state.gesture);
  const layout = useCanvas((state) => state.layout);
  const chosen = useCanvas((state) => state.slot);
  const boxes = useMemo(() => {
    const isSlot = (place: Landing): place is Extract<Landing, { slot: unknown }> => 'slot' in place;
    return (gesture ? landings(gesture) : [])
      .filter(isSlot)
      .map(({ slot }) => ({ slot, id: JSON.stringify(slot), ...slotBox(layout, slot) }));
  }, [gesture, layout]);
  const inView = useInView(boxes);
  const isDrawn = (id: string) => boxes.length <= FEW || inView.has(id);
  return (
    <ViewportPortal>
      {boxes.map(({ slot, id, x, y, width, height }) => {
        if (!isDrawn(id)) return null;
        const words = (gesture?.kind === 'stage' ? stageSlotSentence : slotSentence)(layout, slot);
        return (
          <button
            key={id}
            type="button"
            // The canvas is one tab stop: its arrow keys go from place to place.
            tabIndex={-1}
            className={`${styles.place} nopan`}
            style={{ left: x, top: y, width, height }}
            data-chosen={sameSlot(slot, chosen) || undefined}
            data-kind={slot.kind}
            aria-label={strings.canvas.carry.putIt(words)}
            title={words}
            onClick={(event) => {
              event.stopPropagation();
              putDown({ slot });
            }}
          >
            {slot.kind === 'group' && strings.canvas.carry.here}
            {slot.kind === 'beside' && <span className={styles.side}>{strings.canvas.carry.inParallel}</span>}
          </button>
        );
      })}
    </ViewportPortal>
  );
}

/** Above the canvas: what is carried, what a click would do, and the way out. */
export function CarryBar() {
  const isCarried = useCanvas((state) => state.isCarried);
  const hint = useCanvas(({ gesture, target, refused }) => {
    if (refused) return refused;
    if (gesture?.kind === 'connect' && target && target !== gesture.where)
      return strings.canvas.connectTo(splitPlace(target)[1] ?? '');
    return gesture?.kind === 'connect' ? strings.canvas.carry.chooseAction : strings.canvas.carry.choosePlace;
  });
  const isRefused = useCanvas(({ refused }) => refused !== '');
  const { gesture } = canvas();
  if (!isCarried || !gesture) return null;
  return (
    <div className={styles.bar}>
      <strong>{carriedText(gesture)}</strong>
      <span className={styles.hint} data-refused={isRefused || undefined}>
        {hint}
      </span>
      <button type="button" className={styles.cancel} onClick={cancel}>
        {strings.canvas.carry.cancel}
      </button>
    </div>
  );
}
