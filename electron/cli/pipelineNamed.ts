import { existsSync } from 'node:fs';
import { resolve } from 'node:path';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { UsageError } from './command.ts';
import { readPipelineFile } from './readFile.ts';

/** The pipeline that FILE|NAME stands for: the file's, where there is such a file; else a name. */
export async function pipelineNamed(
  named: string,
  cwd: string,
): Promise<{ pipelineName: string; pipeline: PipelineDeclaration | undefined }> {
  if (/\.(?:json|ya?ml)$/i.test(named) || existsSync(resolve(cwd, named))) {
    const { pipeline } = (await readPipelineFile(named, cwd)).parsed;
    if (!pipeline) throw new UsageError(`${named} can not be read as a pipeline.`);
    return { pipelineName: pipeline.name, pipeline };
  }
  return { pipelineName: named, pipeline: undefined };
}
