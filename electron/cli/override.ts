import { conditionSets } from '../../shared/model/declaration.ts';
import { type Command, parse, UsageError } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';

export const command: Command = {
  usage: `penstock override ID STAGE beforeEntry|onSuccess [OPTIONS]

Lets an execution pass a condition of a stage that is being evaluated, or that has failed the stage, and waits for its end. ID may
be shortened; "latest" is the newest. A condition with the result SKIP can not be overridden.

${followUsage}
Ends as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, followOptions, { min: 3, max: 3 });
    const [named = '', stageName = '', set = ''] = positionals;
    const conditionType = (['BEFORE_ENTRY', 'ON_SUCCESS'] as const).find((type) => conditionSets[type] === set);
    if (!conditionType)
      throw new UsageError(`There is no condition "${set}" to override; write beforeEntry or onSuccess.`);
    return followInSession(values, io, async ({ engine, history, agree, followOnly }) => {
      const pipelineExecutionId = await findExecution(history, named);
      followOnly(pipelineExecutionId);
      await agree(await engine.requestOf(pipelineExecutionId));
      await engine.resume();
      await engine.handlers.overrideStageCondition({ pipelineExecutionId, stageName, conditionType });
      return { pipelineExecutionId };
    });
  },
};
