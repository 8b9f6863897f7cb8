import type { IpcMain, IpcMainInvokeEvent, WebContents } from 'electron';
import type { Handlers, Publish, Reply } from '../../shared/ipc/contract.ts';
import { problem } from '../../shared/problem.ts';
import { answer } from './answer.ts';
import { createRateLimit, MAX_CALLS_PER_SECOND, tooManyCalls } from './rateLimit.ts';

/** Origin of our own pages; the only one that may call. */
export const APP_ORIGIN = 'app://penstock';

export interface ElectronDoorOptions {
  ipc: Pick<IpcMain, 'handle'>;
  handlers: () => Handlers;
  /** True for the contents of windows that we made. */
  isOurs: (contents: WebContents) => boolean;
  /** A file was dropped on a window: grant it and open it. */
  openDropped: (path: string) => Promise<void>;
  report: (error: unknown) => void;
}

/**
 * Serves the contract over Electron IPC. A call is answered only when its sender is the top frame of a window of ours
 * showing our own page, read at once because the frame may be gone after the first await (reliability-security.md §4, 8).
 */
export function serveElectron({ ipc, handlers, isOurs, openDropped, report }: ElectronDoorOptions): void {
  const isTooFast = createRateLimit({ perSecond: MAX_CALLS_PER_SECOND });

  const isAllowed = (event: IpcMainInvokeEvent): boolean => {
    const frame = event.senderFrame;
    if (!frame || frame.parent !== null || !isOurs(event.sender)) return false;
    return originOf(frame.url) === APP_ORIGIN;
  };

  ipc.handle('penstock:call', async (event, ...given: unknown[]): Promise<Reply> => {
    if (!isAllowed(event)) return refusal('call.foreign', 'This page may not call Penstock.');
    if (isTooFast()) return tooManyCalls();
    if (given.length !== 2) return refusal('call.invalid', 'A call has a name and an input.');
    return answer(handlers(), given[0], given[1], report);
  });

  ipc.handle('penstock:dropped', async (event, path: unknown): Promise<Reply> => {
    if (!isAllowed(event) || typeof path !== 'string' || path === '')
      return refusal('call.foreign', 'This page may not open files.');
    try {
      await openDropped(path);
      return { ok: true, value: {} };
    } catch (error) {
      report(error);
      return refusal('document.unreadable', 'The dropped file could not be opened.');
    }
  });
}

/** Sends pushes to every open window of ours. */
export const publishTo =
  (windows: () => Iterable<Pick<WebContents, 'send' | 'isDestroyed'>>): Publish =>
  (name, value) => {
    for (const contents of windows()) if (!contents.isDestroyed()) contents.send('penstock:push', name, value);
  };

const refusal = (code: string, what: string): Reply => ({
  ok: false,
  problem: problem({ code, where: '', what, fix: 'Reload the window.' }),
});

/** `protocol//host` of an address; '' when it has none. `URL.origin` is 'null' for our scheme outside Chromium. */
export function originOf(address: string): string {
  try {
    const { protocol, host, username, password } = new URL(address);
    return username || password ? '' : `${protocol}//${host}`;
  } catch {
    return '';
  }
}
