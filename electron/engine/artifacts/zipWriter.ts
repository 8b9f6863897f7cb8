import { crc32, deflateRawSync } from 'node:zlib';

/**
 * Writes the bytes of a zip file to a sink, entry by entry. The same entries in the same order give the same bytes: times
 * are fixed (1 January 1980, the format's zero), modes are 0644 or 0755, names are UTF-8 with forward slashes.
 * No encryption, no split archives; more than 65,534 entries or 4 GiB use the zip64 records.
 */
export interface ByteSink {
  write(bytes: Uint8Array): Promise<void> | void;
}

const FIXED_DATE = 0x0021; // 1980-01-01
const UTF8_NAMES = 0x0800;
const SIZES_FOLLOW = 0x0008;
const MADE_BY_UNIX = (3 << 8) | 45;
const STORED = 0;
const DEFLATED = 8;
const REGULAR_FILE = 0o100000;

export interface ZipEntrySource {
  /** Relative, forward slashes. The caller has checked it. */
  name: string;
  executable?: boolean;
}

interface Written {
  name: Buffer;
  flags: number;
  method: number;
  crc: number;
  compressed: number;
  size: number;
  mode: number;
  offset: number;
}

export class ZipWriter {
  readonly #sink: ByteSink;
  readonly #entries: Written[] = [];
  #offset = 0;

  constructor(sink: ByteSink) {
    this.#sink = sink;
  }

  /** Bytes written so far. */
  get length(): number {
    return this.#offset;
  }

  /** Adds a file whose content is in memory. Compresses at once, so keep to contents of at most a few hundred kB. */
  async addBytes({ name, executable }: ZipEntrySource, content: Uint8Array): Promise<void> {
    const deflated = content.length > 0 ? deflateRawSync(content) : content;
    const pays = deflated.length < content.length;
    await this.#addCompressed(name, executable === true, pays ? DEFLATED : STORED, pays ? deflated : content, {
      crc: crc32(content),
      size: content.length,
    });
  }

  /** Adds a file by its already compressed content, copied from another zip. */
  async addRaw(
    { name, executable }: ZipEntrySource,
    entry: { deflated: boolean; crc: number; size: number; compressedSize: number },
    content: AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const written = this.#begin(name, executable === true, UTF8_NAMES, entry.deflated ? DEFLATED : STORED);
    written.crc = entry.crc;
    written.size = entry.size;
    written.compressed = entry.compressedSize;
    await this.#write(localHeader(written));
    for await (const chunk of content) await this.#write(chunk);
  }

  async #addCompressed(
    name: string,
    executable: boolean,
    method: number,
    bytes: Uint8Array,
    { crc, size }: { crc: number; size: number },
  ): Promise<void> {
    const written = this.#begin(name, executable, UTF8_NAMES, method);
    written.crc = crc;
    written.size = size;
    written.compressed = bytes.length;
    const header = localHeader(written);
    // One write for header and content of a small entry: most entries are small.
    await this.#write(bytes.length < 65_536 ? Buffer.concat([header, bytes]) : header);
    if (bytes.length >= 65_536) await this.#write(bytes);
  }

  /**
   * Adds a large file from a stream of its content, compressing with `deflate` (a Transform given by the caller, so that it
   * can run on zlib's threads). Sizes and checksum follow the content, as the format allows.
   */
  async addStream(
    { name, executable }: ZipEntrySource,
    content: AsyncIterable<Uint8Array>,
    deflate: (content: AsyncIterable<Uint8Array>) => AsyncIterable<Uint8Array>,
  ): Promise<void> {
    const written = this.#begin(name, executable === true, UTF8_NAMES | SIZES_FOLLOW, DEFLATED);
    await this.#write(localHeader(written));
    const measured = async function* (): AsyncIterable<Uint8Array> {
      for await (const chunk of content) {
        written.crc = crc32(chunk, written.crc);
        written.size += chunk.length;
        yield chunk;
      }
    };
    for await (const chunk of deflate(measured())) {
      written.compressed += chunk.length;
      await this.#write(chunk);
    }
    const descriptor = Buffer.alloc(16);
    descriptor.writeUInt32LE(0x08074b50, 0);
    descriptor.writeUInt32LE(written.crc, 4);
    descriptor.writeUInt32LE(written.compressed, 8);
    descriptor.writeUInt32LE(written.size, 12);
    await this.#write(descriptor);
  }

  /** Writes the directory. The writer is done afterwards. */
  async finish(): Promise<void> {
    const start = this.#offset;
    let pending: Buffer[] = [];
    let pendingLength = 0;
    for (const entry of this.#entries) {
      const record = centralRecord(entry);
      pending.push(record);
      pendingLength += record.length;
      if (pendingLength > 262_144) {
        await this.#write(Buffer.concat(pending));
        pending = [];
        pendingLength = 0;
      }
    }
    const size = this.#offset + pendingLength - start;
    pending.push(endRecords(this.#entries.length, start, size));
    await this.#write(Buffer.concat(pending));
  }

  #begin(name: string, executable: boolean, flags: number, method: number): Written {
    if (this.#offset > 0xfffffffe)
      throw new RangeError('A zip of more than 4 GiB: the caller caps artifacts below this.');
    const written: Written = {
      name: Buffer.from(name),
      flags,
      method,
      crc: 0,
      compressed: 0,
      size: 0,
      mode: REGULAR_FILE | (executable ? 0o755 : 0o644),
      offset: this.#offset,
    };
    this.#entries.push(written);
    return written;
  }

  async #write(bytes: Uint8Array): Promise<void> {
    this.#offset += bytes.length;
    await this.#sink.write(bytes);
  }
}

function localHeader(entry: Written): Buffer {
  const header = Buffer.alloc(30 + entry.name.length);
  const sizesKnown = (entry.flags & SIZES_FOLLOW) === 0;
  header.writeUInt32LE(0x04034b50, 0);
  header.writeUInt16LE(20, 4);
  header.writeUInt16LE(entry.flags, 6);
  header.writeUInt16LE(entry.method, 8);
  header.writeUInt16LE(0, 10);
  header.writeUInt16LE(FIXED_DATE, 12);
  header.writeUInt32LE(sizesKnown ? entry.crc : 0, 14);
  header.writeUInt32LE(sizesKnown ? entry.compressed : 0, 18);
  header.writeUInt32LE(sizesKnown ? entry.size : 0, 22);
  header.writeUInt16LE(entry.name.length, 26);
  entry.name.copy(header, 30);
  return header;
}

function centralRecord(entry: Written): Buffer {
  const record = Buffer.alloc(46 + entry.name.length);
  record.writeUInt32LE(0x02014b50, 0);
  record.writeUInt16LE(MADE_BY_UNIX, 4);
  record.writeUInt16LE(20, 6);
  record.writeUInt16LE(entry.flags, 8);
  record.writeUInt16LE(entry.method, 10);
  record.writeUInt16LE(0, 12);
  record.writeUInt16LE(FIXED_DATE, 14);
  record.writeUInt32LE(entry.crc, 16);
  record.writeUInt32LE(entry.compressed, 20);
  record.writeUInt32LE(entry.size, 24);
  record.writeUInt16LE(entry.name.length, 28);
  record.writeUInt32LE(entry.mode * 65_536, 38);
  record.writeUInt32LE(entry.offset, 42);
  entry.name.copy(record, 46);
  return record;
}

/** End of central directory; with the zip64 pair before it when 16 bits cannot count the entries. */
function endRecords(count: number, start: number, size: number): Buffer {
  const many = count > 0xfffe;
  const end = Buffer.alloc((many ? 76 : 0) + 22);
  let at = 0;
  if (many) {
    end.writeUInt32LE(0x06064b50, 0);
    end.writeBigUInt64LE(44n, 4);
    end.writeUInt16LE(MADE_BY_UNIX, 12);
    end.writeUInt16LE(45, 14);
    end.writeBigUInt64LE(BigInt(count), 24);
    end.writeBigUInt64LE(BigInt(count), 32);
    end.writeBigUInt64LE(BigInt(size), 40);
    end.writeBigUInt64LE(BigInt(start), 48);
    end.writeUInt32LE(0x07064b50, 56);
    end.writeBigUInt64LE(BigInt(start + size), 64);
    end.writeUInt32LE(1, 72);
    at = 76;
  }
  end.writeUInt32LE(0x06054b50, at);
  end.writeUInt16LE(many ? 0xffff : count, at + 8);
  end.writeUInt16LE(many ? 0xffff : count, at + 10);
  end.writeUInt32LE(size, at + 12);
  end.writeUInt32LE(start, at + 16);
  return end;
}
