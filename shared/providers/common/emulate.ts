import type { ActionOutcome, ActionRun } from '../host.ts';
import type { Provider } from '../provider.ts';
import { type Simulation, simulate } from '../simulate.ts';

/**
 * The one home of emulated actions: the inputs are checked as AWS checks them, the effect stays on this machine. The log
 * begins with what is checked and what is not, so that nobody takes a green action for more than it is. A binding of the
 * kind `simulation` replaces all of it by a scripted result.
 */
export interface Emulation<Key extends string = string> {
  /** Completes "Checked here: …". */
  checks: string;
  /** Completes "Only AWS can tell: …". */
  leaves: string;
  /** What a scripted result says of itself. */
  scripted(run: ActionRun<Key>): Simulation;
  /** Loads the checks, which the window and other actions do without. */
  load(): Promise<(run: ActionRun<Key>) => Promise<ActionOutcome>>;
}

export function emulate<Key extends string>(emulation: Emulation<Key>): Provider<Key>['run'] {
  return async (run) => {
    if (run.binding?.kind === 'simulation') return simulate(run as ActionRun, emulation.scripted(run));
    run.host.log(
      `Emulated: nothing leaves this machine. Checked here: ${emulation.checks}. Only AWS can tell: ${emulation.leaves}.`,
    );
    const outcome = await (await emulation.load())(run);
    for (const [name, value] of Object.entries(outcome.outputVariables ?? {})) {
      run.host.log(`Output variable ${name}=${value}`);
    }
    return outcome;
  };
}

/** With a scripted result the action is a simulated one, and takes no place of those that work. */
export const scriptedWhenSimulated: Provider['local']['bound'] = {
  simulation: { fidelity: 'simulated', usesSlot: false },
};

/** What most emulated types are: they need nothing of this machine; a person may script their end instead. */
export const emulatedLocally = (note: string): Provider['local'] => ({
  fidelity: 'emulated',
  note,
  binding: {
    kinds: ['simulation'],
    required: false,
    question: 'How should this action end, if not by its local checks?',
  },
  bound: scriptedWhenSimulated,
});
