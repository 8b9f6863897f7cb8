import { join } from 'node:path';
import { z } from 'zod';
import { ProblemError } from '../../shared/problem.ts';
import type { FileSystem } from './fileSystem.ts';
import { readTextFile } from './readTextFile.ts';
import { writeAtomically } from './writeAtomically.ts';

const MOST = 20;
const schema = z.object({ paths: z.array(z.string()).max(1000) });

export interface RecentList {
  paths(): Promise<string[]>;
  /** Puts a path at the top. A failing disk is not worth refusing a document for: the list then stays as it is. */
  add(path: string): Promise<void>;
}

/** The documents that were opened last, in `recent.json`. A damaged list is an empty one: it holds nothing but paths. */
export function recentList(fs: FileSystem, dataDirectory: string): RecentList {
  const file = join(dataDirectory, 'recent.json');
  let last: Promise<unknown> = Promise.resolve();

  async function paths(): Promise<string[]> {
    try {
      const { text } = await readTextFile(fs, file);
      return schema.parse(JSON.parse(text)).paths.slice(0, MOST);
    } catch (error) {
      if (error instanceof ProblemError || error instanceof SyntaxError || error instanceof z.ZodError) return [];
      throw error;
    }
  }

  return {
    paths,
    add(path) {
      // One after the other: two that read the same list would lose one of their entries.
      const added = last.then(async () => {
        const before = await paths();
        const after = [path, ...before.filter((other) => other !== path)].slice(0, MOST);
        if (after.join('\n') === before.join('\n')) return;
        await fs.mkdir(dataDirectory);
        await writeAtomically(fs, file, `${JSON.stringify({ paths: after }, null, 2)}\n`);
      });
      last = added.catch(() => undefined);
      return last.then(() => undefined);
    },
  };
}
