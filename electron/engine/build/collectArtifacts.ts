import { copyFile, link, lstat, mkdir, readdir, realpath, rm, stat } from 'node:fs/promises';
import { dirname, isAbsolute, join, relative, sep } from 'node:path';
import type { ArtifactsSpec } from '../../../shared/buildspec/buildspec.ts';
import { VARIABLE_REFERENCE } from '../../../shared/buildspec/planBuild.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { ActionFailure } from '../../../shared/providers/host.ts';
import { isInside, resolveInside } from '../artifacts/resolveInside.ts';
import { isWild, matchesName, type PathPattern, pathPattern } from './pathPattern.ts';

/** The most files that one artifact may have; the store refuses more as well, after a longer walk. */
const MAX_FILES = 100_000;

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
  const expand = (text: string) => expandVariables(text, request.variables);
  const notes: string[] = [];
  const bases = await findBases(request, expand(spec.baseDirectory));
  const patterns = spec.files.map((text) => ({ text, pattern: fitPattern(expand(text)), found: 0 }));
  const excluded = spec.excludePaths.map((text) => fitPattern(expand(text)));

  const found: { base: string; path: string }[] = [];
  for (const base of bases) {
    for await (const path of walk(base, patterns, notes)) {
      const matching = patterns.filter(({ pattern }) => pattern.matches(path));
      for (const match of matching) match.found += 1;
      if (matching.length > 0 && !excluded.some((pattern) => pattern.matches(path))) found.push({ base, path });
      if (found.length > MAX_FILES) {
        throw uploadFailure(`More than ${MAX_FILES.toLocaleString('en')} files match.`, 'Choose fewer files.');
      }
    }
  }
  if (found.length === 0) {
    const where = spec.baseDirectory ? ` below "${spec.baseDirectory}"` : '';
    throw uploadFailure(
      `no matching artifact paths found: ${spec.files.map((text) => `"${text}"`).join(', ')} matched no file${where}.`,
      'Check the patterns against what the build leaves behind. A folder needs "folder/**/*".',
    );
  }
  for (const { text } of patterns.filter((pattern) => pattern.found === 0)) {
    notes.push(`The pattern "${text}" of the artifacts section matched no file.`);
  }
  const [only] = bases;
  if (bases.length === 1 && only !== undefined && !spec.discardPaths) {
    return { folder: only, files: found.map(({ path }) => path), notes };
  }
  return { ...(await putTogether(found, scratch, spec.discardPaths)), notes };
}

/** `$NAME` and `${NAME}` once; what a value brings in is not expanded again. */
function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(VARIABLE_REFERENCE, (_, braced, plain) => variables.get(braced ?? plain) ?? '');
}

/** Real paths of the base directories: one, or all that a pattern names. */
async function findBases({ sourceFolder, workspace }: CollectRequest, baseDirectory: string): Promise<string[]> {
  const source = await realpath(sourceFolder);
  const root = await realpath(workspace);
  const wanted = isAbsolute(baseDirectory) ? baseDirectory : join(source, baseDirectory);
  // Relative to the workspace, so that $CODEBUILD_SRC_DIR_<name> works and nothing beyond it does.
  const wild = wanted.split(sep).findIndex(isWild);
  if (wild < 0) {
    const base = await insideWorkspace(root, workspace, wanted, baseDirectory);
    if (!(await isFolder(base))) throw noBase(baseDirectory);
    return [base];
  }
  const parts = wanted.split(sep);
  let bases = [await insideWorkspace(root, workspace, parts.slice(0, wild).join(sep) || sep, baseDirectory)];
  for (const part of parts.slice(wild).filter((name) => name !== '')) {
    const next: string[] = [];
    for (const base of bases) {
      const names = (await isFolder(base)) ? await readdir(base) : [];
      for (const name of names.sort()) {
        if (!matchesName(part, name)) continue;
        const path = await insideWorkspace(root, workspace, join(base, name), baseDirectory);
        if (await isFolder(path)) next.push(path);
      }
    }
    bases = next;
  }
  if (bases.length === 0) throw noBase(baseDirectory);
  return bases;
}

async function insideWorkspace(root: string, given: string, path: string, written: string): Promise<string> {
  // The sources may be named by the path that the build was given, of which a part can be a link.
  const inside = isInside(root, path) ? relative(root, path) : relative(given, path);
  try {
    return await resolveInside(root, inside.split(sep).join('/'));
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    throw uploadFailure(
      `The base directory "${written}" lies outside of the build's sources.`,
      'Copy the files into the source folder at the end of the build and name that folder.',
      cause,
    );
  }
}

const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() === true;

function fitPattern(text: string): PathPattern {
  const isOutside = isAbsolute(text) || text.split('/').includes('..');
  if (!isOutside && !text.includes('\0')) return pathPattern(text);
  throw uploadFailure(
    `The path "${text.replaceAll('\0', '\\0')}" of the artifacts section leaves its base directory.`,
    'Give paths relative to the base directory, without "..".',
  );
}

/**
 * Relative paths of the files below `base` that some pattern can mean. Links to files and folders inside `base` are
 * followed, once per way down; others are named in the notes.
 */
async function* walk(
  base: string,
  patterns: readonly { pattern: PathPattern }[],
  notes: string[],
): AsyncGenerator<string> {
  let folders = 0;
  const open: { folder: string; real: string; above: readonly string[] }[] = [{ folder: '', real: base, above: [] }];
  for (let next = open.pop(); next; next = open.pop()) {
    const { folder, real, above } = next;
    const enter = (path: string, target: string) => {
      if (patterns.some(({ pattern }) => pattern.reaches(path))) {
        open.push({ folder: path, real: target, above: [...above, real] });
      }
    };
    folders += 1;
    if (folders > MAX_FILES) throw uploadFailure('The base directory holds too many folders.', 'Name a smaller one.');
    const entries = await readdir(real, { withFileTypes: true });
    for (const entry of entries.sort((a, b) => (a.name < b.name ? -1 : 1))) {
      const path = folder === '' ? entry.name : `${folder}/${entry.name}`;
      // No later action accepts a repository inside an artifact (reliability-security.md ZA-33), as CodePipeline passes on none.
      if (entry.name === '.git') continue;
      if (entry.isDirectory()) enter(path, join(real, entry.name));
      else if (entry.isFile()) yield path;
      else if (entry.isSymbolicLink()) {
        const target = await realpath(join(real, entry.name)).catch(() => undefined);
        if (target === undefined || !isInside(base, target)) {
          if (patterns.some(({ pattern }) => pattern.matches(path))) {
            notes.push(`"${path}" is left out: it is a link that leads out of the artifact's folder or to nothing.`);
          }
        } else if ((await stat(target)).isFile()) yield path;
        else if (await isFolder(target)) {
          if (![...above, real].includes(target)) enter(path, target);
        }
      }
    }
  }
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

const noBase = (baseDirectory: string) =>
  uploadFailure(
    `no matching base directory path found for "${baseDirectory}".`,
    'Check artifacts/base-directory against what the build leaves behind.',
  );

/** The failure of the phase UPLOAD_ARTIFACTS. */
export function uploadFailure(what: string, fix: string, cause?: unknown): ActionFailure {
  const message = `Build terminated with state: FAILED. Phase: UPLOAD_ARTIFACTS, code: CLIENT_ERROR, message: ${what}`;
  return new ActionFailure('JobFailed', message, fix, { cause });
}
