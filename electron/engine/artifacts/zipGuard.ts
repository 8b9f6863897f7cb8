import type { Entry } from 'yauzl';
import { ProblemError } from '../../../shared/problem.ts';
import type { ArtifactCaps } from './artifactCaps.ts';
import { faultOfName, isGitsOwn, readable } from './entryName.ts';

/** An entry of a zip that may be written: its path is relative, ordinary and unlike every other. */
export interface CheckedEntry {
  /** Forward slashes, no `.` or empty parts, no trailing slash. */
  path: string;
  directory: boolean;
  executable: boolean;
  /** Only when links were asked to be kept. */
  link: boolean;
  /** Declared; holds because extraction stops at the first byte beyond. */
  size: number;
  compressedSize: number;
  crc: number;
  deflated: boolean;
  /** Where the content starts in the zip; set when the local header was checked. */
  contentOffset: number;
  entry: Entry;
}

const FILE_TYPE = 0o170000;
const LINK = 0o120000;
const KINDS = new Map([
  [LINK, 'a symbolic link'],
  [0o060000, 'a block device'],
  [0o020000, 'a character device'],
  [0o010000, 'a FIFO'],
  [0o140000, 'a socket'],
]);
const UNICODE_PATH_EXTRA = 0x7075;

/** Refuses an entry. Every code starts with `artifact.`; `what` names the entry. */
export function refuse(zipPath: string, code: string, entry: string, what: string): ProblemError {
  return new ProblemError({
    code: `artifact.${code}`,
    where: zipPath,
    what: `The artifact's entry "${readable(entry)}" ${what}.`,
    fix: 'Nothing was unpacked. Make the artifact again without this entry.',
  });
}

/**
 * Checks the entries of one zip in turn, each by itself and against those before it. Names are compared as the most
 * forgiving file systems do (any case, any Unicode form), in a Map, so that no name means anything to JavaScript.
 */
export class ZipGuard {
  readonly #zipPath: string;
  readonly #caps: ArtifactCaps;
  readonly #links: 'refuse' | 'keep';
  readonly #seen = new Map<string, { spelling: string; directory: boolean; listed: boolean }>();
  #totalBytes = 0;

  constructor(zipPath: string, caps: ArtifactCaps, links: 'refuse' | 'keep') {
    this.#links = links;
    this.#zipPath = zipPath;
    this.#caps = caps;
  }

  get totalBytes(): number {
    return this.#totalBytes;
  }

  check(entry: Entry): CheckedEntry {
    const rawName = entry.fileName as unknown as Buffer; // decodeStrings is off: names are ours to decode
    const name = this.#decode(entry, rawName);
    const fault = faultOfName(name.endsWith('/') ? name.slice(0, -1) : name);
    if (fault) throw refuse(this.#zipPath, 'unfit-name', name, fault);
    const directory = name.endsWith('/');
    const path = name
      .split('/')
      .filter((part) => part !== '' && part !== '.')
      .join('/');
    if (path === '' && !directory) throw refuse(this.#zipPath, 'unfit-name', name, 'has no name');
    if (isGitsOwn(path)) {
      throw refuse(this.#zipPath, 'git-folder', name, "belongs to git's own folder, which could make git run programs");
    }
    const link = this.#links === 'keep' && ((entry.externalFileAttributes >>> 16) & FILE_TYPE) === LINK;
    const executable = !link && this.#checkKind(entry, name, directory);
    this.#checkContent(entry, name, directory);
    if (path !== '') this.#claim(path, directory, name);
    return {
      path,
      directory,
      executable,
      link,
      size: entry.uncompressedSize,
      compressedSize: entry.compressedSize,
      crc: entry.crc32,
      deflated: entry.compressionMethod === 8,
      contentOffset: -1,
      entry,
    };
  }

  #decode(entry: Entry, raw: Buffer): string {
    const latin = raw.toString('latin1');
    const overlong = /[\xc0\xc1][\x80-\xbf]|\xe0[\x80-\x9f][\x80-\xbf]/.test(latin);
    let name: string;
    try {
      name = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(raw);
    } catch {
      // Without the UTF-8 flag the format's own letters (code page 437) are meant.
      if (overlong || (entry.generalPurposeBitFlag & 0x800) !== 0) {
        throw refuse(this.#zipPath, 'unfit-name', latin, 'has a name that is not valid UTF-8');
      }
      name = fromCodePage437(raw);
    }
    const other = entry.extraFields.find((field) => field.id === UNICODE_PATH_EXTRA);
    if (other && other.data.subarray(5).compare(raw) !== 0) {
      throw refuse(this.#zipPath, 'two-names', name, 'carries a second, different name');
    }
    return name;
  }

  /** Answers whether the entry is executable. Set-user-id and all other mode bits are dropped. */
  #checkKind(entry: Entry, name: string, directory: boolean): boolean {
    const mode = entry.externalFileAttributes >>> 16;
    const type = mode & FILE_TYPE;
    const kind = KINDS.get(type);
    if (kind) throw refuse(this.#zipPath, 'not-a-file', name, `is ${kind}; artifacts hold only files and folders`);
    const typeIsDirectory = type === 0o040000;
    if (type !== 0 && type !== 0o100000 && !typeIsDirectory) {
      throw refuse(this.#zipPath, 'not-a-file', name, 'is of an unknown kind');
    }
    if (type !== 0 && typeIsDirectory !== directory) {
      throw refuse(this.#zipPath, 'two-kinds', name, 'is a file by its name and a folder by its mode, or the reverse');
    }
    return !directory && (mode & 0o111) !== 0;
  }

  #checkContent(entry: Entry, name: string, directory: boolean): void {
    const { fileBytes, totalBytes } = this.#caps;
    if (entry.isEncrypted()) throw refuse(this.#zipPath, 'encrypted', name, 'is encrypted');
    if (entry.compressionMethod !== 0 && entry.compressionMethod !== 8) {
      throw refuse(this.#zipPath, 'unsupported', name, `uses compression method ${entry.compressionMethod}`);
    }
    if (directory && entry.uncompressedSize !== 0) {
      throw refuse(this.#zipPath, 'two-kinds', name, 'is a folder by its name but has content');
    }
    if (entry.uncompressedSize > fileBytes) {
      throw refuse(this.#zipPath, 'too-large', name, `unpacks to more than ${fileBytes.toLocaleString('en')} bytes`);
    }
    this.#totalBytes += entry.uncompressedSize;
    if (this.#totalBytes > totalBytes) {
      const most = totalBytes.toLocaleString('en');
      throw refuse(this.#zipPath, 'too-large', name, `brings the artifact to more than ${most} unpacked bytes`);
    }
  }

  /** Takes the entry's place and those of the folders above it. */
  #claim(path: string, directory: boolean, name: string): void {
    const parts = path.split('/');
    if (parts.length > this.#caps.depth) {
      throw refuse(this.#zipPath, 'too-deep', name, `lies more than ${this.#caps.depth} folders deep`);
    }
    for (let length = 1; length <= parts.length; length += 1) {
      const spelling = parts.slice(0, length).join('/');
      const key = spelling.normalize('NFC').toUpperCase().toLowerCase().normalize('NFC');
      const last = length === parts.length;
      const isDirectory = !last || directory;
      const seen = this.#seen.get(key);
      if (!seen) {
        this.#seen.set(key, { spelling, directory: isDirectory, listed: last });
        if (this.#seen.size > this.#caps.entries) throw this.tooMany();
        continue;
      }
      if (seen.spelling !== spelling) {
        throw refuse(
          this.#zipPath,
          'same-name',
          name,
          `is the same as "${readable(seen.spelling)}" on many file systems`,
        );
      }
      if (seen.directory !== isDirectory) {
        throw refuse(
          this.#zipPath,
          'two-kinds',
          name,
          `needs "${readable(spelling)}" to be a file and a folder at once`,
        );
      }
      if (last && seen.listed) throw refuse(this.#zipPath, 'same-name', name, 'is there twice');
      if (last) seen.listed = true;
    }
  }

  tooMany(): ProblemError {
    return new ProblemError({
      code: 'artifact.too-many-files',
      where: this.#zipPath,
      what: `The artifact holds more than ${this.#caps.entries.toLocaleString('en')} files and folders.`,
      fix: 'Nothing was unpacked. Leave out what later actions do not need.',
    });
  }
}

const HIGH_HALF =
  'ÇüéâäàåçêëèïîìÄÅÉæÆôöòûùÿÖÜ¢£¥₧ƒáíóúñÑªº¿⌐¬½¼¡«»░▒▓│┤╡╢╖╕╣║╗╝╜╛┐└┴┬├─┼╞╟╚╔╩╦╠═╬╧╨╤╥╙╘╒╓╫╪┘┌█▄▌▐▀αßΓπΣσµτΦΘΩδ∞φε∩≡±≥≤⌠⌡÷≈°∙·√ⁿ²■\u00a0';

function fromCodePage437(raw: Buffer): string {
  let text = '';
  for (const byte of raw) text += byte < 0x80 ? String.fromCharCode(byte) : HIGH_HALF[byte - 0x80];
  return text;
}
