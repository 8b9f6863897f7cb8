import { randomBytes } from 'node:crypto';
import { mkdir, readFile, rename } from 'node:fs/promises';
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

export interface TransitionsOptions {
  dataDirectory: string;
  /** Milliseconds since 1970. */
  now: () => number;
  /** The stages of a pipeline as its latest definition has them, in order; none when it is not known. */
  stagesOf: (pipelineName: string) => Promise<readonly string[]>;
  /** Told of a file that cannot be read. */
  report: (problem: Problem) => void;
}

/**
 * A disabled transition may guard production, so a file that cannot be read closes what it may have closed: the way into every
 * stage but the first, which no window can disable. The damaged file is kept beside the new one.
 */
export function createTransitions({ dataDirectory, now, stagesOf, report }: TransitionsOptions): Transitions {
  /** Damaged files that were reported. */
  const told = new Set<string>();
  const known = new Map<string, Promise<ReadonlyMap<string, DisabledTransition>>>();
  const pathOf = (pipelineName: string) => join(pipelineFolder(dataDirectory, pipelineName), 'transitions.json');

  const read = async (pipelineName: string): Promise<ReadonlyMap<string, DisabledTransition>> => {
    const path = pathOf(pipelineName);
    try {
      return new Map(Object.entries(fileSchema.parse(JSON.parse(await readFile(path, 'utf8')))));
    } catch (error) {
      if ((error as NodeJS.ErrnoException).code === 'ENOENT') return new Map();
      return closeAll(pipelineName, path);
    }
  };
  const closeAll = async (pipelineName: string, path: string) => {
    const reason = `The file ${path} cannot be read. Enable what shall be open.`;
    const [, ...guarded] = await stagesOf(pipelineName);
    const closed = new Map(guarded.map((stageName) => [stageName, { reason, by: 'Penstock', at: now() }]));
    // Nothing is known of its stages yet: whoever asks again, once one was started, finds the damaged file again.
    if (closed.size === 0) known.delete(pipelineName);
    const aside = closed.size > 0 ? await replaceDamaged(path, closed) : path;
    if (told.has(aside)) return closed;
    told.add(aside);
    report(
      problem({
        code: 'transitions.unreadable',
        where: path,
        what: `Which transitions of "${pipelineName}" are disabled could not be read: all count as disabled.`,
        fix: `Enable what shall be open. The damaged file is kept: ${aside}`,
      }),
    );
    return closed;
  };
  const of = (pipelineName: string) => {
    const found = known.get(pipelineName);
    if (found) return found;
    const reading = read(pipelineName);
    known.set(pipelineName, reading);
    return reading;
  };
  const change = (
    pipelineName: string,
    edit: (transitions: Map<string, DisabledTransition>) => boolean,
  ): Promise<void> => {
    const before = of(pipelineName);
    const after = before.then(async (transitions) => {
      const next = new Map(transitions);
      if (!edit(next)) return transitions;
      await write(pathOf(pipelineName), next);
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

async function write(path: string, transitions: ReadonlyMap<string, DisabledTransition>): Promise<void> {
  await mkdir(dirname(path), { recursive: true, mode: 0o700 });
  await writeAtomically(nodeFileSystem, path, `${JSON.stringify(Object.fromEntries(transitions), null, 2)}\n`);
}

/** Answers where the damaged file is afterwards. A folder that takes no changes keeps it: it is found again by the next host. */
async function replaceDamaged(path: string, closed: ReadonlyMap<string, DisabledTransition>): Promise<string> {
  const aside = `${path}.damaged-${randomBytes(4).toString('hex')}`;
  try {
    await rename(path, aside);
  } catch {
    return path;
  }
  try {
    await write(path, closed);
    return aside;
  } catch {
    // Without a file, all would count as enabled after a restart.
    await rename(aside, path).catch(() => undefined);
    return path;
  }
}
