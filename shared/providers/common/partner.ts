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

export const simulatePartner =
  (service: string): Provider['run'] =>
  (run) =>
    simulate(run, { wouldDo: `hand the job to ${service} and wait for its answer` });
