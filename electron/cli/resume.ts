import { ProblemError } from '../../shared/problem.ts';
import { createHeldConsent } from '../engine/trust/askForHeld.ts';
import type { History } from '../parts.ts';
import { type Command, parse } from './command.ts';
import { followInSession, followOptions, followUsage } from './engineSession.ts';
import { findExecution } from './execution.ts';

const options = { ...followOptions, reject: { type: 'string', multiple: true, default: [] as string[] } } as const;

export const command: Command = {
  usage: `penstock resume [ID] [OPTIONS]

Goes on with an execution whose program was killed or left it, and waits for its end. Commands that still run are taken over;
nothing runs twice. ID may be the beginning of one, and may be left out when only one execution is unfinished.

  --reject Stage/Action      reject this manual approval
${followUsage}
Ends as penstock run does: 0 succeeded, 1 failed, 2 nothing to go on with, 3 stopped, 4 waits for a person who is not here (an approval, a disabled transition).
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 0, max: 1 });
    return followInSession(values, io, async ({ engine, history, trust, askConsent, followOnly }) => {
      const pipelineExecutionId = await unfinishedOne(history, positionals[0]);
      followOnly(pipelineExecutionId);
      await engine.resume();
      const mine = {
        ...engine,
        held: () => engine.held().filter((held) => held.pipelineExecutionId === pipelineExecutionId),
      };
      if (mine.held().length > 0) await createHeldConsent(mine, trust, askConsent)();
      if (mine.held().length > 0) throw refused();
      return { pipelineExecutionId };
    });
  },
};

async function unfinishedOne(history: History, named: string | undefined): Promise<string> {
  const unfinished = await history.unfinished();
  const chosen = named === undefined ? unfinished : [await findExecution(history, named)];
  const [only, ...more] = chosen.filter((id) => unfinished.includes(id));
  if (only !== undefined && more.length === 0) return only;
  throw new ProblemError({
    code: only === undefined ? 'execution.finished' : 'execution.ambiguous',
    where: named ?? '',
    what:
      only !== undefined
        ? `${unfinished.length} executions are unfinished.`
        : named === undefined
          ? 'No execution is unfinished.'
          : 'This execution has finished.',
    fix: only === undefined ? 'Nothing is left to do.' : `Name one of them: ${unfinished.join(', ')}`,
  });
}

const refused = () =>
  new ProblemError({
    code: 'trust.refused',
    where: '',
    what: 'Nothing more was run: the commands of this project were not agreed to.',
    fix: 'Resume it again and agree, or pass --trust.',
  });
