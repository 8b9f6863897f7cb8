import { ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { useCanvas } from './canvasStore.ts';
import styles from './DropMarks.module.css';
import { onConnectionMove } from './gestures.ts';
import { CARD } from './layout.ts';
import { outputPortY } from './routes.ts';
import { slotBox } from './slots.ts';

/** What a drag shows on the canvas itself: the slot it would fill, or the line it draws. */
export function DropMarks() {
  const kind = useCanvas(({ gesture, isCarried }) => (isCarried ? undefined : gesture?.kind));
  if (!kind) return null;
  return <ViewportPortal>{kind === 'connect' ? <ConnectionLine /> : <SlotMark />}</ViewportPortal>;
}

function SlotMark() {
  const slot = useCanvas((state) => state.slot);
  const layout = useCanvas((state) => state.layout);
  const isRefused = useCanvas(({ refused }) => refused !== '');
  if (!slot) return null;
  const { x, y, width, height } = slotBox(layout, slot);
  return (
    <div
      className={styles.slot}
      data-kind={slot.kind}
      data-refused={isRefused || undefined}
      style={{ transform: `translate(${x}px, ${y}px)`, width, height }}
    />
  );
}

/** Follows the pointer by setting one attribute, outside React. */
function ConnectionLine() {
  const gesture = useCanvas((state) => state.gesture);
  const layout = useCanvas((state) => state.layout);
  const isRefused = useCanvas(({ refused }) => refused !== '');
  const path = useRef<SVGPathElement>(null);
  const card =
    gesture?.kind === 'connect' ? [...layout.cards.values()].find(({ where }) => where === gesture.where) : undefined;
  useEffect(() => {
    if (!card) return;
    const from = { x: card.x + CARD.width, y: card.y + outputPortY(0, 1) };
    onConnectionMove((to) => {
      const bend = Math.max(30, Math.abs(to.x - from.x) / 2);
      path.current?.setAttribute(
        'd',
        `M${from.x} ${from.y}C${from.x + bend} ${from.y} ${to.x - bend} ${to.y} ${to.x} ${to.y}`,
      );
    });
    return () => onConnectionMove(undefined);
  }, [card]);
  return (
    <svg className={styles.line} data-refused={isRefused || undefined} aria-hidden="true">
      <path ref={path} />
    </svg>
  );
}
