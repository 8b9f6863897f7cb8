import { ProblemError } from '../../../shared/problem.ts';

/** Longest name of one file or folder and of a whole relative path, in UTF-8 bytes (the limits of common file systems). */
const LONGEST_NAME = 255;
const LONGEST_PATH = 4096;

/** Device names that Windows reserves in every folder, with or without an extension. */
const RESERVED = /^(con|prn|aux|nul|com[0-9¹²³]|lpt[0-9¹²³]|conin\$|conout\$)(\.|$)/i;
/** C0 and C1 controls, and the characters that reorder or hide text on a screen. */
const INVISIBLE = /[\u0000-\u001f\u007f-\u009f\u200e\u200f\u2028-\u202e\u2066-\u2069\ufeff]/;

/** Characters that some file systems leave out of names. */
const IGNORED = /[\u200b-\u200f\u202a-\u202e\u206a-\u206f\ufeff]/g;

/** A name as a person can read it: controls and reordering characters as \u{…}, long ones cut. */
export function readable(name: string): string {
  const shown = name.length > 120 ? `${name.slice(0, 120)}…` : name;
  return shown.replace(new RegExp(INVISIBLE, 'g'), (char) => `\\u{${char.codePointAt(0)!.toString(16)}}`);
}

/**
 * What makes a relative path with forward slashes unfit to be a file on this machine or on a colleague's, as half a
 * sentence ("contains a backslash"), or undefined. One rule on every system: an artifact made here opens everywhere.
 */
export function faultOfName(path: string): string | undefined {
  if (path.includes('\0')) return 'contains a NUL byte';
  if (path.startsWith('/')) return 'is an absolute path';
  if (/^[a-z]:/i.test(path)) return 'starts with a drive letter';
  if (path.includes('\\')) return 'contains a backslash';
  if (INVISIBLE.test(path)) return 'contains control or text-reordering characters';
  if (!path.isWellFormed()) return 'is not valid Unicode';
  if (Buffer.byteLength(path) > LONGEST_PATH) return `is longer than ${LONGEST_PATH} bytes`;
  for (const name of path.split('/')) {
    if (name === '..') return 'leads out of its folder with ".."';
    if (Buffer.byteLength(name) > LONGEST_NAME) return `has a part longer than ${LONGEST_NAME} bytes`;
    if (RESERVED.test(name)) return `uses "${name}", a device name on Windows`;
    if (name !== '.' && /[. ]$/.test(name)) return 'has a part that ends with a dot or a space';
  }
  return undefined;
}

/** Throws a ProblemError with `code` when a path is unfit; `where` says whose path it is. */
export function assertFitName(path: string, code: string, where: string): void {
  const fault = faultOfName(path);
  if (fault) {
    throw new ProblemError({
      code,
      where,
      what: `The path "${readable(path)}" ${fault}.`,
      fix: 'Use a relative path of ordinary names with forward slashes that stays inside its folder.',
    });
  }
}

/**
 * True when `.git`, in any spelling that a file system takes for it, is on the way: whoever put files there would have git
 * run what they name.
 */
export const isGitsOwn = (path: string): boolean => /(^|\/)(\.git|git~1)(\/|$)/i.test(path.replace(IGNORED, ''));
