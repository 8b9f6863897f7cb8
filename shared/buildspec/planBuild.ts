import type { BuildRequest } from '../providers/host.ts';
import type { ArtifactsSpec, Buildspec, BuildspecPhase, CacheSpec, ReportSpec } from './buildspec.ts';

/** A variable of the build's environment; `value` is a reference for the types that CodeBuild looks up. */
export interface PlannedVariable {
  name: string;
  value: string;
  type: 'PLAINTEXT' | 'PARAMETER_STORE' | 'SECRETS_MANAGER';
  /** Who set it, for messages. */
  from: 'CodeBuild' | 'the buildspec' | 'the project' | 'the action';
}

/** What a build does, decided before anything runs. */
export interface BuildPlan {
  shell: 'sh' | 'bash';
  /** Version 0.1: every command in a shell of its own (§13). */
  separateShells: boolean;
  phases: readonly BuildspecPhase[];
  runtimeVersions: ReadonlyMap<string, string>;
  /** One entry a name, the winner of §3's order. */
  environment: readonly PlannedVariable[];
  /** Variables whose values at the end of the last phase become output variables. */
  exportedVariables: readonly string[];
  reports: readonly ReportSpec[];
  cache?: CacheSpec;
  /** Variables that patterns and names of artifacts and reports mention; their values at the end are needed. */
  artifactVariables: readonly string[];
  /** What becomes of each declared output artifact that the build describes. */
  outputs: readonly { artifactName: string; spec: ArtifactsSpec }[];
  /** Sentences for the log: what differs from CodeBuild in this run. */
  notes: readonly string[];
}

export interface PlanInput {
  request: BuildRequest;
  /** Absent for a request of kind `commands`. */
  buildspec?: Buildspec;
  /** CODEBUILD_* and the Region. */
  given: ReadonlyMap<string, string>;
  /** Of the bound project. */
  projectEnvironment?: Readonly<Record<string, string>>;
  /** Names of the action's output artifacts, in order. */
  outputArtifacts: readonly string[];
}

/** Turns a buildspec (or a list of commands) and its request into a plan. Pure: looks up and runs nothing. */
export function planBuild(input: PlanInput): BuildPlan {
  const { request, buildspec } = input;
  const notes: string[] = [];
  const environment = planEnvironment(input, notes);
  const phases = buildspec?.phases ?? [{ name: 'BUILD' as const, commands: request.commands ?? [], finally: [] }];
  const outputs = planOutputs(input, notes);
  const reports = buildspec?.reports ?? [];
  for (const { artifactName } of outputs.filter(({ spec }) => spec.enableSymlinks)) {
    notes.push(
      `enable-symlinks has no effect on "${artifactName}": a local artifact holds what a link points at, not the link.`,
    );
  }
  const secret = new Set(environment.filter(({ type }) => type !== 'PLAINTEXT').map(({ name }) => name));
  const exportedVariables = [...new Set([...(buildspec?.exportedVariables ?? []), ...(request.exportNames ?? [])])];
  for (const name of exportedVariables.filter((exported) => secret.has(exported))) {
    notes.push(`"${name}" is not exported: its value comes from a secret.`);
  }
  for (const name of exportedVariables.filter((exported) => !VARIABLE_NAME.test(exported))) {
    notes.push(`"${name}" is not exported: a shell has no variable of this name.`);
  }
  return {
    shell: buildspec?.shell ?? 'sh',
    separateShells: buildspec?.version === '0.1',
    phases,
    runtimeVersions: buildspec?.runtimeVersions ?? new Map(),
    environment,
    exportedVariables: exportedVariables.filter((name) => !secret.has(name) && VARIABLE_NAME.test(name)),
    artifactVariables: [
      ...new Set([
        ...outputs.flatMap(({ spec }) => variablesOf(spec.baseDirectory, ...spec.files, ...spec.excludePaths)),
        ...reports.flatMap(({ name, baseDirectory, files }) => variablesOf(name, baseDirectory, ...files)),
        ...variablesOf(...(buildspec?.cache?.paths ?? [])),
      ]),
    ],
    outputs,
    reports,
    ...(buildspec?.cache ? { cache: buildspec.cache } : {}),
    notes,
  };
}

const VARIABLE_NAME = /^[A-Za-z_][A-Za-z0-9_]*$/;

/** Precedence of reference/buildspec.md §3: what CodeBuild gives < buildspec < project < action. CODEBUILD_ names are reserved. */
function planEnvironment(
  { request, buildspec, given, projectEnvironment }: PlanInput,
  notes: string[],
): PlannedVariable[] {
  const byName = new Map<string, PlannedVariable>();
  const set = (variable: PlannedVariable) => {
    if (variable.from !== 'CodeBuild' && variable.name.startsWith('CODEBUILD_')) {
      notes.push(`"${variable.name}" of ${variable.from} is ignored: names beginning with CODEBUILD_ are reserved.`);
    } else byName.set(variable.name, variable);
  };
  for (const [name, value] of given) set({ name, value, type: 'PLAINTEXT', from: 'CodeBuild' });
  for (const [type, names] of [
    ['PLAINTEXT', buildspec?.variables],
    ['PARAMETER_STORE', buildspec?.parameterStore],
    ['SECRETS_MANAGER', buildspec?.secretsManager],
  ] as const) {
    for (const [name, value] of names ?? []) set({ name, value, type, from: 'the buildspec' });
  }
  for (const [name, value] of Object.entries(projectEnvironment ?? {})) {
    set({ name, value, type: 'PLAINTEXT', from: 'the project' });
  }
  for (const { name, value, type } of request.environment)
    set({ name, value, type: type ?? 'PLAINTEXT', from: 'the action' });
  return [...byName.values()];
}

/** Which block of the buildspec belongs to which output artifact of the action (§8, "In a pipeline"). */
function planOutputs({ request, buildspec, outputArtifacts }: PlanInput, notes: string[]): BuildPlan['outputs'] {
  const specOf = (artifactName: string): ArtifactsSpec | undefined => {
    if (request.kind === 'commands') return commandsFiles(request.files);
    if (outputArtifacts.length === 1) return buildspec?.artifacts;
    return buildspec?.secondaryArtifacts.get(artifactName);
  };
  return outputArtifacts.flatMap((artifactName) => {
    const spec = specOf(artifactName);
    if (spec) return [{ artifactName, spec }];
    const section =
      outputArtifacts.length === 1 ? 'artifacts section' : `artifacts/secondary-artifacts/${artifactName}`;
    const why = request.kind === 'commands' ? 'The output artifact lists no files' : `The buildspec has no ${section}`;
    notes.push(`${why}, so the output artifact "${artifactName}" will not exist.`);
    return [];
  });
}

/** The files of a Commands action: A pattern that ends in `**` or in `**` and a slash means everything below, as AWS's own sample has it (§14). */
function commandsFiles(files: readonly string[] | undefined): ArtifactsSpec | undefined {
  if (!files?.length) return undefined;
  return { files, excludePaths: [], baseDirectory: '', discardPaths: false, enableSymlinks: false };
}

/** Names in `$NAME` and `${NAME}`. */
export const VARIABLE_REFERENCE = /\$(?:\{([A-Za-z_][A-Za-z0-9_]*)\}|([A-Za-z_][A-Za-z0-9_]*))/g;

function variablesOf(...texts: string[]): string[] {
  return texts.flatMap((text) =>
    [...text.matchAll(VARIABLE_REFERENCE)].map((match) => (match[1] ?? match[2]) as string),
  );
}
