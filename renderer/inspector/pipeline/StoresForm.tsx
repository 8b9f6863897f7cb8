import { regionNames } from '../../../shared/model/regionNames.ts';
import type { Problem } from '../../../shared/problem.ts';
import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { addRegion, regionsWithoutStore, removeRegion, setStore, storeAt } from '../edits/storeEdits.ts';
import { problemsAt } from '../fieldState.ts';
import styles from '../Inspector.module.css';
import type { Inspected } from '../useInspected.ts';
import own from './pipeline.module.css';

/** Where AWS keeps artifacts: one bucket, or one for each region that actions run in. */
export function StoresForm({ inspected }: { inspected: Inspected }) {
  const { pipeline, problems, apply } = inspected;
  const regions = Object.keys(pipeline.artifactStores ?? {});
  const isByRegion = pipeline.artifactStores !== undefined;
  const lacking = regionsWithoutStore(pipeline);
  return (
    <>
      <h4 className={styles.heading}>Artifact store</h4>
      <p className={styles.quiet}>Used by AWS only; a local run keeps artifacts on this machine.</p>
      {isByRegion ? (
        regions.map((region) => (
          <section key={region} className={own.store} aria-label={`Artifact store of ${region}`}>
            <div className={own.storeHead}>
              <span>{region}</span>
              <button
                type="button"
                className={controls.iconButton}
                aria-label={
                  regions.length === 1 ? `Use the store of ${region} for all` : `Remove the store of ${region}`
                }
                title={regions.length === 1 ? 'Use this store for all' : undefined}
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
        label={isByRegion ? 'Add a store for region' : 'Region of this store'}
        optional
        help={
          isByRegion
            ? lacking.length > 0
              ? `Actions run in ${lacking.join(', ')} too.`
              : 'Each region that an action runs in needs one.'
            : 'Only for actions in several regions: name it, then add the others.'
        }
        problems={isByRegion ? problems.filter(({ field }) => field === 'artifactStores') : []}
      >
        {(ids) => (
          <TextControl
            key={regions.length}
            ids={ids}
            mono
            suggestions={[...lacking, ...regionNames.filter((name) => !lacking.includes(name))]}
            placeholder="eu-west-1"
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
      <FormRow label="Bucket" problems={problems.filter((problem) => !isOfKey(problem))}>
        {(ids) => (
          <TextControl
            ids={ids}
            value={store?.location ?? ''}
            placeholder="my-artifact-bucket"
            onCommit={(location) => apply(setStore(pipeline, region, { location: location.trim() }))}
          />
        )}
      </FormRow>
      <FormRow
        label="Encryption key"
        optional
        help="A KMS key: its id, ARN or alias. Absent: the AWS managed key of S3."
        problems={problems.filter(isOfKey)}
      >
        {(ids) => (
          <TextControl
            ids={ids}
            mono
            value={store?.encryptionKey?.id ?? ''}
            placeholder="alias/artifacts"
            onCommit={(keyId) => apply(setStore(pipeline, region, { keyId: keyId.trim() }))}
          />
        )}
      </FormRow>
    </>
  );
}
