import { ProblemError, type ProblemInput } from '../../shared/problem.ts';

/** What each error of the system means for a person: [code, what, fix]. `%` stands for the path. */
const faults: Readonly<Record<string, readonly [code: string, what: string, fix: string]>> = {
  ENOENT: ['file.not-found', '% does not exist.', 'Check the path; it may have been moved or renamed.'],
  ENOTDIR: ['file.not-found', '% does not exist: a part of its path is no folder.', 'Check the path.'],
  EISDIR: ['file.is-folder', '% is a folder.', 'Choose a file in it.'],
  EACCES: ['file.no-permission', 'You have no permission for %.', 'Change its permissions, or choose another place.'],
  EPERM: [
    'file.no-permission',
    'The system does not allow this for %.',
    'Change its permissions, or choose another place.',
  ],
  EROFS: ['file.read-only', '% is on a read-only disk.', 'Save it in another place.'],
  ENOSPC: [
    'file.disk-full',
    'There is no space left on the disk of %.',
    'Free some space and try again, or save to another disk.',
  ],
  EDQUOT: [
    'file.disk-full',
    'Your quota on the disk of % is used up.',
    'Free some space and try again, or save to another disk.',
  ],
  EMFILE: [
    'file.too-many-open',
    'Too many files are open to open %.',
    'Close some documents or programs and try again.',
  ],
  ENFILE: ['file.too-many-open', 'Too many files are open to open %.', 'Close some programs and try again.'],
  ELOOP: [
    'file.not-found',
    '% is a symbolic link that leads in a circle.',
    'Mend the link, or choose the file itself.',
  ],
  ENAMETOOLONG: ['file.name-too-long', 'The name of % is too long.', 'Choose a shorter one.'],
  EIO: ['file.disk-error', 'The disk of % reports an error.', 'Save to another disk, and check this one.'],
  ENXIO: ['file.not-regular', '% is no ordinary file.', 'Choose a file that holds text.'],
};

/** A failed file operation as a Problem; `unharmed` is added to `what` when nothing was changed on disk. */
export function fileProblem(path: string, error: unknown, unharmed = ''): ProblemError {
  if (error instanceof ProblemError) return error;
  const name = typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
  const [code, what, fix] = faults[name] ?? [
    'file.failed',
    `The system refuses % (${name || (error instanceof Error ? error.message : String(error))}).`,
    'Try again, or choose another place.',
  ];
  const input: ProblemInput = {
    code,
    where: path,
    what: `${what.replace('%', path)}${unharmed && ` ${unharmed}`}`,
    fix,
  };
  return new ProblemError(input, { cause: error });
}

/** True when the thing simply is not there. */
export const isMissing = (error: unknown): boolean =>
  typeof error === 'object' &&
  error !== null &&
  'code' in error &&
  (error.code === 'ENOENT' || error.code === 'ENOTDIR');
