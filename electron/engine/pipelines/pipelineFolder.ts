import { createHash } from 'node:crypto';
import { join } from 'node:path';

/**
 * Where the data directory keeps what belongs to a pipeline and not to one of its executions. The name is made safe for file
 * systems that know no upper and lower case.
 */
export function pipelineFolder(dataDirectory: string, pipelineName: string): string {
  const mark = createHash('sha256').update(pipelineName).digest('hex').slice(0, 12);
  return join(dataDirectory, 'pipelines', `${pipelineName.replaceAll(/[^A-Za-z0-9_-]/g, '_').slice(0, 100)}-${mark}`);
}
