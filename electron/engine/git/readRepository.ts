import { mkdirSync, mkdtempSync } from 'node:fs';
import { open, rm } from 'node:fs/promises';
import { join } from 'node:path';
import type { RepositoryRevision } from '../../../shared/execution/events.ts';
import type { Artifact, Cancellation } from '../../../shared/providers/host.ts';
import type { ArtifactStore, StoredArtifact } from '../artifacts/artifactStore.ts';
import { inspectZip } from '../artifacts/extractZip.ts';
import type { ByteSink } from '../artifacts/zipWriter.ts';
import { cloneReferenceText } from './cloneReference.ts';
import { describeCommit } from './describeCommit.ts';
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
    const git = createGit({ scratch, limits, signal: request.signal, where: request.repositoryPath });
    const { repository } = await fetchCommit(git, request, limits);
    const described = await describeCommit(git, repository, request.repositoryPath);
    const revision: RepositoryRevision = {
      ...described.revision,
      branchName: request.branch,
      repositoryName: request.repositoryName ?? folderName(request.repositoryPath),
    };
    const stored =
      request.format === 'CODEBUILD_CLONE_REF'
        ? await storeReference(request, revision.revisionId)
        : await archive({ git, repository, request, limits, hasLinks: described.hasLinks });
    return { artifact: { name: request.name, ...stored }, revision };
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}

const folderName = (path: string) =>
  path
    .replace(/[\\/]+$/, '')
    .replace(/^.*[\\/]/, '')
    .replace(/\.git$/, '');

async function storeReference({ store, repositoryPath }: ReadRepositoryRequest, commitId: string) {
  const { digest, size } = await store.put(async (sink) => {
    await sink.write(Buffer.from(cloneReferenceText({ repository: repositoryPath, commitId })));
  });
  return { digest, size };
}

/**
 * Makes the artifact from `git archive`, without a checkout: straight into the store, or by way of the scratch folder when
 * links must be taken out first. A commit that cannot be an artifact is refused here, where it is named, and not by
 * whichever action opens it later.
 */
async function archive({ git, repository, request, limits, hasLinks }: Archiving): Promise<StoredArtifact> {
  const { store, repositoryPath } = request;
  const into = async (sink: ByteSink) => {
    let bytes = 0;
    const result = await git.run([`--git-dir=${repository}`, 'archive', '--format=zip', fetchedRef], {
      sink: (chunk) => {
        bytes += chunk.length;
        if (bytes > limits.bytes) throw tooLarge(repositoryPath, limits);
        return sink.write(chunk);
      },
    });
    if (result.exitCode !== 0) throw gitFailed(repositoryPath, result.stderr);
  };
  if (!hasLinks) {
    const { digest, size } = await store.put(into);
    await inspectZip(store.pathOf(digest));
    return { digest, size };
  }
  const scratchZip = join(git.scratch, 'linked.zip');
  const file = await open(scratchZip, 'wx', 0o600);
  try {
    await into({ write: async (chunk) => void (await file.writeFile(chunk)) });
  } finally {
    await file.close();
  }
  const flat = await flattenLinks(store, scratchZip, request.log ?? (() => {}));
  await inspectZip(store.pathOf(flat.digest));
  return flat;
}

interface Archiving {
  git: Git;
  repository: string;
  request: ReadRepositoryRequest;
  limits: GitLimits;
  hasLinks: boolean;
}
