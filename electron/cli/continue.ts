import { replay } from '../../shared/execution/evolve.ts';
import { actionKey } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { type Command, pair, parse, UsageError } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';

export const command: Command = {
  usage: `penstock continue ID [STAGE/ACTION] [OPTIONS]

Lets an action go on that waits at a breakpoint, and waits for the end of its execution. ID may be shortened; "latest" is the
newest. STAGE/ACTION may be left out when only one waits.

  --skip                     do not run the action (only before it): it counts as succeeded, without output
  --var NAMESPACE.KEY=VALUE  change a variable for what comes after
${followUsage}
Ends as penstock run does.
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      {
        ...followOptions,
        skip: { type: 'boolean' },
        var: { type: 'string', multiple: true, default: [] as string[] },
      },
      { min: 1, max: 2 },
    );
    const [named = '', key] = positionals;
    if (key !== undefined && key.split('/').length !== 2) throw new UsageError('An action is written STAGE/ACTION.');
    const changed = values.var.map((text) => pair(text, '--var'));
    return followInSession(values, io, async ({ engine, history, agree, followOnly }) => {
      const pipelineExecutionId = await findExecution(history, named);
      followOnly(pipelineExecutionId);
      const waiting = pausedActions(replay(await history.events(pipelineExecutionId)));
      const chosen = key === undefined && waiting.length === 1 ? waiting[0] : key;
      const [stageName = '', actionName = ''] = chosen?.split('/') ?? [];
      if (chosen === undefined || !waiting.includes(chosen)) throw notOne(pipelineExecutionId, key, waiting);
      await agree(await engine.requestOf(pipelineExecutionId));
      await engine.resume();
      await engine.handlers.continueAction({
        pipelineExecutionId,
        stageName,
        actionName,
        variables: Object.fromEntries(changed),
        skip: values.skip ?? false,
      });
      return { pipelineExecutionId };
    });
  },
};

const pausedActions = ({ stages }: ReturnType<typeof replay>): string[] =>
  stages.flatMap(({ stageName, paused }) => Object.keys(paused).map((actionName) => actionKey(stageName, actionName)));

const notOne = (id: string, key: string | undefined, waiting: readonly string[]) =>
  new ProblemError({
    code: waiting.length === 0 ? 'execution.not-paused' : 'execution.ambiguous',
    where: key ?? id,
    what:
      waiting.length === 0
        ? 'No action of this execution waits at a breakpoint.'
        : key === undefined
          ? `${waiting.length} actions of this execution wait at a breakpoint.`
          : `${key} does not wait at a breakpoint.`,
    fix:
      waiting.length === 0 ? `See what it waits for: penstock show ${id}` : `Name one of them: ${waiting.join(', ')}`,
  });
