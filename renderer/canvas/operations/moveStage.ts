import type { PipelineDeclaration, StageDeclaration } from '../../../shared/model/declaration.ts';
import { indicesOf, type Operation } from './operation.ts';

const hasSource = (stage: StageDeclaration | undefined) =>
  stage?.actions.some(({ actionTypeId }) => actionTypeId.category === 'Source') ?? false;

/** Moves a stage before the stage that is now at `index` (the number of stages = to the end). */
export function moveStage(pipeline: PipelineDeclaration, where: string, index: number): Operation {
  const from = indicesOf(pipeline, where)?.stageIndex;
  if (from === undefined) return { refused: 'This stage is no longer there.' };
  const stage = pipeline.stages[from]!;
  const to = index > from ? index - 1 : index;
  if (to === from) return { label: '', edits: [] };
  if (from === 0 && hasSource(stage)) return { refused: `${stage.name} holds the source actions, so it stays first.` };
  if (to === 0 && hasSource(pipeline.stages[0]))
    return { refused: `${pipeline.stages[0]!.name} holds the source actions, so it stays first.` };
  return {
    label: `Move stage ${stage.name}`,
    edits: [
      { path: ['stages', from], value: undefined },
      { path: ['stages', to], value: stage, insert: true },
    ],
    select: stage.name,
  };
}
