import { type OpenZip, openZip } from './openZip.ts';

/** A pipeline hands few artifacts to many actions: what was read and checked once of a small one is kept. */
const KEPT_ZIPS = 8;
const SMALL_BYTES = 64 * 1024;
const FEW_ENTRIES = 64;

const kept = new Map<string, OpenZip>();

/** True when the next `openKeptZip` of this path reads nothing from the disk. */
export const isKept = (zipPath: string): boolean => kept.has(zipPath);

/**
 * Opens a zip of the artifact store as `openZip` does. Its path names its content, so a small one is read only once.
 *
 * @throws ProblemError `artifact.*`, naming the entry.
 */
export async function openKeptZip(zipPath: string): Promise<OpenZip> {
  const known = kept.get(zipPath);
  if (known) {
    kept.delete(zipPath);
    kept.set(zipPath, known); // the one that was not used for longest goes first
    return known;
  }
  const zip = await openZip(zipPath);
  if (zip.totalBytes > SMALL_BYTES || zip.entries.length > FEW_ENTRIES) return zip;
  try {
    const contents = new Map<unknown, Buffer>();
    for (const entry of zip.entries) {
      const content = entry.directory ? undefined : await zip.small(entry);
      if (content) contents.set(entry, content);
    }
    const inMemory: OpenZip = {
      ...zip,
      small: async (entry) => contents.get(entry),
      close: () => undefined,
    };
    kept.set(zipPath, inMemory);
    const [oldest] = kept.keys();
    if (kept.size > KEPT_ZIPS && oldest !== undefined) kept.delete(oldest);
    return inMemory;
  } finally {
    zip.close();
  }
}
