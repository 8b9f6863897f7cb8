import { createHash, type Hash, randomBytes } from 'node:crypto';
import {
  closeSync,
  createReadStream,
  fsync,
  mkdirSync,
  openSync,
  readFileSync,
  renameSync,
  statSync,
  write,
  writeSync,
} from 'node:fs';
import { mkdir, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { promisify } from 'node:util';
import { ProblemError } from '../../../shared/problem.ts';
import { artifactCaps } from './artifactCaps.ts';
import { assertFitName } from './entryName.ts';
import { type ZipFolderOptions, type ZippedFolder, zipFolder } from './zipFolder.ts';
import { type ByteSink, ZipWriter } from './zipWriter.ts';

/**
 * Artifacts by content: `<directory>/sha256/ab/abcd…`, named by the SHA-256 of their bytes. A name exists only when its
 * bytes are whole and on disk (temp file, fsync, rename, fsync of the folder), so a crash leaves nothing half-made.
 * Nothing is ever changed in place; storing the same bytes again is a look-up.
 */
export interface StoredArtifact {
  /** Lower-case hex SHA-256. */
  digest: string;
  /** Bytes. */
  size: number;
}

export interface ArtifactStore {
  /** Stores a file as it is. */
  putFile(path: string): Promise<StoredArtifact>;
  /** Stores what a stream gives; `limit` bytes at most (default 2 GiB), else ProblemError `artifact.too-large`. */
  putStream(content: AsyncIterable<Uint8Array>, limit?: number): Promise<StoredArtifact>;
  /** Stores a zip of the given files (relative path -> text). */
  putText(files: Readonly<Record<string, string>>): Promise<StoredArtifact>;
  /** Stores a zip of a folder or of some files of it (zipFolder). The same content gives the same digest. */
  putFolder(folder: string, options?: ZipFolderOptions): Promise<StoredArtifact & ZippedFolder>;
  /** Stores whatever `write` gives to the sink; nothing is kept when it throws. */
  put<T>(write: (sink: ByteSink) => Promise<T>): Promise<StoredArtifact & { result: T }>;
  /** Where an artifact's bytes are (or would be). Throws ProblemError `artifact.bad-digest` for anything but a digest. */
  pathOf(digest: string): string;
  has(digest: string): Promise<boolean>;
  /** True when the bytes on disk still have this digest. */
  verify(digest: string): Promise<boolean>;
  /** Takes damaged bytes away from their name and answers where they are kept; undefined when there are none. */
  setAside(digest: string): Promise<string | undefined>;
  /** Removes what crashed hosts left half-made. Call only while no other host uses the folder. */
  sweep(): Promise<void>;
}

/** Compressed so well that it would be taken for a bomb: done again, weakly. */
const tooDense = new Error('compressed beyond the ratio that artifacts may have');

/** Names are looked up and made on the spot, which is far cheaper than a thread's turn; waiting for the disk is left to one. */
const sync = promisify(fsync);
const writePiece = promisify(write);

/** Contents up to this size are gathered in memory, so that bytes already in the store are never written again. */
const IN_MEMORY = 1024 * 1024;
const SMALL = 64 * 1024;

export function createArtifactStore(directory: string): ArtifactStore {
  const root = join(directory, 'sha256');
  const temporary = join(directory, 'incoming');
  const pathOf = (digest: string) => {
    if (!/^[0-9a-f]{64}$/.test(digest)) {
      throw new ProblemError({
        code: 'artifact.bad-digest',
        where: directory,
        what: 'An artifact was asked for by something that is not a SHA-256 digest.',
        fix: 'Run the pipeline again; its history record is damaged.',
      });
    }
    return join(root, digest.slice(0, 2), digest);
  };

  const sizeOf = (digest: string) => {
    const stats = statSync(pathOf(digest), { throwIfNoEntry: false });
    return stats?.isFile() ? stats.size : undefined;
  };

  const openTemporary = (): Temporary => {
    mkdirSync(temporary, { recursive: true, mode: 0o700 });
    const path = join(temporary, randomBytes(12).toString('hex'));
    return { path, descriptor: openSync(path, 'wx', 0o600) };
  };

  /** Gives a finished temp file its name. */
  const publish = async (path: string, digest: string) => {
    const target = pathOf(digest);
    const folder = dirname(target);
    const madeFirst = mkdirSync(folder, { recursive: true, mode: 0o700 });
    renameSync(path, target);
    await syncFolder(folder);
    if (madeFirst) for (let at = folder; at !== dirname(madeFirst); at = dirname(at)) await syncFolder(dirname(at));
  };

  const put = async <T>(write: (sink: ByteSink) => Promise<T>) => {
    const incoming = new Incoming(openTemporary);
    try {
      const result = await write(incoming);
      const digest = incoming.hash.digest('hex');
      const stored = { digest, size: incoming.size };
      if (sizeOf(digest) !== incoming.size) await publish(await incoming.toSyncedFile(), digest);
      return { ...stored, result };
    } finally {
      await incoming.discard();
    }
  };

  const putStream = async (content: AsyncIterable<Uint8Array>, limit = artifactCaps.totalBytes) => {
    const { digest, size } = await put(async (sink) => {
      let bytes = 0;
      for await (const chunk of content) {
        bytes += chunk.length;
        if (bytes > limit) {
          throw new ProblemError({
            code: 'artifact.too-large',
            where: directory,
            what: `The artifact is larger than ${Math.round(limit / 1024 ** 2).toLocaleString('en')} MiB.`,
            fix: 'Leave out what later actions do not need.',
          });
        }
        await sink.write(chunk);
      }
    });
    return { digest, size };
  };

  return {
    put,
    putStream,
    putFile: (path) => putStream(createReadStream(path, { highWaterMark: 256 * 1024 })),
    async putText(files) {
      const { digest, size } = await put(async (sink) => {
        const writer = new ZipWriter(sink);
        for (const name of Object.keys(files).sort()) {
          assertFitName(name, 'artifact.unfit-name', '');
          await writer.addBytes({ name }, Buffer.from(files[name] ?? ''));
        }
        await writer.finish();
      });
      return { digest, size };
    },
    async putFolder(folder, options) {
      const caps = { ...artifactCaps, ...options?.caps };
      const zip = (weakly: boolean) =>
        put(async (sink) => {
          const zipped = await zipFolder(folder, sink, { ...options, weakly });
          const dense = zipped.bytes > caps.ratioFromBytes && zipped.bytes > caps.ratio * zipped.packed;
          if (dense && !weakly) throw tooDense;
          return zipped;
        });
      const { digest, size, result } = await zip(false).catch((error: unknown) => {
        if (error === tooDense) return zip(true);
        throw error;
      });
      return { digest, size, ...result };
    },
    pathOf,
    has: async (digest) => sizeOf(digest) !== undefined,
    async verify(digest) {
      const size = sizeOf(digest);
      if (size === undefined) return false;
      const path = pathOf(digest);
      const hash = createHash('sha256');
      try {
        // A small one is read on the spot, which is far cheaper than a stream.
        if (size <= IN_MEMORY) hash.update(readFileSync(path));
        else
          for await (const chunk of createReadStream(path, { highWaterMark: IN_MEMORY })) hash.update(chunk as Buffer);
      } catch {
        return false;
      }
      return hash.digest('hex') === digest;
    },
    async setAside(digest) {
      const folder = join(directory, 'damaged');
      await mkdir(folder, { recursive: true, mode: 0o700 });
      const aside = join(folder, `${digest}-${randomBytes(4).toString('hex')}`);
      try {
        await rename(pathOf(digest), aside);
      } catch (error) {
        if ((error as NodeJS.ErrnoException).code === 'ENOENT') return undefined;
        throw error;
      }
      return aside;
    },
    async sweep() {
      for (const name of await readdir(temporary).catch(() => [])) await rm(join(temporary, name), { force: true });
    },
  };
}

interface Temporary {
  path: string;
  descriptor: number;
}

/** Bytes on their way into the store: hashed as they come, kept in memory while few, then in a temp file. */
class Incoming implements ByteSink {
  readonly hash: Hash = createHash('sha256');
  size = 0;
  #pieces: Uint8Array[] = [];
  #gathered = 0;
  #temporary: Temporary | undefined;
  #open = false;
  readonly #openTemporary: () => Temporary;

  constructor(openTemporary: () => Temporary) {
    this.#openTemporary = openTemporary;
  }

  write(bytes: Uint8Array): Promise<void> | void {
    this.hash.update(bytes);
    this.size += bytes.length;
    this.#pieces.push(bytes);
    this.#gathered += bytes.length;
    if (this.#gathered > IN_MEMORY) return this.#flush();
  }

  /** Path of a closed file that holds everything, on the disk itself. */
  async toSyncedFile(): Promise<string> {
    await this.#flush();
    const { path, descriptor } = this.#file();
    await sync(descriptor);
    this.#close(descriptor);
    return path;
  }

  /** Moves what has been gathered to the temp file. */
  async #flush(): Promise<void> {
    const gathered = Buffer.concat(this.#pieces);
    this.#pieces = [];
    this.#gathered = 0;
    const { descriptor } = this.#file();
    let done = 0;
    // A small artifact, its only write, is done on the spot; the pieces of a large one are left to a thread.
    if (gathered.length <= SMALL) while (done < gathered.length) done += writeSync(descriptor, gathered, done);
    while (done < gathered.length) {
      done += (await writePiece(descriptor, gathered, done, gathered.length - done, null)).bytesWritten;
    }
  }

  #file(): Temporary {
    if (!this.#temporary) {
      this.#temporary = this.#openTemporary();
      this.#open = true;
    }
    return this.#temporary;
  }

  #close(descriptor: number): void {
    this.#open = false;
    closeSync(descriptor);
  }

  /** Removes the temp file; once it has been given its name there is none. */
  async discard(): Promise<void> {
    if (!this.#temporary) return;
    if (this.#open) this.#close(this.#temporary.descriptor);
    await rm(this.#temporary.path, { force: true });
  }
}

/** Makes a rename durable. Windows cannot open folders and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const descriptor = openSync(folder, 'r');
  try {
    await sync(descriptor);
  } finally {
    closeSync(descriptor);
  }
}
