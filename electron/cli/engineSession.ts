import { availableParallelism } from 'node:os';
import { providers } from '../../shared/providers/table.ts';
import { dataDirectory } from '../dataDirectory.ts';
import { createEngine } from '../engine/createEngine.ts';
import { createHistory } from '../history/createHistory.ts';
import type { Engine, History, HostPorts, StartRequest, Trust } from '../parts.ts';
import { consentTo } from '../prepareRun.ts';
import { askerOf, openCliHost } from './cliHost.ts';
import { EXIT, type Io } from './command.ts';
import { followRun } from './followRun.ts';

/** The options of commands that start or go on with an execution that is in the history. */
export const followOptions = {
  approve: { type: 'string', multiple: true, default: [] as string[] },
  'approve-all': { type: 'boolean' },
  trust: { type: 'boolean' },
  json: { type: 'boolean' },
  quiet: { type: 'boolean', short: 'q' },
  'data-dir': { type: 'string' },
} as const;

export const followUsage = `  --approve Stage/Action     approve this manual approval when it comes
  --approve-all              approve all of them
  --trust                    agree to run the project's commands, if they are not those that were agreed to
  --json                     one event a line on stdout
  --quiet, -q                say only how it ends
  --data-dir DIR             where the history is
`;

interface FollowValues {
  approve: string[];
  'approve-all'?: boolean | undefined;
  reject?: string[];
  trust?: boolean | undefined;
  json?: boolean | undefined;
  quiet?: boolean | undefined;
  'data-dir'?: string | undefined;
}

export interface EngineSession {
  engine: Engine;
  history: History;
  /** @throws ProblemError `trust.refused` */
  agree(start: StartRequest): Promise<void>;
  trust: Trust;
  askConsent: HostPorts['askConsent'];
  /** Only this execution is followed, which began before; others that are taken over with it are passed over. */
  followOnly(pipelineExecutionId: string): void;
}

/**
 * Follows what `start` begins to its end, as penstock run does, and answers the exit code. `start` answers the id of the
 * execution; others of this history are left as they are.
 */
export async function followInSession(
  values: FollowValues,
  io: Io,
  start: (session: EngineSession) => Promise<{ pipelineExecutionId: string }>,
): Promise<number> {
  const directory = dataDirectory(io.environment, values['data-dir']);
  const host = openCliHost({ dataDirectory: directory, io, slots: availableParallelism });
  const { engine, history, trust } = host;
  const askConsent = askerOf(values, io);
  let only: string | undefined;
  const followOnly = (pipelineExecutionId: string) => {
    only = pipelineExecutionId;
  };
  try {
    return await followRun({
      get only() {
        return only;
      },
      engine,
      history,
      io,
      json: values.json ?? false,
      quiet: values.quiet ?? false,
      answers: (key) =>
        values.reject?.includes(key)
          ? 'Rejected'
          : values['approve-all'] || values.approve.includes(key)
            ? 'Approved'
            : undefined,
      start: () =>
        start({
          engine,
          history,
          trust,
          askConsent,
          followOnly,
          agree: (request) => consentTo(request, '', trust, askConsent),
        }),
    });
  } finally {
    await host.close();
  }
}

/** For commands that print or change something and are done. */
export async function inSession(
  values: { 'data-dir'?: string | undefined },
  io: Io,
  body: (session: Pick<EngineSession, 'engine' | 'history'>) => Promise<void>,
): Promise<number> {
  const directory = dataDirectory(io.environment, values['data-dir']);
  const history = createHistory({ dataDirectory: directory });
  const engine = createEngine({ dataDirectory: directory, history, providers, slots: () => 1 });
  try {
    await body({ engine, history });
    return EXIT.succeeded;
  } finally {
    await engine.close();
    await history.close();
  }
}
