import type { EventEmitter } from 'node:events';
import { chromium } from '@playwright/test';
import { launchOptions } from '../../../scripts/findChromium.ts';
import { setContext, BrowserWindow as Window } from './browserWindow.ts';
import { takeInstanceLock } from './instanceLock.ts';
import { ipcMain as ipc } from './ipcMain.ts';
import { order } from './order.ts';
import { protocol as protocols, session as sessions } from './session.ts';

/**
 * Takes the place of the `electron` module where its binary cannot be had, so that the built main and preload bundles run
 * as they are, in Node, with a Chromium of Playwright as the window. What the bundles use of Electron is here; anything
 * else throws, so that a gap is loud. It proves the bundles, the preload's isolation, the sender checks and the page; it
 * cannot prove Electron's own sandbox, native dialogs, menus, fuses or packaging.
 *
 * The spec's process talks to it over the child's IPC channel: `{dialog: …}` queues the answer to the next dialog, with `title` it
 * answers every dialog of that title from then on (one that goes over several pages); `{quit: true}` is the person's wish to quit.
 */
const userData = process.env.PENSTOCK_USER_DATA ?? '';
const dialogAnswers: unknown[] = [];
const standingAnswers = new Map<string, unknown>();
process.on('message', (message: { dialog?: unknown; title?: string; quit?: true }) => {
  if (message.title !== undefined) standingAnswers.set(message.title, message.dialog);
  else if ('dialog' in message) dialogAnswers.push(message.dialog);
  if (message.quit) app.quit();
});
process.on('disconnect', () => process.exit(0));

const strict = <T extends object>(name: string, object: T): T =>
  new Proxy(object, {
    get(target, key, receiver) {
      if (typeof key === 'string' && !(key in target) && key !== 'then' && key !== 'default')
        throw new Error(`not in stand-in: ${name}.${key}`);
      return Reflect.get(target, key, receiver);
    },
  });

const appEvents = order.app as EventEmitter & Record<string, unknown>;
const isFirst = takeInstanceLock(userData, (argv, cwd) => appEvents.emit('second-instance', {}, argv, cwd));

const { args, ...launch } = launchOptions({ path: process.env.PENSTOCK_CHROMIUM || undefined, description: '' });
const launchBrowser = () =>
  chromium.launchPersistentContext('', {
    ...launch,
    args: [...args, `--remote-debugging-port=${process.env.PENSTOCK_DEBUGGING_PORT}`],
    viewport: null,
  });
// A second instance is never ready: it quits.
const begun = isFirst ? launchBrowser() : new Promise<never>(() => undefined);
setContext(begun);

export const app = strict(
  'app',
  Object.assign(appEvents, {
    isPackaged: false,
    enableSandbox: () => {
      order.mustPrecedeReady('app.enableSandbox');
      process.send?.({ event: 'sandbox' });
    },
    requestSingleInstanceLock: () => isFirst,
    whenReady: async () => {
      await begun;
      order.isReady = true;
    },
    getPath: (_name: string) => userData,
    getVersion: () => '0.0.0',
    getName: () => 'Penstock',
    getPreferredSystemLanguages: () => ['en'],
    addRecentDocument: (path: string) => void process.send?.({ event: 'recent', path }),
    quit: () => {
      const event = {
        isPrevented: false,
        preventDefault() {
          event.isPrevented = true;
        },
      };
      appEvents.emit('before-quit', event);
      if (!event.isPrevented) appEvents.emit('will-quit', event);
      if (!event.isPrevented) process.exit(0);
    },
  }),
);
export const BrowserWindow = Window;
export const ipcMain = ipc;
export const protocol = protocols;
export const session = sessions;
export const nativeTheme = strict('nativeTheme', { themeSource: 'system', shouldUseDarkColors: false });
export const Menu = strict('Menu', {
  buildFromTemplate: (template: unknown) => template,
  setApplicationMenu: (menu: unknown) => void process.send?.({ event: 'menu', menu: JSON.parse(JSON.stringify(menu)) }),
});
/** A window of the stand-in is always in front, so that nothing is told past it. */
export const Notification = class {
  constructor() {
    throw new Error('not in stand-in: new Notification');
  }
};
export const shell = strict('shell', {});

const nextAnswer = (kind: string, options: unknown) => {
  process.send?.({ event: 'dialog', kind, options: JSON.parse(JSON.stringify(options)) });
  const { title = '' } = options as { title?: string };
  if (standingAnswers.has(title)) return standingAnswers.get(title);
  if (dialogAnswers.length === 0) throw new Error(`A dialog (${kind}) was shown that no spec answers.`);
  return dialogAnswers.shift();
};
export const dialog = strict('dialog', {
  showOpenDialog: async (options: unknown) => nextAnswer('open', options),
  showSaveDialog: async (options: unknown) => nextAnswer('save', options),
  showMessageBoxSync: (_window: unknown, options: unknown) =>
    (nextAnswer('message', options) as { response: number }).response,
  showMessageBox: async (first: unknown, second?: unknown) => nextAnswer('message', second ?? first),
});

export default { app, BrowserWindow, ipcMain, protocol, session, nativeTheme, Menu, Notification, shell, dialog };
