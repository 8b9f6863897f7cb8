import { randomBytes } from 'node:crypto';
import { constants } from 'node:fs';
import { basename, dirname, join } from 'node:path';
import { fileProblem, isMissing } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';

const UNHARMED = 'Nothing was written; the file on disk is as it was.';

/**
 * Puts a text in place of a file so that a reader, a crash or a power failure sees the old text or the new one, never a
 * mixture: temporary file in the same folder, synced, renamed over the old one, folder synced. The old file's permissions are
 * kept. `path` must be a real path (a symbolic link would be replaced by a file).
 * @throws ProblemError with a code `file.*`; the old file is then still there.
 */
export async function writeAtomically(fs: FileSystem, path: string, text: string | Uint8Array): Promise<void> {
  const folder = dirname(path);
  const temporary = join(folder, `.${basename(path).slice(0, 100)}.${randomBytes(6).toString('hex')}.tmp`);
  let isMade = false;
  try {
    const mode = await modeToKeep(fs, path);
    const file = await fs.open(temporary, 'wx', mode ?? 0o666);
    isMade = true;
    try {
      await file.writeFile(text, 'utf8');
      // The mode given to open() went through the umask.
      if (mode !== undefined) await file.chmod(mode);
      await file.sync();
    } finally {
      await file.close();
    }
    await fs.rename(temporary, path);
    isMade = false;
  } catch (error) {
    if (isMade) await fs.unlink(temporary).catch(() => undefined);
    throw fileProblem(path, error, UNHARMED);
  }
  await syncFolder(fs, folder).catch((error: unknown) => {
    throw fileProblem(path, error, 'The new text is in place, but the disk did not confirm it.');
  });
}

/** The permissions of the file that is replaced; refuses a file that its owner made read-only. */
async function modeToKeep(fs: FileSystem, path: string): Promise<number | undefined> {
  try {
    const { mode } = await fs.stat(path);
    await fs.access(path, constants.W_OK);
    return mode & 0o7777;
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

/** Makes the rename itself last. Some systems (Windows, some network disks) have no such call for folders. */
async function syncFolder(fs: FileSystem, folder: string): Promise<void> {
  try {
    const handle = await fs.open(folder, 'r');
    try {
      await handle.sync();
    } finally {
      await handle.close();
    }
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? String(error.code) : '';
    if (!['EINVAL', 'EPERM', 'EISDIR', 'ENOTSUP', 'EACCES'].includes(code)) throw error;
  }
}
