import { client } from '../bridge.ts';
import { adopt, openPath, useDocuments } from './documentStore.ts';
import type { DocumentTab } from './documentTab.ts';
import { notifyFailure } from './uiStore.ts';

/** The tabs that were closed, newest last: a file by its path, a document that never had one by its text. Nothing else is kept. */
const closed: Pick<DocumentTab, 'path' | 'text'>[] = [];
const MOST_CLOSED = 20;

/** Remembers each tab that goes; called once. Answers the function that ends it. */
export const rememberClosed = (): (() => void) =>
  useDocuments.subscribe(({ tabs }, before) => {
    if (tabs === before.tabs) return;
    const open = new Set(tabs.map(({ documentId }) => documentId));
    for (const { documentId, path, text } of before.tabs)
      if (!open.has(documentId)) closed.push({ path, text: path === '' ? text : '' });
    closed.splice(0, closed.length - MOST_CLOSED);
  });

export const hasClosedTabs = (): boolean => closed.length > 0;

/** Opens the tab that was closed last: the file as it is on disk, a document without a file as it was. */
export async function reopenClosed(): Promise<void> {
  const tab = closed.pop();
  if (!tab) return;
  if (tab.path !== '') {
    await openPath(tab.path);
    return;
  }
  try {
    adopt(await client.newDocument({ templateId: '', text: tab.text }));
  } catch (error) {
    notifyFailure('document.reopen', error);
  }
}
