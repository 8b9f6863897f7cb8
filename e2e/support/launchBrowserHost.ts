import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { type Browser, type BrowserContextOptions, chromium, expect, type Page } from '@playwright/test';
import { launchOptions } from '../../scripts/findChromium.ts';
import { root } from '../../scripts/root.ts';

/** The product as a spec drives it, whatever the launcher. */
export interface App {
  page: Page;
  /** Data directory (journals, logs, artifacts). */
  readonly data: string;
  /** What the host wrote to its terminal. */
  output(): string;
  /** Gives the open or save dialog that `press` brings up this path, with a hand on the pointer or on the keyboard. */
  choose(path: string, press: () => Promise<void>, by?: 'pointer' | 'keyboard'): Promise<void>;
  /** Agrees to (or refuses) the consent question that `press` brings up. */
  consent(agree: boolean, press: () => Promise<void>, by?: 'pointer' | 'keyboard'): Promise<void>;
  /** Ends the host with SIGKILL and starts it again on the same data; `page` is a new one. */
  killAndRestart(): Promise<void>;
  /** Process id of the host. */
  pid(): number;
  close(): Promise<void>;
}

/** The AWS secret key of every spec: whatever happens, it must stand nowhere. */
export const SECRET_KEY = 'specs-secret-access-key-0123456789';

/** Environment of a host in a spec: its own home, nothing of the person who runs the specs but PATH. */
export function specEnvironment(folder: string, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const home = join(folder, 'home');
  mkdirSync(home, { recursive: true });
  return {
    PATH: process.env.PATH,
    LANG: 'C.UTF-8',
    HOME: home,
    PENSTOCK_DATA: join(folder, 'data'),
    PENSTOCK_SAMPLES: home,
    AWS_ACCESS_KEY_ID: 'AKIDSPECS',
    AWS_SECRET_ACCESS_KEY: SECRET_KEY,
    ...extra,
  };
}

/** How a launch differs from the usual one: options of the page's context, arguments of Chromium, variables of the host. */
export interface BrowserHostLaunch {
  context?: BrowserContextOptions;
  args?: string[];
  environment?: NodeJS.ProcessEnv;
  /** A Chromium that goes on after this launch; without it one is started, and ended with the host. */
  browser?: Browser;
}

/** A Chromium as every spec gets it. */
export function startChromium(args: string[] = []): Promise<Browser> {
  const options = launchOptions({ path: process.env.PENSTOCK_CHROMIUM || undefined, description: '' });
  return chromium.launch({ ...options, args: [...options.args, ...args] });
}

export async function launchBrowserHost(
  folder: string,
  { context: contextOptions, args = [], environment = {}, browser: given }: BrowserHostLaunch = {},
): Promise<App> {
  let host: ChildProcess;
  let url = '';
  let output = '';
  const browser = given ?? (await startChromium(args));

  const startHost = () =>
    new Promise<void>((resolve, reject) => {
      url = '';
      host = spawn(
        process.execPath,
        ['--disable-warning=ExperimentalWarning', join(root, 'out/main/penstock.js'), 'serve'],
        {
          cwd: folder,
          env: specEnvironment(folder, environment),
          stdio: ['ignore', 'pipe', 'pipe'],
        },
      );
      host.stderr?.on('data', (data: Buffer) => {
        output += data;
        const found = /open at (http:\S+)/.exec(output.slice(output.lastIndexOf('Penstock is open')));
        if (found?.[1] && !url) {
          url = found[1];
          resolve();
        }
      });
      host.on('exit', (code) => reject(new Error(`The host ended with ${code}:\n${output}`)));
    });
  const openPage = async () => {
    const context = await browser.newContext({ viewport: { width: 1440, height: 900 }, ...contextOptions });
    const page = await context.newPage();
    await page.goto(url);
    return page;
  };

  await startHost();
  const app: App = {
    page: await openPage(),
    data: join(folder, 'data'),
    output: () => output,
    pid: () => host.pid ?? 0,
    async choose(path, press, by = 'pointer') {
      await press();
      const dialog = app.page.getByRole('dialog', { name: /^(Open|Save|Choose) a |^(Open|Save) the / });
      if (by === 'keyboard') {
        // The field has the keyboard from the start.
        await expect(dialog.getByLabel(/path$/)).toBeFocused();
        await app.page.keyboard.press('ControlOrMeta+a');
        await app.page.keyboard.insertText(path);
        await app.page.keyboard.press('Enter');
      } else {
        await dialog.getByLabel(/path$/).fill(path);
        await dialog.getByRole('button', { name: /^(Open|Save|Choose|Choose this folder)$/ }).click();
      }
      await expect(dialog).toBeHidden();
    },
    async consent(agree, press, by = 'pointer') {
      await press();
      const dialog = app.page.getByRole('dialog', { name: /commands|has changed|Befehle/i });
      const button = dialog.getByRole('button', {
        name: agree ? /^(Trust and run|Vertrauen und ausführen)$/ : /^(Cancel|Abbrechen)$/,
      });
      if (by === 'keyboard') {
        // Cancel has the keyboard from the start; Enter on it would refuse, Space on the other agrees.
        await expect(dialog.getByRole('button', { name: 'Cancel' })).toBeFocused();
        await expect(button).toBeEnabled();
        if (agree) await app.page.keyboard.press('Tab');
        await expect(button).toBeFocused();
        await app.page.keyboard.press('Space');
      } else await button.click();
      await expect(dialog).toBeHidden();
    },
    async killAndRestart() {
      const gone = new Promise((resolve) => host.once('exit', resolve));
      host.removeAllListeners('exit');
      const ended = new Promise((resolve) => host.once('exit', resolve));
      host.kill('SIGKILL');
      await Promise.race([gone, ended]);
      await app.page.context().close();
      await startHost();
      app.page = await openPage();
    },
    async close() {
      await app.page.context().close();
      if (!given) await browser.close();
      host.removeAllListeners('exit');
      const ended = new Promise((resolve) => host.once('exit', resolve));
      host.kill('SIGINT');
      await ended;
    },
  };
  return app;
}
