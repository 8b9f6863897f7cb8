import { replay } from '../../shared/execution/evolve.ts';
import { type Command, parse } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';

export const command: Command = {
  usage: `penstock retry ID [OPTIONS]

Retries the stage that failed an execution, or in which it was stopped, and waits for its end. ID may be shortened; "latest" is
the newest. It takes the artifacts and variables that the execution has, and the commands and bindings that it began with.

  --stage STAGE              the stage (default: the one where the execution ended)
  --all-actions              all of its actions, not only those that failed
${followUsage}
Ends as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { ...followOptions, stage: { type: 'string' }, 'all-actions': { type: 'boolean' } },
      { min: 1, max: 1 },
    );
    return followInSession(values, io, async ({ engine, history, agree, followOnly }) => {
      const pipelineExecutionId = await findExecution(history, positionals[0] ?? '');
      followOnly(pipelineExecutionId);
      const { position } = replay(await history.events(pipelineExecutionId));
      const stageName = values.stage ?? position.stageName;
      await agree(await engine.requestOf(pipelineExecutionId));
      const retryMode = values['all-actions'] ? 'ALL_ACTIONS' : 'FAILED_ACTIONS';
      await engine.retryStage({ pipelineExecutionId, stageName, retryMode });
      return { pipelineExecutionId };
    });
  },
};
