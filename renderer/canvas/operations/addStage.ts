import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import { strings } from '../../strings/strings.ts';
import { type Operation, uniqueName } from './operation.ts';
import { MOST_STAGES } from './placement.ts';

/** Adds an empty stage at `index`. It needs an action before the pipeline can run; validation says so. */
export function addStage(pipeline: PipelineDeclaration, index: number, wanted = 'Stage'): Operation {
  if (pipeline.stages.length >= MOST_STAGES) return { refused: strings.canvas.operations.mostStages(MOST_STAGES) };
  const name = uniqueName(
    wanted,
    pipeline.stages.map((stage) => stage.name),
  );
  return {
    label: strings.canvas.operations.addStage(name),
    edits: [{ path: ['stages', index], value: { name, actions: [] }, insert: true }],
    select: name,
  };
}
