import { type Command, parse, UsageError } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';

export const command: Command = {
  usage: `penstock fork ID [OPTIONS]

Starts an execution that takes over what another one had produced, and waits for its end. ID may be shortened; "latest" is the
newest. Without --from it begins where that one stood.

  --at N                     take it as it was after its event N (penstock show ID --json numbers them)
  --from STAGE[/ACTION]      begin at this stage, or at this action of it
  --only                     run that action and nothing else
${followUsage}
Ends as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { ...followOptions, at: { type: 'string' }, from: { type: 'string' }, only: { type: 'boolean' } },
      { min: 1, max: 1 },
    );
    const seq = values.at === undefined ? undefined : Number(values.at);
    if (seq !== undefined && (!Number.isInteger(seq) || seq < 1))
      throw new UsageError('--at wants the number of an event.');
    const [stageName, actionName, ...more] = values.from?.split('/') ?? [];
    if (more.length > 0) throw new UsageError('--from wants STAGE or STAGE/ACTION.');
    if (values.only && actionName === undefined) throw new UsageError('--only wants --from STAGE/ACTION.');
    return followInSession(values, io, async ({ engine, history, agree }) => {
      const start = await engine.forkOf({
        pipelineExecutionId: await findExecution(history, positionals[0]!),
        only: values.only ?? false,
        seq,
        stageName,
        actionName,
      });
      await agree(start);
      return engine.start(start);
    });
  },
};
