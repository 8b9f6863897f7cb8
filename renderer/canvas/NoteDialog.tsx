import { useState } from 'react';
import { activeTab, setSidecar, useDocuments } from '../state/documentStore.ts';
import { closeDialog } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './NoteDialog.module.css';

const words = strings.canvas.note;

/** Of a note: long enough for a paragraph, short enough for a file that people read. */
const LONGEST = 2000;

/** Writes, changes or takes away the note on a stage or an action. Notes lie beside the pipeline, in its .penstock.json. */
export function NoteDialog({ where }: { where: string }) {
  const tab = useDocuments(activeTab);
  const before = tab && Object.hasOwn(tab.sidecar.notes, where) ? tab.sidecar.notes[where]! : '';
  const [text, setText] = useState(before);
  if (!tab) return null;
  const keep = (note: string) => {
    closeDialog();
    if (note === before) return;
    setSidecar(tab.documentId, note ? words.on(where) : words.removed(where), (sidecar) => {
      const { [where]: _before, ...others } = sidecar.notes;
      return { ...sidecar, notes: note ? { ...others, [where]: note } : others };
    });
  };
  return (
    <Modal
      title={words.on(where.replace('/', ' / '))}
      size="small"
      onClose={closeDialog}
      footer={
        <>
          {before && <Button onClick={() => keep('')}>{words.remove}</Button>}
          <Button onClick={closeDialog}>{words.cancel}</Button>
          <Button variant="primary" onClick={() => keep(text.trim())}>
            {words.keep}
          </Button>
        </>
      }
    >
      <label className={styles.label}>
        {words.hint}
        <textarea
          className={styles.text}
          rows={5}
          maxLength={LONGEST}
          value={text}
          onChange={(event) => setText(event.target.value)}
          onKeyDown={(event) => {
            if (event.key === 'Enter' && (event.ctrlKey || event.metaKey)) keep(text.trim());
          }}
        />
      </label>
    </Modal>
  );
}
