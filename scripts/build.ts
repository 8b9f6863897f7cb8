import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { root } from './root.ts';

/*
 * `npm run build`: main, preload and window into out/. Skips itself when nothing that goes into the bundles changed
 * since the last build, so that `npm start` and the specs may ask for it freely. `--force` builds anyway.
 */
const SOURCES = ['electron', 'renderer', 'shared', 'assets', 'electron.vite.config.ts', 'package-lock.json'];
const STAMP = join(root, 'out', 'built-from');

function* files(path: string): Generator<string> {
  if (statSync(path).isFile()) {
    if (!/\.test\.tsx?$/.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) yield* files(join(path, name));
}

/** A digest of every file that the bundles are made of. */
function digestOfSources(): string {
  const hash = createHash('sha256');
  for (const source of SOURCES) {
    for (const file of files(join(root, source)))
      hash.update(relative(root, file)).update('\0').update(readFileSync(file));
  }
  return hash.digest('hex');
}

/** Builds if anything changed. Ends the process with a message when the build fails. */
export function build(options: { force?: boolean; quiet?: boolean } = {}): void {
  const digest = digestOfSources();
  const isCurrent = existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest;
  if (isCurrent && !options.force) return;
  if (!options.quiet) process.stderr.write('Building …\n');
  const built = spawnSync(
    process.execPath,
    [join(root, 'node_modules/electron-vite/bin/electron-vite.js'), 'build', '--logLevel', 'warn'],
    {
      cwd: root,
      stdio: ['ignore', 'pipe', 'pipe'],
      encoding: 'utf8',
    },
  );
  if (built.status !== 0) {
    process.stderr.write(`${built.stdout}${built.stderr}\nThe build failed.\n`);
    process.exit(1);
  }
  mkdirSync(join(root, 'out'), { recursive: true });
  writeFileSync(STAMP, digest);
}

if (import.meta.main) build({ force: process.argv.includes('--force') });
