import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { strings } from '../../strings/strings.ts';
import { allActions, indicesOf, type Operation, outputNames, uniqueName } from './operation.ts';
import { MOST_ACTIONS, MOST_STAGES } from './placement.ts';

/** Copies an action beside itself, or a stage after itself: new unique names and output artifacts, inputs kept. */
export function duplicate(pipeline: PipelineDeclaration, where: string): Operation {
  const found = indicesOf(pipeline, where);
  if (!found) return { refused: strings.canvas.operations.selectToDuplicate };
  const stage = pipeline.stages[found.stageIndex]!;
  const names = allActions(pipeline).map(({ name }) => name);
  const outputs = outputNames(pipeline);

  if (found.actionIndex !== undefined) {
    if (stage.actions.length >= MOST_ACTIONS) return { refused: strings.canvas.operations.mostActions(MOST_ACTIONS) };
    const action = stage.actions[found.actionIndex]!;
    const { copy } = copyOf(action, names, outputs);
    return {
      label: strings.canvas.operations.duplicate(action.name),
      edits: [{ path: ['stages', found.stageIndex, 'actions', found.actionIndex + 1], value: copy, insert: true }],
      select: `${stage.name}/${copy.name}`,
    };
  }
  if (pipeline.stages.length >= MOST_STAGES) return { refused: strings.canvas.operations.mostStages(MOST_STAGES) };
  if (stage.actions.some(({ actionTypeId }) => actionTypeId.category === 'Source'))
    return { refused: strings.canvas.operations.sourcesOnce };
  const name = uniqueName(
    stage.name,
    pipeline.stages.map((other) => other.name),
  );
  const renamed = new Map<string, string>();
  const actions = stage.actions.map((action) => {
    const { copy, artifacts } = copyOf(action, names, outputs);
    for (const [before, after] of artifacts) renamed.set(before, after);
    return copy;
  });
  // Inside the copy, an input from the same stage follows its producer's copy.
  const linked = actions.map((action) =>
    action.inputArtifacts
      ? {
          ...action,
          inputArtifacts: action.inputArtifacts.map((input) => ({
            ...input,
            name: renamed.get(input.name) ?? input.name,
          })),
        }
      : action,
  );
  return {
    label: strings.canvas.operations.duplicateStage(stage.name),
    edits: [{ path: ['stages', found.stageIndex + 1], value: { ...stage, name, actions: linked }, insert: true }],
    select: name,
  };
}

/** Adds the names it uses to `names` and `outputs`. A namespace must be unique, so the copy has none of its own. */
export function copyOf(action: ActionDeclaration, names: string[], outputs: string[]) {
  const name = uniqueName(action.name, names);
  names.push(name);
  const artifacts: [string, string][] = [];
  const outputArtifacts = action.outputArtifacts?.map((output) => {
    const after = uniqueName(output.name, outputs);
    outputs.push(after);
    artifacts.push([output.name, after]);
    return { ...output, name: after };
  });
  const { namespace: _, ...rest } = action;
  return { copy: { ...rest, name, ...(outputArtifacts && { outputArtifacts }) } as ActionDeclaration, artifacts };
}
