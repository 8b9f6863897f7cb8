import { useMemo } from 'react';
import { DiffView } from '../aws/DiffView.tsx';
import { keepMine, save, tabById, takeFromDisk, takeMerged, titleOf, useDocuments } from '../state/documentStore.ts';
import { mergeTexts } from '../state/mergeTexts.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './ChangedOnDisk.module.css';

/** The file and its tab were both changed: both differences, and what may become of them. Nothing is written by any answer. */
export function ChangedOnDisk({ documentId, text }: { documentId: string; text: string }) {
  const tab = useDocuments(useMemo(() => tabById(documentId), [documentId]));
  const base = tab?.savedText ?? '';
  const mine = tab?.text ?? '';
  const merged = useMemo(() => mergeTexts(base, mine, text), [base, mine, text]);
  if (!tab) return null;
  const keep = () => keepMine(documentId, text);
  return (
    <Modal
      title={`${titleOf(tab)} was changed by another program`}
      size="large"
      onClose={keep}
      footer={
        <>
          <Button onClick={() => takeFromDisk(documentId, text)}>Take theirs</Button>
          <Button
            onClick={() => {
              keep();
              void save(documentId, { as: true });
            }}
          >
            Save mine as…
          </Button>
          <Button variant={merged === undefined ? 'primary' : 'normal'} onClick={keep}>
            Keep mine
          </Button>
          {merged !== undefined && (
            <Button variant="primary" onClick={() => takeMerged(documentId, merged, text)} autoFocus>
              Merge both
            </Button>
          )}
        </>
      }
    >
      <p className={styles.hint}>
        You have changes here that are not saved.{' '}
        {merged === undefined
          ? 'Both changed the same lines, so they cannot be merged by themselves.'
          : 'The changes are in different lines and can be merged.'}{' '}
        Whatever you choose is one step that Undo takes back; the file is written when you save.
      </p>
      <div className={styles.both}>
        <section aria-label="Mine">
          <h3 className={styles.title}>Mine, in this window</h3>
          <DiffView before={base} after={mine} label="What I changed" />
        </section>
        <section aria-label="Theirs">
          <h3 className={styles.title}>Theirs, in the file</h3>
          <DiffView before={base} after={text} label="What the other program changed" />
        </section>
      </div>
    </Modal>
  );
}
