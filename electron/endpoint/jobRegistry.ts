import { randomInt } from 'node:crypto';
import type { ArtifactRecord, Happening } from '../../shared/execution/events.ts';
import {
  acknowledge,
  dispatch,
  end,
  isOffered,
  type Job,
  type JobResult,
  type JobStatus,
  queued,
} from '../../shared/jobs/job.ts';
import { JobError } from '../../shared/jobs/jobError.ts';
import { evolveJobs, type JobRecord, type JobsState, jobOfRecord } from '../../shared/jobs/jobRecord.ts';
import type { ActionTypeId } from '../../shared/model/declaration.ts';
import type { Artifact } from '../../shared/providers/host.ts';
import type { JobAction } from '../parts.ts';
import { ANY_RUN, type Scope } from './runKeys.ts';

/**
 * The jobs that this host's running actions wait for. What is answered to a worker is on disk before; only who was offered a
 * job is not written down, because a job that was offered in vain is offered again.
 */
export interface JobRegistry {
  add(action: JobAction): Promise<LiveAction>;
  /** Jobs of custom (or partner) actions that wait for a worker, marked as dispatched. */
  poll(
    scope: Scope,
    actionTypeId: ActionTypeId,
    most: number,
    configuration: Readonly<Record<string, string>>,
  ): LiveJob[];
  /** @throws JobError JobNotFoundException also for jobs of others. */
  find(scope: Scope, jobId: string, isOfPartner: boolean): LiveJob;
  acknowledge(found: LiveJob, nonce: string): Promise<JobStatus>;
  finish(found: LiveJob, result: JobResult): Promise<void>;
  /** The action whose artifacts these credentials open; undefined for a worker's. */
  actionOf(scope: Scope): LiveAction | undefined;
  upload(live: LiveAction, artifact: ArtifactRecord): Promise<void>;
  executionEnded(pipelineExecutionId: string): string[];
}

export interface LiveJob {
  readonly live: LiveAction;
  readonly job: Job;
}

export interface LiveAction {
  readonly action: JobAction;
  readonly uploads: ReadonlyMap<string, Artifact>;
  latest(): JobRecord;
  begin(jobId: string): void;
  result(jobId: string): Promise<JobResult>;
  readonly isOver: boolean;
  end(): void;
}

export interface JobRegistryOptions {
  now: () => number;
  /** A lower-case UUID. */
  newId: () => string;
  /** From a continuation token to the next job. */
  continueAfterMs: number;
}

export function createJobRegistry({ now, newId, continueAfterMs }: JobRegistryOptions): JobRegistry {
  /** By actionExecutionId. */
  const actions = new Map<string, Entry>();

  const ofScope = ({ kind, id }: Scope): Entry[] => {
    if (kind === 'artifacts') return [];
    if (kind === 'function') return [actions.get(id)].filter((entry) => entry !== undefined);
    return [...actions.values()].filter(
      ({ action }) => action.kind === 'worker' && (id === ANY_RUN || action.subject.pipelineExecutionId === id),
    );
  };
  const entryOf = (live: LiveAction) => live as Entry;

  return {
    async add(action) {
      const entry = new Entry(action);
      actions.set(action.subject.actionExecutionId, entry);
      if (!action.known?.jobs.length) {
        const queuedFirst = { type: 'JobQueued', ...entry.place, jobId: newId(), availableAt: now() } as const;
        await entry.write([queuedFirst], now());
      }
      return entry;
    },

    poll(scope, actionTypeId, most, configuration) {
      const offered: LiveJob[] = [];
      for (const entry of scope.kind === 'worker' ? ofScope(scope) : []) {
        const { subject } = entry.action;
        const job = entry.jobs.get(entry.latest().jobId);
        if (offered.length >= most) break;
        if (entry.isOver || !job || !isOffered(job, now())) continue;
        if (!isSameType(subject.actionTypeId, actionTypeId)) continue;
        if (!Object.entries(configuration).every(([key, value]) => ownValue(subject.configuration, key) === value)) {
          continue;
        }
        const dispatched = dispatch(job, String(randomInt(1, 2 ** 47)), now());
        entry.jobs.set(job.jobId, dispatched);
        offered.push({ live: entry, job: dispatched });
      }
      return offered;
    },

    find(scope, jobId, isOfPartner) {
      for (const entry of ofScope(scope)) {
        const job = entry.jobs.get(jobId);
        const { owner } = entry.action.subject.actionTypeId;
        if (job && (owner === 'ThirdParty') === isOfPartner) return { live: entry, job };
      }
      throw new JobError('JobNotFoundException', `There is no job ${jobId}.`);
    },

    acknowledge({ live, job: { jobId } }, nonce) {
      const entry = entryOf(live);
      return entry.inTurn(async () => {
        const before = entry.jobs.get(jobId)!;
        const after = acknowledge(before, nonce);
        if (after !== before) {
          await entry.write([{ type: 'JobAcknowledged', ...entry.place, jobId }], now());
          entry.jobs.set(jobId, after);
        }
        return after.status;
      });
    },

    finish({ live, job: { jobId } }, result) {
      const entry = entryOf(live);
      return entry.inTurn(async () => {
        const after = end(entry.jobs.get(jobId)!, result);
        const continuationToken = result.status === 'Succeeded' ? result.continuationToken : undefined;
        const happenings: Happening[] = [{ type: 'JobFinished', ...entry.place, jobId, result }];
        if (continuationToken !== undefined) {
          const availableAt = now() + continueAfterMs;
          happenings.push({ type: 'JobQueued', ...entry.place, jobId: newId(), availableAt, continuationToken });
        }
        await entry.write(happenings, now());
        entry.jobs.set(jobId, after);
        entry.tell(jobId, result);
      });
    },

    actionOf: ({ kind, id }) => (kind === 'worker' ? undefined : actions.get(id)),

    upload(live, artifact) {
      const entry = entryOf(live);
      return entry.inTurn(async () => {
        if (entry.isOver) throw new JobError('InvalidJobStateException', 'The action has ended.');
        const { jobId } = entry.latest();
        await entry.write([{ type: 'JobArtifactStored', ...entry.place, jobId, artifact }], now());
      });
    },

    executionEnded(pipelineExecutionId) {
      const ended: string[] = [];
      for (const [id, { action }] of actions) {
        if (action.subject.pipelineExecutionId !== pipelineExecutionId) continue;
        ended.push(id);
        actions.delete(id);
      }
      return ended;
    },
  };
}

/** One action's jobs as they are now: what the journal knows, and who was offered the latest. */
class Entry implements LiveAction {
  readonly action: JobAction;
  readonly jobs = new Map<string, Job>();
  isOver = false;
  #state: JobsState;
  #turn: Promise<unknown> = Promise.resolve();
  readonly #waiting = new Map<string, (result: JobResult) => void>();

  constructor(action: JobAction) {
    this.action = action;
    this.#state = action.known ?? { jobs: [], uploads: [] };
    for (const record of this.#state.jobs) this.jobs.set(record.jobId, jobOfRecord(record));
  }

  get place() {
    const { stageName, actionName, actionExecutionId } = this.action.subject;
    return { stageName, actionName, actionExecutionId };
  }

  get uploads(): ReadonlyMap<string, Artifact> {
    return new Map(this.#state.uploads.map((artifact) => [artifact.name, artifact]));
  }

  latest(): JobRecord {
    const job = this.#state.jobs.at(-1);
    if (!job) throw new Error('An action was opened without a job.');
    return job;
  }

  begin(jobId: string): void {
    const job = this.jobs.get(jobId);
    if (job?.status === 'Queued') this.jobs.set(jobId, { ...job, status: 'InProgress' });
  }

  result(jobId: string): Promise<JobResult> {
    const known = this.#state.jobs.find((job) => job.jobId === jobId)?.result;
    if (known) return Promise.resolve(known);
    return new Promise((resolve) => {
      this.#waiting.set(jobId, resolve);
    });
  }

  tell(jobId: string, result: JobResult): void {
    this.#waiting.get(jobId)?.(result);
    this.#waiting.delete(jobId);
  }

  end(): void {
    this.isOver = true;
    for (const [jobId, job] of this.jobs) {
      if (job.status !== 'Succeeded' && job.status !== 'Failed') this.jobs.set(jobId, { ...job, status: 'TimedOut' });
    }
  }

  /** One change after another, so that each sees what the one before has written. */
  inTurn<T>(change: () => Promise<T>): Promise<T> {
    const turn = this.#turn.then(change);
    this.#turn = turn.catch(() => undefined);
    return turn;
  }

  /** Counts what is on disk, and nothing else. */
  async write(happenings: readonly Happening[], at: number): Promise<void> {
    await this.action.record(happenings);
    for (const happening of happenings) {
      this.#state = evolveJobs(this.#state, { seq: 0, mono: 0, at, ...happening } as Parameters<typeof evolveJobs>[1]);
      if (happening.type !== 'JobQueued') continue;
      const { jobId, availableAt, continuationToken } = happening;
      this.jobs.set(jobId, queued(jobId, availableAt, continuationToken));
    }
  }
}

const isSameType = (a: JobAction['subject']['actionTypeId'], b: ActionTypeId) =>
  a.category === b.category && a.owner === b.owner && a.provider === b.provider && a.version === b.version;

const ownValue = (values: Readonly<Record<string, string>>, key: string) =>
  Object.hasOwn(values, key) ? values[key] : undefined;
