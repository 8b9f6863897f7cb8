import { randomBytes } from 'node:crypto';
import { join } from 'node:path';
import { crc32 } from 'node:zlib';
import { z } from 'zod';
import {
  applyChange,
  type DocumentEdits,
  type EditsRecord,
  editsRecordSchema,
} from '../../shared/ipc/recoveryCalls.ts';
import { isMissing } from './fileProblem.ts';
import { type FileSystem, READ_WITHOUT_WAITING } from './fileSystem.ts';

/*
 * What windows have open and did not save, in `recovery/` of the data directory (0700), files 0600:
 *   ID.edits      one record a line with its checksum: all edits first, then what changed
 *   ID.window     the documents that a window has open, in order
 * A document that is closed leaves nothing. A damaged line ends its file: what stands before it counts.
 */

const windowSchema = z.object({
  tabs: z.array(z.object({ documentId: z.string(), path: z.string() })).max(1000),
  activeId: z.string().nullable(),
});
export type WindowRecord = z.output<typeof windowSchema>;

/** A journal that has grown to this is begun anew with all edits. Bytes beyond those of the first record. */
const MOST_GROWTH = 4 * 1024 * 1024;
/** No journal of ours is larger; one that is, is not read. */
const MOST_BYTES = 128 * 1024 * 1024;

const isName = (name: string) => /^[\w-]{1,200}$/.test(name);

export class EditsJournal {
  readonly #fs: FileSystem;
  readonly #folder: string;
  /** Journals that this host began: bytes of the first record, and of what followed. */
  readonly #begun = new Map<string, { first: number; more: number }>();

  constructor(fs: FileSystem, dataDirectory: string) {
    this.#fs = fs;
    this.#folder = join(dataDirectory, 'recovery');
  }

  #file(name: string, kind: 'edits' | 'window'): string {
    return join(this.#folder, `${name}.${kind}`);
  }

  /** Adds a record; answers false when the journal must be begun anew with all edits. On disk when it resolves. */
  async add(documentId: string, record: EditsRecord): Promise<boolean> {
    const json = JSON.stringify(record);
    const line = Buffer.from(`${crc32(json).toString(16)} ${json}\n`);
    if ('edits' in record) {
      await this.#replace(this.#file(documentId, 'edits'), line);
      this.#begun.set(documentId, { first: line.length, more: 0 });
      return true;
    }
    const begun = this.#begun.get(documentId);
    if (!begun) return false;
    const file = await this.#fs.open(this.#file(documentId, 'edits'), 'a', 0o600);
    try {
      await file.writeFile(line);
      await file.datasync();
    } finally {
      await file.close();
    }
    begun.more += line.length;
    return begun.more < MOST_GROWTH + begun.first;
  }

  /** The edits that a journal adds up to; undefined when there are none that can be read. */
  async edits(documentId: string): Promise<DocumentEdits | undefined> {
    const bytes = await this.#read(this.#file(documentId, 'edits'));
    let edits: DocumentEdits | undefined;
    for (const line of bytes?.toString('utf8').split('\n') ?? []) {
      const record = recordOf(line);
      const next = record && ('edits' in record ? record.edits : edits && applyChange(edits, record.change));
      // A torn last line is what a kill leaves; anything else is damage, and what follows it cannot be trusted.
      if (!next) break;
      edits = next;
    }
    return edits;
  }

  async forget(documentId: string): Promise<void> {
    this.#begun.delete(documentId);
    await this.#remove(this.#file(documentId, 'edits'));
  }

  /** The edits go on under another handle. */
  async rename(from: string, to: string): Promise<void> {
    this.#begun.delete(from);
    await this.#fs.rename(this.#file(from, 'edits'), this.#file(to, 'edits')).catch(unlessMissing);
  }

  async keepWindow(windowId: string, record: WindowRecord): Promise<void> {
    if (record.tabs.length === 0) await this.#remove(this.#file(windowId, 'window'));
    else await this.#replace(this.#file(windowId, 'window'), Buffer.from(JSON.stringify(record)));
  }

  async forgetWindow(windowId: string): Promise<void> {
    await this.#remove(this.#file(windowId, 'window'));
  }

  /** Every window and every document that something is kept of. */
  async list(): Promise<{ windows: { windowId: string; record: WindowRecord }[]; documents: string[] }> {
    const entries = await this.#fs.readdir(this.#folder).catch((error: unknown) => {
      unlessMissing(error);
      return [];
    });
    const named = (ending: string) =>
      entries.flatMap(({ name }) => {
        const found = name.endsWith(ending) ? name.slice(0, -ending.length) : '';
        return isName(found) ? [found] : [];
      });
    const windows: { windowId: string; record: WindowRecord }[] = [];
    for (const windowId of named('.window').sort()) {
      const bytes = await this.#read(this.#file(windowId, 'window'));
      const parsed = windowSchema.safeParse(jsonOf(bytes?.toString('utf8') ?? ''));
      windows.push({ windowId, record: parsed.success ? parsed.data : { tabs: [], activeId: null } });
    }
    return { windows, documents: named('.edits') };
  }

  /** The file before or the file after, never a mixture; only its owner may read it. */
  async #replace(path: string, content: Buffer): Promise<void> {
    await this.#fs.mkdir(this.#folder, 0o700);
    const temporary = `${path}.${randomBytes(6).toString('hex')}.tmp`;
    const file = await this.#fs.open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(content);
      await file.datasync();
    } finally {
      await file.close();
    }
    await this.#fs.rename(temporary, path).catch(async (error: unknown) => {
      await this.#remove(temporary);
      throw error;
    });
  }

  async #read(path: string): Promise<Buffer | undefined> {
    try {
      const file = await this.#fs.open(path, READ_WITHOUT_WAITING);
      try {
        const info = await file.stat();
        return info.isFile() && info.size <= MOST_BYTES ? await file.readFile() : undefined;
      } finally {
        await file.close();
      }
    } catch (error) {
      unlessMissing(error);
      return undefined;
    }
  }

  async #remove(path: string): Promise<void> {
    await this.#fs.unlink(path).catch(unlessMissing);
  }
}

function unlessMissing(error: unknown): void {
  if (!isMissing(error)) throw error;
}

function jsonOf(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

function recordOf(line: string): EditsRecord | undefined {
  const at = line.indexOf(' ');
  const json = line.slice(at + 1);
  if (at < 1 || crc32(json).toString(16) !== line.slice(0, at)) return undefined;
  const parsed = editsRecordSchema.safeParse(jsonOf(json));
  return parsed.success ? parsed.data : undefined;
}
