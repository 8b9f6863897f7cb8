import { ActionFailure, type ActionOutcome, type ActionRun, type Artifact } from './host.ts';

/**
 * The one home of simulated actions: types whose effect exists only in AWS. The log says so, says what AWS would have done,
 * and the result is what the binding scripts; nothing here reaches a network or starts a process.
 */

/** Long enough to be seen on the canvas, short enough not to be waited for. A binding's `delayMs` replaces it. */
export const DEFAULT_DELAY_MS = 500;

export interface Simulation {
  /** Completes the sentence "AWS would …". Must not contain secret configuration values. */
  wouldDo: string;
  /** The documented output variables of the type. */
  outputVariables?: readonly { name: string }[];
  /** Output variables whose true value follows from the configuration. */
  known?: Readonly<Record<string, string | undefined>>;
  /** Files that consumers look for in the output artifacts, beside SIMULATED.txt. */
  files?: Readonly<Record<string, string>>;
}

/** Plays a simulated action. Throws an ActionFailure `JobFailed` when the binding says that it fails. */
export async function simulate(run: ActionRun, simulation: Simulation): Promise<ActionOutcome> {
  const { host, action, binding } = run;
  const script = binding?.kind === 'simulation' ? binding : undefined;
  host.log(`Simulated: nothing leaves this machine. AWS would ${simulation.wouldDo}.`);
  await host.delay(script?.delayMs ?? DEFAULT_DELAY_MS);
  if (script?.result === 'Failed') {
    throw new ActionFailure(
      'JobFailed',
      script.message ?? 'The simulated action is set to fail.',
      'Change the result in the simulation settings of this action.',
    );
  }
  const outputVariables: Record<string, string> = {};
  for (const { name } of simulation.outputVariables ?? []) {
    outputVariables[name] = simulation.known?.[name] ?? `simulated-${name}`;
  }
  Object.assign(outputVariables, script?.outputVariables);
  const outputArtifacts: Artifact[] = [];
  for (const { name } of action.outputArtifacts ?? []) {
    const path = ownValue(script?.outputArtifacts, name);
    outputArtifacts.push(
      path === undefined
        ? await host.makeArtifact(name, { ...simulation.files, 'SIMULATED.txt': explanation(run, simulation, name) })
        : await host.importArtifact(name, path),
    );
  }
  for (const [name, value] of Object.entries(outputVariables)) host.log(`Output variable ${name}=${value}`);
  return { outputVariables, outputArtifacts, summary: script?.message ?? 'Simulated.' };
}

function explanation({ action, stageName }: ActionRun, { wouldDo }: Simulation, name: string): string {
  return [
    `This is artifact "${name}" of the simulated action ${stageName}/${action.name}.`,
    `AWS would ${wouldDo}.`,
    'To use real content, bind this artifact to a folder or zip in the simulation settings of the action.',
    '',
  ].join('\n');
}

/** Artifact names are free text, so a name such as "constructor" must not find an inherited member. */
function ownValue(map: Readonly<Record<string, string>> | undefined, key: string): string | undefined {
  return map && Object.hasOwn(map, key) ? map[key] : undefined;
}
