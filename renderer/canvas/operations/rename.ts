import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { renameAction, renameStage } from '../../../shared/model/edits/renames.ts';
import { strings } from '../../strings/strings.ts';
import { indicesOf, type Operation, splitPlace } from './operation.ts';

/** Gives a stage or an action another name, as the inspector does: what refers to it by name follows. */
export function rename(pipeline: PipelineDeclaration, where: string, to: string): Operation {
  const found = indicesOf(pipeline, where);
  if (!found) return { refused: strings.canvas.operations.gone };
  const [stageName, actionName] = splitPlace(where);
  const change =
    actionName === undefined
      ? renameStage(pipeline, pipeline.stages[found.stageIndex]!, to)
      : renameAction(pipeline, stageName, actionName, to);
  if ('refused' in change) return change;
  const { label, edits, selection = where } = change;
  return { label, edits, select: selection, renamed: { from: where, to: selection } };
}
