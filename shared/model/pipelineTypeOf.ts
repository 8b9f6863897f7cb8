import type { PipelineDeclaration } from './declaration.ts';

/**
 * The type AWS gives a pipeline: as declared; else V2 when it uses anything that only V2 has, else V1
 * (reference/pipeline-structure.md §1 and §9).
 */
export function pipelineTypeOf(pipeline: PipelineDeclaration): 'V1' | 'V2' {
  if (pipeline.pipelineType !== undefined) return pipeline.pipelineType;
  const isV2 =
    (pipeline.executionMode !== undefined && pipeline.executionMode !== 'SUPERSEDED') ||
    (pipeline.variables?.length ?? 0) > 0 ||
    (pipeline.triggers?.length ?? 0) > 0 ||
    pipeline.stages.some(
      (stage) =>
        stage.beforeEntry !== undefined ||
        stage.onSuccess !== undefined ||
        stage.onFailure !== undefined ||
        stage.actions.some(
          ({ actionTypeId, commands }) => actionTypeId.category === 'Compute' || commands !== undefined,
        ),
    );
  return isV2 ? 'V2' : 'V1';
}
