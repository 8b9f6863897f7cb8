import { dataDirectory } from '../dataDirectory.ts';
import { createHistory } from '../history/createHistory.ts';
import { type Command, EXIT, parse, UsageError } from './command.ts';
import { durationText, timeText } from './text.ts';

export const command: Command = {
  usage: `penstock history [--pipeline NAME] [--limit N] [--json] [--data-dir DIR]

Lists executions, newest first.

  --pipeline NAME   only those of this pipeline
  --limit N         at most N (default 30)
  --json            one execution a line on stdout
`,
  async run(argv, io) {
    const { values } = parse(
      argv,
      {
        json: { type: 'boolean' },
        'data-dir': { type: 'string' },
        pipeline: { type: 'string' },
        limit: { type: 'string', default: '30' },
      },
      { min: 0, max: 0 },
    );
    const limit = Number(values.limit);
    if (!Number.isInteger(limit) || limit < 1 || limit > 500)
      throw new UsageError('--limit wants a number from 1 to 500.');
    const history = createHistory({ dataDirectory: dataDirectory(io.environment, values['data-dir']), readOnly: true });
    try {
      const { executions, total } = await history.handlers.listPipelineExecutions({
        limit,
        pipelineName: values.pipeline,
      });
      if (values.json) for (const execution of executions) io.out(`${JSON.stringify(execution)}\n`);
      else if (total === 0) io.err('No executions yet. Start one: penstock run FILE\n');
      else {
        for (const {
          pipelineExecutionId,
          pipelineName,
          status,
          startTime,
          duration,
          revisionId,
          waitsForApproval,
        } of executions) {
          const state = waitsForApproval ? `${status} (waits for approval)` : status;
          const revision = revisionId.slice(0, 8).padEnd(8);
          io.out(
            `${pipelineExecutionId}  ${timeText(startTime)}  ${durationText(duration).padStart(8)}  ${revision}  ${pipelineName}  ${state}\n`,
          );
        }
        if (total > executions.length) io.err(`… and ${total - executions.length} more (--limit)\n`);
      }
      return EXIT.succeeded;
    } finally {
      await history.close();
    }
  },
};
