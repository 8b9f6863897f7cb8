import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import type { GitEvent } from '../../shared/triggers/gitEvent.ts';
import type { GitFacts } from './gitFacts.ts';
import type { RefChange } from './watchRefs.ts';

/**
 * A changed ref as the event that a provider would send; undefined for a branch or tag that is gone, which starts nothing.
 * The changed files are asked of git only where a filter looks at them.
 *
 * @throws ProblemError `source.*` when the commits cannot be read.
 */
export async function eventOf(
  change: RefChange,
  repositoryPath: string,
  pipeline: PipelineDeclaration,
  facts: GitFacts,
): Promise<GitEvent | undefined> {
  const { ref, before, after } = change;
  if (after === undefined) return undefined;
  if (ref.startsWith('refs/tags/')) {
    return { kind: 'tag', tag: ref.slice('refs/tags/'.length), commitId: await facts.commitOf(repositoryPath, after) };
  }
  const isNew = before === undefined;
  return {
    kind: 'push',
    branch: ref.slice('refs/heads/'.length),
    isNew,
    changedFiles: !isNew && looksAtFiles(pipeline) ? await facts.changedFiles(repositoryPath, before, after) : [],
    commitId: after,
    ...(before !== undefined && { before }),
  };
}

const looksAtFiles = ({ triggers = [] }: PipelineDeclaration): boolean =>
  triggers.some(({ gitConfiguration }) => gitConfiguration.push?.some(({ filePaths }) => filePaths !== undefined));
