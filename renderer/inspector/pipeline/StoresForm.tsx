import { regionNames } from '../../../shared/model/regionNames.ts';
import type { Problem } from '../../../shared/problem.ts';
import { strings } from '../../strings/strings.ts';
import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { addRegion, regionsWithoutStore, removeRegion, setStore, storeAt } from '../edits/storeEdits.ts';
import { EXAMPLES } from '../examples.ts';
import { problemsAt } from '../fieldState.ts';
import styles from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';
import own from './pipeline.module.css';

const words = strings.inspector.pipeline;

/** Where AWS keeps artifacts: one bucket, or one for each region that actions run in. */
export function StoresForm({ inspected }: { inspected: Inspected }) {
  const { pipeline, problems, apply } = inspected;
  const regions = Object.keys(pipeline.artifactStores ?? {});
  const isByRegion = pipeline.artifactStores !== undefined;
  const lacking = regionsWithoutStore(pipeline);
  return (
    <>
      <h4 className={styles.heading}>{words.store}</h4>
      <p className={styles.quiet}>{words.storeHelp}</p>
      {isByRegion ? (
        regions.map((region) => (
          <section key={region} className={own.store} aria-label={words.storeOf(region)}>
            <div className={own.storeHead}>
              <span>{region}</span>
              <button
                type="button"
                className={controls.iconButton}
                aria-label={regions.length === 1 ? words.storeForAll(region) : words.removeStoreOf(region)}
                title={regions.length === 1 ? words.useForAll : undefined}
                onClick={() => apply(removeRegion(pipeline, region))}
              >
                ×
              </button>
            </div>
            <StoreFields
              inspected={inspected}
              region={region}
              problems={problemsAt(problems, '', `artifactStores.${region}`)}
            />
          </section>
        ))
      ) : (
        <StoreFields inspected={inspected} problems={problemsAt(problems, '', 'artifactStore')} />
      )}
      <FormRow
        label={isByRegion ? words.addStore : words.regionOfStore}
        optional
        help={
          isByRegion
            ? lacking.length > 0
              ? words.lacking(lacking.join(', '))
              : words.eachRegion
            : words.severalRegions
        }
        problems={isByRegion ? problems.filter(({ field }) => field === 'artifactStores') : []}
      >
        {(ids) => (
          <TextControl
            key={regions.length}
            ids={ids}
            mono
            suggestions={[...lacking, ...regionNames.filter((name) => !lacking.includes(name))]}
            placeholder={EXAMPLES.region}
            value=""
            onCommit={(region) => region.trim() !== '' && apply(addRegion(pipeline, region.trim()))}
          />
        )}
      </FormRow>
    </>
  );
}

function StoreFields(props: { inspected: Inspected; region?: string; problems: readonly Problem[] }) {
  const { inspected, region, problems } = props;
  const { pipeline, apply } = inspected;
  const store = storeAt(pipeline, region);
  const isOfKey = ({ field = '' }: Problem) => field.includes('encryptionKey');
  return (
    <>
      <FormRow label={words.bucket} problems={problems.filter((problem) => !isOfKey(problem))}>
        {(ids) => (
          <TextControl
            ids={ids}
            value={store?.location ?? ''}
            placeholder={EXAMPLES.bucket}
            onCommit={(location) => apply(setStore(pipeline, region, { location: location.trim() }))}
          />
        )}
      </FormRow>
      <FormRow label={words.key} optional help={words.keyHelp} problems={problems.filter(isOfKey)}>
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={store?.encryptionKey?.id ?? ''}
            placeholder={EXAMPLES.key}
            onCommit={(keyId) => apply(setStore(pipeline, region, { keyId: keyId.trim() }))}
          />
        )}
      </FormRow>
    </>
  );
}
