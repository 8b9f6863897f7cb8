import { useEffect, useRef } from 'react';
import { strings } from '../strings/strings.ts';
import { RefusedIcon } from '../ui/icons.ts';
import { ProviderGlyph } from '../ui/ProviderGlyph.tsx';
import { canvas, useCanvas } from './canvasStore.ts';
import styles from './DragGhost.module.css';
import { onGhostMove } from './gestures.ts';
import { carriedText } from './gestureText.ts';
import { splitPlace } from './operations/operation.ts';
import { slotSentence, stageSlotSentence } from './slots.ts';

/** Under the pointer: what is carried, and what letting go would do, or why it would do nothing. */
export function DragGhost() {
  const gesture = useCanvas(({ gesture, isCarried }) => (isCarried ? null : gesture));
  const element = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!gesture) return;
    onGhostMove(({ x, y }) => {
      if (!element.current) return;
      element.current.style.transform = `translate(${x + 14}px, ${y + 12}px)`;
      element.current.style.visibility = 'visible';
    });
    return () => onGhostMove(undefined);
  }, [gesture]);
  if (!gesture) return null;
  const category =
    gesture.kind === 'add' ? gesture.provider.actionTypeId.category : gesture.kind === 'move' ? gesture.category : '';
  return (
    <div ref={element} className={styles.ghost} aria-hidden="true">
      <span className={styles.what}>
        {category && <ProviderGlyph category={category} size="small" />}
        {carriedText(gesture)}
      </span>
      <Hint />
    </div>
  );
}

function Hint() {
  const hint = useCanvas(({ refused, slot, target, gesture, layout }) => {
    if (refused) return refused;
    if (gesture?.kind === 'connect')
      return target && target !== gesture.where
        ? strings.canvas.connectTo(splitPlace(target)[1] ?? '')
        : strings.canvas.dropLater;
    if (!slot) return '';
    return sentence(gesture?.kind === 'stage' ? stageSlotSentence(layout, slot) : slotSentence(layout, slot));
  });
  const isRefused = useCanvas(({ refused }) => refused !== '');
  if (!hint || !canvas().gesture) return null;
  return (
    <span className={styles.hint} data-refused={isRefused || undefined}>
      {isRefused && <RefusedIcon size={13} aria-hidden="true" />}
      {hint}
    </span>
  );
}

const sentence = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);
