import type { RepositoryRevision } from '../../../shared/execution/events.ts';
import type { Artifact } from '../../../shared/providers/host.ts';
import type { ArtifactStore } from '../artifacts/artifactStore.ts';
import { assertThere } from './fetchCommit.ts';

/**
 * Reads a plain folder in place of a repository: a zip of everything below it but `.git`. The revision is the artifact's
 * digest, so the same content is the same revision. What was left out is said in the log.
 *
 * @throws ProblemError `source.missing`, `source.not-a-repository` (a file), or `artifact.*` when a cap is passed.
 */
export async function readFolder({
  folderPath,
  store,
  name,
  log = () => {},
}: {
  folderPath: string;
  store: ArtifactStore;
  name: string;
  log?: (line: string) => void;
}): Promise<{ artifact: Artifact; revision: RepositoryRevision }> {
  const folder = await assertThere(folderPath);
  const { digest, size, skipped } = await store.putFolder(folder);
  for (const { path, reason } of skipped.slice(0, 20)) log(`Left out ${path}: ${reason}.`);
  if (skipped.length > 20) log(`Left out ${skipped.length - 20} more.`);
  return { artifact: { name, digest, size }, revision: { revisionId: digest } };
}
