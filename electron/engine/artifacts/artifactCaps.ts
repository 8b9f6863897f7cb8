/**
 * How much one artifact may hold. The same caps bind whoever makes one and whoever opens one, so that no action can
 * produce what the next must refuse. AWS caps a repository source at 1 GB (reference/actions.md, Artifact size limits);
 * ours count the unpacked bytes as well, because that is what fills a disk.
 */
export interface ArtifactCaps {
  /** Files and folders. */
  entries: number;
  /** Unpacked bytes of all files together. */
  totalBytes: number;
  /** Unpacked bytes of one file. */
  fileBytes: number;
  /** Unpacked : packed, once `ratioFromBytes` have been unpacked. */
  ratio: number;
  ratioFromBytes: number;
  /** Folders within folders. */
  depth: number;
}

export const artifactCaps: ArtifactCaps = {
  entries: 100_000,
  totalBytes: 2 * 1024 ** 3,
  fileBytes: 512 * 1024 ** 2,
  ratio: 200,
  ratioFromBytes: 10 * 1024 ** 2,
  depth: 32,
};
