import { setMaxListeners } from 'node:events';
import { existsSync, rmSync } from 'node:fs';
import { basename, join } from 'node:path';
import type { Happening } from '../../shared/execution/events.ts';
import { actionOf } from '../../shared/execution/executionState.ts';
import { ActionFailure, type ActionHost, type ApprovalAnswer } from '../../shared/providers/host.ts';
import type { ReportRecord } from '../../shared/reports/report.ts';
import type { Engine } from '../parts.ts';
import { createActionLogs } from './actionLog.ts';
import { type Attempt, type AttemptTools, subjectOf, whereOfAttempt } from './actionRunner.ts';
import type { ArtifactStore } from './artifacts/artifactStore.ts';
import { artifactTaker } from './artifacts/takeArtifact.ts';
import { type AttemptFolder, keepWorkspace } from './attemptFolder.ts';
import { processFact } from './attemptSubject.ts';
import type { AttemptsOptions } from './attempts.ts';
import { boundPath, importPath, insideFolder } from './boundPlace.ts';
import { isDiskFull } from './diskSpace.ts';
import { executionEnd } from './emulation/executionEnd.ts';
import { loadOnce } from './loadOnce.ts';
import { createSoonNotes } from './soonNotes.ts';
import { createWorkspaceCleaner } from './workspaceCleaner.ts';

/**
 * The powers of a runner (shared/providers/host.ts) on this machine. Every effect may be asked for again by a later host: a
 * process is joined, an unpacked workspace is used as it is, what goes to the store is named by its content, an approval
 * keeps its token, a delay counts from the action's start. What is heavy (git, zips, YAML) is loaded when first needed.
 */
export interface ActionHosts {
  make(attempt: Attempt, signal: AbortSignal): AttemptTools;
  /** Aborted when this host follows the execution's actions no more. */
  closing(pipelineExecutionId: string): AbortSignal;
  /** The attempt has ended. Answers what is still to be written of it. */
  forget(actionExecutionId: string): Happening[];
  /** It does nothing but wait for a person, or for an execution that has a loop of its own. */
  isQuiet(actionExecutionId: string): boolean;
  answer(token: string, answer: ApprovalAnswer): void;
  readLog(
    folder: AttemptFolder,
    isRunning: boolean,
    offset: number,
    limit: number,
    marks: boolean,
  ): ReturnType<Engine['handlers']['readLog']>;
  /** Clears what its actions left. */
  executionEnded(pipelineExecutionId: string): void;
  /** Stops following its actions, without a word to their processes. */
  leave(pipelineExecutionId: string): void;
  close(): void;
}

// Loaded by the first action that needs them.
const readFolderModule = loadOnce(() => import('./git/readFolder.ts'));
const readRepositoryModule = loadOnce(() => import('./git/readRepository.ts'));
const buildActionModule = loadOnce(() => import('./buildAction.ts'));
const deployModule = loadOnce(() => import('./artifacts/deploy.ts'));
const extractZipModule = loadOnce(() => import('./artifacts/extractZip.ts'));
const superviseShellModule = loadOnce(() => import('./process/superviseShell.ts'));
const jobHostModule = loadOnce(() => import('./jobs/jobHost.ts'));
const jobNotesModule = loadOnce(() => import('./rules/jobNotes.ts'));
const emulationHostModule = loadOnce(() => import('./emulation/emulationHost.ts'));
const readLogModules = loadOnce(() => Promise.all([import('./log/readLogRange.ts'), import('./log/logMarks.ts')]));

interface Waiting {
  token: string;
  resolve: (answer: ApprovalAnswer) => void;
}

type Options = Pick<
  AttemptsOptions,
  | 'dataDirectory'
  | 'endpoint'
  | 'startOther'
  | 'history'
  | 'loopOf'
  | 'folderOf'
  | 'now'
  | 'newId'
  | 'onLog'
  | 'onQuiet'
>;

export function createActionHosts(options: Options): ActionHosts {
  const { dataDirectory, loopOf, folderOf, now, newId } = options;
  /** One for each execution: this host follows its actions no more. */
  const closings = new Map<string, AbortController>();
  const closingOf = (pipelineExecutionId: string): AbortSignal => {
    const known = closings.get(pipelineExecutionId);
    if (known) return known.signal;
    const controller = new AbortController();
    setMaxListeners(0, controller.signal); // one for each running action
    closings.set(pipelineExecutionId, controller);
    return controller.signal;
  };
  const approvals = new Map<string, Waiting>();
  /** Attempts that wait for the end of an execution that they started. */
  const waiting = new Set<string>();
  const logs = createActionLogs(options.onLog);
  const cleaner = createWorkspaceCleaner();
  let openedStore: Promise<ArtifactStore> | undefined;
  const openStore = () => {
    openedStore ??= import('./artifacts/artifactStore.ts').then(({ createArtifactStore }) =>
      createArtifactStore(join(dataDirectory, 'artifacts')),
    );
    return openedStore;
  };

  const soon = createSoonNotes();

  const make = (attempt: Attempt, signal: AbortSignal): AttemptTools => {
    const { action, actionExecutionId, execution, stageName } = attempt;
    const { pipelineExecutionId, pipelineName } = execution;
    const closing = closingOf(pipelineExecutionId);
    const folder = folderOf(pipelineExecutionId, actionExecutionId);
    const log = logs.open(
      pipelineExecutionId,
      actionExecutionId,
      folder,
      attempt.before !== 'nothing',
      Math.max(0, now() - attempt.startedAt),
    );
    const where = whereOfAttempt(attempt);
    const binding = execution.bindings[where];
    const record = loopOf(pipelineName).record;
    const place = { stageName, actionName: action.name, actionExecutionId };

    const take = artifactTaker(openStore, where);

    let reports: readonly ReportRecord[] = [];

    const onStarted = ({ pid, startTime }: { pid: number; startTime: string }) =>
      soon.add(actionExecutionId, processFact(subjectOf(attempt), pid, startTime), (happening) =>
        record(pipelineExecutionId, [happening]),
      );

    const host: ActionHost = {
      signal,
      log: (line) => log.line(line),

      async readRepository({ name, branch, commitId, format }) {
        const bound = boundPath(binding, where, ['repository', 'folder']);
        const store = await openStore();
        if (bound.kind === 'folder') {
          const { readFolder } = await readFolderModule();
          return readFolder({ folderPath: bound.path, store, name, log: host.log });
        }
        const { readRepository } = await readRepositoryModule();
        folder.ensure();
        const scratch = join(folder.workspace, 'scratch');
        return readRepository({
          repositoryPath: bound.path,
          branch,
          commitId,
          scratch,
          store,
          name,
          format,
          signal,
          log: host.log,
        });
      },

      async readObject({ name, key }) {
        const bound = boundPath(binding, where, key === undefined ? ['file', 'folder'] : ['folder']);
        const path = key === undefined ? bound.path : await insideFolder(bound.path, key);
        const artifact = await importPath(await openStore(), name, path);
        return { artifact, versionId: artifact.digest.slice(0, 32), etag: `"${artifact.digest.slice(0, 32)}"` };
      },

      async build(request) {
        const { runBuildAction } = await buildActionModule();
        const building = runBuildAction({
          request,
          attempt,
          folder,
          binding: binding?.kind === 'project' ? binding : undefined,
          store: await openStore(),
          take,
          dataDirectory,
          log,
          signal,
          closing,
          onReports: (found) => {
            reports = found;
          },
          onStarted,
        });
        return building.catch((error: unknown) => {
          throw isDiskFull(dataDirectory) ? dueToFullDisk(error, folder.path) : error;
        });
      },

      async deployFiles(artifact, { prefix }) {
        const { deployFiles } = await deployModule();
        const { path } = boundPath(binding, where, ['folder']);
        return deployFiles(await take(artifact), path, { prefix });
      },

      async deployZip(artifact, key) {
        const { deployZip } = await deployModule();
        const { path } = boundPath(binding, where, ['folder']);
        await deployZip(await take(artifact), path, key);
      },

      async readFile(artifact, path, limit) {
        const { readZipFile } = await extractZipModule();
        return (await readZipFile(await take(artifact), path, limit))?.toString('utf8');
      },

      async makeArtifact(name, files) {
        return { name, ...(await (await openStore()).putText(files)) };
      },

      async importArtifact(name, path) {
        return importPath(await openStore(), name, path);
      },

      async approval(request) {
        const known = actionOf(execution, stageName, action.name)?.approval;
        if (known?.answer) return { status: known.answer.status, summary: known.answer.summary };
        const token = known?.token ?? newId();
        const answer = new Promise<ApprovalAnswer>((resolve, reject) => {
          approvals.set(actionExecutionId, { token, resolve });
          onAbort(signal, () => reject(aborted()));
        });
        answer.catch(() => undefined); // it may be ended before anybody waits for the answer
        if (!known) {
          const expiresAt = attempt.startedAt + request.timeoutMinutes * 60_000;
          const { customData, externalEntityLink } = request;
          await record(pipelineExecutionId, [
            { type: 'ApprovalRequested', ...place, token, expiresAt, customData, externalEntityLink },
          ]);
        }
        options.onQuiet();
        return answer;
      },

      delay(milliseconds) {
        return new Promise<void>((resolve, reject) => {
          const left = Math.min(milliseconds, Math.max(0, attempt.startedAt + milliseconds - now()));
          const timer = setTimeout(resolve, left);
          const stop = () => clearTimeout(timer);
          onAbort(closing, stop);
          onAbort(signal, () => {
            stop();
            reject(aborted());
          });
        });
      },

      async jobs() {
        const { createJobHost } = await jobHostModule();
        const notes = attempt.conditionType
          ? (await jobNotesModule()).jobNotes(folder, now, log.line)
          : {
              record: (happenings: readonly Happening[]) => record(pipelineExecutionId, happenings),
              known: () => actionOf(execution, stageName, action.name)?.jobs,
            };
        return createJobHost({
          attempt,
          folder,
          log,
          store: await openStore(),
          take,
          endpoint: options.endpoint,
          now,
          signal,
          closing,
          record: notes.record,
          known: notes.known(),
          onStarted,
        });
      },

      async emulation() {
        const { createEmulationHost } = await emulationHostModule();
        return createEmulationHost({
          dataDirectory,
          attempt,
          folder,
          boundPath: (kinds) => boundPath(binding, where, kinds).path,
          take,
          log,
          signal,
          closing,
          onStarted,
          where,
          startOther: options.startOther,
          async executionEnded(id) {
            waiting.add(actionExecutionId);
            options.onQuiet();
            const onOver = () => waiting.delete(actionExecutionId);
            return executionEnd(options.history, id, { signal, closing, onOver });
          },
        });
      },
    };

    return {
      host,
      log: (line) => log.line(line),
      reports: () => reports,
      async finish(succeeded) {
        // It may have failed before it came to what an earlier host left running.
        if (!succeeded && attempt.before !== 'nothing') {
          const { endAttempt } = await superviseShellModule();
          await endAttempt(folder.path, actionExecutionId);
        }
        if (!succeeded && folder.isUsed() && existsSync(folder.workspace)) {
          // On a full disk it would be in the way of its own journal.
          if (isDiskFull(dataDirectory)) rmSync(folder.workspace, { recursive: true, force: true });
          else keepWorkspace(dataDirectory, pipelineName, folder);
        }
        await log.finish();
      },
      async clear() {
        if (!folder.isUsed()) return;
        const inputBytes = attempt.inputArtifacts.reduce((sum, { size }) => sum + size, 0);
        const ranMs = now() - attempt.startedAt;
        const isOver = loopOf(pipelineName).state(pipelineExecutionId) === undefined;
        await cleaner.remove({ path: folder.workspace, pipelineExecutionId, isOver, inputBytes, ranMs });
      },
    };
  };

  return {
    make,
    closing: closingOf,
    forget(actionExecutionId) {
      approvals.delete(actionExecutionId);
      return soon.take(actionExecutionId);
    },
    isQuiet: (actionExecutionId) => approvals.has(actionExecutionId) || waiting.has(actionExecutionId),
    answer(token, answer) {
      for (const [actionExecutionId, waiting] of approvals) {
        if (waiting.token !== token) continue;
        approvals.delete(actionExecutionId);
        waiting.resolve(answer);
      }
    },
    async readLog(folder, isRunning, offset, limit, marks) {
      const [{ readLogRange }, { readMarks }] = await readLogModules();
      const range = { ...(await readLogRange(folder.log, offset, limit, !isRunning)), complete: !isRunning };
      const known = marks && (logs.marksOf(basename(folder.path)) ?? (await readMarks(folder.log)));
      return known ? { ...range, marks: known.map(([at, size]): [number, number] => [at, size]) } : range;
    },
    executionEnded(pipelineExecutionId) {
      options.endpoint?.executionEnded(pipelineExecutionId);
      closings.delete(pipelineExecutionId);
      cleaner.executionEnded(pipelineExecutionId);
    },
    leave: (pipelineExecutionId) => closings.get(pipelineExecutionId)?.abort(),
    close() {
      for (const closing of closings.values()) closing.abort();
      soon.close();
      cleaner.close();
      logs.close();
    },
  };
}

function onAbort(signal: AbortSignal, listener: () => void): void {
  if (signal.aborted) listener();
  else signal.addEventListener('abort', listener, { once: true });
}

/** Not shown: what ends an aborted action says why. */
const aborted = () => new ActionFailure('SystemUnavailable', 'The action was ended.');

/** Whatever went wrong, with what the person should look at first. */
function dueToFullDisk(cause: unknown, folder: string): ActionFailure {
  const what = cause instanceof Error ? cause.message : String(cause);
  return new ActionFailure(
    cause instanceof ActionFailure ? cause.code : 'SystemUnavailable',
    `The disk is full that holds ${folder}. ${what}`,
    'Free some space, then retry the stage.',
    { cause },
  );
}
