import type { Field } from '../provider.ts';

/** Fields that source actions share. */

export const pollForSourceChanges: Field = {
  label: 'Poll for changes',
  type: 'boolean',
  default: 'true',
  help: 'Turn off when an event rule or webhook starts the pipeline, else each change starts it twice.',
};

export const outputArtifactFormat: Field = {
  label: 'Output artifact format',
  type: 'enum',
  values: ['CODE_ZIP', 'CODEBUILD_CLONE_REF'],
  default: 'CODE_ZIP',
  help: 'Pass on a zip of the files, or a reference from which CodeBuild makes a full clone.',
};
