import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeFileSystem } from '../documents/fileSystem.ts';
import { writeAtomically } from '../documents/writeAtomically.ts';

const targetSchema = z.object({ account: z.string(), region: z.string() });
const fileSchema = z.record(z.string(), targetSchema);
export type PushTarget = z.output<typeof targetSchema>;

/** Which account and region each document was last pushed to: `pushes.json` in the data directory. */
export interface PushTargets {
  get(document: string): Promise<PushTarget | undefined>;
  set(document: string, target: PushTarget): Promise<void>;
}

/** A file that is missing or unreadable counts as empty: it only serves a warning. */
export function createPushTargets(dataDirectory: string): PushTargets {
  const path = join(dataDirectory, 'pushes.json');
  const read = async (): Promise<Map<string, PushTarget>> => {
    try {
      return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))));
    } catch {
      return new Map();
    }
  };
  return {
    get: async (document) => (await read()).get(document),
    async set(document, target) {
      const known = await read();
      known.set(document, target);
      await writeAtomically(nodeFileSystem, path, `${JSON.stringify(Object.fromEntries(known), null, 2)}\n`);
    },
  };
}
