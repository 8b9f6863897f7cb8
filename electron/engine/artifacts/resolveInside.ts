import type { Stats } from 'node:fs';
import { constants } from 'node:fs';
import { type FileHandle, lstat, open, realpath, stat } from 'node:fs/promises';
import { dirname, join, sep } from 'node:path';
import { ProblemError } from '../../../shared/problem.ts';
import { assertFitName, readable } from './entryName.ts';

/** True when `path` is `root` or below it. Separator-aware: `/work-evil` is not inside `/work`. Both must be real paths. */
export function isInside(root: string, path: string): boolean {
  return path === root || path.startsWith(root.endsWith(sep) ? root : root + sep);
}

const isMissing = (error: unknown) => ['ENOENT', 'ENOTDIR'].includes((error as NodeJS.ErrnoException).code ?? '');

/** Real path of `path`, where the parts that do not exist yet are appended to the real path of those that do. */
async function realPathOfNearest(path: string): Promise<string> {
  const missing: string[] = [];
  for (let at = path; ; at = dirname(at)) {
    try {
      return join(await realpath(at), ...missing);
    } catch (error) {
      if (!isMissing(error) || dirname(at) === at) throw error;
      // A link whose target is missing would be created through: its name exists, so it is not a free place.
      const itself = await lstat(at).catch(() => undefined);
      if (itself?.isSymbolicLink()) throw error;
      missing.unshift(at.slice(dirname(at).length).replace(sep, ''));
    }
  }
}

/**
 * The one path guard: the real path of `relative` below `root`, whether or not it exists yet. `relative` uses forward
 * slashes; `''` and `'.'` mean the root itself. Nothing is decoded or expanded: `%2e`, `~` and `$HOME` are plain names.
 *
 * @throws ProblemError `path.outside` for absolute paths, `..`, NUL, backslashes, drive letters, reserved names, and for
 *   anything that links lead out of `root`.
 */
export async function resolveInside(root: string, relative: string): Promise<string> {
  assertFitName(relative, 'path.outside', root);
  const realRoot = await realpath(root);
  const wanted = join(realRoot, relative);
  const real = await realPathOfNearest(wanted).catch((cause: unknown) => {
    throw outside(root, relative, 'cannot be followed (a dangling or circular link)', cause);
  });
  if (!isInside(realRoot, real)) throw outside(root, relative, 'leads out of its folder through a link');
  return real;
}

function outside(root: string, relative: string, how: string, cause?: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'path.outside',
      where: root,
      what: `The path "${readable(relative)}" ${how}.`,
      fix: 'Replace the link by the file or folder itself, or choose a path inside the folder.',
    },
    { cause },
  );
}

/**
 * Opens an existing regular file below `root` for reading, immune to links swapped in after the check: the file that was
 * opened must still be the one that the guarded path names. Never blocks on a FIFO and never opens a device.
 */
export async function openInside(root: string, relative: string): Promise<{ file: FileHandle; stats: Stats }> {
  const real = await resolveInside(root, relative);
  if (!(await lstat(real)).isFile()) throw outside(root, relative, 'is not a regular file');
  const file = await open(real, constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0));
  try {
    const stats = await file.stat();
    const again = await stat(await resolveInside(root, relative));
    if (!stats.isFile() || stats.ino !== again.ino || stats.dev !== again.dev) {
      throw outside(root, relative, 'was replaced while it was read');
    }
    return { file, stats };
  } catch (error) {
    await file.close();
    throw error;
  }
}
