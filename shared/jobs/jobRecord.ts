import type { ArtifactRecord, ExecutionEvent } from '../execution/events.ts';
import { type Job, type JobResult, queued } from './job.ts';

/** What the journal knows of the jobs of one action execution, oldest first: enough to offer them again after a crash. */
export interface JobsState {
  readonly jobs: readonly JobRecord[];
  /** Output artifacts that were uploaded so far; the newest of a name counts. */
  readonly uploads: readonly ArtifactRecord[];
}

export interface JobRecord {
  readonly jobId: string;
  /** Milliseconds since 1970. */
  readonly queuedAt: number;
  readonly availableAt: number;
  readonly continuationToken: string | undefined;
  readonly acknowledgedAt: number | undefined;
  readonly result: JobResult | undefined;
}

const none: JobsState = { jobs: [], uploads: [] };

type JobEvent = Extract<
  ExecutionEvent,
  { type: 'JobQueued' | 'JobAcknowledged' | 'JobArtifactStored' | 'JobFinished' }
>;

/** What is true of an action's jobs after an event. Facts of jobs that it does not know change nothing. */
export function evolveJobs(state: JobsState | undefined, event: JobEvent): JobsState {
  const known = state ?? none;
  const withJob = (change: (job: JobRecord) => JobRecord): JobsState => ({
    ...known,
    jobs: known.jobs.map((job) => (job.jobId === event.jobId ? change(job) : job)),
  });
  switch (event.type) {
    case 'JobQueued': {
      const { jobId, availableAt, continuationToken } = event;
      if (known.jobs.some((job) => job.jobId === jobId)) return known;
      const job = { jobId, queuedAt: event.at, availableAt, continuationToken };
      return { ...known, jobs: [...known.jobs, { ...job, acknowledgedAt: undefined, result: undefined }] };
    }
    case 'JobAcknowledged':
      return withJob((job) => ({ ...job, acknowledgedAt: job.acknowledgedAt ?? event.at }));
    case 'JobArtifactStored': {
      const others = known.uploads.filter(({ name }) => name !== event.artifact.name);
      return { ...known, uploads: [...others, event.artifact] };
    }
    case 'JobFinished':
      return withJob((job) => ({ ...job, result: job.result ?? event.result }));
    default:
      return event satisfies never;
  }
}

/** The job as a host that comes back finds it: who was offered it and did not acknowledge has to ask again. */
export function jobOfRecord({ jobId, availableAt, continuationToken, acknowledgedAt, result }: JobRecord): Job {
  const job = queued(jobId, availableAt, continuationToken);
  if (result) return { ...job, status: result.status };
  return acknowledgedAt === undefined ? job : { ...job, status: 'InProgress' };
}
