import { spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, rmSync, writeFileSync } from 'node:fs';
import { homedir, tmpdir } from 'node:os';
import { delimiter, isAbsolute, join } from 'node:path';
import { pathToFileURL } from 'node:url';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Starts a program and forgets it; specs lend their own. */
export type Start = (command: string, args: string[]) => void;

const startDetached: Start = (command, args) =>
  spawn(command, args, { stdio: 'ignore', detached: true })
    .on('error', () => {})
    .unref();

/**
 * Opens an address: a Chromium in its own window without toolbars if there is one, else the default browser. The address
 * holds the token, and other users of the machine can read the arguments of a program. So the browser gets a file that only
 * this user can read, which leads on to the address. It lies in the home folder, under a name that is not hidden, because
 * packaged browsers (snap) see nothing else. Answers the function that removes the file.
 */
export function openInBrowser(url: string, environment: NodeJS.ProcessEnv, start: Start = startDetached): () => void {
  const file = writePage(url, [environment.HOME || homedir(), tmpdir()]);
  if (!file) return () => {}; // the address was printed, too
  const address = pathToFileURL(file).href;
  const { platform } = process;
  const chromium = platform === 'darwin' || platform === 'win32' ? undefined : findChromium(environment.PATH ?? '');
  if (chromium) start(chromium, [`--app=${address}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]);
  else start(OPENERS[platform] ?? 'xdg-open', [platform === 'win32' ? file : address]);
  return () => rmSync(file, { force: true });
}

const OPENERS: Readonly<Partial<Record<NodeJS.Platform, string>>> = { darwin: '/usr/bin/open', win32: 'explorer.exe' };

/** Only folders with full paths: an empty entry of PATH means the current folder, which may be anybody's project. */
const findChromium = (path: string): string | undefined =>
  CHROMIUMS.flatMap((name) =>
    path
      .split(delimiter)
      .filter(isAbsolute)
      .map((folder) => join(folder, name)),
  ).find((candidate) => existsSync(candidate));

function writePage(url: string, folders: readonly string[]): string | undefined {
  const page = `<!doctype html><meta charset="utf-8"><title>Penstock</title><script>location.replace(${JSON.stringify(url)})</script>\n`;
  for (const folder of folders) {
    const file = join(folder, `penstock-${randomBytes(8).toString('hex')}.html`);
    try {
      writeFileSync(file, page, { flag: 'wx', mode: 0o600 });
      return file;
    } catch {
      // The next folder may take it.
    }
  }
  return undefined;
}
