import type { PipelineVariable } from '../../../shared/model/declaration.ts';
import { renameVariable } from '../../../shared/model/edits/renames.ts';
import { usesOfVariable } from '../../../shared/references/findUses.ts';
import { FixButtons } from '../../problems/FixButtons.tsx';
import { strings } from '../../strings/strings.ts';
import controls from '../controls/controls.module.css';
import { FormRow } from '../controls/FormRow.tsx';
import { TextControl } from '../controls/TextControl.tsx';
import { setVariables } from '../edits/pipelineEdits.ts';
import { problemsAt } from '../fieldState.ts';
import styles from '../Inspector.module.css';
import { UsedBy } from '../UsedBy.tsx';
import type { Inspected } from '../useInspected.ts';

const words = strings.inspector.pipeline;

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
      <p className={styles.quiet}>{words.variablesHelp}</p>
      {problemsAt(problems, '', 'variables').map((problem) => (
        <p key={problem.code + problem.what} className={styles.problem} data-severity={problem.severity}>
          <strong>{strings.messages.text(problem.what)}</strong> {strings.messages.text(problem.fix)}{' '}
          <FixButtons problem={problem} />
        </p>
      ))}
      {variables.map((variable, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a renamed variable keeps its place.
        <fieldset key={index} className={styles.variable}>
          <legend className="visually-hidden">{words.variable(variable.name)}</legend>
          <FormRow label={words.variableName}>
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                value={variable.name}
                onCommit={(name) => apply(renameVariable(pipeline, variable.name, name.trim()))}
              />
            )}
          </FormRow>
          <FormRow label={words.defaultValue} optional>
            {(ids) => (
              <TextControl
                ids={ids}
                mono
                value={variable.defaultValue ?? ''}
                onCommit={(defaultValue) => change(index, { defaultValue })}
              />
            )}
          </FormRow>
          <FormRow label={words.description} optional>
            {(ids) => (
              <TextControl
                ids={ids}
                value={variable.description ?? ''}
                onCommit={(description) => change(index, { description })}
              />
            )}
          </FormRow>
          <UsedBy
            name={strings.inspector.action.usesOfVariable(variable.name)}
            uses={usesOfVariable(pipeline, 'variables', variable.name)}
          />
          <button
            type="button"
            className={controls.sideButton}
            aria-label={words.removeVariable(variable.name)}
            onClick={() => change(index, { name: '' })}
          >
            {words.remove}
          </button>
        </fieldset>
      ))}
      <FormRow label={words.addVariable}>
        {(ids) => (
          <TextControl
            key={variables.length}
            ids={ids}
            mono
            placeholder={words.nameExample}
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
