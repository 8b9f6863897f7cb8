import type { PipelineVariable } from '../../../shared/model/declaration.ts';
import { renameVariable } from '../../../shared/model/edits/renames.ts';
import { usesOfVariable } from '../../../shared/references/findUses.ts';
import { FixButtons } from '../../problems/FixButtons.tsx';
import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { setVariables } from '../edits/pipelineEdits.ts';
import { problemsAt } from '../fieldState.ts';
import styles from '../Inspector.module.css';
import { UsedBy } from '../UsedBy.tsx';
import type { Inspected } from '../useInspected.ts';

/** The variables of the pipeline: name, default, description, and who uses each. */
export function PipelineVariables({ inspected }: { inspected: Inspected }) {
  const { pipeline, problems, apply } = inspected;
  const variables = pipeline.variables ?? [];
  const change = (index: number, changed: Partial<PipelineVariable>) =>
    apply(
      setVariables(
        pipeline,
        variables.map((variable, at) => (at === index ? { ...variable, ...changed } : variable)),
      ),
    );
  return (
    <>
      <p className={styles.quiet}>Actions read them as {'#{variables.NAME}'}; a start may give other values.</p>
      {problemsAt(problems, '', 'variables').map((problem) => (
        <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
          <strong>{problem.what}</strong> {problem.fix} <FixButtons problem={problem} />
        </p>
      ))}
      {variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a renamed variable keeps its place.
        <fieldset key={index} className={styles.variable}>
          <legend className="visually-hidden">Variable {variable.name}</legend>
          <FormRow label="Name">
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                value={variable.name}
                onCommit={(name) => apply(renameVariable(pipeline, variable.name, name.trim()))}
              />
            )}
          </FormRow>
          <FormRow label="Default value" optional>
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                value={variable.defaultValue ?? ''}
                onCommit={(defaultValue) => change(index, { defaultValue })}
              />
            )}
          </FormRow>
          <FormRow label="Description" optional>
            {(ids) => (
              <TextControl
                ids={ids}
                value={variable.description ?? ''}
                onCommit={(description) => change(index, { description })}
              />
            )}
          </FormRow>
          <UsedBy name={`variable ${variable.name}`} uses={usesOfVariable(pipeline, 'variables', variable.name)} />
          <button
            type="button"
            className={controls.sideButton}
            aria-label={`Remove variable ${variable.name}`}
            onClick={() => change(index, { name: '' })}
          >
            Remove
          </button>
        </fieldset>
      ))}
      <FormRow label="Add variable">
        {(ids) => (
          <TextControl
            key={variables.length}
            ids={ids}
            mono
            placeholder="NAME"
            value=""
            onCommit={(name) =>
              name.trim() !== '' && apply(setVariables(pipeline, [...variables, { name: name.trim() }]))
            }
          />
        )}
      </FormRow>
    </>
  );
}
