import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';
import type { DocumentEdit } from '../../../shared/model/documentText.ts';

export { uniqueName } from '../../../shared/model/edits/uniqueName.ts';

/**
 * What a gesture does to the declaration: a label for undo, the edits, and what is selected afterwards. An operation that
 * makes no sense is refused with the reason, in a sentence that the user reads before letting go.
 */
export type Operation =
  | {
      label: string;
      /** What is told once it has happened, where the label alone would not say it. */
      done?: string;
      edits: DocumentEdit[];
      select?: string;
      /** An action that now has another place: what the sidecar keeps for it follows. */
      renamed?: { from: string; to: string };
    }
  | { refused: string };

export const isRefused = (operation: Operation): operation is { refused: string } => 'refused' in operation;

export const splitPlace = (where: string): [stageName: string, actionName: string | undefined] => {
  const [stageName = '', actionName] = where.split('/', 2);
  return [stageName, actionName];
};

/** Indices of 'Stage' or 'Stage/Action'; undefined when there is no such place. */
export function indicesOf(
  pipeline: PipelineDeclaration,
  where: string,
): { stageIndex: number; actionIndex: number | undefined } | undefined {
  const [stageName, actionName] = splitPlace(where);
  const stageIndex = pipeline.stages.findIndex(({ name }) => name === stageName);
  if (stageIndex < 0) return undefined;
  if (actionName === undefined) return { stageIndex, actionIndex: undefined };
  const actionIndex = pipeline.stages[stageIndex]!.actions.findIndex(({ name }) => name === actionName);
  return actionIndex < 0 ? undefined : { stageIndex, actionIndex };
}

export const allActions = (pipeline: PipelineDeclaration): ActionDeclaration[] =>
  pipeline.stages.flatMap(({ actions }) => actions);
export const outputNames = (pipeline: PipelineDeclaration): string[] =>
  allActions(pipeline).flatMap(({ outputArtifacts }) => (outputArtifacts ?? []).map(({ name }) => name));
