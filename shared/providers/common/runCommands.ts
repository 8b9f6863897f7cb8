import { ActionFailure, type ActionOutcome, type ActionRun } from '../host.ts';
import { declaredArtifacts } from './runCodeBuild.ts';

export const WINDOWS = 'WINDOWS_SERVER_2022_CONTAINER';

/**
 * Runs the action's `commands` as one list in the folder of its first input artifact (reference/buildspec.md §14); a rule may
 * have none, and then they run in an empty folder.
 */
export async function runCommands(
  run: ActionRun<'EnvironmentType'>,
  { needsInput = true } = {},
): Promise<ActionOutcome> {
  const { configuration, action, stageName, pipelineName, inputs, host } = run;
  if (configuration.EnvironmentType === WINDOWS) {
    throw new ActionFailure(
      'ConfigurationError',
      'Windows commands do not run in a local shell.',
      'Choose LINUX_CONTAINER for local runs, or push the pipeline and run it in AWS.',
    );
  }
  const commands = action.commands ?? [];
  if (commands.length === 0) {
    throw new ActionFailure('ConfigurationError', 'The action has no commands.', 'Enter at least one command.');
  }
  const [primary] = inputs;
  if (!primary && needsInput) {
    throw new ActionFailure('ConfigurationError', 'The action has no input artifact.', 'Connect an artifact to it.');
  }
  const result = await host.build({
    kind: 'commands',
    projectName: `${pipelineName}-${stageName}-${action.name}`,
    commands,
    primarySource: primary?.name ?? '',
    environment: action.environmentVariables ?? [],
    exportNames: action.outputVariables,
    files: action.outputArtifacts?.[0]?.files,
  });
  return {
    outputVariables: result.exportedVariables,
    outputArtifacts: declaredArtifacts(run, result.outputArtifacts),
    externalExecutionId: result.buildId,
    summary: 'Build terminated with state: SUCCEEDED',
  };
}
