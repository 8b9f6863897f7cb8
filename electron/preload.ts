import { contextBridge, ipcRenderer, webUtils } from 'electron';

/**
 * The window's bridge: one way to call, one way to hear, and the path of a dropped file. It hands out neither ipcRenderer
 * nor event objects; main checks every call's sender, name and content. Bundled to one CommonJS file for the sandbox.
 */
contextBridge.exposeInMainWorld('penstock', {
  invoke: (name: unknown, input: unknown) => ipcRenderer.invoke('penstock:call', name, input),
  subscribe: (listener: (name: string, value: unknown) => void) => {
    const hear = (_event: unknown, name: string, value: unknown) => listener(name, value);
    ipcRenderer.on('penstock:push', hear);
    return () => ipcRenderer.off('penstock:push', hear);
  },
  /** Real path of a file that the user dropped on the window; main grants it. */
  openDropped: (file: File) => ipcRenderer.invoke('penstock:dropped', webUtils.getPathForFile(file)),
});
