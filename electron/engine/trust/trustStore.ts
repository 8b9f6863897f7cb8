import { chmod, mkdir, open, readFile, rename, rm, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { z } from 'zod';

/** What the user agreed to, by real folder. One file of the user's own; a project can neither read nor write it through us. */
export interface Agreement {
  hash: string;
  document: string;
}

export interface TrustStore {
  agreements(folder: string): Promise<readonly Agreement[]>;
  add(folder: string, agreement: Agreement): Promise<void>;
}

const storeSchema = z.object({
  version: z.literal(1),
  folders: z.record(z.string(), z.array(z.object({ hash: z.string().regex(/^[0-9a-f]{64}$/), document: z.string() }))),
});
type Store = z.output<typeof storeSchema>;

/** Going back to an earlier state of a project, for instance another branch, need not be agreed to again. */
const MOST_FOR_ONE_FOLDER = 50;

/** A file that cannot be read as a store is set aside, and everything is untrusted (WT-20). */
export function createTrustStore(path: string): TrustStore {
  let writing: Promise<unknown> = Promise.resolve();

  const read = async (): Promise<Store> => {
    let text: string;
    try {
      // Whoever else may write to it could agree in the user's name.
      const { mode } = await stat(path);
      if ((mode & 0o022) !== 0) return await setAside(path);
      text = await readFile(path, 'utf8');
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return empty();
      return setAside(path);
    }
    try {
      return storeSchema.parse(JSON.parse(text));
    } catch {
      return setAside(path);
    }
  };

  return {
    agreements: async (folder) => {
      const { folders } = await read();
      return Object.hasOwn(folders, folder) ? (folders[folder] ?? []) : [];
    },
    add(folder, agreement) {
      const added = writing.then(async () => {
        const store = await read();
        const before = Object.hasOwn(store.folders, folder) ? (store.folders[folder] ?? []) : [];
        const others = before.filter(({ hash }) => hash !== agreement.hash);
        const folders = Object.fromEntries(Object.entries(store.folders).filter(([key]) => key !== folder));
        const kept = [...others, agreement].slice(-MOST_FOR_ONE_FOLDER);
        await writeWhole(path, JSON.stringify({ version: 1, folders: { ...folders, [folder]: kept } }, undefined, 1));
      });
      writing = added.catch(() => undefined);
      return added;
    },
  };
}

const empty = (): Store => ({ version: 1, folders: {} });

async function setAside(path: string): Promise<Store> {
  await rename(path, `${path}.unreadable-${Date.now()}`).catch(() => undefined);
  return empty();
}

async function writeWhole(path: string, text: string): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.new`;
  await rm(temporary, { force: true });
  const file = await open(temporary, 'wx', 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
  await chmod(temporary, 0o600);
  await rename(temporary, path);
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}
