import { defineConfig } from '@playwright/test';
import type { LauncherOptions } from './e2e/support/test.ts';
import { findElectron } from './scripts/electronBinary.ts';

/**
 * The same specs on every launcher: the browser host, the built desktop bundles on the stand-in for Electron, and Electron
 * itself where its binary is installed. The name of the project says which one ran.
 */
export default defineConfig<LauncherOptions>({
  testDir: 'e2e',
  testMatch: '**/*.spec.ts',
  outputDir: 'test-results',
  timeout: 180_000,
  expect: { timeout: 30_000 },
  fullyParallel: false,
  // Specs share nothing but the machine; more at once than this make a window miss its limits on two cores.
  workers: 2,
  // On a loaded machine a window may miss a limit once; what needed its second try is named in the report.
  retries: 1,
  forbidOnly: Boolean(process.env.CI),
  reporter: 'list',
  use: { actionTimeout: 30_000, viewport: { width: 1440, height: 900 }, trace: 'off' },
  projects: [
    // A browser lets a page of its tab go where it likes; only the desktop app has windows to guard, and no port to rebind.
    { name: 'browser host', use: { launcher: 'browser' }, testIgnore: '**/hostile/windows.spec.ts' },
    {
      name: 'desktop bundles on the stand-in',
      use: { launcher: 'stand-in' },
      testIgnore: '**/hostile/rebinding.spec.ts',
    },
    ...(findElectron()
      ? [{ name: 'Electron', use: { launcher: 'electron' as const }, testIgnore: '**/hostile/rebinding.spec.ts' }]
      : []),
  ],
});
