import { create } from 'zustand';
import type { OpenDocument } from '../../shared/ipc/contract.ts';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { type DocumentEdit, editDocument } from '../../shared/model/documentText.ts';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import { type Problem, ProblemError } from '../../shared/problem.ts';
import { validate } from '../../shared/validation/validate.ts';
import { client } from '../bridge.ts';
import { strings } from '../strings/strings.ts';
import { pickPath } from '../ui/pickPath.ts';
import {
  type DocumentTab,
  isDirty,
  tabOf,
  titleOf,
  withCursor,
  withFolded,
  withLive,
  withRedo,
  withStep,
  withSteps,
  withText,
  withUndo,
} from './documentTab.ts';
import { isSound } from './isSound.ts';
import { withTyping } from './typing.ts';
import { closeDialog, notify, notifyFailure, openDialog, showView, useUi } from './uiStore.ts';

export { type DocumentTab, isDirty, titleOf } from './documentTab.ts';
export { isSound } from './isSound.ts';

/** The open documents. Every change of a document goes through here; one gesture is one step to undo. */
export interface DocumentsState {
  tabs: readonly DocumentTab[];
  activeId: string | null;
}

export const useDocuments = create<DocumentsState>()(() => ({ tabs: [], activeId: null }));

// Selectors

export const activeTab = ({ tabs, activeId }: DocumentsState): DocumentTab | undefined =>
  tabs.find(({ documentId }) => documentId === activeId);
export const tabById =
  (documentId: string) =>
  ({ tabs }: DocumentsState): DocumentTab | undefined =>
    tabs.find((tab) => tab.documentId === documentId);
/** The declaration that the canvas shows. */
export const activePipeline = (state: DocumentsState): PipelineDeclaration | undefined => activeTab(state)?.lastGood;
export const activeSelection = (state: DocumentsState): string => activeTab(state)?.selection ?? '';
const none: readonly Problem[] = [];
export const activeProblems = (state: DocumentsState): readonly Problem[] => activeTab(state)?.problems ?? none;
export const undoLabel = (state: DocumentsState): string | undefined => activeTab(state)?.undo.at(-1)?.label;
export const redoLabel = (state: DocumentsState): string | undefined => activeTab(state)?.redo.at(-1)?.label;

const change = (documentId: string, changed: (tab: DocumentTab) => DocumentTab): void =>
  useDocuments.setState(({ tabs }) => ({
    tabs: tabs.map((tab) => (tab.documentId === documentId ? changed(tab) : tab)),
  }));
const find = (documentId: string): DocumentTab | undefined => tabById(documentId)(useDocuments.getState());

// Validation never stands between a key press and its effect: it runs once, after the frame that shows the last edit.
const awaiting = new Set<string>();
function validateSoon(documentId: string): void {
  if (awaiting.size === 0) requestAnimationFrame(() => setTimeout(validateAwaiting));
  awaiting.add(documentId);
}
function validateAwaiting(): void {
  const ids = [...awaiting];
  awaiting.clear();
  for (const id of ids) validateNow(id);
}

/** Validates at once; for what must not act on old findings (run, push). */
export function validateNow(documentId: string): void {
  change(documentId, (tab) => ({ ...tab, problems: withLive(tab, tab.lastGood ? validate(tab.lastGood) : []) }));
}

// Opening and closing

/** Takes a document that the services opened into a tab and shows it; a document that is open already is only shown. */
export function adopt(document: OpenDocument): void {
  if (!find(document.documentId)) {
    useDocuments.setState(({ tabs }) => ({ tabs: [...tabs, tabOf(document)] }));
    validateSoon(document.documentId);
  }
  activate(document.documentId);
  // Of a file that is too large its page says so, in place of a canvas.
  if (document.isPart) return;
  for (const { what, fix } of document.problems) notify({ kind: 'warning', text: what, detail: fix });
}

async function opening(open: () => Promise<OpenDocument>): Promise<boolean> {
  try {
    adopt(await open());
    return true;
  } catch (error) {
    notifyFailure('document.open', error);
    return false;
  }
}

/** Opens a granted path. Answers false when the host refused (the user has been told). */
export async function openPath(path: string): Promise<boolean> {
  const open = useDocuments.getState().tabs.find((tab) => tab.path === path);
  if (open) {
    activate(open.documentId);
    return true;
  }
  return opening(() => client.openDocument({ path }));
}
export const openSample = (sampleId: string): Promise<boolean> => opening(() => client.openSample({ sampleId }));
/** A new unsaved document; '' = an empty pipeline. */
export const newFromTemplate = (templateId: string): Promise<boolean> =>
  opening(() => client.newDocument({ templateId }));

export function activate(documentId: string): void {
  useDocuments.setState({ activeId: documentId });
  showView('design');
}

/** Closes a tab; one with changes asks first unless `discard` says that they may go. */
export async function closeTab(documentId: string, { discard = false } = {}): Promise<void> {
  const { tabs, activeId } = useDocuments.getState();
  const index = tabs.findIndex((tab) => tab.documentId === documentId);
  const tab = tabs[index];
  if (!tab) return;
  if (isDirty(tab) && !discard) {
    openDialog({ name: 'closeDocument', documentId });
    return;
  }
  const left = tabs.filter((other) => other !== tab);
  const next = activeId === documentId ? (left[Math.min(index, left.length - 1)]?.documentId ?? null) : activeId;
  useDocuments.setState({ tabs: left, activeId: next });
  if (left.length === 0) showView('start');
  await client.closeDocument({ documentId }).catch((error: unknown) => {
    notifyFailure('document.close', error);
  });
}

// Saving

/** Saves text and sidecar. Answers false when cancelled or refused; then nothing is lost and the tab stays dirty. */
export async function save(documentId: string, options: { as?: boolean; overwriteChanged?: boolean } = {}) {
  const tab = find(documentId);
  if (!tab) return false;
  const { text, sidecar } = tab;
  try {
    let path: string | undefined;
    if (options.as || !tab.path) {
      path = (await pickPath('save', tab.path || `${titleOf(tab)}.pipeline.json`)) ?? undefined;
      if (path === undefined) return false;
    }
    const saved = await client.saveDocument({
      documentId,
      text,
      sidecar,
      overwriteChanged: options.overwriteChanged ?? false,
      ...(path !== undefined && { path }),
    });
    change(documentId, (now) => ({ ...now, ...saved, savedText: text, savedSidecar: sidecar, isRecovered: false }));
    return true;
  } catch (error) {
    if (error instanceof ProblemError && error.problem.code === 'document.changed-on-disk') {
      const { what } = error.problem;
      notify({
        kind: 'error',
        text: what,
        detail: strings.state.notLost,
        action: { label: strings.state.overwrite, run: () => void save(documentId, { overwriteChanged: true }) },
      });
    } else notifyFailure('document.save', error);
    return false;
  }
}

// Editing

/**
 * Applies edits as one step to undo. Paths start at the declaration; only the bytes concerned change. A text that does not
 * parse is not edited this way: the user is told to mend it in the Code tab. Answers whether the text changed.
 */
export function edit(
  documentId: string,
  label: string,
  edits: readonly DocumentEdit[],
  selection?: string,
  sidecarAfter?: (sidecar: Sidecar) => Sidecar,
): boolean {
  const tab = find(documentId);
  if (!tab || edits.length === 0) return false;
  if (!isSound(tab.parsed)) {
    notify({
      kind: 'warning',
      text: strings.state.hasFault,
      detail: strings.state.mendFirst,
    });
    return false;
  }
  let text: string;
  try {
    text = editDocument(tab.text, tab.format, edits);
  } catch (error) {
    notifyFailure('document.edit', error);
    return false;
  }
  if (text === tab.text) return false;
  change(documentId, (now) =>
    withStep(now, label, {
      text,
      ...(selection !== undefined && { selection }),
      // What the sidecar keeps by 'Stage/Action' moves with a rename, in the same step.
      ...(sidecarAfter && { sidecar: sidecarAfter(now.sidecar) }),
    }),
  );
  validateSoon(documentId);
  return true;
}

/** Replaces the whole text as one step to undo (code view, reload). */
export function setText(documentId: string, label: string, text: string): void {
  change(documentId, (tab) => withStep(tab, label, { text }));
  validateSoon(documentId);
}

/**
 * What was typed in the text view: one burst is one step. `where` = the place that the cursor stands in afterwards, told of the
 * text as it then is.
 */
export function typeText(
  documentId: string,
  text: string,
  { isApart = false, where }: { isApart?: boolean; where?: (tab: DocumentTab) => string } = {},
): void {
  change(documentId, (tab) => {
    if (tab.isPart) return tab;
    const typed = withTyping(tab, text, { isApart });
    return where ? withCursor(typed, where(typed), tab.undo) : typed;
  });
  validateSoon(documentId);
}

/** Goes back, or forward again, until this many steps are done. */
export function goToStep(documentId: string, count: number): void {
  change(documentId, (tab) => withSteps(tab, count));
  validateSoon(documentId);
}

export function setSidecar(documentId: string, label: string, changed: (sidecar: Sidecar) => Sidecar): void {
  change(documentId, (tab) => withStep(tab, label, { sidecar: changed(tab.sidecar) }));
}

/** Shows other stages folded: no step to undo, not a change to save. */
export function setFolded(documentId: string, folded: readonly string[]): void {
  change(documentId, (tab) => withFolded(tab, folded));
}

/** What the host wrote of the sidecar by itself (answers of the run sheet): no step to undo, not a change to save. */
export function sidecarSaved(documentId: string, sidecar: Sidecar): void {
  change(documentId, (tab) => ({ ...tab, sidecar, savedSidecar: sidecar }));
}

/** Takes back the last step; answers its label. */
export function undo(documentId: string): string | undefined {
  const label = find(documentId)?.undo.at(-1)?.label;
  change(documentId, withUndo);
  validateSoon(documentId);
  return label;
}
export function redo(documentId: string): string | undefined {
  const label = find(documentId)?.redo.at(-1)?.label;
  change(documentId, withRedo);
  validateSoon(documentId);
  return label;
}

/** Selects a place of the active document: '' = the pipeline, 'Stage', 'Stage/Action'. */
export function setSelection(where: string): void {
  const { activeId } = useDocuments.getState();
  if (activeId) change(activeId, (tab) => (tab.selection === where ? tab : withText(tab, tab.text, where)));
}

/** The file changed on disk: a clean tab follows it with a notice, a changed one asks. */
export function fileChanged(documentId: string, text: string): void {
  const tab = find(documentId);
  if (!tab || text === tab.savedText) return;
  if (tab.text !== tab.savedText) return askAboutDisk(documentId, text);
  takeFromDisk(documentId, text);
  notify({ kind: 'info', text: strings.state.readAgain(tab.name) });
}

/** The file and the tab both changed: the user chooses, about one document after the other. */
export function askAboutDisk(documentId: string, text: string): void {
  change(documentId, (tab) => ({ ...tab, onDisk: text }));
  const { dialog } = useUi.getState();
  if (dialog?.name !== 'changedOnDisk' || dialog.documentId === documentId)
    openDialog({ name: 'changedOnDisk', documentId, text });
}

/** The user has chosen: the tab is from now on compared with what the file holds. */
function chosen(documentId: string, text: string, changed: (tab: DocumentTab) => DocumentTab): void {
  change(documentId, (tab) => ({ ...changed(tab), savedText: text, onDisk: undefined }));
  validateSoon(documentId);
  const { dialog } = useUi.getState();
  if (dialog?.name !== 'changedOnDisk' || dialog.documentId !== documentId) return;
  closeDialog();
  const next = useDocuments.getState().tabs.find(({ onDisk }) => onDisk !== undefined);
  if (next) openDialog({ name: 'changedOnDisk', documentId: next.documentId, text: next.onDisk! });
}

/** The user's own text stays; the next save replaces the file. */
export const keepMine = (documentId: string, text: string): void => chosen(documentId, text, (tab) => tab);
/** What both changed becomes the text, undoably. */
export const takeMerged = (documentId: string, merged: string, text: string): void =>
  chosen(documentId, text, (tab) => withStep(tab, strings.state.merge, { text: merged }));
/** The file's text becomes the tab's, undoably. */
export const takeFromDisk = (documentId: string, text: string): void =>
  chosen(documentId, text, (tab) => withStep(tab, strings.state.takeFile, { text }));

/** Is any document changed and not saved? */
export const hasUnsaved = ({ tabs }: DocumentsState): boolean => tabs.some(isDirty);
