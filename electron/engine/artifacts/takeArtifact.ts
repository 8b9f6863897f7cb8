import { ActionFailure, type Artifact } from '../../../shared/providers/host.ts';
import type { ArtifactStore } from './artifactStore.ts';

/** Answers where an artifact's bytes are. @throws ActionFailure when they are not those that were stored. */
export type TakeArtifact = (artifact: Artifact) => Promise<string>;

/**
 * How one attempt takes artifacts: each is held against its digest before its bytes are used, once for the attempt. Damaged
 * bytes are set aside, so that storing the artifact anew mends it.
 *
 * @param where 'Stage/Action', for the message.
 */
export function artifactTaker(openStore: () => Promise<ArtifactStore>, where: string): TakeArtifact {
  const taken = new Map<string, Promise<string>>();
  const take = async ({ name, digest }: Artifact): Promise<string> => {
    const store = await openStore();
    if (await store.verify(digest)) return store.pathOf(digest);
    const aside = await store.setAside(digest);
    throw new ActionFailure(
      'RevisionUnavailable',
      aside
        ? `The artifact ${name} that ${where} takes is damaged: its bytes on the disk are not those that were stored.`
        : `The artifact ${name} that ${where} takes is not on the disk any more.`,
      `Start the pipeline again to make it anew.${aside ? ` The damaged file is kept: ${aside}` : ''}`,
    );
  };
  return (artifact) => {
    const known = taken.get(artifact.digest) ?? take(artifact);
    taken.set(artifact.digest, known);
    return known;
  };
}
