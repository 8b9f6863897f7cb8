import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Change, Refused } from '../../../shared/model/edits/change.ts';
import { isSame } from '../../../shared/model/isSame.ts';
import { strings } from '../../strings/strings.ts';

const words = strings.inspector.edits;

export type Store = NonNullable<PipelineDeclaration['artifactStore']>;

/** The store of a region, or the only one where `region` is undefined. */
export const storeAt = (pipeline: PipelineDeclaration, region: string | undefined): Store | undefined =>
  region === undefined ? pipeline.artifactStore : pipeline.artifactStores?.[region];

/** Changes the bucket or the key of a store, making the store where there is none; an empty key takes it away. */
export function setStore(
  pipeline: PipelineDeclaration,
  region: string | undefined,
  changed: { location?: string; keyId?: string },
): Change {
  const label = region === undefined ? words.changeStore : words.changeStoreOf(region);
  const before = storeAt(pipeline, region);
  const { encryptionKey, ...rest } = before ?? { type: 'S3' as const, location: '' };
  const location = changed.location ?? rest.location;
  const keyId = changed.keyId ?? encryptionKey?.id ?? '';
  const value = {
    ...rest,
    location,
    ...(keyId !== '' && { encryptionKey: { ...encryptionKey, id: keyId, type: encryptionKey?.type ?? 'KMS' } }),
  };
  if (isSame(before, value) || (!before && location === '' && keyId === '')) return { label, edits: [] };
  return { label, edits: [{ path: region === undefined ? ['artifactStore'] : ['artifactStores', region], value }] };
}

/** One bucket for each region: the only store becomes that of `region`, or a region gets a store of its own. */
export function addRegion(pipeline: PipelineDeclaration, region: string): Change | Refused {
  const label = words.addStore(region);
  if (Object.hasOwn(pipeline.artifactStores ?? {}, region)) return { refused: words.storeIsTaken(region) };
  const store: Store = pipeline.artifactStore ?? { type: 'S3', location: '' };
  if (pipeline.artifactStores)
    return { label, edits: [{ path: ['artifactStores', region], value: { type: 'S3', location: '' } }] };
  return {
    label: words.storesByRegion(region),
    edits: [
      { path: ['artifactStores'], value: { [region]: store } },
      ...(pipeline.artifactStore ? [{ path: ['artifactStore'], value: undefined }] : []),
    ],
  };
}

/** Takes the store of a region away; the last one becomes the only store again. */
export function removeRegion(pipeline: PipelineDeclaration, region: string): Change {
  const stores = Object.entries(pipeline.artifactStores ?? {});
  const store = storeAt(pipeline, region);
  if (stores.length > 1 || !store)
    return {
      label: words.removeStore(region),
      edits: [{ path: ['artifactStores', region], value: undefined }],
    };
  return {
    label: words.oneStore,
    edits: [
      { path: ['artifactStore'], value: store },
      { path: ['artifactStores'], value: undefined },
    ],
  };
}

/** Regions that actions run in and that have no store yet. */
export function regionsWithoutStore(pipeline: PipelineDeclaration): string[] {
  const used = pipeline.stages.flatMap((stage) => stage.actions.flatMap(({ region }) => (region ? [region] : [])));
  return [...new Set(used)].filter((region) => !Object.hasOwn(pipeline.artifactStores ?? {}, region));
}
