import { existsSync } from 'node:fs';
import { delimiter, join } from 'node:path';

const CHROMIUMS = ['chromium', 'chromium-browser', 'google-chrome', 'google-chrome-stable'];

/** Opens an address: a Chromium in its own window without toolbars if there is one, else the default browser. */
export function openInBrowser(
  url: string,
  start: (command: string, args: string[]) => void,
  environment: NodeJS.ProcessEnv,
): void {
  if (process.platform === 'darwin') return start('open', [url]);
  if (process.platform === 'win32') return start('explorer', [url]);
  const folders = (environment.PATH ?? '').split(delimiter);
  const chromium = CHROMIUMS.flatMap((name) => folders.map((folder) => join(folder, name))).find((path) =>
    existsSync(path),
  );
  if (!chromium) return start('xdg-open', [url]);
  start(chromium, [`--app=${url}`, ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]);
}
