import { replay } from '../../shared/execution/evolve.ts';
import { isFinished } from '../../shared/execution/executionState.ts';
import { actionKey, actionTypeKey } from '../../shared/model/declaration.ts';
import { ProblemError } from '../../shared/problem.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { openRunKeys } from '../endpoint/runKeys.ts';
import { createHistory } from '../history/createHistory.ts';
import { type Command, EXIT, parse } from './command.ts';
import { findExecution } from './execution.ts';
import { environmentText, waitingForWorkers, workerEnvironment } from './workerEnvironment.ts';

export const command: Command = {
  usage: `penstock worker-env [ID] [--json] [--data-dir DIR]

Prints what a job worker needs to work for a run that waits for one, as lines for a shell:

  eval "$(penstock worker-env latest)" && node worker.mjs

The addresses are on this machine, and the keys are good for nothing but this run. ID may be shortened; without it, or with
"latest", it is the newest run.

  --json   as one JSON object
`,
  async run(argv, io) {
    const { values, positionals } = parse(
      argv,
      { json: { type: 'boolean' }, 'data-dir': { type: 'string' } },
      { min: 0, max: 1 },
    );
    const directory = dataDirectory(io.environment, values['data-dir']);
    const history = createHistory({ dataDirectory: directory, readOnly: true });
    try {
      const id = await findExecution(history, positionals[0] ?? 'latest');
      const state = replay(await history.events(id));
      const waiting = waitingForWorkers(state);
      const keys = openRunKeys(directory, { create: false });
      if (isFinished(state) || waiting.length === 0 || keys?.port === undefined)
        throw nothingWaits(id, isFinished(state));
      const isOfPartner = waiting.some(({ actionTypeId }) => actionTypeId.owner === 'ThirdParty');
      const environment = workerEnvironment(state, keys, isOfPartner);
      for (const { stageName, actionName, actionTypeId } of waiting) {
        io.err(`${actionKey(stageName, actionName)} waits for a worker of ${actionTypeKey(actionTypeId)}.\n`);
      }
      io.out(values.json ? `${JSON.stringify(environment)}\n` : environmentText(environment));
      return EXIT.succeeded;
    } finally {
      await history.close();
    }
  },
};

const nothingWaits = (id: string, isOver: boolean) =>
  new ProblemError({
    code: 'execution.no-worker',
    where: id,
    what: isOver ? 'This execution has finished.' : 'No action of this execution waits for a job worker now.',
    fix: isOver
      ? 'Start it again.'
      : 'Bind a custom action to a job worker, and ask again when the run has come to it.',
  });
