import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { revisionTypesOf, type SourceRevision } from '../../shared/triggers/sourceRevisions.ts';
import { FormRow } from '../inspector/controls/FormRow.tsx';
import { SelectControl } from '../inspector/controls/SelectControl.tsx';
import { strings } from '../strings/strings.ts';
import styles from './run.module.css';

type RevisionType = SourceRevision['revisionType'];

interface RevisionFieldsProps {
  pipeline: PipelineDeclaration;
  revisions: readonly SourceRevision[];
  onChange: (revisions: SourceRevision[]) => void;
}

/** Which revision each source action is to read instead of the newest; those that take none are left out. */
export function RevisionFields({ pipeline, revisions, onChange }: RevisionFieldsProps) {
  const texts = strings.run.revisions;
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
          <FormRow label={texts.toldBy}>
            {(ids) => (
              <SelectControl
                ids={ids}
                value={type}
                options={types.map((value) => ({ value, label: texts.types[value].label }))}
                onChange={(value) => set({ revisionType: value as RevisionType })}
              />
            )}
          </FormRow>
        )}
        <FormRow label={texts.of(texts.types[type].label, action.name)} optional help={texts.help}>
          {(ids) => (
            <input
              {...ids}
              className={styles.input}
              value={given?.revisionValue ?? ''}
              placeholder={texts.types[type].placeholder}
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
