import type { Happening } from '../../../shared/execution/events.ts';
import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';

/** The first happening of the execution `e-1` of a pipeline of one stage, for specs that only write and read journals. */
export const sketchStarted: Happening = {
  type: 'ExecutionStarted',
  pipelineExecutionId: 'e-1',
  pipelineName: 'sketch',
  pipelineVersion: 1,
  executionMode: 'SUPERSEDED',
  executionType: 'STANDARD',
  trigger: { triggerType: 'StartPipelineExecution', triggerDetail: 'spec' },
  startNumber: 1,
  declaration: pipelineOf({ Source: ['Repo'] }),
  variables: {},
  bindings: {},
};
