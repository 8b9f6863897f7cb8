import { mkdirSync, readdirSync, statSync, writeFileSync } from 'node:fs';
import { lstat, realpath } from 'node:fs/promises';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { ProblemError } from '../../../shared/problem.ts';
import type { Git, GitLimits } from './runGit.ts';

/** Git's own rules for a branch name (git-check-ref-format): what breaks them cannot exist, and may be pattern or option. */
const IMPOSSIBLE_BRANCH = /^$|^[./]|[\u0000-\u0020\u007f~^:?*[\\]|\.\.|@\{|\/\/|\/\.|\.lock(\/|$)|[./]$|^@$/;
const COMMIT_ID = /^([0-9a-f]{40}|[0-9a-f]{64})$/;
const FETCHED = 'refs/penstock/source';

export interface FetchRequest {
  /** Absolute path of the bound repository: a work tree, a linked work tree, or a bare repository. */
  repositoryPath: string;
  branch: string;
  /** Whole commit id; absent = the branch's newest. */
  commitId?: string;
}

/**
 * Fetches one commit, without history, from a bound repository into a fresh bare repository of ours below the scratch
 * folder, and answers where. Object ids are computed from the fetched content, so a commit id is what it says.
 *
 * @throws ProblemError `source.missing`, `source.not-a-repository`, `source.unknown-branch`, `source.unknown-commit`,
 *   `source.too-large`, `source.git-failed`; `where` is the repository's path.
 */
export async function fetchCommit(
  git: Git,
  { repositoryPath, branch, commitId }: FetchRequest,
  limits: GitLimits,
): Promise<{ repository: string }> {
  const source = await assertThere(repositoryPath);
  if (commitId !== undefined && !COMMIT_ID.test(commitId)) {
    throw sourceProblem(repositoryPath, 'unknown-commit', `"${shorten(commitId)}" is not a commit id.`, WHOLE_ID);
  }
  const url = pathToFileURL(source).href;
  if (commitId === undefined && IMPOSSIBLE_BRANCH.test(branch))
    throw await unknownBranch(git, repositoryPath, url, branch);
  const repository = makeBareRepository(git.scratch, commitId?.length === 64);
  const wanted = commitId ?? `refs/heads/${branch}`;
  const fetch = () =>
    git.run(
      [
        `--git-dir=${repository}`,
        'fetch',
        '--quiet',
        '--depth=1',
        '--no-tags',
        '--no-recurse-submodules',
        '--no-write-fetch-head',
        '--',
        url,
        `+${wanted}:${FETCHED}`,
      ],
      { watch: () => assertSmall(repository, repositoryPath, limits) },
    );
  let result = await fetch();
  if (result.exitCode !== 0 && /mismatched algorithms/.test(result.stderr)) {
    // A branch does not tell which hash its repository uses; git only says so when asked.
    makeBareRepository(git.scratch, true);
    result = await fetch();
  }
  if (result.exitCode !== 0) throw await explain(git, { repositoryPath, branch, commitId }, url, result.stderr);
  assertSmall(repository, repositoryPath, limits);
  return { repository };
}

/** The ref under which fetchCommit leaves the commit. */
export const fetchedRef = FETCHED;

const WHOLE_ID = 'Give the whole id, 40 letters a-f and digits, as `git rev-parse` prints it.';

export function sourceProblem(where: string, code: string, what: string, fix: string, cause?: unknown): ProblemError {
  return new ProblemError({ code: `source.${code}`, where, what, fix }, { cause });
}

const shorten = (text: string) => (text.length > 100 ? `${text.slice(0, 100)}…` : text);

/** Real path of an existing folder. */
export async function assertThere(repositoryPath: string): Promise<string> {
  const real = await realpath(repositoryPath).catch((cause: unknown) => {
    throw sourceProblem(
      repositoryPath,
      'missing',
      `There is no folder ${repositoryPath}.`,
      'Bind the action to an existing repository or folder.',
      cause,
    );
  });
  if (!(await lstat(real)).isDirectory()) {
    throw sourceProblem(
      repositoryPath,
      'not-a-repository',
      `${repositoryPath} is a file.`,
      'Bind the action to the folder of a git repository, or to a plain folder.',
    );
  }
  return real;
}

/** An empty bare repository, written by hand: no template, no hooks, no process. */
export function makeBareRepository(scratch: string, sha256: boolean): string {
  const repository = join(scratch, 'repository.git');
  mkdirSync(join(repository, 'objects', 'info'), { recursive: true, mode: 0o700 });
  mkdirSync(join(repository, 'refs'), { recursive: true });
  mkdirSync(join(repository, 'info'), { recursive: true });
  writeFileSync(join(repository, 'HEAD'), 'ref: refs/heads/none\n');
  const format = sha256 ? '\trepositoryformatversion = 1\n' : '\trepositoryformatversion = 0\n';
  const extension = sha256 ? '[extensions]\n\tobjectformat = sha256\n' : '';
  writeFileSync(join(repository, 'config'), `[core]\n${format}\tbare = true\n${extension}`);
  // CodePipeline hands on the whole commit, as checked out: no attribute may leave files out or rewrite them on the way
  // (export-ignore, export-subst), and no filter runs. This file outranks those in the commit.
  writeFileSync(join(repository, 'info', 'attributes'), '* -export-ignore -export-subst -filter\n');
  return repository;
}

function assertSmall(repository: string, repositoryPath: string, limits: GitLimits): void {
  if (sizeBelow(join(repository, 'objects')) > limits.bytes) throw tooLarge(repositoryPath, limits);
}

export function tooLarge(repositoryPath: string, limits: GitLimits): ProblemError {
  return sourceProblem(
    repositoryPath,
    'too-large',
    `The commit takes more than ${Math.round(limits.bytes / 1024 ** 2).toLocaleString('en')} MiB, the most a repository source may have.`,
    'Remove large files from the commit, or store them elsewhere.',
  );
}

/** Bytes of all files below a folder; files that vanish meanwhile count nothing. */
export function sizeBelow(folder: string): number {
  let size = 0;
  for (const entry of readdirSync(folder, { withFileTypes: true, recursive: true })) {
    if (entry.isFile()) size += statSync(join(entry.parentPath, entry.name), { throwIfNoEntry: false })?.size ?? 0;
  }
  return size;
}

async function explain(git: Git, request: FetchRequest, url: string, stderr: string): Promise<ProblemError> {
  const { repositoryPath, branch, commitId } = request;
  if (/couldn't find remote ref/.test(stderr)) return unknownBranch(git, repositoryPath, url, branch);
  if (commitId && /not our ref|unadvertised object|remote did not send|bad object/.test(stderr)) {
    return sourceProblem(
      repositoryPath,
      'unknown-commit',
      `The repository has no commit ${commitId}.`,
      'Fetch the commit into the bound repository, or choose another.',
    );
  }
  if (/does not appear to be a git repository|not a git repository/.test(stderr)) {
    return sourceProblem(
      repositoryPath,
      'not-a-repository',
      `${repositoryPath} is not a git repository.`,
      'Run `git init` and commit there, or bind it as a plain folder.',
    );
  }
  return gitFailed(repositoryPath, stderr);
}

export function gitFailed(repositoryPath: string, stderr: string): ProblemError {
  const said = stderr.trim().split('\n').slice(-3).join(' ');
  return sourceProblem(
    repositoryPath,
    'git-failed',
    `Git could not read the repository. It said: ${shorten(said) || 'nothing'}`,
    'Check the repository with `git fsck`.',
  );
}

async function unknownBranch(git: Git, repositoryPath: string, url: string, branch: string): Promise<ProblemError> {
  const listed = await git.run(['ls-remote', '--heads', '--', url]);
  if (listed.exitCode !== 0) return explain(git, { repositoryPath, branch }, url, listed.stderr);
  const branches = [...listed.stdout.matchAll(/\trefs\/heads\/(.+)$/gm)].map((match) => match[1] ?? '');
  if (branches.length === 0) {
    return sourceProblem(
      repositoryPath,
      'unknown-branch',
      `The repository has no branch "${shorten(branch)}", and no commit on any branch.`,
      'Make a first commit, for example `git commit --allow-empty -m "Begin"`.',
    );
  }
  const some = branches.slice(0, 10).map((name) => `"${name}"`);
  const more = branches.length > some.length ? ` and ${branches.length - some.length} more` : '';
  return sourceProblem(
    repositoryPath,
    'unknown-branch',
    `The repository has no branch "${shorten(branch)}". It has ${some.join(', ')}${more}.`,
    'Choose one of those in the action, or create the branch.',
  );
}
