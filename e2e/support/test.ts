import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Browser, test as base } from '@playwright/test';
import { type App, launchBrowserHost, startChromium } from './launchBrowserHost.ts';
import { launchElectron } from './launchElectron.ts';
import { launchStandIn } from './launchStandIn.ts';

export interface LauncherOptions {
  launcher: 'browser' | 'stand-in' | 'electron';
}

interface WorkerFixtures {
  /**
   * Answers the Chromium that the specs of one worker have in common: each has a context of its own in it, which shares nothing
   * with others but the process. Starting one costs more than opening the window.
   */
  sharedChromium: () => Promise<Browser>;
}

interface Fixtures {
  /** What `settings.json` holds when the product starts for the first time. */
  settings: Record<string, unknown>;
  /** A folder of this spec's own, removed afterwards. */
  folder: string;
  /** The running product. `app.page` is its window. */
  app: App;
}

/** Playwright's `test` with the product started on the project's launcher, data and home in folders of its own. */
export const test = base.extend<LauncherOptions & Fixtures, WorkerFixtures>({
  launcher: ['browser', { option: true }],
  // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument.
  folder: async ({}, use) => {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-e2e-'));
    await use(folder);
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  },
  settings: [{}, { option: true }],
  sharedChromium: [
    // biome-ignore lint/correctness/noEmptyPattern: Playwright wants a destructured first argument.
    async ({}, use) => {
      let started: Promise<Browser> | undefined;
      await use(() => {
        started ??= startChromium();
        return started;
      });
      await (await started)?.close();
    },
    { scope: 'worker' },
  ],
  app: async ({ launcher, folder, settings, sharedChromium }, use) => {
    if (Object.keys(settings).length > 0) {
      mkdirSync(join(folder, 'data'), { recursive: true });
      writeFileSync(join(folder, 'data/settings.json'), JSON.stringify(settings));
    }
    const app =
      launcher === 'browser'
        ? await launchBrowserHost(folder, { browser: await sharedChromium() })
        : await (launcher === 'stand-in' ? launchStandIn : launchElectron)(folder);
    await use(app);
    await app.close();
  },
});

export { expect } from '@playwright/test';
