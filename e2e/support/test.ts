import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test as base } from '@playwright/test';
import { type App, launchBrowserHost } from './launchBrowserHost.ts';
import { launchElectron } from './launchElectron.ts';
import { launchStandIn } from './launchStandIn.ts';

export interface LauncherOptions {
  launcher: 'browser' | 'stand-in' | 'electron';
}

interface Fixtures {
  /** A folder of this spec's own, removed afterwards. */
  folder: string;
  /** The running product. `app.page` is its window. */
  app: App;
}

const LAUNCH = {
  browser: (folder: string) => launchBrowserHost(folder),
  'stand-in': launchStandIn,
  electron: launchElectron,
};

/** Playwright's `test` with the product started on the project's launcher, data and home in folders of its own. */
export const test = base.extend<LauncherOptions & Fixtures>({
  launcher: ['browser', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  app: async ({ launcher, folder }, use) => {
    const app = await LAUNCH[launcher](folder);
    await use(app);
    await app.close();
  },
});

export { expect } from '@playwright/test';
