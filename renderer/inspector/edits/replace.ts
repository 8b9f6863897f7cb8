import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { Change, Refused } from '../../../shared/model/edits/change.ts';
import { sidecarRename } from '../../../shared/model/edits/sidecarRenames.ts';
import { isSame } from '../../../shared/model/isSame.ts';
import { strings } from '../../strings/strings.ts';
import { actionPath } from './actionEdits.ts';

const words = strings.inspector.edits;

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
  const label = words.editJson(actionName);
  const path = actionPath(pipeline, stageName, actionName);
  if (!path) return { refused: words.actionIsGone };
  const name = nameOf(value);
  if (name === undefined) return { refused: words.actionNeedsName };
  if (name === actionName) return { label, edits: [{ path, value }] };
  if (actionPath(pipeline, stageName, name)) return { refused: words.actionIsTaken(stageName, name) };
  const selection = `${stageName}/${name}`;
  return {
    label,
    edits: [{ path, value }],
    selection,
    sidecar: sidecarRename(`${stageName}/${actionName}`, selection),
  };
}

export function replaceStage(pipeline: PipelineDeclaration, stageName: string, value: Value): Change | Refused {
  const label = words.editStageJson(stageName);
  const name = nameOf(value);
  if (name === undefined) return { refused: words.stageNeedsName };
  if (!Array.isArray(value.actions)) return { refused: words.stageNeedsActions };
  const path = ['stages', pipeline.stages.findIndex((stage) => stage.name === stageName)];
  if (name === stageName) return { label, edits: [{ path, value }] };
  if (pipeline.stages.some((stage) => stage.name === name)) return { refused: words.stageIsTaken(name) };
  return { label, edits: [{ path, value }], selection: name, sidecar: sidecarRename(stageName, name) };
}

export function replacePipeline(pipeline: PipelineDeclaration, value: Value): Change | Refused {
  if (!Array.isArray(value.stages)) return { refused: words.pipelineNeedsStages };
  const before: Value = pipeline;
  const keys = new Set([...Object.keys(before), ...Object.keys(value)]);
  return {
    label: words.editPipelineJson,
    edits: [...keys]
      .filter((key) => !isSame(before[key], value[key]))
      .map((key) => ({ path: [key], value: value[key] })),
  };
}

const nameOf = ({ name }: Value): string | undefined => (typeof name === 'string' && name !== '' ? name : undefined);
