import { pipelineOf } from '../../../shared/testing/pipelineOf.ts';
import { createHistory } from '../createHistory.ts';

/** A host that appends to one journal until it is killed; prints the sequence number of each record once it is acknowledged. */
const [dataDirectory = ''] = process.argv.slice(2);
const history = createHistory({ dataDirectory });
const known = await history.unfinished();
if (known.length === 0) {
  await history.append('e-1', [
    {
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
    },
  ]);
}
for (;;) {
  // Two appends at once, so that some share a sync.
  const both = await Promise.all(
    ['a', 'b'].map((reason) => history.append('e-1', [{ type: 'StopRequested', abandon: false, reason }])),
  );
  process.stdout.write(`${both.flat().at(-1)?.seq}\n`);
}
