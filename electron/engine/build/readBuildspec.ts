import { readdir, readFile, rename, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { isInlineBuildspec } from '../../../shared/buildspec/isInlineBuildspec.ts';
import { MAX_BUILDSPEC_LENGTH } from '../../../shared/buildspec/yamlSafety.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { openInside } from '../artifacts/resolveInside.ts';

/** A buildspec's text and what to call it in messages. */
export interface BuildspecText {
  text: string;
  where: string;
}

/**
 * The buildspec of a build (reference/buildspec.md §1): inline, a path in the primary source, or `buildspec.yml` there.
 * The text that was read first is kept as `<folder>/buildspec`: a build may change its own file while it runs, and a host
 * that comes back must see the plan that is running.
 */
export async function readBuildspec(
  buildspec: string | undefined,
  sourceFolder: string,
  folder: string,
): Promise<BuildspecText> {
  if (buildspec && isInlineBuildspec(buildspec)) return { text: buildspec, where: 'the inline buildspec' };
  const path = buildspec || 'buildspec.yml';
  const kept = await readKept(folder);
  if (kept !== undefined) return { text: kept, where: path };
  const text = await readFromSource(path, sourceFolder);
  await writeFile(join(folder, 'buildspec.new'), text, { mode: 0o600 });
  await rename(join(folder, 'buildspec.new'), join(folder, 'buildspec'));
  return { text, where: path };
}

async function readKept(folder: string): Promise<string | undefined> {
  return readFile(join(folder, 'buildspec'), 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
}

async function readFromSource(path: string, sourceFolder: string): Promise<string> {
  let opened: Awaited<ReturnType<typeof openInside>>;
  try {
    opened = await openInside(sourceFolder, path.replace(/^(?:\.\/)+/, ''));
  } catch (cause) {
    if (cause instanceof ProblemError) throw yamlFileError(`${cause.problem.what}`, cause.problem.fix, cause);
    const { code } = cause as NodeJS.ErrnoException;
    if (code !== 'ENOENT' && code !== 'ENOTDIR') throw cause;
    throw yamlFileError(
      `the buildspec file "${path}" does not exist in the primary source`,
      await suggestion(sourceFolder),
      cause,
    );
  }
  const { file, stats } = opened;
  try {
    if (stats.size > MAX_BUILDSPEC_LENGTH * 4) {
      throw yamlFileError(`the buildspec file "${path}" is ${stats.size} bytes long`, 'Give the path of a buildspec.');
    }
    return new TextDecoder('utf-8', { fatal: true }).decode(await file.readFile());
  } catch (cause) {
    if (!(cause instanceof TypeError)) throw cause;
    throw yamlFileError(`the buildspec file "${path}" is not UTF-8 text`, 'Save it as UTF-8.', cause);
  } finally {
    await file.close();
  }
}

/** What stands there instead, if it looks like a buildspec. */
async function suggestion(sourceFolder: string): Promise<string> {
  const names = await readdir(sourceFolder).catch(() => []);
  const similar = names.filter((name) => /^build.*\.ya?ml$/i.test(name)).sort();
  const add =
    'Add a buildspec.yml to the root of the source, or name its path in the project’s buildspec or in BuildspecOverride.';
  return similar.length > 0 ? `The source has ${similar.join(', ')}. ${add}` : add;
}

/** The failure of the phase DOWNLOAD_SOURCE over a buildspec (§1). */
export function yamlFileError(message: string, fix: string, cause?: unknown): ActionFailure {
  return new ActionFailure(
    'JobFailed',
    `Build terminated with state: FAILED. Phase: DOWNLOAD_SOURCE, code: YAML_FILE_ERROR, message: ${message}`,
    fix,
    { cause },
  );
}
