import type { Fidelity } from '../../shared/providers/provider.ts';

const TEXTS: Readonly<Record<Fidelity, string>> = {
  real: 'real run',
  emulated: 'emulated',
  simulated: 'simulated',
};

/** What an action is in a local run, in words for a name or a line: "real run", "emulated", "simulated". */
export const fidelityText = (fidelity: Fidelity): string => TEXTS[fidelity];
