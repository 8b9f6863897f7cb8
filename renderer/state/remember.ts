import type { DocumentEdits, EditsRecord } from '../../shared/ipc/contract.ts';
import { client } from '../bridge.ts';
import { useDocuments } from './documentStore.ts';
import { type DocumentTab, isDirty, type UndoStep } from './documentTab.ts';
import { patchBetween } from './textPatch.ts';
import { dismissTopic, notifyFailure } from './uiStore.ts';

/*
 * Edits go to the host's data directory as they are made, so that a window or a host that dies loses at most a second of them.
 * What changed is sent, not the documents; nothing is sent while nothing changes.
 */

/** From an edit to its being sent. With the host's writing it stays below one second. */
const SOON = 300;
const TOPIC = 'remember';

/** This page and what it is loaded again as. */
function windowIdOfPage(): string {
  const made = [...crypto.getRandomValues(new Uint32Array(4))].map((part) => part.toString(36)).join('-');
  try {
    const known = sessionStorage.getItem('penstock.window');
    if (known) return known;
    sessionStorage.setItem('penstock.window', made);
  } catch {
    // A page without a store of its own is another window each time it is loaded.
  }
  return made;
}

let windowId = '';
/** What the host has of each document. */
let sent = new Map<string, DocumentTab>();
let sentTabs = '';
let timer: ReturnType<typeof setTimeout> | undefined;
let sending: Promise<void> | undefined;

export const thisWindow = (): string => {
  windowId ||= windowIdOfPage();
  return windowId;
};

/** Has the tab anything that its file does not hold? */
const hasMore = (tab: DocumentTab): boolean =>
  !tab.isPart && (tab.path === '' || isDirty(tab) || tab.undo.length > 0 || tab.redo.length > 0);

const isKept = (tab: DocumentTab, known: DocumentTab): boolean =>
  tab.text === known.text &&
  tab.savedText === known.savedText &&
  tab.sidecar === known.sidecar &&
  tab.savedSidecar === known.savedSidecar &&
  tab.path === known.path &&
  tab.undo === known.undo &&
  tab.redo === known.redo;

const stepOf = ({ patch, sidecar, at, ...step }: UndoStep): DocumentEdits['undo'][number] => ({
  ...step,
  ...(patch && { patch }),
  ...(sidecar && { sidecar }),
  ...(at !== undefined && { at }),
});

function tailOf(steps: readonly UndoStep[], known: readonly UndoStep[]) {
  if (steps === known) return undefined;
  let kept = 0;
  while (kept < steps.length && steps[kept] === known[kept]) kept += 1;
  return { kept, added: steps.slice(kept).map(stepOf) };
}

const wholeOf = (tab: DocumentTab): EditsRecord => {
  const { path, name, format, text, savedText, sidecar, savedSidecar, selection } = tab;
  const rest = { path, name, format, text, savedText, sidecar, savedSidecar, selection };
  return { edits: { ...rest, undo: tab.undo.map(stepOf), redo: tab.redo.map(stepOf) } };
};

/** What the host lacks to have this tab. */
export function recordOf(tab: DocumentTab, known: DocumentTab | undefined): EditsRecord {
  if (!known) return wholeOf(tab);
  const patch = patchBetween(known.text, tab.text);
  const [undo, redo] = [tailOf(tab.undo, known.undo), tailOf(tab.redo, known.redo)];
  return {
    change: {
      length: tab.text.length,
      selection: tab.selection,
      ...(patch && { patch }),
      ...(tab.savedText !== known.savedText && { savedText: tab.savedText }),
      ...(tab.sidecar !== known.sidecar && { sidecar: tab.sidecar }),
      ...(tab.savedSidecar !== known.savedSidecar && { savedSidecar: tab.savedSidecar }),
      ...(tab.path !== known.path && { path: tab.path, name: tab.name, format: tab.format }),
      ...(undo && { undo }),
      ...(redo && { redo }),
    },
  };
}

/** What there is to send; undefined when the host has everything. */
function request() {
  const { tabs, activeId } = useDocuments.getState();
  const kept = tabs.filter(hasMore);
  const changed = kept.filter((tab) => {
    const known = sent.get(tab.documentId);
    return !known || !isKept(tab, known);
  });
  const forget = tabs.flatMap((tab) => (!hasMore(tab) && sent.has(tab.documentId) ? [tab.documentId] : []));
  const open = { tabs: tabs.map(({ documentId }) => documentId), activeId };
  const key = JSON.stringify([open, tabs.map(({ path }) => path)]);
  if (changed.length === 0 && forget.length === 0 && key === sentTabs) return undefined;
  const records = changed.map((tab) => ({
    documentId: tab.documentId,
    record: recordOf(tab, sent.get(tab.documentId)),
  }));
  return { input: { windowId: thisWindow(), ...open, records, forget }, changed, key };
}

async function send(): Promise<void> {
  const next = request();
  if (!next) return;
  const { input, changed, key } = next;
  try {
    const { whole } = await client.rememberEdits(input);
    for (const tab of changed) sent.set(tab.documentId, tab);
    for (const documentId of [...whole, ...input.forget]) sent.delete(documentId);
    for (const documentId of sent.keys()) if (!input.tabs.includes(documentId)) sent.delete(documentId);
    sentTabs = key;
    dismissTopic(TOPIC);
    if (whole.length > 0) remember();
  } catch (error) {
    // The host may have taken some of it; from here on everything is sent again with the next edit.
    sent = new Map();
    sentTabs = '';
    notifyFailure('document.remember', error, TOPIC);
  }
}

/** Sends what changed, once what is being sent has arrived. */
export async function rememberNow(): Promise<void> {
  clearTimeout(timer);
  timer = undefined;
  while (sending) await sending;
  sending = send().finally(() => {
    sending = undefined;
  });
  await sending;
}

function remember(): void {
  timer ??= setTimeout(() => void rememberNow(), SOON);
}

/** Does the host have every edit of this window? */
export const isAllRemembered = (): boolean => sending === undefined && request() === undefined;

/** Begins to follow the documents. Answers the function that ends it. */
export function startRemembering(): () => void {
  sent = new Map();
  sentTabs = JSON.stringify([{ tabs: [], activeId: null }, []]);
  const stop = useDocuments.subscribe(remember);
  remember();
  return () => {
    stop();
    clearTimeout(timer);
    timer = undefined;
  };
}
