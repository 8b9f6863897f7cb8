import { mkdirSync, mkdtempSync } from 'node:fs';
import { rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRevision } from '../../../shared/execution/events.ts';
import type { Artifact, Cancellation } from '../../../shared/providers/host.ts';
import type { ArtifactStore } from '../artifacts/artifactStore.ts';
import { inspectZip } from '../artifacts/extractZip.ts';
import { cloneReferenceText } from './cloneReference.ts';
import { fetchCommit, fetchedRef, gitFailed, tooLarge } from './fetchCommit.ts';
import { flattenLinks } from './flattenLinks.ts';
import { createGit, type Git, type GitLimits, gitLimits } from './runGit.ts';

export interface ReadRepositoryRequest {
  /** Absolute path of the bound repository. */
  repositoryPath: string;
  branch: string;
  /** Whole commit id of a source revision override; absent = the branch's newest commit. */
  commitId?: string;
  /** A folder of the action's own; a folder is made in it and removed again. */
  scratch: string;
  store: ArtifactStore;
  /** Name of the output artifact. */
  name: string;
  format: 'CODE_ZIP' | 'CODEBUILD_CLONE_REF';
  /** Shown as RepositoryName and the like. Default: the folder's name. */
  repositoryName?: string;
  limits?: Partial<GitLimits>;
  signal?: Cancellation;
  /** Takes lines for the action's log. */
  log?: (line: string) => void;
}

/** A commit message is cut at 100 KB (reference/actions.md, CommitMessage). */
const MOST_MESSAGE = 100 * 1024;

/**
 * Reads one commit of a bound local repository: as a zip of its files without `.git` (CODE_ZIP), or as a small JSON that a
 * build turns into a clone (CODEBUILD_CLONE_REF); see reference/execution-semantics.md §11. The repository is only read,
 * and nothing that its config names is run. The same commit gives the same artifact.
 *
 * @throws ProblemError `source.*` (see fetchCommit and createGit) or `artifact.*` when its files cannot be an artifact.
 */
export async function readRepository(
  request: ReadRepositoryRequest,
): Promise<{ artifact: Artifact; revision: RepositoryRevision }> {
  const limits = { ...gitLimits, ...request.limits };
  mkdirSync(request.scratch, { recursive: true });
  const scratch = mkdtempSync(join(request.scratch, 'git-'));
  try {
    const git = createGit(scratch, limits, request.signal);
    const { repository } = await fetchCommit(git, request, limits);
    const revision = await describeCommit(git, repository, request);
    const stored =
      request.format === 'CODEBUILD_CLONE_REF'
        ? await request.store.putStream(
            oneChunk(cloneReferenceText({ repository: request.repositoryPath, commitId: revision.revisionId })),
          )
        : await archive(git, repository, request, limits);
    return { artifact: { name: request.name, ...stored }, revision };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

async function* oneChunk(text: string): AsyncIterable<Uint8Array> {
  yield Buffer.from(text);
}

/** Streams `git archive` into the store, without a checkout. */
async function archive(git: Git, repository: string, request: ReadRepositoryRequest, limits: GitLimits) {
  const { digest, size } = await request.store.put(async (sink) => {
    let bytes = 0;
    const result = await git.run([`--git-dir=${repository}`, 'archive', '--format=zip', fetchedRef], {
      sink: (chunk) => {
        bytes += chunk.length;
        if (bytes > limits.bytes) throw tooLarge(request.repositoryPath, limits);
        return sink.write(chunk);
      },
    });
    if (result.exitCode !== 0) throw gitFailed(request.repositoryPath, result.stderr);
  });
  // A commit that cannot be an artifact is refused here, where it is named, and not by whichever action opens it later.
  const flattened = await flattenLinks(request.store, digest, request.log ?? (() => {}));
  if (!flattened) return { digest, size };
  await inspectZip(request.store.pathOf(flattened.digest));
  return flattened;
}

async function describeCommit(
  git: Git,
  repository: string,
  { repositoryPath, branch, repositoryName }: ReadRepositoryRequest,
): Promise<RepositoryRevision> {
  const format = ['%H', '%an', '%ae', '%at', '%ct', '%B'].join('%x00');
  const result = await git.run([
    `--git-dir=${repository}`,
    'log',
    '-1',
    '--no-color',
    '--no-show-signature',
    `--format=${format}`,
    fetchedRef,
  ]);
  const [revisionId, authorDisplayName, authorEmail, authored, committed, ...message] = result.stdout.split('\0');
  if (result.exitCode !== 0 || !revisionId) throw gitFailed(repositoryPath, result.stderr);
  return {
    revisionId,
    branchName: branch,
    repositoryName:
      repositoryName ??
      repositoryPath
        .replace(/[\\/]+$/, '')
        .replace(/^.*[\\/]/, '')
        .replace(/\.git$/, ''),
    commitMessage: cutMessage(message.join('\0').trimEnd()),
    authorDate: dateOf(authored),
    authorDisplayName,
    authorEmail,
    committerDate: dateOf(committed),
  };
}

/** Seconds since 1970 as CodePipeline writes times: `2026-11-02T09:30:00Z`. A commit may carry any number. */
function dateOf(seconds: string | undefined): string | undefined {
  const date = new Date(Number(seconds) * 1000);
  return Number.isNaN(date.getTime()) ? undefined : date.toISOString().replace('.000Z', 'Z');
}

/** Cuts at a letter's edge. */
function cutMessage(message: string): string {
  const bytes = Buffer.from(message);
  if (bytes.length <= MOST_MESSAGE) return message;
  let end = MOST_MESSAGE;
  while (end > 0 && (bytes[end]! & 0xc0) === 0x80) end -= 1;
  return bytes.toString('utf8', 0, end);
}
