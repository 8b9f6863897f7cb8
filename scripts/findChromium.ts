import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { delimiter, isAbsolute, join } from 'node:path';
import { chromium } from '@playwright/test';
import { root } from './root.ts';

const NAMES = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable', 'chrome', 'msedge'];
const APPLICATIONS = [
  '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
  '/Applications/Chromium.app/Contents/MacOS/Chromium',
];

/** What Playwright drives: its own Chromium, or one of the machine's. */
export interface FoundChromium {
  /** Undefined = Playwright's own. */
  path: string | undefined;
  description: string;
}

/** A Chromium that is already here: Playwright's own first, then the PATH, then macOS's applications. */
export function findChromium(): FoundChromium | undefined {
  if (existsSync(chromium.executablePath())) return { path: undefined, description: "Playwright's own Chromium" };
  const folders = (process.env.PATH ?? '').split(delimiter).filter(isAbsolute);
  const candidates = [
    ...NAMES.flatMap((name) =>
      folders.map((folder) => join(folder, process.platform === 'win32' ? `${name}.exe` : name)),
    ),
    ...APPLICATIONS,
  ];
  const path = candidates.find((candidate) => existsSync(candidate));
  return path ? { path, description: path } : undefined;
}

/** The same, but tries to install one: Playwright's download, then Debian's package when root. */
export function findOrInstallChromium(): FoundChromium | undefined {
  const found = findChromium();
  if (found) return found;
  process.stderr.write("No Chromium is here: trying Playwright's download …\n");
  spawnSync(process.execPath, [join(root, 'node_modules/@playwright/test/cli.js'), 'install', 'chromium'], {
    stdio: 'ignore',
    timeout: 180_000,
  });
  const downloaded = findChromium();
  if (downloaded || process.getuid?.() !== 0 || !existsSync('/usr/bin/apt-get')) return downloaded;
  process.stderr.write("Installing Debian's chromium with apt-get …\n");
  const environment = { ...process.env, DEBIAN_FRONTEND: 'noninteractive' };
  spawnSync('apt-get', ['update', '-qq'], { stdio: 'ignore', env: environment });
  spawnSync('apt-get', ['install', '-y', '-qq', '--no-install-recommends', 'chromium'], {
    stdio: ['ignore', 'ignore', 'inherit'],
    env: environment,
  });
  return findChromium();
}

/** Options for Playwright's launch that work as root, without a display and without reaching for the network. */
export const launchOptions = (found: FoundChromium) => ({
  ...(found.path && { executablePath: found.path }),
  args: [
    '--no-sandbox',
    '--disable-gpu',
    '--disable-quic',
    '--no-first-run',
    '--disable-background-networking',
    '--disable-component-update',
    '--disable-sync',
  ],
});
