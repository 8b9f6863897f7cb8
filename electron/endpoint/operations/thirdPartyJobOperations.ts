import { JobError } from '../../../shared/jobs/jobError.ts';
import type { LiveAction } from '../jobRegistry.ts';
import { ANY_RUN } from '../runKeys.ts';
import { isSame } from '../verifySignature.ts';
import { detailsOf, MOST_OFFERED, notPolled, type PollInput } from './jobOperations.ts';
import { type FailureInput, failureResult, type SuccessInput, successResult } from './jobResults.ts';
import type { Caller, Operation } from './operation.ts';

/** Jobs of partner actions: as those of custom ones, but a worker shows its client token, and a poll answers only ids. */
export const thirdPartyJobOperations = {
  async PollForThirdPartyJobs(input: PollInput, { scope, registry, keys }: Caller) {
    const { actionTypeId, maxBatchSize = MOST_OFFERED } = input;
    if (actionTypeId.owner !== 'ThirdParty') throw notPolled(actionTypeId, 'PollForJobs');
    const jobs = registry.poll(scope, actionTypeId, maxBatchSize, {});
    return {
      jobs: jobs.map(({ live, job }) => ({
        clientId: keys.clientOf(clientScope(scope, live)).clientId,
        jobId: job.jobId,
      })),
    };
  },

  async AcknowledgeThirdPartyJob(input: PartnerInput & { nonce: string }, caller: Caller) {
    return { status: await caller.registry.acknowledge(partnerJob(input, caller), input.nonce) };
  },

  async GetThirdPartyJobDetails(input: PartnerInput, caller: Caller) {
    const found = partnerJob(input, caller);
    const { id, data } = detailsOf(found, caller.keys);
    const { nonce } = found.job;
    return { jobDetails: { id, data, ...(nonce === undefined ? {} : { nonce }) } };
  },

  async PutThirdPartyJobSuccessResult(input: PartnerInput & SuccessInput, caller: Caller) {
    const found = partnerJob(input, caller);
    const { outputVariables: _, ...rest } = input; // partners have none: the request has no such member
    await caller.registry.finish(found, successResult(rest, found.live.action.mask));
    return undefined;
  },

  async PutThirdPartyJobFailureResult(input: PartnerInput & FailureInput, caller: Caller) {
    const found = partnerJob(input, caller);
    await caller.registry.finish(found, failureResult(input, found.live.action.mask));
    return undefined;
  },
} satisfies Record<string, Operation>;

interface PartnerInput {
  jobId: string;
  clientToken: string;
}

/** Whose client id and token are asked for: those of the execution, or of a worker of every run. */
const clientScope = ({ id }: Caller['scope'], { action }: LiveAction): string =>
  id === ANY_RUN ? ANY_RUN : action.subject.pipelineExecutionId;

function partnerJob({ jobId, clientToken }: PartnerInput, { scope, registry, keys }: Caller) {
  const found = registry.find(scope, jobId, true);
  if (!isSame(clientToken, keys.clientOf(clientScope(scope, found.live)).clientToken)) {
    throw new JobError('InvalidClientTokenException', `The client token is not the one of job ${jobId}.`);
  }
  return found;
}
