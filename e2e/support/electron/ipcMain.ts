import { EventEmitter } from 'node:events';

type Handler = (event: unknown, ...args: unknown[]) => unknown;

export const ipcHandlers = new Map<string, Handler>();

/** ipcMain: one handler per channel; a second throws, as in Electron. */
class IpcMain extends EventEmitter {
  handle(channel: string, handler: Handler): void {
    if (ipcHandlers.has(channel)) throw new Error(`Attempted to register a second handler for '${channel}'`);
    ipcHandlers.set(channel, handler);
  }
  removeHandler(channel: string): void {
    ipcHandlers.delete(channel);
  }
}

export const ipcMain = new IpcMain();
