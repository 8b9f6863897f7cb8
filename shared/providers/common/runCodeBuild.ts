import { ActionFailure, type ActionOutcome, type ActionRun, type Artifact } from '../host.ts';
import { checkCombineArtifacts, isTrue } from './codeBuildFields.ts';
import { parseEnvironmentVariables } from './parseEnvironmentVariables.ts';

type CodeBuildKey =
  | 'ProjectName'
  | 'PrimarySource'
  | 'BatchEnabled'
  | 'BuildspecOverride'
  | 'CombineArtifacts'
  | 'EnvironmentVariables';

/** Runs the buildspec of the primary source (or the override, or the bound project's), in a shell or a container. */
export async function runCodeBuild(run: ActionRun<CodeBuildKey>): Promise<ActionOutcome> {
  const { configuration, binding, host } = run;
  if (isTrue(configuration.BatchEnabled)) {
    throw new ActionFailure(
      'ConfigurationError',
      'Batch builds do not run locally.',
      'Set BatchEnabled to false for local runs, or push the pipeline and run it in AWS.',
    );
  }
  const [combine] = checkCombineArtifacts(configuration);
  if (combine) throw new ActionFailure('ConfigurationError', combine.what, combine.fix);
  const primarySource = primarySourceOf(run);
  checkIdentifiers(run, primarySource);
  const project = binding?.kind === 'project' ? binding : undefined;
  const result = await host.build({
    kind: 'buildspec',
    projectName: configuration.ProjectName ?? '',
    buildspec: localBuildspec(configuration.BuildspecOverride, project?.buildspec, host.log),
    primarySource,
    environment: parseEnvironmentVariables(configuration.EnvironmentVariables),
  });
  return {
    outputVariables: result.exportedVariables,
    outputArtifacts: declaredArtifacts(run, result.outputArtifacts),
    externalExecutionId: result.buildId,
    summary: 'Build terminated with state: SUCCEEDED',
  };
}

/**
 * The declared output artifacts that the build produced. One that was not produced is no failure: it does not exist, and
 * its consumer fails (reference/buildspec.md §8).
 */
export function declaredArtifacts({ action, host }: ActionRun, produced: readonly Artifact[]): Artifact[] {
  const artifacts: Artifact[] = [];
  for (const { name } of action.outputArtifacts ?? []) {
    const artifact = produced.find((candidate) => candidate.name === name);
    if (artifact) artifacts.push(artifact);
    else host.log(`Output artifact "${name}" was not produced, so actions that need it will fail.`);
  }
  return artifacts;
}

function primarySourceOf({ configuration: { PrimarySource }, inputs }: ActionRun<CodeBuildKey>): string {
  const names = inputs.map((input) => input.name);
  const [only] = names;
  const chosen = PrimarySource ?? (names.length === 1 ? only : undefined);
  if (chosen !== undefined && names.includes(chosen)) return chosen;
  throw new ActionFailure(
    'ConfigurationError',
    PrimarySource === undefined
      ? `PrimarySource is missing, and the action has ${names.length} input artifacts.`
      : `PrimarySource "${PrimarySource}" is no input artifact of the action.`,
    names.length === 0 ? 'Give the action an input artifact.' : `Choose one of ${names.join(', ')}.`,
  );
}

/** Names that become identifiers inside CodeBuild (reference/validation.md A-038). */
function checkIdentifiers({ action, inputs }: ActionRun, primarySource: string): void {
  const outputs = (action.outputArtifacts ?? []).map((output) => output.name);
  const secondary = inputs.map((input) => input.name).filter((name) => name !== primarySource);
  const faulty = [...secondary, ...(outputs.length > 1 ? outputs : [])].find((name) => !/^\w{1,127}$/.test(name));
  if (faulty === undefined) return;
  throw new ActionFailure(
    'ConfigurationError',
    `Invalid input: identifier "${faulty}". CodeBuild takes letters, digits and underscores in secondary artifact names.`,
    `Rename the artifact "${faulty}", for example to "${faulty.replaceAll(/\W/g, '_')}".`,
  );
}

/** The override, else the project's. One in S3 cannot be read here: then the bound project's stands for it. */
function localBuildspec(
  override: string | undefined,
  ofProject: string | undefined,
  log: (line: string) => void,
): string | undefined {
  const isInS3 = (buildspec: string | undefined) => buildspec?.startsWith('arn:') === true;
  const chosen = isInS3(override) && ofProject ? ofProject : (override ?? ofProject);
  if (!isInS3(chosen)) {
    if (chosen !== override && override) log(`The buildspec of the bound project stands for ${override}.`);
    return chosen;
  }
  throw new ActionFailure(
    'ConfigurationError',
    'A buildspec in S3 cannot be read in a local run.',
    'Bind the CodeBuild project and give its buildspec there, or use a path in the source.',
  );
}
