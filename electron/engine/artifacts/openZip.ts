import { closeSync, fstatSync, openSync, read, readSync } from 'node:fs';
import { Readable } from 'node:stream';
import { promisify } from 'node:util';
import { crc32, createInflateRaw, inflateRawSync } from 'node:zlib';
import type { Entry, RandomAccessReader, ZipFile } from 'yauzl';
import { ProblemError } from '../../../shared/problem.ts';
import { loadOnce } from '../loadOnce.ts';
import { type ArtifactCaps, artifactCaps } from './artifactCaps.ts';
import { type CheckedEntry, refuse, ZipGuard } from './zipGuard.ts';

const loadYauzl = loadOnce(() => import('yauzl'));
/** Zips up to this size are read into memory once; larger ones are read in pieces. */
const IN_MEMORY = 4 * 1024 * 1024;
/** Contents up to this unpacked size are inflated on the spot; larger ones on zlib's threads. */
const SMALL = 256 * 1024;

/** How the small JSON begins that stands in for an artifact's files when a source hands on a git reference. */
export const CLONE_REFERENCE_START = '{"penstock":"clone-ref"';

/** A zip whose every entry has been checked. Nothing of it has been unpacked yet. */
export interface OpenZip {
  entries: readonly CheckedEntry[];
  /** Unpacked bytes of all entries. */
  totalBytes: number;
  /** Whole content of a small entry, or undefined when it is to be streamed. CRC and size have been checked. */
  small(entry: CheckedEntry): Promise<Buffer | undefined>;
  /** Content in pieces. Throws at the first byte beyond the declared size, and at the end if CRC or size differ. */
  stream(entry: CheckedEntry): AsyncIterable<Buffer>;
  /** Content as it lies in the zip, to be copied into another. */
  packed(entry: CheckedEntry): AsyncIterable<Buffer>;
  close(): void;
}

export interface OpenZipOptions {
  caps?: Partial<ArtifactCaps>;
  /** `keep`: links are entries like others, with `link` set, for whoever replaces them. Never to be unpacked. */
  links?: 'refuse' | 'keep';
}

/**
 * Opens a zip and checks its whole directory, each local header, and that no two entries share bytes, before anything is
 * unpacked (reliability rules ZA: names, kinds, duplicates, caps, overlaps, disagreeing headers).
 *
 * @throws ProblemError `artifact.*`, naming the entry.
 */
export async function openZip(zipPath: string, options: OpenZipOptions = {}): Promise<OpenZip> {
  const caps = { ...artifactCaps, ...options.caps };
  const descriptor = openSync(zipPath, 'r');
  try {
    const { size } = fstatSync(descriptor);
    const bytes = size <= IN_MEMORY ? memoryBytes(readWhole(descriptor, size)) : fileBytes(descriptor, size);
    const guard = new ZipGuard(zipPath, caps, options.links ?? 'refuse');
    const { entries, directoryEnd, directoryStart } = await readDirectory(zipPath, bytes, guard, caps);
    assertDirectoryEnds(zipPath, bytes, directoryEnd);
    if (guard.totalBytes > caps.ratioFromBytes && guard.totalBytes > caps.ratio * size) {
      throw new ProblemError({
        code: 'artifact.bomb',
        where: zipPath,
        what: `The artifact's ${size.toLocaleString('en')} bytes unpack to ${guard.totalBytes.toLocaleString('en')}, more than ${caps.ratio} times as many.`,
        fix: 'Nothing was unpacked. Make the artifact again with less compressible content, or leave that content out.',
      });
    }
    checkLocalHeaders(zipPath, bytes, entries, directoryStart);
    return {
      entries,
      totalBytes: guard.totalBytes,
      small: (entry) => smallContent(zipPath, bytes, entry),
      stream: (entry) => streamContent(zipPath, bytes, entry),
      packed: (entry) => packedPieces(bytes, entry),
      close: () => closeSync(descriptor),
    };
  } catch (error) {
    closeSync(descriptor);
    throw error;
  }
}

interface ZipBytes {
  size: number;
  /** Exactly n bytes at an offset; throws a plain RangeError when there are fewer. */
  read(at: number, n: number): Buffer;
  /** The same for content: off this thread where it is large and comes from the disk. */
  readContent(at: number, n: number): Promise<Buffer>;
}

function memoryBytes(buffer: Buffer): ZipBytes {
  const read = (at: number, n: number) => {
    if (at < 0 || at + n > buffer.length) throw new RangeError('past the end');
    return buffer.subarray(at, at + n);
  };
  return { size: buffer.length, read, readContent: async (at, n) => read(at, n) };
}

function readWhole(descriptor: number, size: number): Buffer {
  const buffer = Buffer.allocUnsafe(size);
  let length = 0;
  while (length < size) {
    const count = readSync(descriptor, buffer, length, size - length, length);
    if (count === 0) break;
    length += count;
  }
  return buffer.subarray(0, length);
}

const readPiece = promisify(read);

/** Headers are many and small and lie one after the other: they are read through a page. */
const PAGE = 64 * 1024;

function fileBytes(descriptor: number, size: number): ZipBytes {
  let page = Buffer.alloc(0);
  let pageAt = 0;
  const readPaged = (at: number, n: number): Buffer => {
    if (at < 0 || at + n > size) throw new RangeError('past the end');
    if (at < pageAt || at + n > pageAt + page.length) {
      const fresh = Buffer.allocUnsafe(Math.max(n, PAGE));
      page = fresh.subarray(0, readSync(descriptor, fresh, 0, fresh.length, at));
      pageAt = at;
      if (page.length < n) throw new RangeError('past the end');
    }
    return page.subarray(at - pageAt, at - pageAt + n);
  };
  return {
    size,
    read: readPaged,
    async readContent(at, n) {
      // Small contents lie beside their headers, mostly in the same page.
      if (n <= PAGE) return readPaged(at, n);
      const { buffer, bytesRead } = await readPiece(descriptor, Buffer.allocUnsafe(n), 0, n, at);
      if (bytesRead < n) throw new RangeError('past the end');
      return buffer;
    },
  };
}

function damaged(zipPath: string, detail: string, cause?: unknown): ProblemError {
  return new ProblemError(
    {
      code: 'artifact.damaged',
      where: zipPath,
      what: `The artifact is not a complete zip file: ${detail}.`,
      fix: 'Nothing was unpacked. Make the artifact again.',
    },
    { cause },
  );
}

async function readDirectory(zipPath: string, bytes: ZipBytes, guard: ZipGuard, caps: ArtifactCaps) {
  const yauzl = await loadYauzl();
  const options = {
    lazyEntries: true,
    decodeStrings: false,
    strictFileNames: true,
    validateEntrySizes: true,
    autoClose: false,
  };
  let zip: ZipFile;
  try {
    zip = await yauzl.fromRandomAccessReaderPromise(readerOf(yauzl, bytes), bytes.size, options);
  } catch (cause) {
    assertNoCloneReference(zipPath, bytes);
    throw damaged(zipPath, 'its directory cannot be found', cause);
  }
  if (zip.entryCount > caps.entries) throw guard.tooMany();
  const directoryStart = cursorOf(zip);
  const entries = await new Promise<CheckedEntry[]>((resolve, reject) => {
    const checked: CheckedEntry[] = [];
    zip.on('error', (cause: unknown) => reject(damaged(zipPath, 'its directory is damaged', cause)));
    zip.on('end', () => resolve(checked));
    zip.on('entry', (entry: Entry) => {
      try {
        checked.push(guard.check(entry));
        zip.readEntry();
      } catch (error) {
        reject(error);
      }
    });
    zip.readEntry();
  });
  return { entries, directoryStart, directoryEnd: cursorOf(zip) };
}

/** CodePipeline fails every consumer of a git reference but CodeBuild; the failure should say so (execution-semantics §11). */
function assertNoCloneReference(zipPath: string, bytes: ZipBytes): void {
  const length = Math.min(bytes.size, CLONE_REFERENCE_START.length);
  if (bytes.read(0, length).toString('latin1') !== CLONE_REFERENCE_START) return;
  throw new ProblemError({
    code: 'artifact.clone-reference',
    where: zipPath,
    what: 'The artifact is a git reference (CODEBUILD_CLONE_REF), which only build actions can open.',
    fix: 'Set the source action\'s OutputArtifactFormat to "CODE_ZIP", or put a build between the two.',
  });
}

/** yauzl reads on from within our answer; every so often it must start from an empty stack again. */
const ANSWERS_IN_A_ROW = 64;

/** Lets yauzl read through our page. It never opens content: that is done here, with the checks. */
function readerOf({ RandomAccessReader }: typeof import('yauzl'), bytes: ZipBytes): RandomAccessReader {
  let answers = 0;
  return new (class extends RandomAccessReader {
    override _readStreamForRange(): never {
      throw new Error('Contents are not read through yauzl.');
    }
    override read(
      buffer: Buffer,
      offset: number,
      length: number,
      at: number,
      done: (error: Error | null) => void,
    ): void {
      answers += 1;
      let failure: Error | null = null;
      try {
        bytes.read(at, length).copy(buffer, offset);
      } catch (error) {
        failure = error instanceof Error ? error : new Error(String(error));
      }
      if (failure || answers % ANSWERS_IN_A_ROW === 0) setImmediate(done, failure);
      else done(null);
    }
  })();
}

/** Where yauzl reads the next entry of the directory; a member that its types leave out. */
const cursorOf = (zip: ZipFile) => (zip as unknown as { readEntryCursor: number }).readEntryCursor;

/** The directory must end where its entry count says: readers that count and readers that walk then see the same files. */
function assertDirectoryEnds(zipPath: string, bytes: ZipBytes, at: number): void {
  const signature = at + 4 <= bytes.size ? bytes.read(at, 4).readUInt32LE(0) : 0;
  if (signature !== 0x06054b50 && signature !== 0x06064b50) {
    throw damaged(zipPath, 'its directory holds more or fewer entries than it says');
  }
}

/** Local headers must agree with the directory, and contents must lie apart, before the directory. */
function checkLocalHeaders(zipPath: string, bytes: ZipBytes, entries: CheckedEntry[], limit: number) {
  const inOrder = [...entries].sort(
    (a, b) => a.entry.relativeOffsetOfLocalHeader - b.entry.relativeOffsetOfLocalHeader,
  );
  let free = 0;
  for (const checked of inOrder) {
    const { entry } = checked;
    const at = entry.relativeOffsetOfLocalHeader;
    const name = checked.path;
    if (at < free) throw refuse(zipPath, 'overlap', name, 'shares bytes with another entry');
    const raw = entry.fileName as unknown as Buffer;
    let header: Buffer;
    try {
      header = bytes.read(at, 30 + raw.length);
    } catch (cause) {
      throw damaged(zipPath, `the entry "${name}" lies outside the file`, cause);
    }
    if (header.readUInt32LE(0) !== 0x04034b50)
      throw damaged(zipPath, `the entry "${name}" does not begin where it should`);
    if (header.readUInt16LE(26) !== raw.length || header.subarray(30).compare(raw) !== 0) {
      throw refuse(zipPath, 'two-names', name, 'has a different name in its own header');
    }
    const sizesFollow = (header.readUInt16LE(6) & 0x8) !== 0;
    const agrees = (local: number, listed: number) =>
      local === listed || local === 0xffffffff || (sizesFollow && local === 0);
    if (
      header.readUInt16LE(8) !== entry.compressionMethod ||
      (header.readUInt16LE(6) & 0x1) !== 0 ||
      !agrees(header.readUInt32LE(14), entry.crc32) ||
      !agrees(header.readUInt32LE(18), entry.compressedSize) ||
      !agrees(header.readUInt32LE(22), entry.uncompressedSize)
    ) {
      throw refuse(zipPath, 'two-sizes', name, 'says something else in its own header than in the directory');
    }
    checked.contentOffset = at + 30 + raw.length + header.readUInt16LE(28);
    free = checked.contentOffset + checked.compressedSize;
    if (free > limit) throw refuse(zipPath, 'overlap', name, 'reaches into the directory or beyond the file');
  }
}

function wrongContent(zipPath: string, entry: CheckedEntry, detail: string, cause?: unknown): ProblemError {
  const error = refuse(zipPath, 'damaged-entry', entry.path, detail);
  return cause ? new ProblemError(error.problem, { cause }) : error;
}

async function smallContent(zipPath: string, bytes: ZipBytes, entry: CheckedEntry): Promise<Buffer | undefined> {
  if (entry.size > SMALL || entry.compressedSize > SMALL) return undefined;
  const packed = await bytes.readContent(entry.contentOffset, entry.compressedSize);
  let content: Buffer = packed;
  if (entry.deflated) {
    try {
      content = inflateRawSync(packed, { maxOutputLength: Math.max(1, entry.size) });
    } catch (cause) {
      throw wrongContent(zipPath, entry, 'cannot be unpacked to the size that it declares', cause);
    }
  }
  if (content.length !== entry.size) throw wrongContent(zipPath, entry, 'has another size than it declares');
  if (crc32(content) !== entry.crc) throw wrongContent(zipPath, entry, 'fails its checksum');
  return content;
}

async function* packedPieces(bytes: ZipBytes, entry: CheckedEntry): AsyncIterable<Buffer> {
  const end = entry.contentOffset + entry.compressedSize;
  for (let at = entry.contentOffset; at < end; ) {
    const piece = await bytes.readContent(at, Math.min(128 * 1024, end - at));
    at += piece.length;
    yield piece;
  }
}

async function* streamContent(zipPath: string, bytes: ZipBytes, entry: CheckedEntry): AsyncIterable<Buffer> {
  const packed = Readable.from(packedPieces(bytes, entry), { objectMode: false, highWaterMark: 256 * 1024 });
  const inflate = entry.deflated ? createInflateRaw({ chunkSize: 64 * 1024 }) : undefined;
  packed.on('error', (error) => inflate?.destroy(error));
  const content = inflate ? packed.pipe(inflate) : packed;
  let size = 0;
  let crc = 0;
  try {
    for await (const piece of content as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > entry.size) throw wrongContent(zipPath, entry, 'unpacks to more than it declares');
      crc = crc32(piece, crc);
      yield piece;
    }
  } catch (error) {
    if (error instanceof ProblemError) throw error;
    throw wrongContent(zipPath, entry, 'cannot be unpacked', error);
  } finally {
    packed.destroy();
    inflate?.destroy();
  }
  if (size !== entry.size) throw wrongContent(zipPath, entry, 'has another size than it declares');
  if (crc !== entry.crc) throw wrongContent(zipPath, entry, 'fails its checksum');
}
