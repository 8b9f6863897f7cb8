import { client } from '../bridge.ts';
import { type DocumentsState, setFolded, tabById, useDocuments } from '../state/documentStore.ts';

/*
 * The stages that are folded to a narrow strip. A matter of the view, kept beside the pipeline in its sidecar: neither a step to
 * undo nor a change of the document.
 */

const none: ReadonlySet<string> = new Set();
const sets = new WeakMap<readonly string[], ReadonlySet<string>>();

/** Selector: the folded stages of a document. Same list, same set. */
export const foldedOf =
  (documentId: string | null) =>
  (documents: DocumentsState): ReadonlySet<string> => {
    const folded = documentId === null ? undefined : tabById(documentId)(documents)?.sidecar.folded;
    if (!folded || folded.length === 0) return none;
    const known = sets.get(folded) ?? new Set(folded);
    sets.set(folded, known);
    return known;
  };

/** So long (ms) after the last change it is written. */
const SOON = 400;
const waiting = new Map<string, ReturnType<typeof setTimeout>>();

function change(documentId: string, changed: (folded: Set<string>) => void): void {
  const folded = new Set(foldedOf(documentId)(useDocuments.getState()));
  changed(folded);
  setFolded(documentId, [...folded]);
  clearTimeout(waiting.get(documentId));
  waiting.set(
    documentId,
    setTimeout(() => void write(documentId), SOON),
  );
}

/** Only what was saved before and the folded stages: edits of the sidecar that wait to be saved go on waiting. */
async function write(documentId: string): Promise<void> {
  waiting.delete(documentId);
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab || tab.path === '') return;
  // What keeps the sidecar from being written was told when it was opened, or is when the document is saved: until then the
  // window shows what is folded, and nobody is stopped for it.
  await client.saveSidecar({ documentId, sidecar: tab.savedSidecar }).catch(() => undefined);
}

export const toggleFold = (documentId: string, stageName: string): void =>
  change(documentId, (folded) => {
    if (!folded.delete(stageName)) folded.add(stageName);
  });

export const foldAll = (documentId: string, stageNames: readonly string[]): void =>
  change(documentId, (folded) => {
    const areAll = stageNames.every((name) => folded.has(name));
    folded.clear();
    if (!areAll) for (const name of stageNames) folded.add(name);
  });

/** Unfolds the stage of a place that is to be seen. Answers whether it was folded. */
export function unfold(documentId: string | null, where: string): boolean {
  const stageName = where.split('/')[0] ?? '';
  if (documentId === null || !foldedOf(documentId)(useDocuments.getState()).has(stageName)) return false;
  change(documentId, (folded) => void folded.delete(stageName));
  return true;
}
