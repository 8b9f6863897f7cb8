import { type ChildProcess, spawn } from 'node:child_process';
import { randomUUID } from 'node:crypto';
import { createInterface } from 'node:readline';
import { replay } from '../../shared/execution/evolve.ts';
import { actionKey } from '../../shared/model/declaration.ts';
import { openRunKeys } from '../endpoint/runKeys.ts';
import { COOKIE } from '../engine/process/childEnvironment.ts';
import { endProcesses } from '../engine/process/endProcesses.ts';
import { startTimeOf } from '../engine/process/processIdentity.ts';
import type { Engine, History } from '../parts.ts';
import type { Io } from './command.ts';
import { waitingForWorkers, workerEnvironment } from './workerEnvironment.ts';

export interface BoundWorkersOptions {
  /** By 'Stage/Action': the command line that does its jobs. */
  commands: ReadonlyMap<string, string>;
  dataDirectory: string;
  history: Pick<History, 'subscribe' | 'events'>;
  engine: Pick<Engine, 'handlers'>;
  io: Io;
}

/** A worker that has put its result may be gone before that is on disk. */
const LAST_RESULT_MS = 1000;

/**
 * Job workers that belong to one run: each is started when its action first waits for one, with what `penstock worker-env`
 * prints in its environment, and ended with the run. When one ends while its action still waits, nobody else would work on
 * it: the run is stopped, and says so.
 */
export function createBoundWorkers({ commands, dataDirectory, history, engine, io }: BoundWorkersOptions): {
  close(): Promise<void>;
} {
  const workers = new Map<string, { child: ChildProcess; cookie: string }>();
  let own: string | undefined;
  let isClosing = false;
  const complain = (error: unknown) => io.err(`${error instanceof Error ? error.message : String(error)}\n`);

  const start = async (pipelineExecutionId: string, key: string, command: string) => {
    const state = replay(await history.events(pipelineExecutionId));
    const isOfPartner = waitingForWorkers(state).some(
      ({ stageName, actionName, actionTypeId }) =>
        actionKey(stageName, actionName) === key && actionTypeId.owner === 'ThirdParty',
    );
    const keys = openRunKeys(dataDirectory, { create: true });
    const cookie = randomUUID();
    io.err(`${key}: starting its worker: ${command}\n`);
    const child = spawn('/bin/sh', ['-c', command], {
      cwd: io.cwd,
      detached: true,
      stdio: ['ignore', 'pipe', 'pipe'],
      env: { ...withoutAws(io.environment), ...workerEnvironment(state, keys, isOfPartner), [COOKIE]: cookie },
    });
    workers.set(key, { child, cookie });
    for (const output of [child.stdout, child.stderr]) {
      createInterface({ input: output }).on('line', (line) => io.err(`${key} | ${line}\n`));
    }
    child.once('error', complain);
    child.once('exit', (code, signal) => {
      const end = code === null ? `signal ${signal}` : `exit code ${code}`;
      if (!isClosing) ended(pipelineExecutionId, key, end).catch(complain);
    });
  };

  const ended = async (pipelineExecutionId: string, key: string, end: string) => {
    workers.delete(key);
    const isWaiting = async () =>
      waitingForWorkers(replay(await history.events(pipelineExecutionId))).some(
        ({ stageName, actionName }) => actionKey(stageName, actionName) === key,
      );
    if (await isWaiting()) await new Promise((resolve) => setTimeout(resolve, LAST_RESULT_MS));
    if (isClosing || workers.has(key) || !(await isWaiting())) return;
    io.err(`${key}: its worker ended (${end}), and the action still waits for one. The run is stopped.\n`);
    const reason = `The worker of ${key} ended (${end})`;
    await engine.handlers.stopPipelineExecution({ pipelineExecutionId, abandon: true, reason });
  };

  const unsubscribe = history.subscribe((id, events) => {
    own ??= id;
    if (id !== own || isClosing) return;
    for (const event of events) {
      if (event.type !== 'JobQueued') continue;
      const key = actionKey(event.stageName, event.actionName);
      const command = commands.get(key);
      if (command !== undefined && !workers.has(key)) start(id, key, command).catch(complain);
    }
  });

  return {
    async close() {
      isClosing = true;
      unsubscribe();
      await Promise.all(
        [...workers.values()].map(({ child: { pid }, cookie }) =>
          endProcesses(pid === undefined ? undefined : { pid, startTime: startTimeOf(pid) ?? '' }, cookie),
        ),
      );
    },
  };
}

/** The user's own environment, without keys and settings that would lead the worker's SDK to AWS. */
const withoutAws = (environment: NodeJS.ProcessEnv) =>
  Object.fromEntries(Object.entries(environment).filter(([name]) => !name.startsWith('AWS_')));
