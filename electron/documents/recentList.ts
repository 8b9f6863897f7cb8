import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../../shared/problem.ts';
import type { FileSystem } from './fileSystem.ts';
import { readTextFile } from './readTextFile.ts';
import { writeAtomically } from './writeAtomically.ts';

const MOST = 20;
const MOST_FOLDED = 500;
const schema = z.object({
  paths: z.array(z.string()).max(1000),
  folder: z.string().default(''),
  folded: z.array(z.string()).max(MOST_FOLDED).default([]),
});
export type Recent = z.output<typeof schema>;

export interface RecentList {
  paths(): Promise<string[]>;
  /** Puts a path at the top. A failing disk is not worth refusing a document for: the list then stays as it is. */
  add(path: string): Promise<void>;
  /** The folder whose pipelines were listed last ('' = none), and the folders in it that are folded. */
  folder(): Promise<Pick<Recent, 'folder' | 'folded'>>;
  /** Another folder begins with nothing folded. */
  keepFolder(folder: string): Promise<void>;
  keepFolded(folded: readonly string[]): Promise<void>;
}

/** What was opened last, in `recent.json`. A damaged list is an empty one: it holds nothing but paths. */
export function recentList(fs: FileSystem, dataDirectory: string): RecentList {
  const file = join(dataDirectory, 'recent.json');
  let last: Promise<unknown> = Promise.resolve();

  async function read(): Promise<Recent> {
    try {
      const { text } = await readTextFile(fs, file);
      return schema.parse(JSON.parse(text));
    } catch (error) {
      if (error instanceof ProblemError || error instanceof SyntaxError || error instanceof z.ZodError)
        return { paths: [], folder: '', folded: [] };
      throw error;
    }
  }

  /** One after the other: two that read the same list would lose one of their entries. */
  function change(changed: (before: Recent) => Recent): Promise<void> {
    const written = last.then(async () => {
      const before = await read();
      const after = changed(before);
      if (JSON.stringify(after) === JSON.stringify(before)) return;
      await fs.mkdir(dataDirectory);
      await writeAtomically(fs, file, `${JSON.stringify(after, null, 2)}\n`);
    });
    last = written.catch(() => undefined);
    return last.then(() => undefined);
  }

  return {
    paths: async () => (await read()).paths.slice(0, MOST),
    add: (path) =>
      change((before) => ({
        ...before,
        paths: [path, ...before.paths.slice(0, MOST).filter((other) => other !== path)].slice(0, MOST),
      })),
    async folder() {
      await last;
      const { folder, folded } = await read();
      return { folder, folded };
    },
    keepFolder: (folder) => change((before) => (before.folder === folder ? before : { ...before, folder, folded: [] })),
    keepFolded: (folded) => change((before) => ({ ...before, folded: folded.slice(0, MOST_FOLDED) })),
  };
}
