import { JobError } from './jobError.ts';

/**
 * The life of a job (reference/execution-semantics.md §17): an action of a custom or partner type, or a Lambda invoke, waits
 * as a job until somebody says how it ended. Pure: every transition makes a new job, an impossible one throws a JobError
 * as CodePipeline answers it.
 */
export type JobStatus = 'Created' | 'Queued' | 'Dispatched' | 'InProgress' | 'TimedOut' | 'Succeeded' | 'Failed';

export type JobFailureType =
  | 'JobFailed'
  | 'ConfigurationError'
  | 'PermissionError'
  | 'RevisionOutOfSync'
  | 'RevisionUnavailable'
  | 'SystemUnavailable';

/** What a worker or function said at the end of one job. */
export type JobResult =
  | {
      status: 'Succeeded';
      /** The action goes on: a further job with this token is offered. */
      continuationToken?: string;
      summary?: string;
      externalExecutionId?: string;
      percentComplete?: number;
      outputVariables?: Record<string, string>;
      /** Custom source actions. */
      revision?: { revisionId: string; summary?: string };
    }
  | { status: 'Failed'; type: JobFailureType; message: string; externalExecutionId?: string };

export interface Job {
  readonly jobId: string;
  readonly status: JobStatus;
  /** Milliseconds since 1970: not offered before. */
  readonly availableAt: number;
  /** Of the job before it. */
  readonly continuationToken: string | undefined;
  /** Of the latest offer: only who got that one may acknowledge. */
  readonly nonce: string | undefined;
  /** Milliseconds since 1970, of the latest offer. */
  readonly offeredAt: number | undefined;
}

/** A job that nobody acknowledges for this long is offered again. */
export const OFFERED_AGAIN_MS = 30_000;

export function queued(jobId: string, availableAt: number, continuationToken?: string): Job {
  return { jobId, status: 'Queued', availableAt, continuationToken, nonce: undefined, offeredAt: undefined };
}

/** True when a poll at `now` may get it. */
export function isOffered(job: Job, now: number): boolean {
  if (now < job.availableAt) return false;
  if (job.status === 'Dispatched') return now - (job.offeredAt ?? 0) >= OFFERED_AGAIN_MS;
  return job.status === 'Queued';
}

export function dispatch(job: Job, nonce: string, now: number): Job {
  return { ...job, status: 'Dispatched', nonce, offeredAt: now };
}

/**
 * Whoever was offered the job takes it. Told again, it changes nothing, so that a lost answer does no harm.
 * @throws JobError InvalidNonceException for a number that is not of the latest offer.
 */
export function acknowledge(job: Job, nonce: string): Job {
  if (job.nonce === undefined || job.nonce !== nonce) {
    throw new JobError('InvalidNonceException', `The nonce does not belong to job ${job.jobId}.`);
  }
  return job.status === 'Dispatched' ? { ...job, status: 'InProgress' } : job;
}

/** @throws JobError InvalidJobStateException when nobody has taken the job, or it has ended. */
export function end(job: Job, result: JobResult): Job {
  if (job.status !== 'InProgress') {
    throw new JobError(
      'InvalidJobStateException',
      `Job ${job.jobId} is ${job.status}; only a job that is InProgress takes a result.`,
    );
  }
  return { ...job, status: result.status };
}
