import { jobData } from '../../../shared/jobs/jobData.ts';
import { JobError } from '../../../shared/jobs/jobError.ts';
import type { ActionTypeId } from '../../../shared/model/declaration.ts';
import type { LiveJob } from '../jobRegistry.ts';
import { type FailureInput, failureResult, type SuccessInput, successResult } from './jobResults.ts';
import type { Caller, Operation } from './operation.ts';

/** Jobs of custom actions, and results of Lambda functions (reference/api.md §3, execution-semantics.md §17). */
export const jobOperations = {
  async PollForJobs(input: PollInput, { scope, registry, keys }: Caller) {
    const { actionTypeId, maxBatchSize = MOST_OFFERED, queryParam = {} } = input;
    if (actionTypeId.owner !== 'Custom') throw notPolled(actionTypeId, 'PollForThirdPartyJobs');
    const jobs = registry.poll(scope, actionTypeId, maxBatchSize, queryParam);
    return { jobs: jobs.map((found) => ({ ...detailsOf(found, keys), nonce: found.job.nonce })) };
  },

  async AcknowledgeJob({ jobId, nonce }: { jobId: string; nonce: string }, { scope, registry }: Caller) {
    return { status: await registry.acknowledge(registry.find(scope, jobId, false), nonce) };
  },

  async GetJobDetails({ jobId }: { jobId: string }, { scope, registry, keys }: Caller) {
    return { jobDetails: detailsOf(registry.find(scope, jobId, false), keys) };
  },

  async PutJobSuccessResult(input: SuccessInput & { jobId: string }, { scope, registry }: Caller) {
    const found = registry.find(scope, input.jobId, false);
    await registry.finish(found, successResult(input, found.live.action.mask));
    return undefined;
  },

  async PutJobFailureResult(input: FailureInput & { jobId: string }, { scope, registry }: Caller) {
    const found = registry.find(scope, input.jobId, false);
    await registry.finish(found, failureResult(input, found.live.action.mask));
    return undefined;
  },
} satisfies Record<string, Operation>;

export interface PollInput {
  actionTypeId: ActionTypeId;
  maxBatchSize?: number;
  queryParam?: Record<string, string>;
}

/** How many are offered at once when a worker does not say. */
export const MOST_OFFERED = 1;

export const notPolled = ({ category, owner, provider, version }: ActionTypeId, instead: string) =>
  new JobError(
    'ActionTypeNotFoundException',
    `Jobs of ${category}/${owner}/${provider}/${version} are not polled for here${owner === 'AWS' ? '' : `; ask ${instead}`}.`,
  );

export function detailsOf({ live, job }: LiveJob, keys: Caller['keys']) {
  const { subject } = live.action;
  const credentials = keys.credentialsOf({ kind: 'artifacts', id: subject.actionExecutionId });
  return { id: job.jobId, data: jobData(subject, credentials, job.continuationToken), accountId: subject.account };
}
