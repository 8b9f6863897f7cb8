import { readdir, realpath, stat } from 'node:fs/promises';
import { isAbsolute, join, relative, sep } from 'node:path';
import { VARIABLE_REFERENCE } from '../../../shared/buildspec/planBuild.ts';
import { ProblemError } from '../../../shared/problem.ts';
import { isInside, resolveInside } from '../artifacts/resolveInside.ts';
import { isWild, matchesName, type PathPattern, pathPattern } from './pathPattern.ts';

/** The most files that are ever looked for; the store refuses more as well, after a longer walk. */
const MAX_FILES = 100_000;

export interface FindRequest {
  files: readonly string[];
  excludePaths?: readonly string[];
  baseDirectory: string;
  /** Of the buildspec, for messages. */
  section: 'artifacts' | 'reports';
  /** The original build location (CODEBUILD_SRC_DIR): paths are relative to it, wherever the build went by `cd`. */
  sourceFolder: string;
  /** The folder that holds all sources of the build; nothing outside of it is ever read. */
  workspace: string;
  /** The environment at the end of the build, for `$NAME` in paths. */
  variables: ReadonlyMap<string, string>;
}

export interface FoundFiles {
  /** Real paths of the base directories. */
  bases: string[];
  /** `path` is relative to `base`, with forward slashes. */
  files: { base: string; path: string }[];
  /** Patterns, as written, that no file matched. */
  unmatched: string[];
  /** Sentences for the log. */
  notes: string[];
}

/**
 * Finds the files that patterns of a buildspec mean (reference/buildspec.md §8), below the base directories.
 * @throws ProblemError `build.files` for a base directory that is not there and for a path that leaves the build's sources.
 */
export async function findFiles(request: FindRequest): Promise<FoundFiles> {
  const { section } = request;
  const expand = (text: string) => expandVariables(text, request.variables);
  const notes: string[] = [];
  const bases = await findBases(request, expand(request.baseDirectory));
  const patterns = request.files.map((text) => ({ text, pattern: fitPattern(expand(text), section), found: 0 }));
  const excluded = (request.excludePaths ?? []).map((text) => fitPattern(expand(text), section));
  const files: { base: string; path: string }[] = [];
  for (const base of bases) {
    for await (const path of walk(base, patterns, notes)) {
      const matching = patterns.filter(({ pattern }) => pattern.matches(path));
      for (const match of matching) match.found += 1;
      if (matching.length > 0 && !excluded.some((pattern) => pattern.matches(path))) files.push({ base, path });
      if (files.length > MAX_FILES) {
        throw fault(`More than ${MAX_FILES.toLocaleString('en')} files match.`, 'Choose fewer files.');
      }
    }
  }
  return { bases, files, unmatched: patterns.filter(({ found }) => found === 0).map(({ text }) => text), notes };
}

/** `$NAME` and `${NAME}` once; what a value brings in is not expanded again. */
export function expandVariables(text: string, variables: ReadonlyMap<string, string>): string {
  return text.replaceAll(VARIABLE_REFERENCE, (_, braced, plain) => variables.get(braced ?? plain) ?? '');
}

/** Real paths of the base directories: one, or all that a pattern names. */
async function findBases({ sourceFolder, workspace, section }: FindRequest, baseDirectory: string): Promise<string[]> {
  // A build may remove its own sources.
  const gone = () => {
    throw noBase(baseDirectory, section);
  };
  const source = await realpath(sourceFolder).catch(gone);
  const root = await realpath(workspace).catch(gone);
  const wanted = isAbsolute(baseDirectory) ? baseDirectory : join(source, baseDirectory);
  // Relative to the workspace, so that $CODEBUILD_SRC_DIR_<name> works and nothing beyond it does.
  const wild = wanted.split(sep).findIndex(isWild);
  if (wild < 0) {
    const base = await insideWorkspace(root, workspace, wanted, baseDirectory);
    if (!(await isFolder(base))) throw noBase(baseDirectory, section);
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
  if (bases.length === 0) throw noBase(baseDirectory, section);
  return bases;
}

async function insideWorkspace(root: string, given: string, path: string, written: string): Promise<string> {
  // The sources may be named by the path that the build was given, of which a part can be a link.
  const inside = isInside(root, path) ? relative(root, path) : relative(given, path);
  try {
    return await resolveInside(root, inside.split(sep).join('/'));
  } catch (cause) {
    if (!(cause instanceof ProblemError)) throw cause;
    throw fault(
      `The base directory "${written}" lies outside of the build's sources.`,
      'Copy the files into the source folder at the end of the build and name that folder.',
      cause,
    );
  }
}

const isFolder = async (path: string) => (await stat(path).catch(() => undefined))?.isDirectory() === true;

function fitPattern(text: string, section: FindRequest['section']): PathPattern {
  const isOutside = isAbsolute(text) || text.split('/').includes('..');
  if (!isOutside && !text.includes('\0')) return pathPattern(text);
  throw fault(
    `The path "${text.replaceAll('\0', '\\0')}" of the ${section} section leaves its base directory.`,
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
    if (folders > MAX_FILES) throw fault('The base directory holds too many folders.', 'Name a smaller one.');
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

const noBase = (baseDirectory: string, section: FindRequest['section']) =>
  fault(
    `no matching base directory path found for "${baseDirectory}".`,
    `Check ${section}/base-directory against what the build leaves behind.`,
  );

const fault = (what: string, fix: string, cause?: unknown) =>
  new ProblemError({ code: 'build.files', where: 'buildspec', what, fix }, { cause });
