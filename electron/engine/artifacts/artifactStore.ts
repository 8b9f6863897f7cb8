import { createHash, type Hash, randomBytes } from 'node:crypto';
import { createReadStream } from 'node:fs';
import { type FileHandle, mkdir, open, readdir, rename, rm, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
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
  /** Removes what crashed hosts left half-made. Call only while no other host uses the folder. */
  sweep(): Promise<void>;
}

/** Compressed so well that it would be taken for a bomb: done again, weakly. */
const tooDense = new Error('compressed beyond the ratio that artifacts may have');

/** Contents up to this size are gathered in memory, so that bytes already in the store are never written again. */
const IN_MEMORY = 1024 * 1024;

export function createArtifactStore(directory: string): ArtifactStore {
  const root = join(directory, 'sha256');
  const temporary = join(directory, 'incoming');
  let temporaryMade: Promise<unknown> | undefined;

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

  const sizeOf = async (digest: string) => {
    const stats = await stat(pathOf(digest)).catch(() => undefined);
    return stats?.isFile() ? stats.size : undefined;
  };

  const openTemporary = async () => {
    temporaryMade ??= mkdir(temporary, { recursive: true, mode: 0o700 });
    await temporaryMade;
    const path = join(temporary, randomBytes(12).toString('hex'));
    return { path, file: await open(path, 'wx', 0o600) };
  };

  /** Gives a finished temp file its name. */
  const publish = async (path: string, file: FileHandle, digest: string) => {
    await file.sync();
    await file.close();
    const target = pathOf(digest);
    const folder = dirname(target);
    const madeFirst = await mkdir(folder, { recursive: true, mode: 0o700 });
    await rename(path, target);
    await syncFolder(folder);
    if (madeFirst) for (let at = folder; at !== dirname(madeFirst); at = dirname(at)) await syncFolder(dirname(at));
  };

  const put = async <T>(write: (sink: ByteSink) => Promise<T>) => {
    const incoming = new Incoming(openTemporary);
    try {
      const result = await write(incoming);
      const digest = incoming.hash.digest('hex');
      const stored = { digest, size: incoming.size };
      if ((await sizeOf(digest)) !== incoming.size) {
        const { path, file } = await incoming.toFile();
        await publish(path, file, digest);
        incoming.published();
      }
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
    has: async (digest) => (await sizeOf(digest)) !== undefined,
    async verify(digest) {
      const hash = createHash('sha256');
      try {
        for await (const chunk of createReadStream(pathOf(digest))) hash.update(chunk as Buffer);
      } catch {
        return false;
      }
      return hash.digest('hex') === digest;
    },
    async sweep() {
      for (const name of await readdir(temporary).catch(() => [])) await rm(join(temporary, name), { force: true });
    },
  };
}

/** Bytes on their way into the store: hashed as they come, kept in memory while few, then in a temp file. */
class Incoming implements ByteSink {
  readonly hash: Hash = createHash('sha256');
  size = 0;
  #pieces: Uint8Array[] = [];
  #temporary: { path: string; file: FileHandle } | undefined;
  readonly #openTemporary: () => Promise<{ path: string; file: FileHandle }>;

  constructor(openTemporary: () => Promise<{ path: string; file: FileHandle }>) {
    this.#openTemporary = openTemporary;
  }

  write(bytes: Uint8Array): Promise<void> | void {
    this.hash.update(bytes);
    this.size += bytes.length;
    if (this.#temporary) return writeAll(this.#temporary.file, bytes);
    this.#pieces.push(bytes);
    if (this.size > IN_MEMORY) return this.toFile().then(() => {});
  }

  /** Everything so far in the temp file. */
  async toFile(): Promise<{ path: string; file: FileHandle }> {
    this.#temporary ??= await this.#openTemporary();
    const pieces = this.#pieces;
    this.#pieces = [];
    if (pieces.length > 0) await writeAll(this.#temporary.file, Buffer.concat(pieces));
    return this.#temporary;
  }

  published(): void {
    this.#temporary = undefined;
  }

  async discard(): Promise<void> {
    const temporary = this.#temporary;
    if (!temporary) return;
    this.#temporary = undefined;
    await temporary.file.close().catch(() => {});
    await rm(temporary.path, { force: true });
  }
}

async function writeAll(file: FileHandle, bytes: Uint8Array): Promise<void> {
  for (let done = 0; done < bytes.length; ) {
    done += (await file.write(bytes, done, bytes.length - done)).bytesWritten;
  }
}

/** Makes a rename durable. Windows cannot open folders and needs no such call. */
async function syncFolder(folder: string): Promise<void> {
  if (process.platform === 'win32') return;
  const handle = await open(folder, 'r');
  try {
    await handle.sync();
  } finally {
    await handle.close();
  }
}
