import { constants } from 'node:fs';
import { access, cp, type FileHandle, mkdir, open, readdir, realpath, rename, stat, unlink } from 'node:fs/promises';

/** The calls that documents make, so that a spec can let any of them fail. */
export interface FileSystem {
  access: (path: string, mode?: number) => Promise<void>;
  /** Copies a folder; never overwrites. */
  copyFolder: (from: string, to: string) => Promise<void>;
  /** Makes parents too; `mode` is that of the folders it makes. */
  mkdir: (path: string, mode?: number) => Promise<void>;
  open: (path: string, flags: string | number, mode?: number) => Promise<FileHandle>;
  readdir: (path: string) => Promise<{ name: string; isDirectory(): boolean; isSymbolicLink(): boolean }[]>;
  realpath: (path: string) => Promise<string>;
  rename: (from: string, to: string) => Promise<void>;
  stat: typeof stat;
  unlink: (path: string) => Promise<void>;
}

export const nodeFileSystem: FileSystem = {
  access,
  copyFolder: (from, to) => cp(from, to, { recursive: true, force: false, errorOnExist: false }),
  mkdir: async (path, mode = 0o777) => {
    await mkdir(path, { recursive: true, mode });
  },
  open,
  readdir: (path) => readdir(path, { withFileTypes: true }),
  realpath,
  rename,
  stat,
  unlink,
};

/** Opens without waiting for a writer (a FIFO would block for ever) and without becoming the owner of a terminal. */
export const READ_WITHOUT_WAITING = constants.O_RDONLY | (constants.O_NONBLOCK ?? 0) | (constants.O_NOCTTY ?? 0);
