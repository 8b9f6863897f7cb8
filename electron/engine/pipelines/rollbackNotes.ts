import { mkdir, readdir, readFile, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { nodeFileSystem } from '../../documents/fileSystem.ts';
import { writeAtomically } from '../../documents/writeAtomically.ts';

/**
 * What an automatic rollback is to be, written down before RollbackRequested is recorded and removed once the rollback execution's
 * first fact is on disk: in between the execution that asked for it may have finished, and nobody would look at it again.
 */
const noteSchema = z.object({
  /** Of the rollback execution. */
  pipelineExecutionId: z.string(),
  /** The execution that is rolled back. */
  failedExecutionId: z.string(),
  targetPipelineExecutionId: z.string(),
  stageName: z.string(),
});
export type RollbackNote = z.output<typeof noteSchema>;

export interface RollbackNotes {
  write(note: RollbackNote): Promise<void>;
  remove(note: RollbackNote): Promise<void>;
  /** Those of an earlier host. One that was cut short was never acted on. */
  list(): Promise<RollbackNote[]>;
}

export function createRollbackNotes(dataDirectory: string): RollbackNotes {
  const folder = join(dataDirectory, 'rollbacks');
  const pathOf = ({ pipelineExecutionId }: RollbackNote) => join(folder, `${pipelineExecutionId}.json`);
  return {
    async write(note) {
      await mkdir(folder, { recursive: true, mode: 0o700 });
      await writeAtomically(nodeFileSystem, pathOf(note), `${JSON.stringify(note)}\n`);
    },
    remove: (note) => rm(pathOf(note), { force: true }),
    async list() {
      const names = await readdir(folder).catch(() => []);
      const notes = await Promise.all(
        names.map(async (name) => {
          try {
            return [noteSchema.parse(JSON.parse(await readFile(join(folder, name), 'utf8')))];
          } catch {
            return [];
          }
        }),
      );
      return notes.flat();
    },
  };
}
