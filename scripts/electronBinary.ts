import { spawnSync } from 'node:child_process';
import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { root } from './root.ts';

const PLATFORM_PATH: Readonly<Record<string, string>> = {
  darwin: 'Electron.app/Contents/MacOS/Electron',
  linux: 'electron',
  win32: 'electron.exe',
};
const FETCH_LIMIT_S = 30;

/**
 * Path of Electron's binary, or undefined. Looks at files only: importing the electron package without its binary would
 * start a download by itself. ELECTRON_OVERRIDE_DIST_PATH is honoured, as the package honours it.
 */
export function findElectron(): string | undefined {
  const folder = process.env.ELECTRON_OVERRIDE_DIST_PATH || join(root, 'node_modules/electron/dist');
  const binary = join(folder, PLATFORM_PATH[process.platform] ?? 'electron');
  return existsSync(binary) ? binary : undefined;
}

/** Lets the electron package fetch its binary, within an announced time. Undefined when that fails. */
export function fetchElectron(): string | undefined {
  const installer = join(root, 'node_modules/electron/install.js');
  if (!existsSync(installer)) return undefined;
  process.stderr.write(`Fetching Electron's binary (at most ${FETCH_LIMIT_S} s) …\n`);
  spawnSync(process.execPath, [installer], { cwd: root, stdio: 'ignore', timeout: FETCH_LIMIT_S * 1000 });
  return findElectron();
}
