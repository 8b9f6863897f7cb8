import { statfsSync } from 'node:fs';

/** With less than this the next write fails, if not the one that has just failed. */
const NOTHING_BYTES = 1024 * 1024;

/** True when the disk that holds `path` has no room left. False where that cannot be told. */
export function isDiskFull(path: string): boolean {
  try {
    const { bavail, bsize } = statfsSync(path);
    return bavail * bsize < NOTHING_BYTES;
  } catch {
    return false;
  }
}

/** True for an error that says that a disk, or what a user may have of it, is full. */
export const isNoSpace = (error: unknown): boolean =>
  ['ENOSPC', 'EDQUOT'].includes((error as NodeJS.ErrnoException | undefined)?.code ?? '');
