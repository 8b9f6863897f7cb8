import { mkdir, readFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { z } from 'zod';
import { type Problem, problem } from '../../../shared/problem.ts';
import { nodeFileSystem } from '../../documents/fileSystem.ts';
import { writeAtomically } from '../../documents/writeAtomically.ts';
import { pipelineFolder } from './pipelineFolder.ts';

/**
 * The inbound transitions of each pipeline that are disabled (reference/execution-semantics.md §5). They are no part of the
 * declaration: they survive edits of it, and restarts.
 */
const disabledSchema = z.object({
  reason: z.string(),
  by: z.string(),
  /** Milliseconds since 1970. */
  at: z.number(),
});
export type DisabledTransition = z.output<typeof disabledSchema>;
const fileSchema = z.record(z.string(), disabledSchema);

export interface Transitions {
  /** By stage name. The same map until something changes. */
  of(pipelineName: string): Promise<ReadonlyMap<string, DisabledTransition>>;
  /** Disabling a disabled one replaces its reason. Resolves when it is on disk. */
  disable(pipelineName: string, stageName: string, transition: DisabledTransition): Promise<void>;
  /** Enabling an enabled one does nothing. */
  enable(pipelineName: string, stageName: string): Promise<void>;
}

/** @param report Told of a file that cannot be read: then every transition of that pipeline counts as enabled. */
export function createTransitions(dataDirectory: string, report: (problem: Problem) => void): Transitions {
  const known = new Map<string, Promise<ReadonlyMap<string, DisabledTransition>>>();
  const pathOf = (pipelineName: string) => join(pipelineFolder(dataDirectory, pipelineName), 'transitions.json');

  const read = async (pipelineName: string): Promise<ReadonlyMap<string, DisabledTransition>> => {
    const path = pathOf(pipelineName);
    try {
      return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code !== 'ENOENT') {
        report(
          problem({
            code: 'transitions.unreadable',
            where: path,
            what: `Which transitions of "${pipelineName}" are disabled could not be read; all count as enabled.`,
            fix: 'Disable again what must be closed.',
          }),
        );
      }
      return new Map();
    }
  };
  const of = (pipelineName: string) => {
    const found = known.get(pipelineName) ?? read(pipelineName);
    known.set(pipelineName, found);
    return found;
  };
  const change = (
    pipelineName: string,
    edit: (transitions: Map<string, DisabledTransition>) => boolean,
  ): Promise<void> => {
    const before = of(pipelineName);
    const after = before.then(async (transitions) => {
      const next = new Map(transitions);
      if (!edit(next)) return transitions;
      const path = pathOf(pipelineName);
      await mkdir(dirname(path), { recursive: true, mode: 0o700 });
      await writeAtomically(nodeFileSystem, path, `${JSON.stringify(Object.fromEntries(next), null, 2)}\n`);
      return next;
    });
    // What could not be written is not so.
    known.set(
      pipelineName,
      after.catch(() => before),
    );
    return after.then(() => undefined);
  };

  return {
    of,
    disable: (pipelineName, stageName, transition) =>
      change(pipelineName, (transitions) => {
        transitions.set(stageName, transition);
        return true;
      }),
    enable: (pipelineName, stageName) => change(pipelineName, (transitions) => transitions.delete(stageName)),
  };
}
