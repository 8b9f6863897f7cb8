import { spawnSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { fileURLToPath } from 'node:url';
import { root } from './root.ts';

/*
 * `npm run build`: main, preload and window into out/. Skips itself when nothing that goes into the bundles changed
 * since the last build, so that `npm start` and the specs may ask for it freely. `--force` builds anyway.
 */
const SOURCES = [
  'electron',
  'renderer',
  'shared',
  'assets',
  'electron.vite.config.ts',
  'package.json',
  'package-lock.json',
];
const STAMP = join(root, 'out', 'built-from');
const RESULTS = ['main/main.js', 'main/penstock.js', 'preload/preload.cjs', 'renderer/index.html'];

function* files(path: string): Generator<string> {
  if (statSync(path).isFile()) {
    if (!/\.test\.tsx?$/.test(path)) yield path;
    return;
  }
  for (const name of readdirSync(path).sort()) {
    // What a run of a sample in place has deployed is none of the sample's files.
    if (name !== 'deployed') yield* files(join(path, name));
  }
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

/** Builds if anything changed. Says why and answers false when the build fails. */
export function tryBuild(options: { force?: boolean; quiet?: boolean } = {}): boolean {
  const digest = digestOfSources();
  const isWhole = RESULTS.every((result) => existsSync(join(root, 'out', result)));
  if (isWhole && !options.force && existsSync(STAMP) && readFileSync(STAMP, 'utf8') === digest) return true;
  if (!options.quiet) process.stderr.write('Building …\n');
  rmSync(STAMP, { force: true }); // what an interrupted build leaves is no build
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
    return false;
  }
  writeFileSync(STAMP, digest);
  return true;
}

/** The same, but ends the process when the build fails. */
export function build(options: { force?: boolean; quiet?: boolean } = {}): void {
  if (!tryBuild(options)) process.exit(1);
}

// Not import.meta.main, which Node 22 does not know.
if (process.argv[1] === fileURLToPath(import.meta.url)) build({ force: process.argv.includes('--force') });
