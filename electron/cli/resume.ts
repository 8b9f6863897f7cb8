import { availableParallelism } from 'node:os';
import { ProblemError } from '../../shared/problem.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { createHeldConsent } from '../engine/trust/askForHeld.ts';
import type { History } from '../parts.ts';
import { askerOf, openCliHost } from './cliHost.ts';
import { type Command, parse } from './command.ts';
import { findExecution } from './execution.ts';
import { followRun } from './followRun.ts';

const options = {
  approve: { type: 'string', multiple: true, default: [] as string[] },
  'approve-all': { type: 'boolean' },
  reject: { type: 'string', multiple: true, default: [] as string[] },
  trust: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  'data-dir': { type: 'string' },
} as const;

export const command: Command = {
  usage: `penstock resume [ID] [OPTIONS]

Goes on with an execution whose program was killed or left it, and waits for its end. Commands that still run are taken over;
nothing runs twice. ID may be the beginning of one, and may be left out when only one execution is unfinished.

  --approve Stage/Action     approve this manual approval
  --approve-all              approve all of them
  --reject Stage/Action      reject this manual approval
  --trust                    agree to run the project's commands, if they are not those that were agreed to
  --json                     one event a line on stdout
  --quiet, -q                say only how it ends
  --data-dir DIR             where the history is

Ends as penstock run does: 0 succeeded, 1 failed, 2 nothing to go on with, 3 stopped, 4 waits for a person who is not here (an approval, a disabled transition).
`,
  async run(argv, io) {
    const { values, positionals } = parse(argv, options, { min: 0, max: 1 });
    const directory = dataDirectory(io.environment, values['data-dir']);
    const host = openCliHost({ dataDirectory: directory, io, slots: availableParallelism });
    const { engine, history, trust } = host;
    try {
      const pipelineExecutionId = await unfinishedOne(history, positionals[0]);
      return await followRun({
        engine,
        history,
        io,
        json: values.json ?? false,
        quiet: values.quiet ?? false,
        answers: (key) =>
          values.reject.includes(key)
            ? 'Rejected'
            : values['approve-all'] || values.approve.includes(key)
              ? 'Approved'
              : undefined,
        only: pipelineExecutionId,
        async start() {
          await engine.resume();
          if (engine.held().some((held) => held.pipelineExecutionId === pipelineExecutionId)) {
            const only = {
              ...engine,
              held: () => engine.held().filter((held) => held.pipelineExecutionId === pipelineExecutionId),
            };
            await createHeldConsent(only, trust, askerOf(values, io))();
            if (only.held().length > 0) throw refused();
          }
          return { pipelineExecutionId };
        },
      });
    } finally {
      await host.close();
    }
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
