import { type Command, parse, UsageError } from './command.ts';
import { inSession } from './engineSession.ts';
import { pipelineNamed } from './pipelineNamed.ts';
import { timeText } from './text.ts';

export const command: Command = {
  usage: `penstock transition FILE|NAME [STAGE --disable REASON | STAGE --enable] [--json] [--data-dir DIR]

Disables the transition into a stage, or enables it again; without a stage it says which are disabled and who waits. Executions
that are inside the stage go on; others wait before it. When no window is open, penstock resume goes on with those that waited.

  --disable REASON   1-300 letters, digits, spaces and !@().*?-
  --enable           lets waiting executions in
  --json             the state of the pipeline
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      {
        disable: { type: 'string' },
        enable: { type: 'boolean' },
        json: { type: 'boolean' },
        'data-dir': { type: 'string' },
      },
      { min: 1, max: 2 },
    );
    const [named = '', stageName] = positionals;
    const isChange = values.disable !== undefined || values.enable === true;
    if (values.disable !== undefined && values.enable) throw new UsageError('Choose one of --disable and --enable.');
    if (isChange !== (stageName !== undefined))
      throw new UsageError('A change wants a STAGE and --disable or --enable.');
    const { pipelineName, pipeline } = await pipelineNamed(named, io.cwd);
    return inSession(values, io, async ({ engine }) => {
      const { handlers } = engine;
      const before = await handlers.getPipelineState({ pipelineName });
      const stages = pipeline?.stages.map(({ name }) => name) ?? before.stageStates.map((stage) => stage.stageName);
      if (stageName !== undefined && !stages.includes(stageName)) {
        throw new UsageError(
          stages.length === 0
            ? `"${pipelineName}" never ran here. Name its file.`
            : `The pipeline has no stage "${stageName}"; it has ${stages.join(', ')}.`,
        );
      }
      if (stageName !== undefined) {
        const place = { pipelineName, stageName };
        if (values.disable === undefined) await handlers.enableStageTransition(place);
        else await handlers.disableStageTransition({ ...place, reason: values.disable });
      }
      const state = await handlers.getPipelineState({ pipelineName });
      if (values.json) {
        io.out(`${JSON.stringify(state, undefined, 2)}\n`);
        return;
      }
      for (const { stageName: name, inboundTransitionState: to, inboundExecutions } of state.stageStates) {
        if (!to.enabled) {
          io.out(
            `${name}  disabled by ${to.lastChangedBy} at ${timeText(to.lastChangedAt ?? 0)}: ${to.disabledReason}\n`,
          );
        }
        for (const { pipelineExecutionId } of inboundExecutions) io.out(`  ${pipelineExecutionId} waits\n`);
      }
      if (state.stageStates.every(({ inboundTransitionState }) => inboundTransitionState.enabled)) {
        io.out('Every transition is enabled.\n');
      }
    });
  },
};
