import { ProblemError } from '../../shared/problem.ts';
import { type Command, parse } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';
import { pipelineNamed } from './pipelineNamed.ts';

export const command: Command = {
  usage: `penstock rollback FILE|NAME STAGE [ID] [OPTIONS]

Runs a stage once more with the artifacts and variables that an earlier execution had brought there, and waits for its end. ID is
that execution (it may be shortened); absent = the latest that succeeded in the stage. Pipelines in PARALLEL mode and source
stages have no rollback.

${followUsage}
Ends as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, followOptions, { min: 2, max: 3 });
    const [named = '', stageName = '', target] = positionals;
    const { pipelineName } = await pipelineNamed(named, io.cwd);
    return followInSession(values, io, async ({ engine, history, agree }) => {
      const targetPipelineExecutionId =
        target === undefined
          ? await latestOf(await engine.handlers.listRollbackTargets({ pipelineName, stageName }), stageName)
          : await findExecution(history, target);
      await agree(await engine.requestOf(targetPipelineExecutionId));
      return engine.handlers.rollbackStage({ pipelineName, stageName, targetPipelineExecutionId });
    });
  },
};

async function latestOf(found: { executions: { pipelineExecutionId: string }[] }, stageName: string): Promise<string> {
  const [latest] = found.executions;
  if (latest) return latest.pipelineExecutionId;
  throw new ProblemError({
    code: 'rollback.no-target',
    where: stageName,
    what: `"${stageName}" can not be rolled back: there is no execution to go back to (UnableToRollbackStageException).`,
    fix: 'One must have succeeded in the stage with the present version of the pipeline; the source stage and PARALLEL pipelines have no rollback. See what there is: penstock history',
  });
}
