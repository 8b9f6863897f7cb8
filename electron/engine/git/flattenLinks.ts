import { posix } from 'node:path';
import type { ArtifactStore, StoredArtifact } from '../artifacts/artifactStore.ts';
import { readable } from '../artifacts/entryName.ts';
import { openZip } from '../artifacts/openZip.ts';
import type { CheckedEntry } from '../artifacts/zipGuard.ts';
import { ZipWriter } from '../artifacts/zipWriter.ts';

/** A link to a link to a link … is followed this far. */
const LONGEST_CHAIN = 10;
const MOST_LINES = 20;

/**
 * Checks a zip that git made and stores it without links, because artifacts hold none: a link to a file of the same commit
 * becomes a copy of that file, every other link is left out and named in the log.
 *
 * @throws ProblemError `artifact.*` when the zip could not be an artifact.
 */
export async function flattenLinks(
  store: ArtifactStore,
  zipPath: string,
  log: (line: string) => void,
): Promise<StoredArtifact> {
  const zip = await openZip(zipPath, { links: 'keep' });
  try {
    const byPath = new Map(zip.entries.map((entry) => [entry.path, entry]));
    const links = zip.entries.filter((entry) => entry.link);

    const resolved = new Map<CheckedEntry, CheckedEntry>();
    const left: string[] = [];
    for (const link of links) {
      const target = await follow(link, byPath, async (entry) => ((await zip.small(entry)) ?? '').toString());
      if (typeof target === 'string') left.push(`Left out ${readable(link.path)}: ${target}.`);
      else resolved.set(link, target);
    }
    if (resolved.size > 0) log(`Stored ${resolved.size} links as copies of the files that they point at.`);
    for (const line of left.slice(0, MOST_LINES)) log(line);
    if (left.length > MOST_LINES) log(`Left out ${left.length - MOST_LINES} more links.`);

    const { digest, size } = await store.put(async (sink) => {
      const writer = new ZipWriter(sink);
      for (const entry of zip.entries) {
        const source = entry.link ? resolved.get(entry) : entry;
        if (source && !source.directory) {
          await writer.addRaw({ name: entry.path, executable: source.executable }, source, zip.packed(source));
        }
      }
      await writer.finish();
    });
    return { digest, size };
  } finally {
    zip.close();
  }
}

/** The file that a link leads to, or why there is none. Only the zip's own entries are looked at, never the disk. */
async function follow(
  link: CheckedEntry,
  byPath: ReadonlyMap<string, CheckedEntry>,
  targetOf: (entry: CheckedEntry) => Promise<string>,
): Promise<CheckedEntry | string> {
  let at = link;
  for (let step = 0; step < LONGEST_CHAIN; step += 1) {
    const target = await targetOf(at);
    const path = posix.join(posix.dirname(at.path), target).replace(/\/$/, '');
    if (target === '' || target.startsWith('/') || path === '..' || path.startsWith('../')) {
      return 'a link that leaves the commit';
    }
    const next = byPath.get(path);
    if (!next) {
      const folder = [...byPath.keys()].some((key) => key.startsWith(`${path}/`)) || path === '.';
      return folder ? 'a link to a folder' : 'a link to nothing in the commit';
    }
    if (next.directory) return 'a link to a folder';
    if (!next.link) return next;
    at = next;
  }
  return 'a link that goes round in circles';
}
