import type { ActionDeclaration, PipelineDeclaration } from '../../../shared/model/declaration.ts';

/** What an action can use of what runs before it: earlier stages whole, and lower run orders of its own stage. */
interface EarlierAction {
  stageName: string;
  action: ActionDeclaration;
}

/** Actions that are certain to have run before the given one, in order. */
function earlierActions(pipeline: PipelineDeclaration, stageName: string, runOrder: number): EarlierAction[] {
  const earlier: EarlierAction[] = [];
  for (const stage of pipeline.stages) {
    const isOwn = stage.name === stageName;
    for (const action of stage.actions)
      if (!isOwn || (action.runOrder ?? 1) < runOrder) earlier.push({ stageName: stage.name, action });
    if (isOwn) break;
  }
  return earlier;
}

/** Output artifacts that the action can take as inputs, with who makes them. */
export function availableArtifacts(
  pipeline: PipelineDeclaration,
  stageName: string,
  runOrder: number,
): { name: string; producer: string }[] {
  return earlierActions(pipeline, stageName, runOrder).flatMap(({ stageName: stage, action }) =>
    (action.outputArtifacts ?? []).map(({ name }) => ({ name, producer: `${stage}/${action.name}` })),
  );
}
