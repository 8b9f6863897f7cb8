import { describe, expect, it } from 'vitest';
import { acknowledge, dispatch, end, isOffered, type Job, OFFERED_AGAIN_MS, queued } from './job.ts';
import { evolveJobs, jobOfRecord } from './jobRecord.ts';

const waiting = queued('j1', 1000);
const offered = dispatch(waiting, '7', 2000);
const working = acknowledge(offered, '7');
const done = { status: 'Succeeded' } as const;

describe('a job (execution-semantics.md §17)', () => {
  it('is offered from its time on, and again when nobody acknowledged it', () => {
    expect([999, 1000].map((now) => isOffered(waiting, now))).toEqual([false, true]);
    expect([2000, 2000 + OFFERED_AGAIN_MS].map((now) => isOffered(offered, now))).toEqual([false, true]);
    expect(isOffered(working, 1e9), 'whoever works on it keeps it').toBe(false);
  });

  it('goes Queued, Dispatched, InProgress, Succeeded or Failed', () => {
    const failed = { status: 'Failed', type: 'JobFailed', message: 'no' } as const;
    expect([waiting, offered, working, end(working, done), end(working, failed)].map(({ status }) => status)).toEqual([
      'Queued',
      'Dispatched',
      'InProgress',
      'Succeeded',
      'Failed',
    ]);
  });

  it('is taken only with the number of its latest offer', () => {
    const again = dispatch(offered, '8', 40_000);
    for (const [job, nonce] of [
      [waiting, '7'],
      [again, '7'],
      [again, ''],
    ] as [Job, string][]) {
      expect(() => acknowledge(job, nonce)).toThrow(expect.objectContaining({ type: 'InvalidNonceException' }));
    }
    expect(acknowledge(working, '7'), 'told twice').toBe(working);
  });

  it('takes a result only from whoever works on it, and only one', () => {
    for (const job of [waiting, offered, end(working, done)]) {
      expect(() => end(job, done)).toThrow(expect.objectContaining({ type: 'InvalidJobStateException' }));
    }
  });
});

describe('what the journal knows of jobs', () => {
  const at = { seq: 1, at: 500, mono: 0, stageName: 'S', actionName: 'A', actionExecutionId: 'a', jobId: 'j1' };
  const one = evolveJobs(undefined, { ...at, type: 'JobQueued', availableAt: 500 });
  const statusOf = (state: typeof one) => jobOfRecord(state.jobs[0]!).status;

  it('gives a later host the job as it may be: one that was only offered has to be asked for again', () => {
    const acknowledged = evolveJobs(one, { ...at, type: 'JobAcknowledged' });
    const finished = evolveJobs(acknowledged, { ...at, type: 'JobFinished', result: done });
    expect([one, acknowledged, finished].map(statusOf)).toEqual(['Queued', 'InProgress', 'Succeeded']);
  });

  it('keeps the first result and the newest upload of a name', () => {
    const failed = { status: 'Failed', type: 'JobFailed', message: 'no' } as const;
    const finished = evolveJobs(one, { ...at, type: 'JobFinished', result: done });
    expect(evolveJobs(finished, { ...at, type: 'JobFinished', result: failed }).jobs).toEqual(finished.jobs);
    const upload = (digest: string) => ({
      ...at,
      type: 'JobArtifactStored' as const,
      artifact: { name: 'O', digest, size: 1 },
    });
    expect(evolveJobs(evolveJobs(one, upload('a')), upload('b')).uploads).toEqual([
      { name: 'O', digest: 'b', size: 1 },
    ]);
  });

  it('takes facts of jobs it does not know, and a job told twice, for nothing', () => {
    expect(evolveJobs(one, { ...at, jobId: 'j9', type: 'JobFinished', result: done }).jobs).toEqual(one.jobs);
    expect(evolveJobs(one, { ...at, type: 'JobQueued', availableAt: 9 })).toBe(one);
  });
});
