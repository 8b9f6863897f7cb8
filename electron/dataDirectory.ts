import { mkdirSync, statSync } from 'node:fs';
import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { ProblemError } from '../shared/problem.ts';

/**
 * Where Penstock keeps journals, logs, artifacts and trust on this machine: PENSTOCK_DATA, else the platform's place for
 * application data. The same for every door. Made if missing, readable by its owner only.
 * @throws ProblemError `data.unusable` when it cannot be made or is no folder
 */
export function dataDirectory(environment: NodeJS.ProcessEnv, override?: string): string {
  const directory = resolve(override || environment.PENSTOCK_DATA || platformDirectory(environment));
  try {
    makeFolder(directory);
  } catch (cause) {
    throw new ProblemError(
      {
        code: 'data.unusable',
        where: directory,
        what: `The data directory cannot be made (${(cause as NodeJS.ErrnoException).code}).`,
        fix: 'Name another one: --data-dir DIR, or PENSTOCK_DATA in the environment.',
      },
      { cause },
    );
  }
  return directory;
}

/** Node's own recursive call never ends where a file system refuses new names with ENOENT (/proc). */
function makeFolder(path: string): void {
  const make = () => mkdirSync(path, { mode: 0o700 });
  try {
    make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === 'EEXIST' && statSync(path).isDirectory()) return;
    if (code !== 'ENOENT' || dirname(path) === path) throw error;
    makeFolder(dirname(path));
    make();
  }
}

function platformDirectory(environment: NodeJS.ProcessEnv): string {
  const home = environment.HOME || homedir();
  if (process.platform === 'darwin') return join(home, 'Library/Application Support/Penstock');
  if (process.platform === 'win32') return join(environment.LOCALAPPDATA || join(home, 'AppData/Local'), 'Penstock');
  return join(environment.XDG_DATA_HOME || join(home, '.local/share'), 'penstock');
}

/** Where copies of sample projects are put: a folder that people find. */
export const samplesDirectory = (environment: NodeJS.ProcessEnv): string =>
  join(environment.PENSTOCK_SAMPLES || environment.HOME || homedir(), 'Penstock');

/** A folder of the installed product (assets, out/renderer), from the sources or from the built bundle in out/main. */
export function productFolder(name: string): string {
  const here = fileURLToPath(import.meta.url);
  const root = here.includes(`${join('out', 'main')}`)
    ? here.slice(0, here.lastIndexOf(join('out', 'main')))
    : fileURLToPath(new URL('..', import.meta.url));
  return join(root, name);
}
