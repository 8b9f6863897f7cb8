import { mkdirSync, readdirSync, readFileSync, renameSync, rmSync, watch, writeFileSync } from 'node:fs';
import { join } from 'node:path';

/**
 * `app.requestSingleInstanceLock` for one user-data folder: the first process holds a file with its number, as long as it lives; a
 * second one leaves its arguments in the folder and is told no, at once as in Electron.
 */
export function takeInstanceLock(userData: string, onSecond: (argv: string[], cwd: string) => void): boolean {
  const folder = join(userData, 'instance');
  mkdirSync(folder, { recursive: true });
  const lock = join(folder, 'lock');
  try {
    writeFileSync(lock, String(process.pid), { flag: 'wx' });
  } catch {
    if (isAlive(Number(readFileSync(lock, 'utf8')))) {
      const message = join(folder, `${process.pid}.json`);
      writeFileSync(`${message}.new`, JSON.stringify({ argv: process.argv, cwd: process.cwd() }));
      renameSync(`${message}.new`, message);
      return false;
    }
    writeFileSync(lock, String(process.pid));
  }
  watch(folder, () => {
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const path = join(folder, name);
      const { argv, cwd } = JSON.parse(readFileSync(path, 'utf8')) as { argv: string[]; cwd: string };
      rmSync(path);
      onSecond(argv, cwd);
    }
  }).unref();
  return true;
}

function isAlive(pid: number): boolean {
  try {
    return process.kill(pid, 0);
  } catch {
    return false;
  }
}
