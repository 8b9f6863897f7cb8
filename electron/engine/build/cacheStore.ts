import { createHash } from 'node:crypto';
import { constants } from 'node:fs';
import {
  copyFile,
  lstat,
  mkdir,
  readdir,
  readFile,
  readlink,
  realpath,
  rename,
  rm,
  symlink,
  writeFile,
} from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import { isInside, resolveInside } from '../artifacts/resolveInside.ts';

/**
 * The cached trees of one project, by key. `<name>.json` says key and folder of a tree; it is written last and replaced as a whole,
 * so a crash leaves the tree before or the tree after, and a folder that nothing names. Links are kept as links, because package
 * managers need them; one that would lead out of the place where it is put is left out.
 */
export interface CacheEntry {
  key: string;
  folder: string;
  files: number;
  /** Milliseconds since 1970. */
  savedAt: number;
}

/** Trees of one project; the oldest goes first. */
const MOST_ENTRIES = 10;
/** Copied at the same time. */
const AT_ONCE = 16;

const nameOf = (key: string) => createHash('sha256').update(key).digest('hex').slice(0, 32);

export async function listEntries(directory: string): Promise<CacheEntry[]> {
  const names = await readdir(directory).catch(() => []);
  const entries: CacheEntry[] = [];
  for (const name of names.filter((one) => one.endsWith('.json'))) {
    const entry = parseEntry(await readFile(join(directory, name), 'utf8').catch(() => ''));
    if (entry && `${nameOf(entry.key)}.json` === name) entries.push(entry);
  }
  return entries.sort((a, b) => b.savedAt - a.savedAt);
}

function parseEntry(text: string): CacheEntry | undefined {
  try {
    const { key, folder, files, savedAt } = JSON.parse(text) as Partial<CacheEntry>;
    if (typeof key !== 'string' || typeof folder !== 'string' || !/^[\w-]+$/.test(folder)) return undefined;
    if (typeof files !== 'number' || typeof savedAt !== 'number') return undefined;
    return { key, folder, files, savedAt };
  } catch {
    return undefined;
  }
}

/** One thing of a tree, its path relative with forward slashes. */
export interface TreeItem {
  path: string;
  kind: 'file' | 'link';
}

/** Keeps a tree under a key, in place of the one that was there. `id` is unique. */
export async function saveTree(
  directory: string,
  { key, id, root, items, savedAt }: { key: string; id: string; root: string; items: TreeItem[]; savedAt: number },
): Promise<void> {
  const before = await listEntries(directory);
  const folder = `${nameOf(key)}-${id.replaceAll(/[^\w-]/g, '')}`;
  const target = join(directory, folder);
  await rm(target, { recursive: true, force: true });
  await mkdir(target, { recursive: true, mode: 0o700 });
  try {
    await copyTree(root, target, items);
    const entry: CacheEntry = { key, folder, files: items.length, savedAt };
    const path = join(directory, `${nameOf(key)}.json`);
    await writeFile(`${path}.new`, JSON.stringify(entry), { mode: 0o600 });
    await rename(`${path}.new`, path);
  } catch (error) {
    await rm(target, { recursive: true, force: true });
    throw error;
  }
  const others = before.filter((entry) => entry.key !== key);
  for (const entry of others.slice(MOST_ENTRIES - 1)) await rm(join(directory, `${nameOf(entry.key)}.json`));
  const kept = new Set([folder, ...others.slice(0, MOST_ENTRIES - 1).map((entry) => entry.folder)]);
  for (const name of await readdir(directory)) {
    if (/\.(?:json|new)$/.test(name) || kept.has(name)) continue;
    await rm(join(directory, name), { recursive: true, force: true });
  }
}

async function copyTree(root: string, target: string, items: readonly TreeItem[]): Promise<void> {
  const made = new Set<string>();
  await inBatches(items, async ({ path, kind }) => {
    const folder = dirname(join(target, path));
    if (!made.has(folder)) await mkdir(folder, { recursive: true });
    made.add(folder);
    if (kind === 'link') await symlink(await readlink(join(root, path)), join(target, path));
    else await copyFile(join(root, path), join(target, path), constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE);
  });
}

/** Puts a tree into `root`. What is there already stays; nothing is written through a link. Answers the number of files put. */
export async function restoreTree(
  directory: string,
  entry: CacheEntry,
  root: string,
  note: (line: string) => void,
): Promise<number> {
  const source = join(directory, entry.folder);
  const realRoot = await realpath(root);
  const links: string[] = [];
  let files = 0;
  const visit = async (folder: string): Promise<void> => {
    const entries = await readdir(join(source, folder), { withFileTypes: true });
    const target = await placeFor(realRoot, folder, note);
    if (target === undefined) return;
    const inner = (name: string) => (folder === '' ? name : `${folder}/${name}`);
    await inBatches(
      entries.filter((one) => one.isFile()),
      async ({ name }) => {
        try {
          const flags = constants.COPYFILE_EXCL | constants.COPYFILE_FICLONE;
          await copyFile(join(source, folder, name), join(target, name), flags);
          files += 1;
        } catch (error) {
          if ((error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
        }
      },
    );
    for (const { name } of entries.filter((one) => one.isSymbolicLink())) links.push(inner(name));
    for (const { name } of entries.filter((one) => one.isDirectory())) await visit(inner(name));
  };
  await visit('');
  // Links come last, and those that lead out are taken away again, so that no file was ever written through one.
  const put: string[] = [];
  for (const path of links) {
    const target = join(realRoot, path);
    if (await lstat(target).catch(() => undefined)) continue;
    await symlink(await readlink(join(source, path)), target);
    put.push(target);
  }
  for (const target of put) {
    const real = await realpath(target).catch(() => undefined);
    if (real === undefined || !isInside(realRoot, real)) await rm(target, { force: true });
  }
  return files;
}

/** The folder of the source that a cached folder is put into; undefined where a link of the source's leads elsewhere. */
async function placeFor(root: string, folder: string, note: (line: string) => void): Promise<string | undefined> {
  try {
    const target = await resolveInside(root, folder);
    await mkdir(target, { recursive: true });
    return target;
  } catch (error) {
    if (!(error instanceof ProblemError) && (error as NodeJS.ErrnoException).code !== 'EEXIST') throw error;
    note(`Cache: "${folder}" is not restored: the source has something else of that name.`);
    return undefined;
  }
}

async function inBatches<T>(items: readonly T[], work: (item: T) => Promise<void>): Promise<void> {
  for (let at = 0; at < items.length; at += AT_ONCE) await Promise.all(items.slice(at, at + AT_ONCE).map(work));
}
