import { compareActive } from '../compare/compareStore.ts';
import { hasClosedTabs, reopenClosed } from '../state/closedTabs.ts';
import {
  activate,
  activeTab,
  closeTab,
  newFromTemplate,
  openPath,
  save,
  useDocuments,
} from '../state/documentStore.ts';
import { openDialog, showView } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';
import { pickPath } from '../ui/pickPath.ts';
import type { Act, Acts } from './act.ts';

const active = () => activeTab(useDocuments.getState());
export const hasDocument = (): true | string => (active() ? true : strings.commands.reasons.openFirst);
/** As above; the first lines of a file that is too large are no document to run or push. */
export const hasWholeDocument = (): true | string =>
  active()?.isPart ? strings.commands.reasons.isPart : hasDocument();
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
  if (next) activate(next.documentId);
};

/** The tab of this number, counted from 1. */
const tabAt = (number: number): Act => ({
  when: () => {
    const { length } = useDocuments.getState().tabs;
    return (
      length >= number || (length === 0 ? strings.commands.reasons.openFirst : strings.commands.reasons.noTab(length))
    );
  },
  run: () => {
    const tab = useDocuments.getState().tabs[number - 1];
    if (tab) activate(tab.documentId);
  },
});

export const fileCommands = {
  'file.new': {
    run: () => void newFromTemplate(''),
  },
  'file.start': { run: () => showView('start') },
  'file.wizard': { run: () => openDialog({ name: 'wizard' }) },
  'file.open': { run: () => void openFile() },
  'file.save': {
    when: hasDocument,
    run: withActive((id) => save(id)),
  },
  'file.saveAs': {
    when: hasDocument,
    run: withActive((id) => save(id, { as: true })),
  },
  'file.export': { when: hasDocument, run: () => openDialog({ name: 'export' }) },
  'file.exportPicture': {
    when: hasDocument,
    run: () => openDialog({ name: 'exportPicture' }),
  },
  'file.compare': { when: hasDocument, run: compareActive },
  'file.reopen': {
    when: () => (hasClosedTabs() ? true : strings.commands.reasons.noClosedTab),
    run: () => void reopenClosed(),
  },
  'file.close': {
    when: hasDocument,
    run: withActive((id) => closeTab(id)),
  },
  'file.nextTab': {
    when: hasDocument,
    run: tabBeside(1),
  },
  'file.previousTab': {
    when: hasDocument,
    run: tabBeside(-1),
  },
  'file.tab1': tabAt(1),
  'file.tab2': tabAt(2),
  'file.tab3': tabAt(3),
  'file.tab4': tabAt(4),
  'file.tab5': tabAt(5),
  'file.tab6': tabAt(6),
  'file.tab7': tabAt(7),
  'file.tab8': tabAt(8),
  'file.lastTab': {
    when: hasDocument,
    run: () => {
      const tab = useDocuments.getState().tabs.at(-1);
      if (tab) activate(tab.documentId);
    },
  },
} as const satisfies Acts;
