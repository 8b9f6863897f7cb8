import { mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { type Problem, ProblemError } from '../../../shared/problem.ts';
import { assertThere, fetchCommit, fetchedRef, gitFailed, sourceProblem } from '../git/fetchCommit.ts';
import { createGit, type Git } from '../git/runGit.ts';

/** Nobody waits longer for a question; a repository that is larger is read by the run alone. */
const LIMITS = { bytes: 512 * 1024 ** 2, time: 20_000 };
/** Of the files that were read, so many are remembered: a commit never changes. */
const MOST_KEPT = 200;

export interface CommittedAt {
  /** Absolute path of the bound repository. */
  repositoryPath: string;
  branch: string;
  /** Whole id; absent = the branch's newest. */
  commitId?: string | undefined;
}

/** What a commit holds under a path: its text, or why that cannot be told before the run. */
export type CommittedFile = { text: string } | { problem: Problem };

/**
 * Reads single files of commits of bound repositories, as a run would get them: through git's transport into a repository of
 * ours, so that nothing the repository says is run (git/runGit.ts).
 */
export interface CommittedFiles {
  read(at: CommittedAt, path: string): Promise<CommittedFile>;
}

export function createCommittedFiles(maxBytes: number): CommittedFiles {
  const kept = new Map<string, CommittedFile>();
  return {
    async read(at, path) {
      const scratch = mkdtempSync(join(tmpdir(), 'penstock-commit-'));
      try {
        const git = createGit({ scratch, limits: LIMITS, where: at.repositoryPath });
        const commitId = at.commitId ?? (await newestOf(git, at));
        const key = JSON.stringify([at.repositoryPath, commitId, path]);
        const known = kept.get(key);
        if (known) return known;
        const { repository } = await fetchCommit(git, { ...at, ...(commitId && { commitId }) }, LIMITS);
        const text = await textOf(git, repository, at.repositoryPath, path, maxBytes);
        const found = { text };
        kept.set(key, found);
        if (kept.size > MOST_KEPT) kept.delete(kept.keys().next().value ?? '');
        return found;
      } catch (error) {
        if (error instanceof ProblemError) return { problem: error.problem };
        throw error;
      } finally {
        await rm(scratch, { recursive: true, force: true });
      }
    },
  };
}

/** The id of a branch's newest commit; undefined where there is none, which fetching it explains. */
async function newestOf(git: Git, { repositoryPath, branch }: CommittedAt): Promise<string | undefined> {
  const url = pathToFileURL(await assertThere(repositoryPath)).href;
  const listed = await git.run(['ls-remote', '--heads', '--', url]);
  if (listed.exitCode !== 0) return undefined;
  const line = listed.stdout.split('\n').find((one) => one.endsWith(`\trefs/heads/${branch}`));
  return line?.split('\t', 1)[0];
}

async function textOf(git: Git, repository: string, where: string, path: string, maxBytes: number): Promise<string> {
  const inCommit = path.replace(/^(?:\.\/)+/, '');
  const run = (...args: string[]) => git.run([`--git-dir=${repository}`, '--literal-pathspecs', ...args]);
  const unreadable = (what: string) => sourceProblem(where, 'unreadable-file', `${path} ${what}.`, '');
  if (inCommit === '' || inCommit.split('/').includes('..')) throw unreadable('leads out of the commit');
  const listed = await run('ls-tree', '-z', '--long', fetchedRef, '--', inCommit);
  if (listed.exitCode !== 0) throw gitFailed(where, listed.stderr);
  const [mode, type, id, size] = (listed.stdout.split('\t', 1)[0] ?? '').split(/ +/);
  if (!id) throw unreadable('is not in the commit');
  if (type !== 'blob' || mode === '120000') throw unreadable('is no ordinary file in the commit');
  if (Number(size) > maxBytes) throw unreadable(`has ${size} bytes`);
  const { exitCode, stdout, stderr } = await run('cat-file', 'blob', id);
  if (exitCode !== 0) throw gitFailed(where, stderr);
  return stdout;
}
