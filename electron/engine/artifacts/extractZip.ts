import {
  closeSync,
  constants,
  existsSync,
  fsync,
  mkdirSync,
  openSync,
  readdirSync,
  renameSync,
  writeSync,
} from 'node:fs';
import { rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '../../../shared/problem.ts';
import type { ArtifactCaps } from './artifactCaps.ts';
import { readable } from './entryName.ts';
import { type OpenZip, openZip } from './openZip.ts';

const NEW_FILE = constants.O_WRONLY | constants.O_CREAT | constants.O_EXCL | (constants.O_NOFOLLOW ?? 0);
const sync = promisify(fsync);
/** The host answers its window between two files once this much time has gone by, in milliseconds. */
const BREATH = 8;

export interface ExtractOptions {
  caps?: Partial<ArtifactCaps>;
  /**
   * Puts every byte on the disk itself before the folder gets its name (default). Without it the folder survives the end
   * of this program but perhaps not a loss of power: right for a workspace whose programs such a loss ends anyway.
   */
  durable?: boolean;
  /** Opens and checks the zip; `openZip` with the caps by default. */
  open?: (zipPath: string) => Promise<OpenZip>;
}

/**
 * Unpacks a zip into `targetDir`, which must not exist or be empty. Everything is checked first; then files go to
 * `targetDir.incoming` beside it, which gets its name when whole: the target holds all of the artifact or nothing, also
 * after a crash (the next call removes what one left). Files are 0644 or 0755, folders 0755, both less the umask.
 *
 * @returns the number of files and their unpacked bytes.
 * @throws ProblemError `artifact.*`, naming the entry; nothing remains then.
 */
export async function extractZip(
  zipPath: string,
  targetDir: string,
  options: ExtractOptions = {},
): Promise<{ files: number; bytes: number }> {
  const durable = options.durable ?? true;
  const target = resolve(targetDir);
  const incoming = `${target}.incoming`;
  const zip = await (options.open ? options.open(zipPath) : openZip(zipPath, { caps: options.caps }));
  try {
    const there = existsSync(target) ? readdirSync(target) : [];
    if (there.length > 0) {
      throw new ProblemError({
        code: 'artifact.target-exists',
        where: target,
        what: 'The folder to unpack into already holds files.',
        fix: 'Remove the folder or choose another.',
      });
    }
    mkdirSync(dirname(target), { recursive: true });
    if (existsSync(incoming)) await rm(incoming, { recursive: true, force: true });
    mkdirSync(incoming, { mode: 0o755 });
    try {
      const written = await writeEntries(zip, incoming, durable);
      renameSync(incoming, target);
      if (durable) await syncFolders([dirname(target)]);
      return written;
    } catch (error) {
      await rm(incoming, { recursive: true, force: true });
      throw error;
    }
  } finally {
    zip.close();
  }
}

async function writeEntries(zip: OpenZip, root: string, durable: boolean): Promise<{ files: number; bytes: number }> {
  const folders = new Set<string>([root]);
  const ensureFolder = (path: string) => {
    if (folders.has(path)) return;
    ensureFolder(dirname(path));
    mkdirSync(path, { mode: 0o755 });
    folders.add(path);
  };
  let files = 0;
  let bytes = 0;
  let lastBreath = performance.now();
  for (const entry of zip.entries) {
    const path = join(root, entry.path);
    if (entry.directory) {
      ensureFolder(path);
      continue;
    }
    ensureFolder(dirname(path));
    const descriptor = openSync(path, NEW_FILE, entry.executable ? 0o755 : 0o644);
    try {
      const small = await zip.small(entry);
      if (small) writeWhole(descriptor, small);
      else for await (const piece of zip.stream(entry)) writeWhole(descriptor, piece);
      if (durable) await sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
    files += 1;
    bytes += entry.size;
    if (performance.now() - lastBreath > BREATH) {
      await new Promise((resume) => setImmediate(resume));
      lastBreath = performance.now();
    }
  }
  if (durable) await syncFolders(folders);
  return { files, bytes };
}

function writeWhole(descriptor: number, content: Uint8Array): void {
  for (let done = 0; done < content.length; ) done += writeSync(descriptor, content, done);
}

async function syncFolders(folders: Iterable<string>): Promise<void> {
  if (process.platform === 'win32') return; // folders cannot be opened there, and need not be
  for (const folder of folders) {
    const descriptor = openSync(folder, 'r');
    try {
      await sync(descriptor);
    } finally {
      closeSync(descriptor);
    }
  }
}

/**
 * Content of one file of a zip, or undefined when the zip has no file of that name. The whole zip is checked first.
 *
 * @throws ProblemError `artifact.*`; `artifact.file-too-large` when it has more than `limit` bytes.
 */
export async function readZipFile(zipPath: string, name: string, limit = 1024 * 1024): Promise<Buffer | undefined> {
  const zip = await openZip(zipPath);
  try {
    const wanted = name.replace(/^(\.\/)+/, '');
    const entry = zip.entries.find((candidate) => !candidate.directory && candidate.path === wanted);
    if (!entry) return undefined;
    if (entry.size > limit) {
      throw new ProblemError({
        code: 'artifact.file-too-large',
        where: zipPath,
        what: `The file "${readable(name)}" of the artifact has ${entry.size.toLocaleString('en')} bytes; at most ${limit.toLocaleString('en')} are read.`,
        fix: 'Make the file smaller.',
      });
    }
    const small = await zip.small(entry);
    if (small) return small;
    const pieces: Buffer[] = [];
    for await (const piece of zip.stream(entry)) pieces.push(piece);
    return Buffer.concat(pieces);
  } finally {
    zip.close();
  }
}

/** Checks a zip as extractZip would, without unpacking anything. */
export async function inspectZip(
  zipPath: string,
  caps?: Partial<ArtifactCaps>,
): Promise<{ files: number; bytes: number; paths: string[] }> {
  const zip = await openZip(zipPath, { caps });
  try {
    const paths = zip.entries.filter((entry) => !entry.directory).map((entry) => entry.path);
    return { files: paths.length, bytes: zip.totalBytes, paths };
  } finally {
    zip.close();
  }
}
