import { type Dirent, existsSync } from 'node:fs';
import { lstat, readdir, readFile, realpath } from 'node:fs/promises';
import { isAbsolute, join, resolve } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';

/**
 * The branches and tags of a repository, read as files. No git command runs and nothing of the repository is executed or
 * followed: links among the refs are passed over, and only object ids are taken.
 */

/** 'refs/heads/main' -> object id. A tag's id may be that of a tag object. */
export type Refs = ReadonlyMap<string, string>;

const OBJECT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;
const MAX_REFS = 100_000;
const MAX_FOLDERS = 5000;
const MAX_PACKED = 64 * 1024 * 1024;
const MAX_DEPTH = 30;

const refuse = (code: string, where: string, what: string, fix: string, cause?: unknown) =>
  new ProblemError({ code: `trigger.${code}`, where, what, fix }, { cause });

/**
 * The folder that holds the refs of a repository: `.git` of a work tree, the folder that a `.git` file leads to (linked work
 * trees, submodules), the common folder of linked work trees, or the bare repository itself.
 *
 * @throws ProblemError `trigger.not-a-repository`, `trigger.reftable`.
 */
export async function refsFolder(repositoryPath: string): Promise<string> {
  const notOne = (cause?: unknown) =>
    refuse(
      'not-a-repository',
      repositoryPath,
      `${repositoryPath} is not a git repository.`,
      'Bind the source action to a git repository.',
      cause,
    );
  const real = await realpath(repositoryPath).catch((cause: unknown) => {
    throw notOne(cause);
  });
  let folder = real;
  const dotGit = join(real, '.git');
  const found = await lstat(dotGit).catch(() => undefined);
  if (found?.isFile()) folder = leadsTo(/^gitdir: (.+)$/m, await small(dotGit), real) ?? real;
  else if (found) folder = dotGit;
  const common = await small(join(folder, 'commondir')).catch(() => undefined);
  if (common !== undefined) folder = leadsTo(/^(.+)$/m, common, folder) ?? folder;
  folder = await realpath(folder).catch((cause: unknown) => {
    throw notOne(cause);
  });
  if (!existsSync(join(folder, 'HEAD')) || !existsSync(join(folder, 'refs'))) throw notOne();
  if (existsSync(join(folder, 'reftable'))) {
    throw refuse(
      'reftable',
      repositoryPath,
      `${repositoryPath} keeps its branches in a reftable, which cannot be watched.`,
      'Change it with `git refs migrate --ref-format=files`.',
    );
  }
  return folder;
}

function leadsTo(line: RegExp, text: string, from: string): string | undefined {
  const path = line.exec(text)?.[1]?.trim();
  return path === undefined ? undefined : isAbsolute(path) ? path : resolve(from, path);
}

/** The text of a file that has one line; a larger one is not what it should be. */
async function small(path: string): Promise<string> {
  if ((await lstat(path)).size > 8192) throw new Error(`${path} is too large.`);
  return readFile(path, 'utf8');
}

export interface RefsReading {
  refs: Refs;
  /** Every folder in which a ref may appear, to be watched. */
  folders: string[];
}

/**
 * Reads all branches and tags below the folder of `refsFolder`. Loose refs first, then packed ones: packing writes the pack
 * before it removes the files, so no ref is missed meanwhile.
 *
 * @throws ProblemError `trigger.too-many-refs`; file system errors when the repository is going away.
 */
export async function readRefs(folder: string): Promise<RefsReading> {
  const refs = new Map<string, string>();
  const folders = [folder, join(folder, 'refs')];
  const tooMany = () =>
    refuse(
      'too-many-refs',
      folder,
      `The repository has more branches and tags than can be watched.`,
      'Bind a clone with fewer of them.',
    );
  const walk = async (name: string, depth: number): Promise<void> => {
    const path = join(folder, name);
    let entries: Dirent[];
    try {
      entries = await readdir(path, { withFileTypes: true });
    } catch (error) {
      if (isGone(error)) return; // an emptied folder is removed by git
      throw error;
    }
    folders.push(path);
    if (folders.length > MAX_FOLDERS || depth > MAX_DEPTH) throw tooMany();
    for (const entry of entries) {
      const ref = `${name}/${entry.name}`;
      if (entry.isDirectory()) await walk(ref, depth + 1);
      else if (entry.isFile() && !entry.name.endsWith('.lock')) {
        const id = (await small(join(path, entry.name)).catch(() => '')).trim();
        if (OBJECT_ID.test(id)) refs.set(ref, id);
        if (refs.size > MAX_REFS) throw tooMany();
      }
    }
  };
  for (const name of ['refs/heads', 'refs/tags']) await walk(name, 0);
  for (const [ref, id] of await packed(join(folder, 'packed-refs'), tooMany)) if (!refs.has(ref)) refs.set(ref, id);
  if (refs.size > MAX_REFS) throw tooMany();
  if (!existsSync(join(folder, 'HEAD'))) {
    throw refuse(
      'repository-gone',
      folder,
      `The repository ${folder} is gone.`,
      'Bind the source action anew, then arm.',
    );
  }
  return { refs, folders };
}

async function packed(path: string, tooMany: () => Error): Promise<[ref: string, id: string][]> {
  const found = await lstat(path).catch(() => undefined);
  if (!found?.isFile()) return [];
  if (found.size > MAX_PACKED) throw tooMany();
  const text = await readFile(path, 'utf8').catch((error: unknown) => {
    if (isGone(error)) return '';
    throw error;
  });
  return text.split('\n').flatMap((line): [string, string][] => {
    const [id = '', ref = ''] = line.split(' ');
    return OBJECT_ID.test(id) && /^refs\/(heads|tags)\/./.test(ref) ? [[ref, id]] : [];
  });
}

const isGone = (error: unknown): boolean => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');
