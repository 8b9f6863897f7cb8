import { availableParallelism } from 'node:os';
import { actionKey } from '../../shared/model/declaration.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { openCliHost } from './cliHost.ts';
import { type Command, EXIT, parse } from './command.ts';
import { environmentText } from './workerEnvironment.ts';

export const command: Command = {
  usage: `penstock endpoint [--region REGION] [--json] [--data-dir DIR]

Serves CodePipeline's job operations on this machine until Ctrl+C, whether or not an action waits for a job worker, and prints
what a worker needs, as lines for a shell. The keys are good for every run of this data directory while this command runs.
Executions that were left unfinished are taken over: their jobs are offered, and their commands go on. No window and no other
penstock can use the data directory meanwhile.

  --region REGION  AWS_REGION for the worker (default: us-east-1)
  --json           as one JSON object

Ends with 0 after Ctrl+C, 1 when the data directory is in use.
`,
  async run(argv, io) {
    const { values } = parse(
      argv,
      { region: { type: 'string', default: 'us-east-1' }, json: { type: 'boolean' }, 'data-dir': { type: 'string' } },
      { min: 0, max: 0 },
    );
    const directory = dataDirectory(io.environment, values['data-dir']);
    const host = openCliHost({ dataDirectory: directory, io, slots: availableParallelism });
    const over = Promise.withResolvers<void>();
    const offInterrupt = io.onInterrupt(over.resolve);
    const offTerminate = io.onTerminate(over.resolve);
    const unsubscribe = host.history.subscribe((id, events) => {
      for (const event of events) {
        if (event.type === 'JobQueued') {
          io.err(`${actionKey(event.stageName, event.actionName)} of ${id} waits for a worker.\n`);
        } else if (event.type === 'ExecutionFinished') io.err(`${id} ended: ${event.status}.\n`);
      }
    });
    try {
      const { url, credentials, clientId, clientToken } = await host.endpoint.listen();
      const environment = {
        AWS_ENDPOINT_URL_CODEPIPELINE: url,
        AWS_ENDPOINT_URL_S3: url,
        AWS_REGION: values.region,
        AWS_ACCESS_KEY_ID: credentials.accessKeyId,
        AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
        AWS_SESSION_TOKEN: credentials.sessionToken,
        PENSTOCK_CLIENT_ID: clientId,
        PENSTOCK_CLIENT_TOKEN: clientToken,
      };
      io.out(values.json ? `${JSON.stringify(environment)}\n` : environmentText(environment));
      io.err(`Listening at ${url} until Ctrl+C.\n`);
      await host.engine.resume();
      await over.promise;
      return EXIT.succeeded;
    } finally {
      offInterrupt();
      offTerminate();
      unsubscribe();
      await host.close();
    }
  },
};
