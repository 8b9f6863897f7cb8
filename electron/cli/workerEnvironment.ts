import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { runningActionsOf } from '../../shared/execution/executionState.ts';
import { actionKey } from '../../shared/model/declaration.ts';
import type { RunKeys } from '../endpoint/runKeys.ts';

/** Running actions of an execution whose work a job worker does. */
export const waitingForWorkers = (state: ExecutionState) =>
  runningActionsOf(state).filter(
    ({ stageName, actionName, jobs }) =>
      jobs !== undefined && state.bindings[actionKey(stageName, actionName)]?.kind === 'jobWorker',
  );

/** What a worker of an execution needs in its environment: addresses on this machine, and keys that end with the run. */
export function workerEnvironment(state: ExecutionState, keys: RunKeys, isOfPartner: boolean): Record<string, string> {
  const id = state.pipelineExecutionId;
  const { accessKeyId, secretAccessKey, sessionToken } = keys.credentialsOf({ kind: 'worker', id });
  const { clientId, clientToken } = keys.clientOf(id);
  const url = `http://127.0.0.1:${keys.port}`;
  return {
    AWS_ENDPOINT_URL_CODEPIPELINE: url,
    AWS_ENDPOINT_URL_S3: url,
    AWS_REGION: Object.keys(state.declaration.artifactStores ?? {})[0] ?? 'us-east-1',
    AWS_ACCESS_KEY_ID: accessKeyId,
    AWS_SECRET_ACCESS_KEY: secretAccessKey,
    AWS_SESSION_TOKEN: sessionToken,
    ...(isOfPartner ? { PENSTOCK_CLIENT_ID: clientId, PENSTOCK_CLIENT_TOKEN: clientToken } : {}),
  };
}

/** Lines for a shell. None of the values holds a quote. */
export const environmentText = (environment: Readonly<Record<string, string>>): string =>
  Object.entries(environment)
    .map(([name, value]) => `export ${name}='${value}'\n`)
    .join('');
