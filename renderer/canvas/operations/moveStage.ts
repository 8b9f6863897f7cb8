import type { PipelineDeclaration, StageDeclaration } from '../../../shared/model/declaration.ts';
import { strings } from '../../strings/strings.ts';
import { indicesOf, type Operation } from './operation.ts';

const hasSource = (stage: StageDeclaration | undefined) =>
  stage?.actions.some(({ actionTypeId }) => actionTypeId.category === 'Source') ?? false;

/** Moves a stage before the stage that is now at `index` (the number of stages = to the end). */
export function moveStage(pipeline: PipelineDeclaration, where: string, index: number): Operation {
  const from = indicesOf(pipeline, where)?.stageIndex;
  if (from === undefined) return { refused: strings.canvas.operations.stageGone };
  const stage = pipeline.stages[from]!;
  const to = index > from ? index - 1 : index;
  if (to === from) return { label: '', edits: [] };
  if (from === 0 && hasSource(stage)) return { refused: strings.canvas.operations.staysFirst(stage.name) };
  if (to === 0 && hasSource(pipeline.stages[0]))
    return { refused: strings.canvas.operations.staysFirst(pipeline.stages[0]!.name) };
  return {
    label: strings.canvas.operations.moveStage(stage.name),
    edits: [
      { path: ['stages', from], value: undefined },
      { path: ['stages', to], value: stage, insert: true },
    ],
    select: stage.name,
  };
}
