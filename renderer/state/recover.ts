import type { DocumentEdits, OpenDocument } from '../../shared/ipc/contract.ts';
import { isSame } from '../../shared/model/isSame.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { client } from '../bridge.ts';
import { strings } from '../strings/strings.ts';
import { askAboutDisk, takeFromDisk, useDocuments, validateNow } from './documentStore.ts';
import { type DocumentTab, isDirty, tabOf, type UndoStep, withText } from './documentTab.ts';
import { thisWindow } from './remember.ts';
import { notify, showView } from './uiStore.ts';

/** The tab as it was: text, sidecar and undo from the journal, under the new handle. */
function recoveredTab(document: OpenDocument, edits: DocumentEdits): DocumentTab {
  const { format, text, savedText, sidecar, selection } = edits;
  const name = document.name || edits.name;
  const opened = tabOf({ ...document, name, format, text: savedText, sidecar: edits.savedSidecar });
  const savedSidecar = opened.savedSidecar;
  // Unchanged means the same object here.
  const asSaved = (one: Sidecar) => (isSame(one, savedSidecar) ? savedSidecar : one);
  const steps = (list: DocumentEdits['undo']): UndoStep[] =>
    list.map(({ patch, sidecar: changed, at, ...step }) => ({
      ...step,
      ...(patch && { patch }),
      ...(changed && { sidecar: { before: asSaved(changed.before), after: asSaved(changed.after) } }),
      ...(at !== undefined && { at }),
    }));
  const tab = {
    ...withText(opened, text, selection),
    sidecar: asSaved(sidecar),
    undo: steps(edits.undo),
    redo: steps(edits.redo),
  };
  return { ...tab, isRecovered: isDirty(tab) || document.path === '' };
}

/**
 * Brings back what this window, or the last host, had open. Documents with edits that were not saved are shown at once and
 * marked; a file that changed meanwhile is read again or asked about. Without edits the tabs are there and the start page stays.
 */
export async function recover(): Promise<void> {
  const { documents } = await client.recoverEdits({ windowId: thisWindow() });
  if (documents.length === 0) return;
  const tabs = documents.map(({ document, edits }) => (edits ? recoveredTab(document, edits) : tabOf(document)));
  const active = documents.find(({ isActive }) => isActive) ?? documents[0]!;
  useDocuments.setState((state) => ({ tabs: [...state.tabs, ...tabs], activeId: active.document.documentId }));
  for (const { documentId } of tabs) validateNow(documentId);
  for (const [index, { document, edits, isGone }] of documents.entries()) {
    const tab = tabs[index]!;
    for (const { what, fix } of document.problems) notify({ kind: 'warning', text: what, detail: fix });
    if (isGone)
      notify({
        kind: 'warning',
        text: strings.state.gone(document.path),
        detail: strings.state.saveBringsBack,
      });
    else if (edits && document.path !== '' && document.text !== edits.savedText) {
      if (isDirty(tab)) askAboutDisk(document.documentId, document.text);
      else takeFromDisk(document.documentId, document.text);
    }
  }
  const unsaved = tabs.filter(({ isRecovered }) => isRecovered);
  if (unsaved.length === 0) return;
  showView('design');
  notify({
    kind: 'info',
    text: strings.state.recovered(unsaved.length),
    detail: strings.state.recoveredHow,
  });
}
