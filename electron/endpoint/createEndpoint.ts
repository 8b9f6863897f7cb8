import { randomUUID } from 'node:crypto';
import type { Endpoint, JobAction } from '../parts.ts';
import { createJobRegistry, type LiveAction } from './jobRegistry.ts';
import { ANY_RUN, openRunKeys, type RunKeys, type Scope } from './runKeys.ts';
import type { EndpointServer } from './server.ts';

/**
 * The endpoint of a host. It listens on 127.0.0.1 from the first action that needs it until `close`, at the port of the host
 * before it where that is free, because functions and workers of that one still know it.
 */
export interface EndpointOptions {
  /** Private to the user (0700). */
  dataDirectory: string;
  /** Milliseconds since 1970. */
  now?: () => number;
  newId?: () => string;
  /** From a continuation token to the next job. */
  continueAfterMs?: number;
  report?: (error: unknown) => void;
}

/** AWS does not say how long it waits; long enough for something to have changed, short enough to wait for. */
const CONTINUE_AFTER_MS = 10_000;

export function createEndpoint(options: EndpointOptions): Endpoint {
  const { dataDirectory, now = Date.now, newId = randomUUID, continueAfterMs = CONTINUE_AFTER_MS } = options;
  const report = options.report ?? ((error) => console.error(error));
  const registry = createJobRegistry({ now, newId, continueAfterMs });
  /** By access key id. */
  const scopes = new Map<string, Scope>();
  let starting: Promise<{ server: EndpointServer; keys: RunKeys }> | undefined;
  let isClosed = false;

  const start = async () => {
    const { startEndpointServer } = await import('./server.ts');
    const keys = openRunKeys(dataDirectory, { create: true });
    const scopeOf = (accessKeyId: string) => scopes.get(accessKeyId);
    const server = await startEndpointServer({ port: keys.port, registry, keys, scopeOf, now, report });
    keys.keepPort(server.port);
    return { server, keys };
  };

  const started = async () => {
    if (isClosed) throw new Error('The endpoint is closed.');
    starting ??= start();
    return starting.catch((error: unknown) => {
      starting = undefined; // the next one tries again
      throw error;
    });
  };

  return {
    async open(action) {
      const { server, keys } = await started();
      const { credentials, artifactCredentials } = admit(action, keys, scopes);
      return sessionOf(await registry.add(action), {
        url: `http://127.0.0.1:${server.port}`,
        credentials,
        artifactCredentials,
      });
    },
    async listen() {
      const { server, keys } = await started();
      const scope: Scope = { kind: 'worker', id: ANY_RUN };
      const credentials = keys.credentialsOf(scope);
      scopes.set(credentials.accessKeyId, scope);
      return { url: `http://127.0.0.1:${server.port}`, credentials, ...keys.clientOf(ANY_RUN) };
    },
    executionEnded(pipelineExecutionId) {
      const ended = new Set([pipelineExecutionId, ...registry.executionEnded(pipelineExecutionId)]);
      for (const [accessKeyId, { id }] of scopes) if (ended.has(id)) scopes.delete(accessKeyId);
    },
    async close() {
      isClosed = true;
      await starting?.then(
        ({ server }) => server.close(),
        () => undefined, // it never listened
      );
    },
  };
}

/** From now on the keys of the action, and of the workers of its execution, are good. */
function admit({ kind, subject }: JobAction, keys: RunKeys, scopes: Map<string, Scope>) {
  const own: Scope =
    kind === 'worker'
      ? { kind: 'worker', id: subject.pipelineExecutionId }
      : { kind: 'function', id: subject.actionExecutionId };
  const artifacts: Scope = { kind: 'artifacts', id: subject.actionExecutionId };
  const credentials = keys.credentialsOf(own);
  const artifactCredentials = keys.credentialsOf(artifacts);
  scopes.set(credentials.accessKeyId, own);
  scopes.set(artifactCredentials.accessKeyId, artifacts);
  return { credentials, artifactCredentials };
}

function sessionOf(
  live: LiveAction,
  where: Pick<Awaited<ReturnType<Endpoint['open']>>, 'url' | 'credentials' | 'artifactCredentials'>,
): Awaited<ReturnType<Endpoint['open']>> {
  return {
    ...where,
    job: () => live.latest(),
    begin: (jobId) => live.begin(jobId),
    result: (jobId) => live.result(jobId),
    uploads: () => [...live.uploads.values()],
    end: () => live.end(),
  };
}
