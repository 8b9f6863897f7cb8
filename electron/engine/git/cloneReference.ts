import { readFileSync, statSync } from 'node:fs';
import { mkdir, mkdtemp, rename, rm } from 'node:fs/promises';
import { dirname, join, resolve } from 'node:path';
import { pathToFileURL } from 'node:url';
import { z } from 'zod';
import type { Cancellation } from '../../../shared/providers/host.ts';
import { CLONE_REFERENCE_START } from '../artifacts/openZip.ts';
import { assertThere, gitFailed, sizeBelow, sourceProblem, tooLarge } from './fetchCommit.ts';
import { createGit, type GitLimits, gitLimits } from './runGit.ts';

/**
 * The artifact that CODEBUILD_CLONE_REF makes: not files but where a build finds them with their history
 * (reference/execution-semantics.md §11). Only builds can use it.
 */
const cloneReferenceSchema = z.object({
  penstock: z.literal('clone-ref'),
  /** Absolute path of the bound repository. */
  repository: z.string().min(1),
  commitId: z.string().regex(/^([0-9a-f]{40}|[0-9a-f]{64})$/),
});
export type CloneReference = z.output<typeof cloneReferenceSchema>;

export function cloneReferenceText(reference: Omit<CloneReference, 'penstock'>): string {
  return `${JSON.stringify({ penstock: 'clone-ref', ...reference })}\n`;
}

/** The reference that an artifact's file holds, or undefined when it is an ordinary artifact. Reads a few bytes. */
export function readCloneReference(artifactPath: string): CloneReference | undefined {
  if (statSync(artifactPath).size > 16_384) return undefined;
  const text = readFileSync(artifactPath, 'utf8');
  if (!text.startsWith(CLONE_REFERENCE_START)) return undefined;
  try {
    return cloneReferenceSchema.safeParse(JSON.parse(text)).data;
  } catch {
    return undefined;
  }
}

/**
 * Clones the referenced repository with its whole history into `target`, which must not exist, and checks the commit out:
 * no hooks, no filters, no submodules, links as small text files, none of the repository's own config. The target is
 * whole or absent.
 *
 * @throws ProblemError `source.*`.
 */
export async function checkoutClone({
  reference,
  target,
  limits: some,
  signal,
}: {
  reference: CloneReference;
  target: string;
  limits?: Partial<GitLimits>;
  signal?: Cancellation;
}): Promise<void> {
  const limits = { ...gitLimits, ...some };
  const { repository, commitId } = reference;
  const source = await assertThere(repository);
  const parent = dirname(resolve(target));
  await mkdir(parent, { recursive: true });
  const scratch = await mkdtemp(join(parent, '.git-clone-'));
  try {
    const git = createGit({ scratch, limits, signal, where: repository });
    const clone = join(scratch, 'clone');
    const watch = () => {
      if (sizeBelow(scratch) > limits.bytes) throw tooLarge(repository, limits);
    };
    const cloned = await git.run(
      [
        'clone',
        '--quiet',
        '--no-local',
        '--no-hardlinks',
        '--no-recurse-submodules',
        '--no-checkout',
        '--template=',
        '--config=core.symlinks=false',
        '--',
        pathToFileURL(source).href,
        clone,
      ],
      { watch },
    );
    if (cloned.exitCode !== 0) throw gitFailed(repository, cloned.stderr);
    const here = [`--git-dir=${join(clone, '.git')}`, `--work-tree=${clone}`];
    const checkedOut = await git.run([...here, 'checkout', '--quiet', '--detach', commitId, '--'], {
      cwd: clone,
      watch,
    });
    if (checkedOut.exitCode !== 0) {
      if (!/unable to read tree|not a tree|bad object|invalid reference/i.test(checkedOut.stderr)) {
        throw gitFailed(repository, checkedOut.stderr);
      }
      throw sourceProblem(
        repository,
        'unknown-commit',
        `The commit ${commitId} is on no branch of the repository any more.`,
        'Run the pipeline again from its source.',
      );
    }
    await rename(clone, target);
  } finally {
    await rm(scratch, { recursive: true, force: true });
  }
}
