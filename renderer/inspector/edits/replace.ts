import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Change, Refused } from '../../../shared/model/edits/change.ts';
import { sidecarRename } from '../../../shared/model/edits/sidecarRenames.ts';
import { isSame } from '../../../shared/model/isSame.ts';
import { actionPath } from './actionEdits.ts';

type Value = Record<string, unknown>;

/*
 * Another declaration in the place of one, as the JSON of the inspector gives it. Only the lines that differ change. What
 * refers to it by name stays as it is: whoever edits JSON says everything himself.
 */

export function replaceAction(
  pipeline: PipelineDeclaration,
  stageName: string,
  actionName: string,
  value: Value,
): Change | Refused {
  const label = `Edit the JSON of ${actionName}`;
  const path = actionPath(pipeline, stageName, actionName);
  if (!path) return { refused: 'This action is no longer there.' };
  const name = nameOf(value);
  if (name === undefined) return { refused: 'An action needs a name.' };
  if (name === actionName) return { label, edits: [{ path, value }] };
  if (actionPath(pipeline, stageName, name)) return { refused: `${stageName} already has an action "${name}".` };
  const selection = `${stageName}/${name}`;
  return {
    label,
    edits: [{ path, value }],
    selection,
    sidecar: sidecarRename(`${stageName}/${actionName}`, selection),
  };
}

export function replaceStage(pipeline: PipelineDeclaration, stageName: string, value: Value): Change | Refused {
  const label = `Edit the JSON of stage ${stageName}`;
  const name = nameOf(value);
  if (name === undefined) return { refused: 'A stage needs a name.' };
  if (!Array.isArray(value.actions)) return { refused: 'A stage needs a list of actions.' };
  const path = ['stages', pipeline.stages.findIndex((stage) => stage.name === stageName)];
  if (name === stageName) return { label, edits: [{ path, value }] };
  if (pipeline.stages.some((stage) => stage.name === name)) return { refused: `There already is a stage "${name}".` };
  return { label, edits: [{ path, value }], selection: name, sidecar: sidecarRename(stageName, name) };
}

export function replacePipeline(pipeline: PipelineDeclaration, value: Value): Change | Refused {
  if (!Array.isArray(value.stages)) return { refused: 'A pipeline needs a list of stages.' };
  const before: Value = pipeline;
  const keys = new Set([...Object.keys(before), ...Object.keys(value)]);
  return {
    label: 'Edit the JSON of the pipeline',
    edits: [...keys]
      .filter((key) => !isSame(before[key], value[key]))
      .map((key) => ({ path: [key], value: value[key] })),
  };
}

const nameOf = ({ name }: Value): string | undefined => (typeof name === 'string' && name !== '' ? name : undefined);
