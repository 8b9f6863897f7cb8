import { type ChildProcess, fork } from 'node:child_process';
import { cpSync, mkdirSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Browser, chromium } from '@playwright/test';
import { root } from '../../scripts/root.ts';
import { type App, specEnvironment } from './launchBrowserHost.ts';

/** What the stand-in reports of what main did to Electron. */
export interface StandInEvent {
  event: string;
  [member: string]: unknown;
}

export interface StandInApp extends App {
  readonly events: StandInEvent[];
  /** The person quits the app and presses this button of the dialog that asks what becomes of running executions. */
  quit(button: number): void;
  /** Starts the product once more with these arguments and answers the exit code of that second process. */
  startAgain(...argv: string[]): Promise<number | null>;
  /** Resolves when the host has ended by itself. */
  ended(): Promise<void>;
}

/**
 * Starts the built main and preload bundles, copied as they are beside a module `electron` that is the stand-in. The host
 * and its Chromium are one child process; this process drives the same page over Chromium's debugging port.
 */
export async function launchStandIn(folder: string): Promise<StandInApp> {
  const product = join(folder, 'product');
  const electron = join(product, 'node_modules/electron');
  mkdirSync(electron, { recursive: true });
  cpSync(join(root, 'out'), join(product, 'out'), { recursive: true });
  symlinkSync(join(root, 'assets'), join(product, 'assets'));
  writeFileSync(join(product, 'package.json'), '{ "type": "module" }');
  writeFileSync(join(electron, 'package.json'), '{ "name": "electron", "type": "module", "main": "index.js" }');
  const standIn = pathToFileURL(join(root, 'e2e/support/electron/standIn.ts')).href;
  writeFileSync(join(electron, 'index.js'), `export * from '${standIn}';\nexport { default } from '${standIn}';\n`);

  const events: StandInEvent[] = [];
  let child: ChildProcess;
  let browser: Browser;
  let output = '';

  const startProcess = async (...argv: string[]) => {
    const port = await freePort();
    const started = fork(join(product, 'out/main/main.js'), argv, {
      cwd: folder,
      execArgv: ['--disable-warning=ExperimentalWarning'],
      env: specEnvironment(folder, {
        PENSTOCK_USER_DATA: join(folder, 'user-data'),
        PENSTOCK_DEBUGGING_PORT: String(port),
        PENSTOCK_CHROMIUM: process.env.PENSTOCK_CHROMIUM,
      }),
      stdio: ['ignore', 'pipe', 'pipe', 'ipc'],
    });
    return { started, port };
  };
  const start = async () => {
    const { started, port } = await startProcess();
    child = started;
    child.stderr?.on('data', (data) => {
      output += data;
    });
    child.stdout?.on('data', (data) => {
      output += data;
    });
    const isLoaded = new Promise<void>((resolve, reject) => {
      child.on('message', (message: StandInEvent) => {
        events.push(message);
        if (message.event === 'loaded') resolve();
      });
      child.once('exit', (code) => reject(new Error(`The desktop host ended with ${code}:\n${output}`)));
    });
    await isLoaded;
    browser = await chromium.connectOverCDP(`http://127.0.0.1:${port}`);
    const page = browser
      .contexts()[0]
      ?.pages()
      .find((opened) => opened.url().includes('.app.test'));
    if (!page) throw new Error('The desktop host opened no window.');
    await page.setViewportSize({ width: 1440, height: 900 });
    return page;
  };
  const end = async (signal: NodeJS.Signals) => {
    if (child.exitCode !== null) return;
    child.removeAllListeners('exit');
    const ended = new Promise((resolve) => child.once('exit', resolve));
    await browser.close().catch(() => {});
    child.kill(signal);
    await ended;
  };

  const app: StandInApp = {
    page: await start(),
    events,
    data: join(folder, 'data'),
    output: () => output,
    pid: () => child.pid ?? 0,
    async choose(path, press) {
      child.send({ dialog: { canceled: false, filePath: path, filePaths: [path] } });
      await press();
    },
    async consent(agree, press) {
      // Long lists of commands go over several pages.
      for (const title of ['Run commands?', 'Befehle ausführen?'])
        child.send({ dialog: { response: agree ? 1 : 0 }, title });
      await press();
    },
    quit(button) {
      child.send({ dialog: { response: button } });
      child.send({ quit: true });
    },
    async startAgain(...argv) {
      const { started: second } = await startProcess(...argv);
      return new Promise((resolve) => second.once('exit', resolve));
    },
    ended: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.removeAllListeners('exit');
        child.once('exit', () => resolve());
      }),
    async killAndRestart() {
      await end('SIGKILL');
      app.page = await start();
    },
    close: () => end('SIGTERM'),
  };
  return app;
}

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const server = createServer().listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() => resolve(typeof address === 'object' && address ? address.port : 0));
    });
  });
}
