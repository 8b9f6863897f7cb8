import type { RepositoryRevision } from '../../execution/events.ts';
import { ActionFailure, type ActionOutcome, type ActionRun } from '../host.ts';

interface RepositorySource {
  branch: string;
  repositoryName: string;
  /** Absent = CODE_ZIP. */
  format?: string;
  /** The type's own output variables; members that the revision lacks are left out. */
  variables(revision: RepositoryRevision): Record<string, string | undefined>;
}

/**
 * Reads a revision of the bound repository or folder. A plain folder has no commits: its CommitId is the digest of its
 * content, and the variables that describe a commit do not exist.
 */
export async function runRepositorySource(run: ActionRun, source: RepositorySource): Promise<ActionOutcome> {
  const { host, action } = run;
  const { artifact, revision: read } = await host.readRepository({
    name: outputName(run),
    branch: source.branch,
    commitId: requestedCommit(run),
    format: source.format === 'CODEBUILD_CLONE_REF' ? 'CODEBUILD_CLONE_REF' : 'CODE_ZIP',
  });
  const revision = { ...read, repositoryName: source.repositoryName };
  host.log(`${action.name}: ${source.repositoryName} at ${revision.revisionId} (${artifact.size} bytes)`);
  return {
    revision,
    outputArtifacts: [artifact],
    outputVariables: withoutAbsent(source.variables(revision)),
    externalExecutionId: revision.revisionId,
    externalExecutionUrl: revision.revisionUrl,
    summary: firstLine(revision.commitMessage) ?? revision.revisionId,
  };
}

/** Name of the one output artifact of a source action. */
export function outputName({ action, stageName }: ActionRun): string {
  const name = action.outputArtifacts?.[0]?.name;
  if (name !== undefined) return name;
  throw new ActionFailure(
    'ConfigurationError',
    `${stageName}/${action.name} has no output artifact.`,
    'Give the source action one output artifact.',
  );
}

/** Source revision overrides of repositories have the type COMMIT_ID (reference/execution-semantics.md §4). */
function requestedCommit({ sourceRevisions }: ActionRun): string | undefined {
  const [override] = sourceRevisions ?? [];
  if (!override) return undefined;
  if (override.revisionType === 'COMMIT_ID') return override.revisionValue;
  throw new ActionFailure(
    'ConfigurationError',
    `A repository cannot be read at a revision of type ${override.revisionType}.`,
    'Use a source revision of type COMMIT_ID.',
  );
}

function withoutAbsent(variables: Record<string, string | undefined>): Record<string, string> {
  const present: Record<string, string> = {};
  for (const [name, value] of Object.entries(variables)) if (value !== undefined) present[name] = value;
  return present;
}

const firstLine = (text: string | undefined) => text?.split('\n', 1)[0]?.trim() || undefined;
