import { compareActive } from '../compare/compareStore.ts';
import { hasClosedTabs, reopenClosed } from '../state/closedTabs.ts';
import { activeTab, closeTab, newFromTemplate, openPath, save, useDocuments } from '../state/documentStore.ts';
import { openDialog, showView } from '../state/uiStore.ts';
import { pickPath } from '../ui/pickPath.ts';
import type { Command } from './registry.ts';

const active = () => activeTab(useDocuments.getState());
export const hasDocument = (): true | string => (active() ? true : 'Open a pipeline first.');
/** As above; the first lines of a file that is too large are no document to run or push. */
export const hasWholeDocument = (): true | string =>
  active()?.isPart ? 'Only the first lines of this file are open.' : hasDocument();
/** Runs `use` with the active document's id. */
export const withActive = (use: (documentId: string) => unknown) => () => {
  const tab = active();
  if (tab) use(tab.documentId);
};

/** Asks for a file and opens it. */
export async function openFile(): Promise<void> {
  const path = await pickPath('open', active()?.path ?? '');
  if (path !== null) await openPath(path);
}

const tabBeside = (step: number) => () => {
  const { tabs, activeId } = useDocuments.getState();
  const index = tabs.findIndex(({ documentId }) => documentId === activeId);
  const next = tabs[(index + step + tabs.length) % tabs.length];
  if (next) useDocuments.setState({ activeId: next.documentId });
};

export const fileCommands: readonly Command[] = [
  {
    id: 'file.new',
    title: 'New pipeline',
    group: 'File',
    keys: ['Mod+n'],
    inFields: true,
    run: () => void newFromTemplate(''),
  },
  { id: 'file.start', title: 'New from template…', group: 'File', run: () => showView('start') },
  { id: 'file.wizard', title: 'New pipeline, step by step…', group: 'File', run: () => openDialog({ name: 'wizard' }) },
  { id: 'file.open', title: 'Open…', group: 'File', keys: ['Mod+o'], inFields: true, run: () => void openFile() },
  {
    id: 'file.save',
    title: 'Save',
    group: 'File',
    keys: ['Mod+s'],
    inFields: true,
    when: hasDocument,
    run: withActive((id) => save(id)),
  },
  {
    id: 'file.saveAs',
    title: 'Save as…',
    group: 'File',
    keys: ['Mod+Shift+s'],
    inFields: true,
    when: hasDocument,
    run: withActive((id) => save(id, { as: true })),
  },
  { id: 'file.export', title: 'Export…', group: 'File', when: hasDocument, run: () => openDialog({ name: 'export' }) },
  {
    id: 'file.exportPicture',
    title: 'Export a picture…',
    group: 'File',
    when: hasDocument,
    run: () => openDialog({ name: 'exportPicture' }),
  },
  { id: 'file.compare', title: 'Compare versions…', group: 'File', when: hasDocument, run: compareActive },
  {
    id: 'file.reopen',
    title: 'Reopen the closed tab',
    group: 'File',
    keys: ['Mod+Shift+t'],
    inFields: true,
    when: () => (hasClosedTabs() ? true : 'No tab was closed.'),
    run: () => void reopenClosed(),
  },
  {
    id: 'file.close',
    title: 'Close tab',
    group: 'File',
    keys: ['Mod+w'],
    inFields: true,
    when: hasDocument,
    run: withActive((id) => closeTab(id)),
  },
  {
    id: 'file.nextTab',
    title: 'Next tab',
    group: 'File',
    keys: ['Ctrl+Tab'],
    inFields: true,
    when: hasDocument,
    run: tabBeside(1),
  },
  {
    id: 'file.previousTab',
    title: 'Previous tab',
    group: 'File',
    keys: ['Ctrl+Shift+Tab'],
    inFields: true,
    when: hasDocument,
    run: tabBeside(-1),
  },
];
