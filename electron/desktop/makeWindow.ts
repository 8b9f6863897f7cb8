import { BrowserWindow, type BrowserWindowConstructorOptions } from 'electron';
import { APP_ORIGIN } from '../ipc/electronDoor.ts';

export interface WindowOptions {
  preload: string;
  /** Developer tools only where the product is run from its sources. */
  isDevelopment: boolean;
  isDark: boolean;
}

/** The preferences of every window; named one by one, because a default of tomorrow may be another. */
export const webPreferences = ({ preload, isDevelopment }: Pick<WindowOptions, 'preload' | 'isDevelopment'>) =>
  ({
    preload,
    contextIsolation: true,
    sandbox: true,
    nodeIntegration: false,
    nodeIntegrationInWorker: false,
    nodeIntegrationInSubFrames: false,
    webSecurity: true,
    allowRunningInsecureContent: false,
    experimentalFeatures: false,
    webviewTag: false,
    navigateOnDragDrop: false,
    spellcheck: false,
    devTools: isDevelopment,
  }) satisfies BrowserWindowConstructorOptions['webPreferences'];

/** Makes a window and loads our page into it: the only place where windows are made. */
export function makeWindow(options: WindowOptions): BrowserWindow {
  const window = new BrowserWindow({
    width: 1440,
    height: 900,
    minWidth: 960,
    minHeight: 600,
    title: 'Penstock',
    backgroundColor: options.isDark ? '#12161c' : '#f6f7f9',
    webPreferences: webPreferences(options),
  });
  void window.loadURL(`${APP_ORIGIN}/`);
  return window;
}
