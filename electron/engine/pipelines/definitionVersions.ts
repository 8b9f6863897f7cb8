import { mkdir, readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { z } from 'zod';
import { canonicalJson } from '../../../shared/convert/canonicalJson.ts';
import { type PipelineDeclaration, pipelineSchema } from '../../../shared/model/declaration.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { nodeFileSystem } from '../../documents/fileSystem.ts';
import { writeAtomically } from '../../documents/writeAtomically.ts';
import { pipelineFolder } from './pipelineFolder.ts';

/**
 * The definitions that each pipeline was started with, as the service keeps them for GetPipeline with a version
 * (reference/execution-semantics.md §15). Here a definition is updated when a changed one is started: saving a file is not
 * yet an update. One file for each version, never changed once written.
 */
export interface DefinitionVersions {
  /**
   * The version of a declaration that is about to start: that of the latest one when it means the same, else a new one.
   * `updated` = it follows another one, so executions of that one are touched.
   */
  take(declaration: PipelineDeclaration): Promise<{ version: number; updated: boolean }>;
  /** The latest version, 0 if the pipeline was never started. */
  latest(pipelineName: string): Promise<number>;
  /** @throws ProblemError `pipeline.version-not-found` */
  read(pipelineName: string, version: number): Promise<PipelineDeclaration>;
  /** Newest first. `createdAt` in milliseconds since 1970. */
  list(pipelineName: string): Promise<{ version: number; createdAt: number }[]>;
}

const fileSchema = z.object({ createdAt: z.number(), pipeline: pipelineSchema });

export function createDefinitionVersions(dataDirectory: string, now: () => number): DefinitionVersions {
  const folderOf = (pipelineName: string) => join(pipelineFolder(dataDirectory, pipelineName), 'versions');
  /** Texts of latest versions, so that a pipeline that is started again and again is compared without the disk. */
  const latestTexts = new Map<string, { version: number; text: string }>();
  /** Starts of one pipeline take their versions one after another. */
  const turns = new Map<string, Promise<unknown>>();

  const numbers = async (pipelineName: string): Promise<number[]> => {
    const names = await readdir(folderOf(pipelineName)).catch(missingAsEmpty);
    return names
      .flatMap((name) => (/^[1-9]\d*\.json$/.test(name) ? [Number.parseInt(name, 10)] : []))
      .sort((a, b) => b - a);
  };
  const readFileOf = async (pipelineName: string, version: number) => {
    const text = await readFile(join(folderOf(pipelineName), `${version}.json`), 'utf8');
    return fileSchema.parse(JSON.parse(text));
  };
  const latestText = async (pipelineName: string) => {
    const known = latestTexts.get(pipelineName);
    if (known) return known;
    const [version] = await numbers(pipelineName);
    if (version === undefined) return undefined;
    // A damaged file counts as another definition: the next start makes a new version, none is lost.
    const text = await readFileOf(pipelineName, version).then(
      ({ pipeline }) => canonicalJson(pipeline),
      () => '',
    );
    return { version, text };
  };
  const take = async (declaration: PipelineDeclaration) => {
    const { name } = declaration;
    const text = canonicalJson(declaration);
    const before = await latestText(name);
    if (before?.text === text) {
      latestTexts.set(name, before);
      return { version: before.version, updated: false };
    }
    const version = Math.max((before?.version ?? 0) + 1, declaration.version ?? 1);
    await mkdir(folderOf(name), { recursive: true, mode: 0o700 });
    const file = { createdAt: now(), pipeline: { ...declaration, version } };
    await writeAtomically(nodeFileSystem, join(folderOf(name), `${version}.json`), `${JSON.stringify(file)}\n`);
    latestTexts.set(name, { version, text });
    return { version, updated: before !== undefined };
  };

  return {
    take(declaration) {
      const turn = (turns.get(declaration.name) ?? Promise.resolve()).then(() => take(declaration));
      turns.set(
        declaration.name,
        turn.catch(() => undefined),
      );
      return turn;
    },
    latest: async (pipelineName) => latestTexts.get(pipelineName)?.version ?? (await numbers(pipelineName))[0] ?? 0,
    async read(pipelineName, version) {
      try {
        return (await readFileOf(pipelineName, version)).pipeline;
      } catch (error) {
        const kept = await numbers(pipelineName);
        throw new ProblemError(
          {
            code: 'pipeline.version-not-found',
            where: '',
            what: kept.includes(version)
              ? `Version ${version} of "${pipelineName}" is damaged on disk and cannot be read.`
              : `"${pipelineName}" has no version ${version} here (PipelineVersionNotFoundException).`,
            fix:
              kept.length > 0 ? `Versions kept: ${kept.join(', ')}.` : 'Start the pipeline: that keeps its definition.',
          },
          { cause: error },
        );
      }
    },
    async list(pipelineName) {
      const found = await Promise.all(
        (await numbers(pipelineName)).map((version) =>
          readFileOf(pipelineName, version).then(
            ({ createdAt }) => [{ version, createdAt }],
            () => [], // damaged: `read` says so
          ),
        ),
      );
      return found.flat();
    },
  };
}

function missingAsEmpty(error: NodeJS.ErrnoException): string[] {
  if (error.code === 'ENOENT') return [];
  throw error;
}
