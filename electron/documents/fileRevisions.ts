import { mkdirSync, mkdtempSync, writeFileSync } from 'node:fs';
import { lstat, readFile, realpath, rm } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import { ProblemError } from '../../shared/problem.ts';
import { gitFailed, makeBareRepository } from '../engine/git/fetchCommit.ts';
import { createGit, type Git } from '../engine/git/runGit.ts';
import { readRefs, refsFolder } from '../triggers/readRefs.ts';

const MOST = 200;
const LIMITS = { bytes: 64 * 1024 ** 2, time: 60_000 };
const COMMIT_ID = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const [UNIT, RECORD] = ['\u001f', '\u001e'];

export interface Revision {
  revisionId: string;
  at: number;
  author: string;
  summary: string;
}

/**
 * Earlier versions of a file, from the git repository that it lies in. Git never opens that repository: a fresh one of ours
 * borrows its objects (as alternates), so that its config, hooks, filters and attributes are not even read (rules GT). The
 * repository is found, and its HEAD read, as files; no process starts for a file outside of any.
 */
export function fileRevisions(dataDirectory: string) {
  async function withGit<T>(path: string, use: (place: Place, git: Git, repository: string) => Promise<T>): Promise<T> {
    const place = await placeOf(path);
    mkdirSync(dataDirectory, { recursive: true, mode: 0o700 });
    const scratch = mkdtempSync(join(dataDirectory, 'revisions-'));
    try {
      const git = createGit({ scratch, limits: LIMITS, where: path });
      const repository = makeBareRepository(scratch, place.head.length === 64);
      writeFileSync(join(repository, 'objects', 'info', 'alternates'), `${place.objects}\n`);
      return await use(place, git, repository);
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  }

  return {
    /** The commits before HEAD that changed the file, newest first. @throws ProblemError `revision.*`, `source.*` */
    list: (path: string): Promise<Revision[]> =>
      withGit(path, async ({ head, inside }, git, repository) => {
        const result = await git.run([
          `--git-dir=${repository}`,
          '--literal-pathspecs',
          'log',
          `--max-count=${MOST}`,
          `--format=%H${UNIT}%ct${UNIT}%an${UNIT}%s${RECORD}`,
          '--no-color',
          '--no-show-signature',
          '--no-mailmap',
          '--no-decorate',
          head,
          '--',
          inside,
        ]);
        if (result.exitCode !== 0) throw gitFailed(path, result.stderr);
        return result.stdout.split(RECORD).flatMap((record) => {
          const [revisionId = '', at = '', author = '', summary = ''] = record.trim().split(UNIT);
          return COMMIT_ID.test(revisionId) ? [{ revisionId, at: Number(at) * 1000, author, summary }] : [];
        });
      }),

    /** The file's text in a commit. @throws ProblemError `revision.*`, `source.*` */
    read: async (path: string, revisionId: string): Promise<string> => {
      if (!COMMIT_ID.test(revisionId)) throw unknownRevision(path, revisionId);
      return withGit(path, async ({ inside }, git, repository) => {
        const result = await git.run([`--git-dir=${repository}`, 'cat-file', 'blob', `${revisionId}:${inside}`]);
        if (result.exitCode !== 0) throw unknownRevision(path, revisionId);
        return result.stdout;
      });
    },
  };
}

interface Place {
  /** Commit that HEAD leads to. */
  head: string;
  /** Folder of the repository's objects. */
  objects: string;
  /** The file below the work tree, with slashes. */
  inside: string;
}

async function placeOf(path: string): Promise<Place> {
  if (path === '') throw noRepository(path, 'This document was never saved, so there is no history of it.');
  const root = await workTreeOf(path);
  if (root === undefined) throw noRepository(path, `${path} does not lie in a git repository.`);
  const common = await refsFolder(root);
  const own = await gitFolder(root);
  const text = (await small(join(own, 'HEAD'))).trim();
  const ref = /^ref: (refs\/.+)$/.exec(text)?.[1];
  const head = ref === undefined ? text : (await readRefs(common)).refs.get(ref);
  if (head === undefined || !COMMIT_ID.test(head)) throw noRepository(path, 'The repository has no commit yet.');
  const objects = join(common, 'objects');
  // The list of alternates is by line.
  if (/[\r\n]/.test(objects)) throw noRepository(path, 'The repository lies in a folder whose name has a line break.');
  return { head, objects, inside: relative(root, path).split(sep).join('/') };
}

/** The nearest folder above a file that has a `.git`. */
async function workTreeOf(path: string): Promise<string | undefined> {
  let folder = await realpath(dirname(path));
  for (;;) {
    if (await lstat(join(folder, '.git')).catch(() => undefined)) return folder;
    const parent = dirname(folder);
    if (parent === folder) return undefined;
    folder = parent;
  }
}

/** `.git` of a work tree, or where a `.git` file leads: linked work trees have their own HEAD there. */
async function gitFolder(root: string): Promise<string> {
  const dotGit = join(root, '.git');
  if ((await lstat(dotGit)).isDirectory()) return dotGit;
  const leads = /^gitdir: (.+)$/m.exec(await small(dotGit))?.[1]?.trim();
  return leads === undefined ? dotGit : resolve(root, leads);
}

async function small(path: string): Promise<string> {
  const found = await lstat(path);
  if (!found.isFile() || found.size > 8192) throw noRepository(path, `${path} is not what it should be.`);
  return readFile(path, 'utf8');
}

const noRepository = (where: string, what: string) =>
  new ProblemError({
    code: 'revision.no-repository',
    where,
    what,
    fix: 'Compare with another file or version instead.',
  });

const unknownRevision = (where: string, revisionId: string) =>
  new ProblemError({
    code: 'revision.unknown',
    where,
    what: `The commit ${revisionId.slice(0, 12)} does not hold this file.`,
    fix: 'Choose a commit from the list.',
  });
