import { useMemo } from 'react';
import { DiffView } from '../aws/DiffView.tsx';
import { keepMine, save, tabById, takeFromDisk, takeMerged, titleOf, useDocuments } from '../state/documentStore.ts';
import { mergeTexts } from '../state/mergeTexts.ts';
import { strings } from '../strings/strings.ts';
import { Button } from '../ui/Button.tsx';
import { Modal } from '../ui/Modal.tsx';
import styles from './ChangedOnDisk.module.css';

/** The file and its tab were both changed: both differences, and what may become of them. Nothing is written by any answer. */
export function ChangedOnDisk({ documentId, text }: { documentId: string; text: string }) {
  const say = strings.app.changedOnDisk;
  const tab = useDocuments(useMemo(() => tabById(documentId), [documentId]));
  const base = tab?.savedText ?? '';
  const mine = tab?.text ?? '';
  const merged = useMemo(() => mergeTexts(base, mine, text), [base, mine, text]);
  if (!tab) return null;
  const keep = () => keepMine(documentId, text);
  return (
    <Modal
      title={say.title(titleOf(tab))}
      size="large"
      onClose={keep}
      footer={
        <>
          <Button onClick={() => takeFromDisk(documentId, text)}>{say.takeTheirs}</Button>
          <Button
            onClick={() => {
              keep();
              void save(documentId, { as: true });
            }}
          >
            {say.saveMineAs}
          </Button>
          <Button variant={merged === undefined ? 'primary' : 'normal'} onClick={keep}>
            {say.keepMine}
          </Button>
          {merged !== undefined && (
            <Button variant="primary" onClick={() => takeMerged(documentId, merged, text)} autoFocus>
              {say.merge}
            </Button>
          )}
        </>
      }
    >
      <p className={styles.hint}>
        {say.unsaved} {merged === undefined ? say.sameLines : say.otherLines} {say.whatever}
      </p>
      <div className={styles.both}>
        <section aria-label={say.mine}>
          <h3 className={styles.title}>{say.mineTitle}</h3>
          <DiffView before={base} after={mine} label={say.mineDiff} />
        </section>
        <section aria-label={say.theirs}>
          <h3 className={styles.title}>{say.theirsTitle}</h3>
          <DiffView before={base} after={text} label={say.theirsDiff} />
        </section>
      </div>
    </Modal>
  );
}
