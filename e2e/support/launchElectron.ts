import { join } from 'node:path';
import { _electron } from '@playwright/test';
import { findElectron } from '../../scripts/electronBinary.ts';
import { root } from '../../scripts/root.ts';
import { type App, specEnvironment } from './launchBrowserHost.ts';

/** Starts the real desktop app. Used only where Electron's binary is installed; dialogs are answered by replacing them. */
export async function launchElectron(folder: string): Promise<App> {
  let output = '';
  const start = async () => {
    const electron = await _electron.launch({
      executablePath: findElectron(),
      args: [
        root,
        `--user-data-dir=${join(folder, 'user-data')}`,
        ...(process.getuid?.() === 0 ? ['--no-sandbox'] : []),
      ],
      env: specEnvironment(folder, { DISPLAY: process.env.DISPLAY }) as Record<string, string>,
    });
    electron.process().stderr?.on('data', (data) => {
      output += data;
    });
    return electron;
  };
  let electron = await start();
  const answer = (method: 'showOpenDialog' | 'showSaveDialog' | 'showMessageBox', value: unknown) =>
    electron.evaluate(({ dialog }, [name, reply]) => Object.assign(dialog, { [name as string]: async () => reply }), [
      method,
      value,
    ] as const);

  const app: App = {
    page: await electron.firstWindow(),
    data: join(folder, 'data'),
    output: () => output,
    pid: () => electron.process().pid ?? 0,
    async choose(path, press) {
      await answer('showOpenDialog', { canceled: false, filePaths: [path] });
      await answer('showSaveDialog', { canceled: false, filePath: path });
      await press();
    },
    async consent(agree, press) {
      await answer('showMessageBox', { response: agree ? 1 : 0 });
      await press();
    },
    async killAndRestart() {
      const ended = new Promise((resolve) => electron.process().once('exit', resolve));
      electron.process().kill('SIGKILL');
      await ended;
      electron = await start();
      app.page = await electron.firstWindow();
    },
    close: () => electron.close(),
  };
  return app;
}
