import { homedir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { fileProblem } from './fileProblem.ts';
import type { FileSystem } from './fileSystem.ts';

const MOST = 5000;

/** The visible entries of a folder for the browser host's own file dialog, folders first; '' = the user's home folder. */
export async function listFolder(fs: FileSystem, path: string) {
  const folder = resolve(path || homedir());
  try {
    const found = (await fs.readdir(folder)).filter(({ name }) => !name.startsWith('.')).slice(0, MOST);
    const entries = await Promise.all(
      found.map(async (entry) => ({
        name: entry.name,
        isFolder: entry.isSymbolicLink() ? await isFolder(fs, join(folder, entry.name)) : entry.isDirectory(),
      })),
    );
    entries.sort((a, b) => Number(b.isFolder) - Number(a.isFolder) || a.name.localeCompare(b.name));
    return { path: folder, parent: dirname(folder), entries };
  } catch (error) {
    throw fileProblem(folder, error);
  }
}

const isFolder = (fs: FileSystem, path: string) =>
  fs.stat(path).then(
    (info) => info.isDirectory(),
    () => false,
  );
