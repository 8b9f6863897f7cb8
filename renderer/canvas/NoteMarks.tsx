import { ViewportPortal } from '@xyflow/react';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { openDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { NoteIcon } from '../ui/icons.ts';
import { select, useCanvas } from './canvasStore.ts';
import styles from './NoteMarks.module.css';

/** Notes on stages and actions: a tab at the upper edge of each, with its first words. A click opens it. */
export function NoteMarks({ notes }: { notes: Sidecar['notes'] }) {
  const layout = useCanvas((state) => state.layout);
  const boxes = [...layout.cards.values(), ...layout.stages.map((box) => ({ ...box, where: box.name }))];
  const noted = boxes.flatMap((box) => (Object.hasOwn(notes, box.where) ? [{ ...box, note: notes[box.where]! }] : []));
  if (noted.length === 0) return null;
  return (
    <ViewportPortal>
      {noted.map(({ id, where, note, x, y, width }) => (
        <button
          key={id}
          type="button"
          // The canvas is one tab stop; the keyboard opens a note by its command.
          tabIndex={-1}
          className={`${styles.note} nopan`}
          style={{ left: x + 10, top: y - 11, maxWidth: width - 20 }}
          title={note}
          aria-label={strings.canvas.note.mark(where.replace('/', ' / '), note)}
          onPointerDown={(event) => event.stopPropagation()}
          onClick={(event) => {
            event.stopPropagation();
            select(where);
            openDialog({ name: 'note', where });
          }}
        >
          <NoteIcon size={12} aria-hidden="true" />
          <span>{note}</span>
        </button>
      ))}
    </ViewportPortal>
  );
}
