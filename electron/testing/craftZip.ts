import { crc32, deflateRawSync } from 'node:zlib';

/**
 * A zip made byte by byte, so that a test can make it lie. Every member may say what it likes; what is left out is honest.
 */
export interface CraftedEntry {
  name: string | Buffer;
  content?: string | Buffer;
  /** Unix mode with its type bits, e.g. 0o120777 for a link. Default: a regular 0644 file, or a folder for names that end with /. */
  mode?: number;
  stored?: boolean;
  utf8?: boolean;
  /** What the local header says instead. */
  localName?: string | Buffer;
  declaredSize?: number;
  /** What both headers say the packed content has. */
  declaredCompressedSize?: number;
  crc?: number;
  flags?: number;
  method?: number;
  /** Points at the local header of the entry with this index and writes no content of its own. */
  sharesWith?: number;
  /** Of the directory's record only. */
  extra?: Buffer;
}

export interface CraftedZip {
  entries: CraftedEntry[];
  /** What the end record says. */
  declaredCount?: number;
  comment?: string;
}

export function craftZip({ entries, declaredCount, comment = '' }: CraftedZip): Buffer {
  const parts: Buffer[] = [];
  const records: Buffer[] = [];
  const offsets: number[] = [];
  let offset = 0;
  for (const entry of entries) {
    const name = Buffer.from(entry.name as string);
    const content = Buffer.from((entry.content as string) ?? '');
    const method = entry.method ?? (entry.stored || content.length === 0 ? 0 : 8);
    const packed = method === 8 ? deflateRawSync(content) : content;
    const flags = entry.flags ?? (entry.utf8 === false ? 0 : 0x0800);
    const crc = entry.crc ?? crc32(content);
    const size = entry.declaredSize ?? content.length;
    const packedSize = entry.declaredCompressedSize ?? packed.length;
    const isFolder = name.at(-1) === 0x2f;
    const mode = entry.mode ?? (isFolder ? 0o040755 : 0o100644);
    const at = entry.sharesWith === undefined ? offset : offsets[entry.sharesWith]!;
    offsets.push(at);
    if (entry.sharesWith === undefined) {
      const localName = Buffer.from((entry.localName as string) ?? name);
      const local = Buffer.alloc(30);
      local.writeUInt32LE(0x04034b50, 0);
      local.writeUInt16LE(20, 4);
      local.writeUInt16LE(flags, 6);
      local.writeUInt16LE(method, 8);
      local.writeUInt16LE(0x21, 12);
      local.writeUInt32LE(crc, 14);
      local.writeUInt32LE(packedSize, 18);
      local.writeUInt32LE(size, 22);
      local.writeUInt16LE(localName.length, 26);
      parts.push(local, localName, packed);
      offset += 30 + localName.length + packed.length;
    }
    const extra = entry.extra ?? Buffer.alloc(0);
    const record = Buffer.alloc(46);
    record.writeUInt32LE(0x02014b50, 0);
    record.writeUInt16LE((3 << 8) | 20, 4);
    record.writeUInt16LE(20, 6);
    record.writeUInt16LE(flags, 8);
    record.writeUInt16LE(method, 10);
    record.writeUInt16LE(0x21, 14);
    record.writeUInt32LE(crc, 16);
    record.writeUInt32LE(packedSize, 20);
    record.writeUInt32LE(size, 24);
    record.writeUInt16LE(name.length, 28);
    record.writeUInt16LE(extra.length, 30);
    record.writeUInt32LE(mode * 65_536, 38);
    record.writeUInt32LE(at, 42);
    records.push(record, name, extra);
  }
  const directory = Buffer.concat(records);
  const end = Buffer.alloc(22);
  const count = declaredCount ?? entries.length;
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(Math.min(count, 0xffff), 8);
  end.writeUInt16LE(Math.min(count, 0xffff), 10);
  end.writeUInt32LE(directory.length, 12);
  end.writeUInt32LE(offset, 16);
  end.writeUInt16LE(comment.length, 20);
  const tail = count > 0xfffe ? [zip64End(count, directory.length, offset), end] : [end];
  if (count > 0xfffe) tail[1]!.writeUInt32LE(0xffffffff, 16);
  return Buffer.concat([...parts, directory, ...tail, Buffer.from(comment)]);
}

function zip64End(count: number, size: number, start: number): Buffer {
  const end = Buffer.alloc(76);
  end.writeUInt32LE(0x06064b50, 0);
  end.writeBigUInt64LE(44n, 4);
  end.writeBigUInt64LE(BigInt(count), 24);
  end.writeBigUInt64LE(BigInt(count), 32);
  end.writeBigUInt64LE(BigInt(size), 40);
  end.writeBigUInt64LE(BigInt(start), 48);
  end.writeUInt32LE(0x07064b50, 56);
  end.writeBigUInt64LE(BigInt(start + size), 64);
  end.writeUInt32LE(1, 72);
  return end;
}
