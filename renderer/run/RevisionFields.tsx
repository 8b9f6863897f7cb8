import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { revisionTypesOf, type SourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { FormRow } from '../inspector/controls/FormRow.tsx';
import { SelectControl } from '../inspector/controls/SelectControl.tsx';
import styles from './run.module.css';

type RevisionType = SourceRevision['revisionType'];

const WORDS: Record<RevisionType, { label: string; placeholder: string }> = {
  COMMIT_ID: { label: 'Commit', placeholder: 'full id of a commit' },
  IMAGE_DIGEST: { label: 'Image digest', placeholder: 'sha256:…' },
  S3_OBJECT_VERSION_ID: { label: 'Object version', placeholder: 'version id' },
  S3_OBJECT_KEY: { label: 'Object key', placeholder: 'folder/source.zip' },
};

interface RevisionFieldsProps {
  pipeline: PipelineDeclaration;
  revisions: readonly SourceRevision[];
  onChange: (revisions: SourceRevision[]) => void;
}

/** Which revision each source action is to read instead of the newest; those that take none are left out. */
export function RevisionFields({ pipeline, revisions, onChange }: RevisionFieldsProps) {
  const sources = pipeline.stages
    .flatMap(({ actions }) => actions)
    .filter((action) => action.actionTypeId.category === 'Source' && revisionTypesOf(action).length > 0);
  return sources.map((action) => {
    const types = revisionTypesOf(action);
    const given = revisions.find(({ actionName }) => actionName === action.name);
    const type = given?.revisionType ?? types[0]!;
    const set = (changed: Partial<SourceRevision>) =>
      onChange([
        ...revisions.filter(({ actionName }) => actionName !== action.name),
        { actionName: action.name, revisionType: type, revisionValue: given?.revisionValue ?? '', ...changed },
      ]);
    return (
      <fieldset key={action.name} className={styles.question}>
        <legend>
          <strong>{action.name}</strong>
        </legend>
        {types.length > 1 && (
          <FormRow label="It is told by">
            {(ids) => (
              <SelectControl
                ids={ids}
                value={type}
                options={types.map((value) => ({ value, label: WORDS[value].label }))}
                onChange={(value) => set({ revisionType: value as RevisionType })}
              />
            )}
          </FormRow>
        )}
        <FormRow label={`${WORDS[type].label} of ${action.name}`} optional help="Empty: the newest.">
          {(ids) => (
            <input
              {...ids}
              className={styles.input}
              value={given?.revisionValue ?? ''}
              placeholder={WORDS[type].placeholder}
              autoComplete="off"
              spellCheck={false}
              onChange={(event) => set({ revisionValue: event.target.value })}
            />
          )}
        </FormRow>
      </fieldset>
    );
  });
}
