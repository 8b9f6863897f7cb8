import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import { app, BrowserWindow, dialog, ipcMain, Menu, Notification, nativeTheme, protocol, session } from 'electron';
import Store from 'electron-store';
import type { Handlers, Push } from '../shared/ipc/contract.ts';
import { languageOf } from '../shared/language.ts';
import { toProblem } from '../shared/problem.ts';
import { dataDirectory, productFolder, samplesDirectory } from './dataDirectory.ts';
import { askConsent } from './desktop/askConsent.ts';
import { askDiscard, askQuit } from './desktop/askQuit.ts';
import { harden } from './desktop/harden.ts';
import { makeWindow } from './desktop/makeWindow.ts';
import { menuTemplate } from './desktop/menu.ts';
import { runTidings } from './desktop/runTidings.ts';
import { serveApp } from './desktop/serveApp.ts';
import { type DesktopTexts, desktopTexts } from './desktop/texts.ts';
import { publishTo, serveElectron } from './ipc/electronDoor.ts';
import { staticFiles } from './ipc/staticFiles.ts';
import type { Services } from './parts.ts';
import { createServices } from './services.ts';
import { createSettings } from './settings.ts';
import { version } from './version.ts';

/**
 * The desktop host: one instance, windows, menus, native dialogs, hardening. It holds no rule of the product; those live in
 * the services, which the browser host and the CLI share.
 */
const MAX_ARGUMENT = 4096;
const isDevelopment = !app.isPackaged;

app.enableSandbox();
protocol.registerSchemesAsPrivileged([
  { scheme: 'app', privileges: { standard: true, secure: true, supportFetchAPI: true } },
]);

if (app.requestSingleInstanceLock()) {
  start().catch((error: unknown) => {
    console.error(error);
    const found = toProblem('app.not-started', error);
    dialog.showErrorBox('Penstock cannot start', `${found.what}\n\n${found.fix}`);
    app.exit(1);
  });
} else {
  app.quit();
}

async function start(): Promise<void> {
  const windows = () => BrowserWindow.getAllWindows();
  const publish = publishTo(() => windows().map(({ webContents }) => webContents));
  const front = () => BrowserWindow.getFocusedWindow() ?? windows()[0];
  const report = (error: unknown) => console.error(error);
  const tidings = runTidings({
    isInFront: () => BrowserWindow.getFocusedWindow() !== null,
    tell: (title, body) => {
      const notification = new Notification({ title, body });
      notification.on('click', () => front()?.focus());
      notification.show();
    },
    progress: (share) => {
      for (const window of windows()) window.setProgressBar(share);
    },
    texts: () => texts().tidings,
  });
  let services: Services | undefined;
  const language = () => languageOf(services?.settings.get().language ?? 'system', app.getPreferredSystemLanguages());
  const texts = () => desktopTexts(language());

  /** Files named by an argument list; options and oversized or missing paths are passed over. */
  const filesOf = (argv: readonly string[], cwd: string): string[] =>
    argv
      .slice(app.isPackaged ? 1 : 2)
      .filter(
        (argument) => !argument.startsWith('-') && argument.length <= MAX_ARGUMENT && !argument.startsWith('\\\\'),
      )
      .map((argument) => resolve(cwd, argument))
      .filter((path) => /\.(json|ya?ml)$/i.test(path) && existsSync(path));

  /** What the first window opens: files of the command line, and those that the system names before there is a window. */
  const open = filesOf(process.argv, process.cwd());
  const openFile = async (path: string) => {
    if (services && windows().length > 0) publish('openRequested', { path: await services.documents.grant(path) });
    else open.push(path);
  };

  /** Names the commands in the language of the windows, with the keys in force; again whenever the settings change. */
  const showMenu = () => {
    const isMac = process.platform === 'darwin';
    const keys = services?.settings.get().keys ?? {};
    const template = menuTemplate((command) => publish('commandRequested', { command }), {
      isMac,
      isDevelopment,
      language: language(),
      keys,
    });
    Menu.setApplicationMenu(Menu.buildFromTemplate(template));
  };

  app.on('second-instance', (_event, argv, cwd) => {
    const window = front();
    if (window?.isMinimized()) window.restore();
    window?.focus();
    for (const path of filesOf(argv, cwd)) openFile(path).catch(report);
  });
  app.on('open-file', (event, path) => {
    event.preventDefault();
    openFile(path).catch(report);
  });

  await app.whenReady();
  harden(app, session.defaultSession);
  protocol.handle('app', serveApp(staticFiles(productFolder('out/renderer'))));

  const directory = dataDirectory(process.env);
  services = await createServices({
    version,
    dataDirectory: directory,
    assetsDirectory: productFolder('assets'),
    samplesDirectory: samplesDirectory(process.env),
    ports: {
      kind: 'electron',
      publish: (name, value) => {
        publish(name, value);
        if (name !== 'executionEvents') return;
        const { pipelineExecutionId, events } = value as Push<'executionEvents'>;
        tidings(pipelineExecutionId, events);
      },
      askConsent: (consent) => askConsent(dialog, front(), consent, texts()),
      pickPath: (request) => pickPath(request, texts()),
    },
    settings: (onChange, onRecovered) =>
      createSettings({
        directory,
        open: (cwd) => {
          const store = new Store({ cwd, name: 'settings', clearInvalidConfig: false });
          ipcMain.removeAllListeners('electron-store-get-data'); // it opens a channel of its own to every page
          return store;
        },
        onChange: (settings) => {
          nativeTheme.themeSource = settings.theme;
          showMenu();
          onChange(settings);
        },
        onRecovered,
      }),
    open,
  });
  nativeTheme.themeSource = services.settings.get().theme;

  const handlers = withRecents(services.handlers);
  serveElectron({
    ipc: ipcMain,
    handlers: () => handlers,
    isOurs: (contents) => windows().some(({ webContents }) => webContents.id === contents.id),
    openDropped: openFile,
    report,
  });
  showMenu();

  const openWindow = () => {
    const window = makeWindow({
      preload: productFolder('out/preload/preload.cjs'),
      isDevelopment,
      isDark: nativeTheme.shouldUseDarkColors,
    });
    let hasReloaded = false;
    window.webContents.on('will-prevent-unload', (event) => {
      if (askDiscard(dialog, window, texts())) event.preventDefault(); // which lets it close
    });
    window.webContents.on('render-process-gone', () => {
      if (!hasReloaded && !window.isDestroyed()) window.reload();
      hasReloaded = true;
    });
  };
  openWindow();
  app.on('activate', () => {
    if (windows().length === 0) openWindow();
  });
  app.on('window-all-closed', () => {
    if (process.platform !== 'darwin') app.quit();
  });

  const running = async (host: Services) => {
    const lists = await Promise.all(
      (['InProgress', 'Stopping'] as const).map((status) =>
        host.handlers.listPipelineExecutions({ status, limit: 500 }),
      ),
    );
    // One that waits for a person loses nothing by waiting for the next start.
    return lists.flatMap(({ executions }) => executions.filter(({ waitsForApproval }) => !waitsForApproval));
  };
  /** What runs is left, or stopped, as the person says; false = the app stays. */
  const mayQuit = async (host: Services): Promise<boolean> => {
    const found = await running(host);
    if (found.length === 0) return true;
    const answer = await askQuit(dialog, front(), found, texts());
    if (answer === 'stop') {
      for (const { pipelineExecutionId } of found) {
        const stop = { pipelineExecutionId, abandon: true, reason: 'Penstock was quit' };
        await host.handlers.stopPipelineExecution(stop).catch(report); // it may have ended meanwhile
      }
      await host.engine.idle();
    }
    return answer !== 'cancel';
  };
  let isSettled = false;
  app.on('before-quit', (event) => {
    if (isSettled || !services) return;
    event.preventDefault();
    mayQuit(services)
      .catch((error: unknown) => {
        report(error);
        return true; // a history that cannot be read must not keep the app open
      })
      .then((may) => {
        isSettled = may;
        if (may) app.quit();
        else if (windows().length === 0) openWindow();
      })
      .catch(report);
  });

  let isClosed = false;
  app.on('will-quit', (event) => {
    if (isClosed || !services) return;
    event.preventDefault(); // running actions go on by themselves; the journals are closed first
    services
      .close()
      .catch(report)
      .finally(() => {
        isClosed = true;
        app.quit();
      });
  });
}

/** The files that are opened are listed by the system too (jump list, recent documents). */
const withRecents = (handlers: Handlers): Handlers => ({
  ...handlers,
  openDocument: async (input) => {
    const document = await handlers.openDocument(input);
    app.addRecentDocument(document.path);
    return document;
  },
});

async function pickPath(
  { purpose, suggested }: { purpose: 'open' | 'save' | 'folder' | 'file'; suggested: string },
  { fileTypes }: DesktopTexts,
): Promise<string | null> {
  const pictureType = purpose === 'save' ? /\.(svg|png|pdf)$/i.exec(suggested)?.[1]?.toLowerCase() : undefined;
  const picture = pictureType && { name: fileTypes.pictures, extensions: [pictureType] };
  const filters =
    purpose === 'open' || purpose === 'save'
      ? [picture || { name: fileTypes.pipelines, extensions: ['json', 'yaml', 'yml'] }]
      : [];
  const defaultPath = suggested || undefined;
  if (purpose === 'save') {
    const { canceled, filePath } = await dialog.showSaveDialog({ defaultPath, filters });
    return canceled || !filePath ? null : filePath;
  }
  const { canceled, filePaths } = await dialog.showOpenDialog({
    defaultPath,
    filters,
    properties: [purpose === 'folder' ? 'openDirectory' : 'openFile'],
  });
  return canceled ? null : (filePaths[0] ?? null);
}
