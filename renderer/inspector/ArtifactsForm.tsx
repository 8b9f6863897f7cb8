import { renameArtifact } from '../../shared/model/edits/renames.ts';
import type { Provider } from '../../shared/providers/provider.ts';
import { usesOfArtifact } from '../../shared/references/findUses.ts';
import { strings } from '../strings/strings.ts';
import type { ActionFormProps } from './ActionInspector.tsx';
import { ChipsControl } from './controls/ChipsControl.tsx';
import controls from './controls/controls.module.css';
import { FormRow } from './controls/FormRow.tsx';
import { ListControl } from './controls/ListControl.tsx';
import { TextControl } from './controls/TextControl.tsx';
import { addOutput, connectInput, disconnectInput, removeOutput } from './edits/actionEdits.ts';
import { availableArtifacts } from './edits/available.ts';
import { problemsAt } from './fieldState.ts';
import styles from './Inspector.module.css';
import { UsedBy } from './UsedBy.tsx';

interface ArtifactsFormProps extends ActionFormProps {
  provider: Provider;
}

/** What an action takes and what it makes. Types that take or make none show no row for it. */
export function ArtifactsForm({ inspected, stageName, action, path, provider }: ArtifactsFormProps) {
  const { pipeline, problems, apply } = inspected;
  const where = `${stageName}/${action.name}`;
  const inputs = (action.inputArtifacts ?? []).map(({ name }) => name);
  const outputs = action.outputArtifacts ?? [];
  const choices = availableArtifacts(pipeline, stageName, action.runOrder ?? 1);
  const takesFiles = provider.declarationFields?.includes('files');
  return (
    <>
      {(provider.artifacts.inputs[1] > 0 || inputs.length > 0) && (
        <FormRow group label={strings.inspector.action.inputs} problems={problemsAt(problems, where, 'inputArtifacts')}>
          {() => (
            <ChipsControl
              label={strings.inspector.action.inputs}
              names={inputs}
              choices={
                inputs.length < provider.artifacts.inputs[1]
                  ? choices.map(({ name, producer }) => ({ name, detail: producer }))
                  : []
              }
              addLabel={strings.inspector.action.connect}
              emptyHint={
                choices.length
                  ? strings.inspector.action.takes(...provider.artifacts.inputs)
                  : strings.inspector.action.noEarlier
              }
              onAdd={(name) => apply(connectInput(action, path, name))}
              onRemove={(name) => apply(disconnectInput(action, path, name))}
            />
          )}
        </FormRow>
      )}
      {(provider.artifacts.outputs[1] > 0 || outputs.length > 0) && (
        <FormRow
          group
          label={strings.inspector.action.outputs}
          problems={problemsAt(problems, where, 'outputArtifacts')}
        >
          {() => (
            <div className={controls.list}>
              {outputs.map((output, index) => (
                // biome-ignore lint/suspicious/noArrayIndexKey: a renamed artifact keeps its place.
                <div key={index}>
                  <div className={controls.listRow}>
                    <TextControl
                      label={strings.inspector.action.output(index + 1)}
                      value={output.name}
                      onCommit={(to) => apply(renameArtifact(pipeline, output.name, to.trim(), path))}
                    />
                    <button
                      type="button"
                      className={controls.iconButton}
                      aria-label={strings.inspector.action.removeOutput(output.name)}
                      onClick={() => apply(removeOutput(action, path, output.name))}
                    >
                      ×
                    </button>
                  </div>
                  <UsedBy
                    name={strings.inspector.action.usesOfArtifact(output.name)}
                    uses={usesOfArtifact(pipeline, output.name)}
                  />
                  {takesFiles && (
                    <div className={styles.nested}>
                      <ListControl
                        itemLabel={strings.inspector.action.filesOf(output.name)}
                        placeholder={strings.inspector.action.addFiles}
                        mono
                        values={output.files ?? []}
                        onChange={(files) =>
                          apply({
                            label: strings.inspector.edits.changeFiles(output.name),
                            edits: [
                              {
                                path: [...path, 'outputArtifacts', index, 'files'],
                                value: files.length ? files : undefined,
                              },
                            ],
                          })
                        }
                      />
                    </div>
                  )}
                </div>
              ))}
              {outputs.length < provider.artifacts.outputs[1] && (
                <button
                  type="button"
                  className={controls.sideButton}
                  onClick={() => apply(addOutput(pipeline, action, path))}
                >
                  {strings.inspector.action.addOutput}
                </button>
              )}
            </div>
          )}
        </FormRow>
      )}
    </>
  );
}
