import { copyFile, link, lstat, mkdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { ArtifactsSpec } from '../../../shared/buildspec/buildspec.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { resolveInside } from '../artifacts/resolveInside.ts';
import { findFiles } from './findFiles.ts';

export interface CollectRequest {
  spec: ArtifactsSpec;
  /** The original build location (CODEBUILD_SRC_DIR): paths are relative to it, wherever the build went by `cd`. */
  sourceFolder: string;
  /** The folder that holds all sources of the build; nothing outside of it is ever read. */
  workspace: string;
  /** The environment at the end of the build, for `$NAME` in paths. */
  variables: ReadonlyMap<string, string>;
  /** A folder of ours for artifacts that are put together; made when needed. */
  scratch: string;
}

/** What to put into the store: `files` below `folder`. `notes` are sentences for the log. */
export interface Collected {
  folder: string;
  files: string[];
  notes: string[];
}

/**
 * Finds the files of one artifacts block (reference/buildspec.md §8). Fails as the phase UPLOAD_ARTIFACTS does: no file
 * or no base directory found, or a path that leaves the build's sources.
 */
export async function collectArtifacts(request: CollectRequest): Promise<Collected> {
  const { spec, scratch } = request;
  const { bases, files, unmatched, notes } = await findFiles({ ...request, ...spec, section: 'artifacts' }).catch(
    (cause: unknown) => {
      if (!(cause instanceof ProblemError)) throw cause;
      throw uploadFailure(cause.problem.what, cause.problem.fix, cause);
    },
  );
  if (files.length === 0) {
    const where = spec.baseDirectory ? ` below "${spec.baseDirectory}"` : '';
    throw uploadFailure(
      `no matching artifact paths found: ${spec.files.map((text) => `"${text}"`).join(', ')} matched no file${where}.`,
      'Check the patterns against what the build leaves behind. A folder needs "folder/**/*".',
    );
  }
  for (const text of unmatched) notes.push(`The pattern "${text}" of the artifacts section matched no file.`);
  const [only] = bases;
  if (bases.length === 1 && only !== undefined && !spec.discardPaths) {
    return { folder: only, files: files.map(({ path }) => path), notes };
  }
  return { ...(await putTogether(files, scratch, spec.discardPaths)), notes };
}

/** Files of several folders, or without their folders, as one folder. Of equal names the last one stays. */
async function putTogether(
  found: readonly { base: string; path: string }[],
  scratch: string,
  discardPaths: boolean,
): Promise<{ folder: string; files: string[] }> {
  await rm(scratch, { recursive: true, force: true });
  await mkdir(scratch, { recursive: true });
  const sources = new Map<string, { base: string; path: string }>();
  for (const { base, path } of found) {
    sources.set(discardPaths ? path.slice(path.lastIndexOf('/') + 1) : path, { base, path });
  }
  for (const [name, { base, path }] of sources) {
    const source = await resolveInside(base, path);
    if (!(await lstat(source)).isFile()) continue;
    const target = join(scratch, name);
    await mkdir(dirname(target), { recursive: true });
    // A second name costs nothing; another disk needs a copy.
    await link(source, target).catch(() => copyFile(source, target));
  }
  return { folder: scratch, files: [...sources.keys()] };
}

/** The failure of the phase UPLOAD_ARTIFACTS. */
export function uploadFailure(what: string, fix: string, cause?: unknown): ActionFailure {
  const message = `Build terminated with state: FAILED. Phase: UPLOAD_ARTIFACTS, code: CLIENT_ERROR, message: ${what}`;
  return new ActionFailure('JobFailed', message, fix, { cause });
}
