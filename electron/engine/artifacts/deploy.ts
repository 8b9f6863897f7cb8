import { createHash } from 'node:crypto';
import {
  closeSync,
  constants,
  copyFileSync,
  fsync,
  lstatSync,
  mkdirSync,
  openSync,
  realpathSync,
  renameSync,
  rmSync,
  writeSync,
} from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '../../../shared/problem.ts';
import type { Cancellation } from '../../../shared/providers/host.ts';
import { assertFitName, isGitsOwn, readable } from './entryName.ts';
import { type OpenZip, openZip } from './openZip.ts';
import type { CheckedEntry } from './zipGuard.ts';

/**
 * Puts artifacts into a folder bound to a deploy action, as S3 would take objects: each file appears whole or not at all
 * (temp file, fsync, rename), files that are already there are replaced, others are left alone. Links in the target are
 * never followed: a link in a file's place is replaced, a link in a folder's place is refused. Safe to repeat.
 */

const sync = promisify(fsync);
const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);

export interface DeployOptions {
  /** Key prefix below which the files go; '' or absent = the folder itself. A trailing slash makes no difference. */
  prefix?: string;
  /** Where a file of the artifact goes instead, relative to the folder; undefined = it is left out. */
  pathOf?: (path: string) => string | undefined;
  signal?: Cancellation;
}

/**
 * Unzips an artifact into `targetDir`, which is made if missing. The whole artifact is checked before the first file is written.
 *
 * @returns the number of files.
 * @throws ProblemError `artifact.*` (the zip), `deploy.unfit-key`, `deploy.link`, `deploy.in-the-way`, `deploy.stopped`.
 */
export async function deployFiles(zipPath: string, targetDir: string, options: DeployOptions = {}): Promise<number> {
  const prefix = (options.prefix ?? '').replace(/\/+$/, '');
  assertFitKey(prefix, targetDir);
  const zip = await openZip(zipPath);
  try {
    const folders = new TargetFolders(targetDir);
    let files = 0;
    for (const entry of zip.entries) {
      if (options.signal?.aborted) throw stopped(targetDir);
      if (entry.directory) continue; // a bucket has no folders without objects
      const chosen = options.pathOf ? options.pathOf(entry.path) : entry.path;
      if (chosen === undefined) continue;
      if (options.pathOf) assertFitKey(chosen, targetDir);
      const path = prefix === '' ? chosen : `${prefix}/${chosen}`;
      await putWhole(folders, path, (temporary) => writeEntry(zip, entry, temporary));
      files += 1;
    }
    return files;
  } finally {
    zip.close();
  }
}

/**
 * Copies the artifact's bytes to `key` in `targetDir`, which is made if missing.
 *
 * @throws ProblemError `deploy.unfit-key`, `deploy.link`, `deploy.in-the-way`.
 */
export async function deployZip(zipPath: string, targetDir: string, key: string): Promise<void> {
  assertFitKey(key, targetDir);
  const path = normalized(key);
  if (path === '' || key.endsWith('/')) {
    throw deployProblem(
      targetDir,
      'unfit-key',
      `The object key "${readable(key)}" names no file.`,
      'Enter a key such as "releases/site.zip".',
    );
  }
  await putWhole(new TargetFolders(targetDir), path, async (temporary) => {
    copyFileSync(zipPath, temporary, constants.COPYFILE_EXCL);
    const descriptor = openSync(temporary, 'r+');
    try {
      await sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  });
}

async function writeEntry(zip: OpenZip, entry: CheckedEntry, temporary: string): Promise<void> {
  const descriptor = openSync(temporary, NEW_FILE, entry.executable ? 0o755 : 0o644);
  try {
    const small = await zip.small(entry);
    if (small) writeSmall(descriptor, small);
    else for await (const piece of zip.stream(entry)) writeSmall(descriptor, piece);
    await sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}

function writeSmall(descriptor: number, content: Uint8Array): void {
  for (let done = 0; done < content.length; ) done += writeSync(descriptor, content, done);
}

/** Gives `write` a temp name beside the file's place, then moves it there. The name is the same on every try, so a try that was cut short leaves nothing for long. */
async function putWhole(
  folders: TargetFolders,
  path: string,
  write: (temporary: string) => Promise<void>,
): Promise<void> {
  const folder = folders.ensure(dirname(path) === '.' ? '' : dirname(path));
  const target = join(folder, basename(path));
  if (lstatSync(target, { throwIfNoEntry: false })?.isDirectory()) {
    throw deployProblem(
      target,
      'in-the-way',
      `A folder stands where the file "${readable(path)}" belongs.`,
      'Remove the folder or choose another prefix.',
    );
  }
  const temporary = join(folder, `.penstock-incoming-${createHash('sha256').update(path).digest('hex').slice(0, 16)}`);
  rmSync(temporary, { force: true, recursive: true });
  try {
    folders.assertReal(folder);
    await write(temporary);
    folders.assertReal(folder);
    renameSync(temporary, target);
  } catch (error) {
    rmSync(temporary, { force: true });
    throw error;
  }
}

/** The folders below a deploy's target: made when missing, never reached through a link. */
class TargetFolders {
  readonly #root: string;
  readonly #known = new Set<string>();

  constructor(targetDir: string) {
    mkdirSync(targetDir, { recursive: true });
    this.#root = realpathSync(targetDir);
  }

  /** Path of the folder `relative` below the target. */
  ensure(relative: string): string {
    const path = join(this.#root, relative);
    if (relative === '' || this.#known.has(relative)) return path;
    const above = dirname(relative);
    this.ensure(above === '.' ? '' : above);
    const there = lstatSync(path, { throwIfNoEntry: false });
    if (there?.isSymbolicLink()) throw this.#link(path, relative);
    if (there && !there.isDirectory()) {
      throw deployProblem(
        path,
        'in-the-way',
        `A file stands where the folder "${readable(relative)}" belongs.`,
        'Remove the file or choose another prefix.',
      );
    }
    if (!there) mkdirSync(path, { mode: 0o755 });
    this.assertReal(path);
    this.#known.add(relative);
    return path;
  }

  /** A folder may have been swapped for a link since it was checked. */
  assertReal(path: string): void {
    if (realpathSync(path) !== path) throw this.#link(path, path);
  }

  #link(path: string, relative: string): ProblemError {
    return deployProblem(
      path,
      'link',
      `The folder "${readable(relative)}" of the target is a link. Deploys never write through links.`,
      'Bind the folder that the link points at, or replace the link by a folder.',
    );
  }
}

const normalized = (key: string) =>
  key
    .split('/')
    .filter((part) => part !== '' && part !== '.')
    .join('/');

function assertFitKey(key: string, where: string): void {
  assertFitName(key, 'deploy.unfit-key', where);
  if (isGitsOwn(key)) {
    throw deployProblem(
      where,
      'unfit-key',
      `The key "${readable(key)}" lies in git's own folder.`,
      'Choose another key.',
    );
  }
}

const deployProblem = (where: string, code: string, what: string, fix: string) =>
  new ProblemError({ code: `deploy.${code}`, where, what, fix });

const stopped = (where: string) =>
  deployProblem(
    where,
    'stopped',
    'The deploy was stopped. Files deployed until then stay.',
    'Run the action again to deploy the rest.',
  );
