import type { Field, FieldProblem } from '../provider.ts';

/** Fields of CodeBuild wherever it appears: build action, test action and rule. */
export const codeBuildFields = {
  ProjectName: {
    label: 'Project',
    type: 'string',
    required: 'always',
    placeholder: 'my-project',
    help: 'Name the CodeBuild project that runs.',
  },
  PrimarySource: {
    label: 'Primary source',
    type: 'artifactName',
    required: { inputArtifactsAtLeast: 2 },
    placeholder: 'the only input artifact',
    help: 'Choose the input artifact that holds the buildspec and becomes the working directory.',
  },
  BatchEnabled: {
    label: 'Batch build',
    type: 'boolean',
    default: 'false',
    help: 'Run the builds of the buildspec’s batch section.',
  },
  CombineArtifacts: {
    label: 'Combine batch artifacts',
    type: 'boolean',
    default: 'false',
    help: 'Put the artifacts of all builds of the batch into one zip; needs a batch build.',
  },
  EnvironmentVariables: {
    label: 'Environment variables',
    type: 'json',
    multiline: true,
    placeholder: '[{"name":"STAGE","value":"beta","type":"PLAINTEXT"}]',
    help: 'Add or replace environment variables as a JSON list, at most 1000 characters long.',
  },
} as const satisfies Record<string, Field>;

export const buildspecOverride: Field = {
  label: 'Buildspec',
  type: 'string',
  multiline: true,
  format: 'buildspec',
  placeholder: 'buildspec.yml',
  help: 'Replace the project’s buildspec for this action: YAML text, or a path in the primary source.',
};

/** Wire values of booleans: AWS writes `true`, older files also `True`. */
export const isTrue = (value: string | undefined): boolean => value?.toLowerCase() === 'true';

/** CombineArtifacts only means something for a batch (reference/validation.md A-033). */
export function checkCombineArtifacts(configuration: {
  readonly BatchEnabled?: string;
  readonly CombineArtifacts?: string;
}): FieldProblem[] {
  if (!isTrue(configuration.CombineArtifacts) || isTrue(configuration.BatchEnabled)) return [];
  return [
    {
      field: 'CombineArtifacts',
      what: 'Only the artifacts of a batch build can be combined.',
      fix: 'Turn on BatchEnabled, or turn off CombineArtifacts.',
    },
  ];
}

/**
 * names that become identifiers inside CodeBuild. AWS saves such a pipeline; its builds fail with "Invalid input:
 * identifier".
 */
export function checkIdentifiers(
  { PrimarySource }: { readonly PrimarySource?: string },
  { inputArtifacts, outputArtifacts }: { inputArtifacts: readonly string[]; outputArtifacts: readonly string[] },
): FieldProblem[] {
  const secondary = inputArtifacts.length > 1 ? inputArtifacts.filter((name) => name !== PrimarySource) : [];
  const faults = (field: string, names: readonly string[]) =>
    names
      .filter((name) => !/^\w{1,127}$/.test(name))
      .map(
        (name): FieldProblem => ({
          field,
          severity: 'warning',
          what: `Beside others, CodeBuild takes no artifact name like "${name}", and the build fails.`,
          fix: `Rename it to ${name.replaceAll(/\W/g, '_').slice(0, 127)}: letters, digits and underscores.`,
        }),
      );
  return [
    ...faults('inputArtifacts', secondary),
    ...faults('outputArtifacts', outputArtifacts.length > 1 ? outputArtifacts : []),
  ];
}
