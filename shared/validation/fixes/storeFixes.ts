import { nearest } from '../../model/nearest.ts';
import { regionNames } from '../../model/regionNames.ts';
import { type Faulty, type Fixer, remove, set } from './quickFix.ts';

/** Artifact stores and Regions. */
export const storeFixers: Readonly<Record<string, Fixer>> = {
  'artifact-store.missing': (faulty) => [
    set('add-store', `Add the artifact store ${bucketFor(faulty)}`, ['artifactStore'], {
      type: 'S3',
      location: bucketFor(faulty),
    }),
  ],
  'artifact-store.empty': (faulty) => [
    {
      kind: 'add-store',
      title: `Replace artifactStores by the artifact store ${bucketFor(faulty)}`,
      edits: [
        { path: ['artifactStores'], value: undefined },
        { path: ['artifactStore'], value: { type: 'S3', location: bucketFor(faulty) } },
      ],
    },
  ],
  'artifact-store.both': () => [
    remove('keep-one-store', 'Keep artifactStore, remove artifactStores', ['artifactStores']),
    remove('keep-stores', 'Keep artifactStores, remove artifactStore', ['artifactStore']),
  ],
  'artifact-store.region-missing': ({ pipeline, path, value: region }) => {
    const stores = Object.entries(pipeline.artifactStores ?? {});
    if (typeof region !== 'string') return [];
    const [home, store] = stores[0] ?? [];
    const location = regional(store?.location ?? 'codepipeline-artifacts', home, region);
    return [
      set('add-region-store', `Add a store for ${region}: ${location}`, ['artifactStores', region], {
        type: 'S3',
        location,
      }),
      remove('remove-region', 'Run the action in the pipeline’s own Region', path),
    ];
  },
  'artifact-store.one-region': ({ pipeline, context }) => {
    const { artifactStore } = pipeline;
    const regions = [...new Set(context.actions.flatMap(({ action }) => action.region ?? []))];
    const [home] = regions;
    if (!artifactStore || home === undefined) return [];
    const stores = Object.fromEntries(
      regions.map((region) => [
        region,
        region === home ? artifactStore : { type: 'S3', location: regional(artifactStore.location, home, region) },
      ]),
    );
    return [
      {
        kind: 'stores-by-region',
        title: `Keep artifacts in ${regions.join(' and ')}`,
        edits: [
          { path: ['artifactStore'], value: undefined },
          { path: ['artifactStores'], value: stores },
        ],
      },
    ];
  },
  'action.region-not-home': ({ path, action }) => [
    remove('remove-region', `Remove the region of ${action?.action.name}`, path),
  ],
  'region.unknown': ({ pipeline, path, value }) => {
    const isStore = path[0] === 'artifactStores';
    const written = String(isStore ? path[1] : value);
    const meant = nearest(written, regionNames);
    if (meant === undefined) return [];
    const title = `Change ${written} to ${meant}`;
    if (!isStore) return [set('nearest-region', title, path, meant)];
    const stores = pipeline.artifactStores ?? {};
    if (Object.hasOwn(stores, meant)) return [];
    // The key keeps its place among the others.
    const renamed = Object.entries(stores).map(([key, store]) => [key === written ? meant : key, store]);
    return [set('nearest-region', title, ['artifactStores'], Object.fromEntries(renamed))];
  },
};

/** A name for a bucket that is the account's own, after the way the console names them. */
const bucketFor = ({ pipeline }: Faulty): string => {
  const account = /^arn:aws[\w-]*:iam::(\d{12}):/.exec(pipeline.roleArn ?? '')?.[1];
  return account ? `codepipeline-artifacts-${account}` : 'codepipeline-artifacts';
};

/** The same bucket in another Region: buckets are named once in the world. */
const regional = (location: string, home: string | undefined, region: string): string =>
  (home !== undefined && location.includes(home) ? location.replace(home, region) : `${location}-${region}`).slice(
    0,
    63,
  );
