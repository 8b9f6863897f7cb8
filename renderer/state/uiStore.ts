import { create } from 'zustand';
import type { Settings } from '../../shared/ipc/contract.ts';
import { type Problem, toProblem } from '../../shared/problem.ts';

/** What the window shows, apart from any document: which view, which panels, which dialog, which notices. */
export type View = 'start' | 'design' | 'history' | 'compare';
export type EditorMode = 'design' | 'split' | 'code';
export type LeftPanel = 'palette' | 'outline' | 'files' | 'aws';
export type BottomTab = 'logs' | 'timeline' | 'why' | 'alarms' | 'changes' | 'problems';

export type SettingsPage = 'appearance' | 'keys' | 'engine';

export type Dialog =
  | { name: 'settings'; page?: SettingsPage }
  | { name: 'push' }
  | { name: 'export' }
  | { name: 'exportPicture' }
  | { name: 'wizard' }
  | { name: 'note'; where: string }
  | { name: 'simulateEvent' }
  | { name: 'rollback'; pipelineName: string; stageName: string }
  | { name: 'versions'; pipelineName: string; version?: number }
  | { name: 'shortcuts' }
  | { name: 'commands' }
  | { name: 'about' }
  | { name: 'closeDocument'; documentId: string }
  | { name: 'changedOnDisk'; documentId: string; text: string };
export type PathPurpose = 'open' | 'save' | 'folder' | 'file';
/** A question for a path that waits for its answer; it may stand above another dialog. */
export interface PathRequest {
  purpose: PathPurpose;
  suggested: string;
  answer: (path: string | null) => void;
}

export interface Notice {
  id: number;
  kind: 'info' | 'success' | 'warning' | 'error';
  text: string;
  /** The second line: what to do, details. */
  detail?: string;
  action?: { label: string; run: () => void };
  /** Only the newest notice of a topic is shown; the topic leaves when what it tells is no longer so. */
  topic?: string;
}

export interface UiState {
  view: View;
  editorMode: EditorMode;
  leftPanel: LeftPanel;
  isLeftOpen: boolean;
  isInspectorOpen: boolean;
  isBottomOpen: boolean;
  isMinimapOpen: boolean;
  bottomTab: BottomTab;
  dialog: Dialog | null;
  pathRequest: PathRequest | null;
  notices: readonly Notice[];
  /** The theme in force: settings say 'system' | 'light' | 'dark', this is the outcome. */
  theme: 'light' | 'dark';
  settings: Settings | null;
  host: 'electron' | 'browser' | null;
  platform: string;
  homeDirectory: string;
  version: string;
  /** Cores of this machine: how many actions run at once when settings leave it open. */
  cores: number;
  /** The socket or bridge to the services is gone. */
  isHostLost: boolean;
}

export const useUi = create<UiState>()(() => ({
  view: 'start',
  editorMode: 'design',
  leftPanel: 'palette',
  isLeftOpen: true,
  isInspectorOpen: true,
  isBottomOpen: true,
  isMinimapOpen: false,
  bottomTab: 'logs',
  dialog: null,
  pathRequest: null,
  notices: [],
  theme: 'light',
  settings: null,
  host: null,
  platform: '',
  homeDirectory: '',
  version: '',
  cores: 1,
  isHostLost: false,
}));

export const showView = (view: View): void => useUi.setState({ view });
export const setEditorMode = (editorMode: EditorMode): void => useUi.setState({ editorMode });
export const openDialog = (dialog: Dialog): void => useUi.setState({ dialog });
export const closeDialog = (): void => useUi.setState({ dialog: null });

/** Shows a panel of the left side; asking for the one that shows hides it. */
export function toggleLeft(leftPanel: LeftPanel): void {
  useUi.setState((ui) => ({ leftPanel, isLeftOpen: !(ui.isLeftOpen && ui.leftPanel === leftPanel) }));
}
export function showBottom(bottomTab: BottomTab): void {
  useUi.setState({ bottomTab, isBottomOpen: true });
}

let lastNoticeId = 0;
const MOST_NOTICES = 4;
const LINGER = 7000;
const LINGER_WITH_ACTION = 12_000;

/**
 * Tells the user something without stopping them. Errors stay until dismissed or replaced by the fourth newer notice; the
 * rest leave after some seconds, later where they offer to do something. Answers the notice's id.
 */
export function notify(notice: Omit<Notice, 'id'>): number {
  lastNoticeId += 1;
  const id = lastNoticeId;
  useUi.setState((ui) => {
    const others = ui.notices.filter(({ topic }) => topic === undefined || topic !== notice.topic);
    return { notices: [...others, { ...notice, id }].slice(-MOST_NOTICES) };
  });
  if (notice.kind !== 'error') setTimeout(() => dismiss(id), notice.action ? LINGER_WITH_ACTION : LINGER);
  return id;
}

export function dismiss(id: number): void {
  useUi.setState((ui) => ({ notices: ui.notices.filter((notice) => notice.id !== id) }));
}

export function dismissTopic(topic: string): void {
  useUi.setState((ui) => ({ notices: ui.notices.filter((notice) => notice.topic !== topic) }));
}

/** Any thrown value as an error notice: what is wrong, and below it what to do. `code` names faults that are our own. */
export function notifyFailure(code: string, error: unknown, topic?: string): Problem {
  const { what, fix, ...rest } = toProblem(code, error);
  notify({ kind: 'error', text: what, detail: fix, ...(topic !== undefined && { topic }) });
  return { what, fix, ...rest };
}
