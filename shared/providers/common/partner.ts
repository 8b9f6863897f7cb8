import { jobOrScript } from '../../jobs/runJob.ts';
import type { Provider } from '../provider.ts';
import { simulate } from '../simulate.ts';
import { scriptedOutcome } from './bindings.ts';

/** What is the same for every type whose work is done by somebody else's service: no published keys, nothing local. */

export const anyArtifacts: Provider['artifacts'] = { inputs: [0, 5], outputs: [0, 5] };

/** Time limit of custom action types in minutes: 24 h (reference/actions.md, Timeouts). */
export const CUSTOM_TIMEOUT_MINUTES = 1440;

export const simulatedService = (service: string): Provider['local'] => ({
  fidelity: 'simulated',
  note: `${service} is not called; the action ends as you set it.`,
  binding: scriptedOutcome,
});

/** Types that AWS, too, hands to a job worker: scripted, unless a worker is to do it. */
export const jobWorkerService = (service: string): Provider['local'] => ({
  fidelity: 'simulated',
  note: `${service} is not called: the action ends as you set it, or it waits for a job worker that polls for jobs.`,
  binding: {
    kinds: ['simulation', 'jobWorker'],
    required: false,
    question: 'Who does the work of this action?',
  },
  // The worker is a program of its own: it needs none of the places of this machine's actions.
  bound: { jobWorker: { fidelity: 'real', usesSlot: false } },
});

export const runPartnerJob = (service: string): Provider['run'] => jobOrScript(simulatePartner(service));

export const simulatePartner =
  (service: string): Provider['run'] =>
  (run) =>
    simulate(run, { wouldDo: `hand the job to ${service} and wait for its answer` });
