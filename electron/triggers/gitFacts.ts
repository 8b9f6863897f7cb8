import { mkdtemp, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { fetchCommit, fetchedRef, gitFailed } from '../engine/git/fetchCommit.ts';
import { createGit, type Git, gitLimits } from '../engine/git/runGit.ts';

/** What git alone can tell of a change, asked in a repository of ours: nothing of the bound one is executed (rules GT). */
export interface GitFacts {
  /** Paths that differ between two commits, at most `MAX_FILES` of them, from the root of the repository. */
  changedFiles(repositoryPath: string, before: string, after: string): Promise<string[]>;
  /** The commit that a tag's object leads to. */
  commitOf(repositoryPath: string, objectId: string): Promise<string>;
}

/** Triggers look at the first 100; a few more tell how many there are. */
const MAX_FILES = 1000;
const limits = { ...gitLimits, time: 60_000 };

/** `signal` ends what is being asked. @throws (from its functions) ProblemError `source.*`. */
export function createGitFacts(scratchFolder: () => string, signal?: AbortSignal): GitFacts {
  const inScratch = async <T>(where: string, work: (git: Git) => Promise<T>): Promise<T> => {
    const scratch = await mkdtemp(join(scratchFolder(), 'trigger-'));
    try {
      return await work(createGit({ scratch, limits, where, ...(signal && { signal }) }));
    } finally {
      await rm(scratch, { recursive: true, force: true });
    }
  };
  return {
    changedFiles: (repositoryPath, before, after) =>
      inScratch(repositoryPath, async (git) => {
        await fetchCommit(git, { repositoryPath, branch: '', commitId: before }, limits);
        const { repository } = await fetchCommit(git, { repositoryPath, branch: '', commitId: after }, limits);
        const { exitCode, stdout, stderr } = await git.run([
          `--git-dir=${repository}`,
          'diff-tree',
          '-r',
          '-z',
          '--name-only',
          '--no-renames',
          '--no-ext-diff',
          before,
          after,
          '--',
        ]);
        if (exitCode !== 0) throw gitFailed(repositoryPath, stderr);
        return stdout.split('\0').filter(Boolean).slice(0, MAX_FILES);
      }),
    commitOf: (repositoryPath, objectId) =>
      inScratch(repositoryPath, async (git) => {
        const { repository } = await fetchCommit(git, { repositoryPath, branch: '', commitId: objectId }, limits);
        const { exitCode, stdout, stderr } = await git.run([
          `--git-dir=${repository}`,
          'rev-parse',
          '--verify',
          '--end-of-options',
          `${fetchedRef}^{commit}`,
        ]);
        if (exitCode !== 0) throw gitFailed(repositoryPath, stderr);
        return stdout.trim();
      }),
  };
}
