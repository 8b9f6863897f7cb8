import type { PipelineDeclaration } from '../model/declaration.ts';

/**
 * The text that `aws codepipeline create-pipeline` and `update-pipeline` take with `--cli-input-json file://…`: the
 * declaration alone, in its own order, without `metadata` (which AWS refuses) and without `version` (which AWS sets).
 */
export function exportJson(pipeline: PipelineDeclaration): string {
  const { version: _setByService, ...declaration } = pipeline;
  return `${JSON.stringify({ pipeline: declaration }, null, 2)}\n`;
}
