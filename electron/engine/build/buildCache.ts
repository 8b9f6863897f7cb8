import { createHash } from 'node:crypto';
import { readdir, readFile, realpath, rename, writeFile } from 'node:fs/promises';
import { isAbsolute, join } from 'node:path';
import type { CacheSpec } from '../../../shared/buildspec/buildspec.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { isInside, openInside } from '../artifacts/resolveInside.ts';
import { listEntries, restoreTree, saveTree, type TreeItem } from './cacheStore.ts';
import { expandVariables } from './findFiles.ts';
import { isWild, type PathPattern, pathPattern } from './pathPattern.ts';

/**
 * The cache of a build (reference/buildspec.md §10), kept below the data directory for each project. Only what lies in the source
 * folder is cached: what lies elsewhere on this machine stays there anyway. No fault of the cache fails a build.
 */
export interface CacheRequest {
  spec: CacheSpec;
  /** The project's folder of caches; made when needed. */
  directory: string;
  sourceFolder: string;
  variables: ReadonlyMap<string, string>;
  /** The attempt's folder, where it is noted under which key the cache was restored. */
  folder: string;
  actionExecutionId: string;
  now(): number;
  log(line: string): void;
  mask(text: string): string;
}

const MAX_ITEMS = 200_000;
const MAX_KEY = 1024;
/** A larger file is no lock file that a key is made of. */
const MAX_HASHED = 64 * 1024 * 1024;

interface Restored {
  key: string;
  /** Exactly this key was there. */
  isHit: boolean;
}

/** Restores before the build's first command. A build that is taken over has been restored already. */
export async function restoreCache(request: CacheRequest): Promise<void> {
  const { spec, folder, log } = request;
  if (await readRestored(folder)) return;
  await tolerate(request, 'restored', async () => {
    const key = await expandKey(request, spec.key ?? '');
    let isHit = false;
    if (spec.restores) {
      const entries = await listEntries(request.directory);
      const exact = entries.find((entry) => entry.key === key);
      const prefixes = await Promise.all(spec.fallbackKeys.map((text) => expandKey(request, text)));
      const found = exact ?? prefixes.map((prefix) => entries.find((one) => one.key.startsWith(prefix))).find(Boolean);
      isHit = exact !== undefined;
      if (found) {
        const files = await restoreTree(request.directory, found, request.sourceFolder, log);
        log(`Cache${named(request, found.key)}: ${files} ${files === 1 ? 'file' : 'files'} restored.`);
      } else log(`Cache${named(request, key)}: nothing is kept yet.`);
    }
    const restored: Restored = { key, isHit };
    await writeFile(join(folder, 'cache.new'), JSON.stringify(restored), { mode: 0o600 });
    await rename(join(folder, 'cache.new'), join(folder, 'cache'));
  });
}

/** Saves after the last phase of a build that succeeded, unless exactly its key was restored. */
export async function saveCache(request: CacheRequest): Promise<void> {
  const { spec, directory, actionExecutionId: id, log } = request;
  if (!spec.saves) return;
  await tolerate(request, 'saved', async () => {
    const restored = await readRestored(request.folder);
    const key = restored?.key ?? (await expandKey(request, spec.key ?? ''));
    if (spec.key && restored?.isHit)
      return log(`Cache${named(request, key)}: kept as it is, because its key is the same.`);
    const root = await realpath(request.sourceFolder);
    const items = await listItems(request, root);
    if (items.length === 0) return log(`Cache${named(request, key)}: there is nothing to keep.`);
    await saveTree(directory, { key, id, root, items, savedAt: request.now() });
    log(`Cache${named(request, key)}: ${items.length} ${items.length === 1 ? 'file' : 'files'} kept.`);
  });
}

const named = ({ spec, mask }: CacheRequest, key: string) => (spec.key ? ` "${mask(key)}"` : '');

/** Builds of one project that run at once use its cache one after the other. */
const inUse = new Map<string, Promise<void>>();

async function tolerate(request: CacheRequest, what: string, work: () => Promise<void>): Promise<void> {
  const { directory, log, mask } = request;
  const before = inUse.get(directory);
  const mine = before ? before.then(work) : work();
  const settled = mine.catch(() => undefined);
  inUse.set(directory, settled);
  void settled.then(() => {
    if (inUse.get(directory) === settled) inUse.delete(directory);
  });
  try {
    await mine;
  } catch (error) {
    const why = error instanceof ProblemError ? error.problem.what : (error as Error).message;
    log(`The cache is not ${what}: ${mask(why)}`);
  }
}

async function readRestored(folder: string): Promise<Restored | undefined> {
  const text = await readFile(join(folder, 'cache'), 'utf8').catch(() => undefined);
  return text === undefined ? undefined : (JSON.parse(text) as Restored);
}

const HASH_FILES = /\$\(\s*codebuild-hash-files\s+([^()\s]+)\s*\)/g;

/** `$(codebuild-hash-files <file>)` becomes the file's SHA-256; variables become their values, once. */
async function expandKey(request: CacheRequest, text: string): Promise<string> {
  const parts: string[] = [];
  let at = 0;
  for (const match of text.matchAll(HASH_FILES)) {
    parts.push(expandVariables(text.slice(at, match.index), request.variables));
    parts.push(await hashFile(request, expandVariables(match[1] as string, request.variables)));
    at = match.index + match[0].length;
  }
  parts.push(expandVariables(text.slice(at), request.variables));
  return parts.join('').slice(0, MAX_KEY);
}

async function hashFile({ sourceFolder, log, mask }: CacheRequest, path: string): Promise<string> {
  const hash = createHash('sha256');
  try {
    const { file, stats } = await openInside(sourceFolder, path.replace(/^['"]|['"]$/g, '').replace(/^(?:\.\/)+/, ''));
    try {
      if (stats.size > MAX_HASHED) throw new Error('it is too large');
      hash.update(await file.readFile());
    } finally {
      await file.close();
    }
  } catch (error) {
    const why = error instanceof ProblemError ? error.problem.what : (error as Error).message;
    log(`Cache: codebuild-hash-files cannot read "${mask(path)}": ${mask(why)}`);
    return 'none';
  }
  return hash.digest('hex');
}

/** Files and links below the source folder that the paths mean. */
async function listItems(request: CacheRequest, root: string): Promise<TreeItem[]> {
  const { spec, variables, sourceFolder, log } = request;
  const patterns = spec.paths.flatMap((written) => {
    const expanded = expandVariables(written, variables);
    const text = expanded.startsWith(`${sourceFolder}/`) ? expanded.slice(sourceFolder.length + 1) : expanded;
    if (isAbsolute(text) || text.startsWith('~') || text.split('/').includes('..') || text.includes('\0')) {
      log(`Cache: "${written.replaceAll('\0', '\\0')}" is left out, because it lies outside of the source folder.`);
      return [];
    }
    // A folder without a pattern means all of it.
    return isWild(text) ? [pathPattern(text)] : [pathPattern(text), pathPattern(`${text}/`)];
  });
  const items: TreeItem[] = [];
  if (patterns.length > 0) await listFolder(root, '', patterns, items);
  return items;
}

async function listFolder(
  root: string,
  folder: string,
  patterns: readonly PathPattern[],
  items: TreeItem[],
): Promise<void> {
  for (const entry of await readdir(join(root, folder), { withFileTypes: true })) {
    const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
    if (entry.isDirectory()) {
      if (patterns.some((pattern) => pattern.reaches(path))) await listFolder(root, path, patterns, items);
    } else if (patterns.some((pattern) => pattern.matches(path))) {
      if (entry.isFile()) items.push({ path, kind: 'file' });
      else if (entry.isSymbolicLink() && (await leadsInside(root, path))) items.push({ path, kind: 'link' });
    }
    if (items.length > MAX_ITEMS) throw new Error(`more than ${MAX_ITEMS.toLocaleString('en')} files match its paths`);
  }
}

async function leadsInside(root: string, path: string): Promise<boolean> {
  const real = await realpath(join(root, path)).catch(() => undefined);
  return real !== undefined && isInside(root, real);
}
