import type { Fidelity } from '../../shared/providers/provider.ts';
import { strings } from '../strings/strings.ts';

/** What an action is in a local run, in words for a name or a line: "real run", "emulated", "simulated". */
export const fidelityText = (fidelity: Fidelity): string => strings.ui.fidelity[fidelity];
