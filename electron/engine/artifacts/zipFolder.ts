import { closeSync, constants, fstatSync, lstatSync, openSync, readSync, type Stats } from 'node:fs';
import { readdir, realpath, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { createDeflateRaw, constants as zlib } from 'node:zlib';
import { ProblemError } from '../../../shared/problem.ts';
import { type ArtifactCaps, artifactCaps } from './artifactCaps.ts';
import { assertFitName, isGitsOwn, readable } from './entryName.ts';
import { isInside, openInside, resolveInside } from './resolveInside.ts';
import { type ByteSink, ZipWriter } from './zipWriter.ts';

/** Contents up to this size are compressed on the spot; larger ones on zlib's threads. */
const SMALL = 128 * 1024;
/** The host answers its window between two files once this much time has gone by, in milliseconds. */
const BREATH = 8;

export interface ZipFolderOptions {
  /** Paths relative to the folder, forward slashes. Absent = every file below it. */
  files?: readonly string[];
  /** Leaves out a file or a whole folder by its relative path; not asked when `files` is given. */
  exclude?: (path: string) => boolean;
  caps?: Partial<ArtifactCaps>;
  /**
   * Compresses large files by letter frequency alone (8:1 at most). For folders of zeros and the like: well compressed they
   * would look like a decompression bomb to whoever opens the artifact.
   */
  weakly?: boolean;
}

export interface ZippedFolder {
  files: number;
  /** Unpacked bytes. */
  bytes: number;
  /** Bytes of the zip. */
  packed: number;
  /** What could not be taken along, for the action's log. */
  skipped: { path: string; reason: string }[];
}

/**
 * Zips a folder into `sink`. The same content gives the same bytes: sorted names, fixed times, modes 0644 or 0755.
 * A link to something inside the folder is stored as what it points at, because artifacts hold no links; links that leave
 * the folder, dangle or go round in circles, and devices, FIFOs and sockets are skipped and named in the answer. `.git` is
 * left out (reference/execution-semantics.md §11).
 *
 * @throws ProblemError `artifact.*` when a cap is passed or a name is unfit, `path.outside` for a listed path that leaves.
 */
export async function zipFolder(folder: string, sink: ByteSink, options: ZipFolderOptions = {}): Promise<ZippedFolder> {
  const caps = { ...artifactCaps, ...options.caps };
  const root = await realpath(folder);
  const skipped: ZippedFolder['skipped'] = [];
  const paths = options.files
    ? [...new Set(options.files)]
    : await listFiles(root, caps, options.exclude ?? (() => false), skipped);
  if (paths.length > caps.entries) throw tooMany(folder, caps);
  paths.sort(byCodeUnits);

  const writer = new ZipWriter(sink);
  const directories = new VerifiedDirectories(root);
  let files = 0;
  let bytes = 0;
  let lastBreath = performance.now();
  for (const path of paths) {
    assertFitName(path, 'artifact.unfit-name', folder);
    if (isGitsOwn(path)) {
      skipped.push({ path, reason: "git's own files are never part of an artifact" });
      continue;
    }
    const taken = await addFile({ writer, directories, limit: caps.fileBytes, weakly: options.weakly ?? false }, path);
    if (typeof taken === 'string') {
      skipped.push({ path, reason: taken });
    } else {
      files += 1;
      bytes += taken.bytes;
      if (bytes > caps.totalBytes || taken.bytes > caps.fileBytes) throw tooLarge(folder, path, bytes, caps);
    }
    if (performance.now() - lastBreath > BREATH) {
      await new Promise((resume) => setImmediate(resume));
      lastBreath = performance.now();
    }
  }
  await directories.assertUnchanged();
  await writer.finish();
  return { files, bytes, packed: writer.length, skipped };
}

const byCodeUnits = (a: string, b: string) => (a < b ? -1 : a > b ? 1 : 0);

/** Every regular file and link below `root`, as relative paths. Folder links inside are followed, once per way down. */
async function listFiles(
  root: string,
  caps: ArtifactCaps,
  exclude: (path: string) => boolean,
  skipped: ZippedFolder['skipped'],
): Promise<string[]> {
  const found: string[] = [];
  const visit = async (relative: string, real: string, above: readonly string[]): Promise<void> => {
    if (above.length > caps.depth) {
      throw new ProblemError({
        code: 'artifact.too-deep',
        where: root,
        what: `The folder "${readable(relative)}" lies more than ${caps.depth} folders deep.`,
        fix: 'Leave that folder out of the artifact or make its path shorter.',
      });
    }
    for (const entry of await readdir(real, { withFileTypes: true })) {
      const path = relative === '' ? entry.name : `${relative}/${entry.name}`;
      if (entry.name === '.git' || exclude(path)) continue;
      if (entry.isDirectory()) {
        await visit(path, join(real, entry.name), [...above, real]);
      } else if (entry.isSymbolicLink()) {
        const target = await realpath(join(real, entry.name)).catch(() => undefined);
        if (target === undefined) skipped.push({ path, reason: 'a link to nothing' });
        else if (!isInside(root, target)) skipped.push({ path, reason: 'a link that leaves the folder' });
        else if (!(await stat(target)).isDirectory()) found.push(path);
        else if (isInside(target, real)) skipped.push({ path, reason: 'a link to a folder that contains it' });
        else await visit(path, target, [...above, real]);
      } else if (entry.isFile()) {
        found.push(path);
      } else {
        skipped.push({ path, reason: 'neither a file nor a folder' });
      }
      if (found.length > caps.entries) throw tooMany(root, caps);
    }
  };
  await visit('', root, []);
  return found;
}

/** Folders whose real place has been checked. A running program may swap one for a link: `assertUnchanged` finds out. */
class VerifiedDirectories {
  readonly root: string;
  readonly #known = new Map<string, { real: string; ino: number; dev: number }>();

  constructor(root: string) {
    this.root = root;
  }

  async realPathOf(relative: string): Promise<string> {
    const known = this.#known.get(relative);
    if (known) return known.real;
    const real = await resolveInside(this.root, relative);
    const { ino, dev } = await stat(real).catch(() => ({ ino: -1, dev: -1 }));
    this.#known.set(relative, { real, ino, dev });
    return real;
  }

  async assertUnchanged(): Promise<void> {
    for (const [relative, before] of this.#known) {
      const real = await resolveInside(this.root, relative);
      const now = await stat(real).catch(() => ({ ino: -1, dev: -1 }));
      if (real !== before.real || now.ino !== before.ino || now.dev !== before.dev) {
        throw new ProblemError({
          code: 'artifact.changed',
          where: this.root,
          what: `The folder "${readable(relative)}" was replaced while the artifact was made.`,
          fix: 'Make sure that no program still writes into the folder, then run the action again.',
        });
      }
    }
  }
}

const OPEN_FLAGS = constants.O_RDONLY | (constants.O_NOFOLLOW ?? 0) | (constants.O_NONBLOCK ?? 0);

interface Adding {
  writer: ZipWriter;
  directories: VerifiedDirectories;
  /** Bytes of one file. */
  limit: number;
  weakly: boolean;
}

/** Adds one file; answers its size, or why it was skipped. */
async function addFile(adding: Adding, path: string): Promise<{ bytes: number } | string> {
  const { directories } = adding;
  const parent = dirname(path);
  const real = join(await directories.realPathOf(parent === '.' ? '' : parent), path.slice(path.lastIndexOf('/') + 1));
  const itself = lstatSync(real, { throwIfNoEntry: false });
  if (!itself) return 'it does not exist any more';
  if (itself.isSymbolicLink()) return addLinked(adding, path);
  if (!itself.isFile()) return 'neither a file nor a folder';
  const descriptor = openSync(real, OPEN_FLAGS);
  try {
    const stats = fstatSync(descriptor);
    if (!stats.isFile()) return 'neither a file nor a folder';
    return await addOpened(adding, path, descriptor, stats);
  } finally {
    closeSync(descriptor);
  }
}

async function addLinked(adding: Adding, path: string): Promise<{ bytes: number } | string> {
  let opened: Awaited<ReturnType<typeof openInside>>;
  try {
    opened = await openInside(adding.directories.root, path);
  } catch (error) {
    if (error instanceof ProblemError) return 'a link that leaves the folder or leads to no regular file';
    throw error;
  }
  try {
    return await addOpened(adding, path, opened.file.fd, opened.stats);
  } finally {
    await opened.file.close();
  }
}

async function addOpened(adding: Adding, path: string, descriptor: number, stats: Stats): Promise<{ bytes: number }> {
  const entry = { name: path, executable: (stats.mode & 0o100) !== 0 };
  const content = stats.size <= SMALL ? readSmall(descriptor, stats.size) : undefined;
  if (!content) return { bytes: await addLarge(adding, entry, descriptor) };
  await adding.writer.addBytes(entry, content);
  return { bytes: content.length };
}

async function addLarge(
  { writer, limit, weakly }: Adding,
  entry: { name: string; executable: boolean },
  descriptor: number,
): Promise<number> {
  let bytes = 0;
  const counted = async function* () {
    for await (const chunk of readChunks(descriptor, limit)) {
      bytes += chunk.length;
      yield chunk;
    }
  };
  await writer.addStream(entry, counted(), (content) => deflated(content, weakly));
  return bytes;
}

/** Deflates on zlib's threads with bounded memory. */
async function* deflated(content: AsyncIterable<Uint8Array>, weakly: boolean): AsyncIterable<Uint8Array> {
  const deflate = createDeflateRaw(weakly ? { strategy: zlib.Z_HUFFMAN_ONLY } : {});
  const fed = pipeline(Readable.from(content), deflate);
  fed.catch(() => {}); // awaited below; until then its failure also ends the loop
  for await (const chunk of deflate) yield chunk as Uint8Array;
  await fed;
}

/** The whole content of a file that says it has `size` bytes; undefined when it has more by now. */
function readSmall(descriptor: number, size: number): Buffer | undefined {
  const content = Buffer.allocUnsafe(size + 1);
  let length = 0;
  for (;;) {
    const read = readSync(descriptor, content, length, content.length - length, length);
    if (read === 0) return content.subarray(0, length);
    length += read;
    if (length > size) return undefined;
  }
}

/** Reads on from the start in pieces; stops one piece after `limit`, which the caller then finds passed. */
async function* readChunks(descriptor: number, limit: number): AsyncIterable<Uint8Array> {
  for (let position = 0; position <= limit; ) {
    const chunk = Buffer.allocUnsafe(256 * 1024);
    const read = readSync(descriptor, chunk, 0, chunk.length, position);
    if (read === 0) return;
    position += read;
    yield chunk.subarray(0, read);
  }
}

function tooMany(folder: string, caps: ArtifactCaps): ProblemError {
  return new ProblemError({
    code: 'artifact.too-many-files',
    where: folder,
    what: `The folder holds more than ${caps.entries.toLocaleString('en')} files, the most an artifact may have.`,
    fix: 'Leave out what later actions do not need, for example dependencies that they can install again.',
  });
}

function tooLarge(folder: string, path: string, bytes: number, caps: ArtifactCaps): ProblemError {
  const mebibytes = (count: number) => `${Math.round(count / 1024 ** 2).toLocaleString('en')} MiB`;
  return new ProblemError({
    code: 'artifact.too-large',
    where: folder,
    what: `With "${readable(path)}" the artifact holds ${mebibytes(bytes)}; the most is ${mebibytes(caps.totalBytes)} in all and ${mebibytes(caps.fileBytes)} in one file.`,
    fix: 'Leave out what later actions do not need.',
  });
}
