import { ViewportPortal } from '@xyflow/react';
import { useEffect, useRef } from 'react';
import { strings } from '../strings/strings.ts';
import { canvas, useCanvas } from './canvasStore.ts';
import { LANE } from './layout.ts';
import { rename } from './operations/rename.ts';
import { perform } from './perform.ts';
import styles from './RenameField.module.css';
import { focusCanvas } from './viewport.ts';

/** On the name of a card or a lane: its new name. Enter and leaving take it, Escape does not. */
export function RenameField() {
  const where = useCanvas((state) => state.renaming);
  if (!where) return null;
  return (
    <ViewportPortal>
      <Field key={where} where={where} />
    </ViewportPortal>
  );
}

function Field({ where }: { where: string }) {
  const layout = useCanvas((state) => state.layout);
  const input = useRef<HTMLInputElement>(null);
  const isDone = useRef(false);
  useEffect(() => {
    input.current?.focus({ preventScroll: true });
    input.current?.select();
  }, []);
  const card = [...layout.cards.values()].find((box) => box.where === where);
  const stage = layout.stages.find(({ name }) => name === where);
  const place = card
    ? { x: card.x + 46, y: card.y + 8, width: card.width - 54 }
    : stage && { x: stage.x + 6, y: stage.y + 8, width: LANE.width - 12 };
  if (!place) return null;

  const finish = (isTaken: boolean) => {
    // Leaving the canvas's own field is how it is left after Enter and Escape as well.
    if (isDone.current) return;
    isDone.current = true;
    const name = input.current?.value.trim() ?? '';
    useCanvas.setState({ renaming: '' });
    if (isTaken) perform(rename(canvas().pipeline, where, name));
  };
  return (
    <input
      ref={input}
      className={`${styles.field} nopan nodrag nowheel`}
      style={{ left: place.x, top: place.y, width: place.width }}
      aria-label={card ? strings.canvas.rename.action : strings.canvas.rename.stage}
      defaultValue={where.split('/').at(-1)}
      maxLength={100}
      spellCheck={false}
      onKeyDown={(event) => {
        if (event.key !== 'Enter' && event.key !== 'Escape') return;
        event.preventDefault();
        event.stopPropagation();
        finish(event.key === 'Enter');
        focusCanvas();
      }}
      onBlur={() => finish(true)}
    />
  );
}
