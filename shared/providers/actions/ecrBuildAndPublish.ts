import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [
  { name: 'ECRImageDigestId', help: 'Digest of the image that was pushed.' },
  { name: 'ECRRepositoryName', help: 'Repository that received the image.' },
];

export const ecrBuildAndPublish = defineProvider({
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'ECRBuildAndPublish', version: '1' },
  label: 'ECR build and publish',
  shortLabel: 'ECR build',
  help: 'Build a container image and push it to a repository.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ECRRepositoryName: {
      label: 'Repository',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the repository that receives the image.',
    },
    DockerFilePath: {
      label: 'Dockerfile',
      type: 'path',
      placeholder: './',
      help: 'Say where the Dockerfile is in the input artifact.',
    },
    ImageTags: {
      label: 'Image tags',
      type: 'csv',
      default: 'latest',
      help: 'List the tags, separated by commas.',
    },
    RegistryType: {
      label: 'Registry',
      type: 'enum',
      values: ['private', 'public'],
      default: 'private',
      help: 'Push to a private or a public registry.',
    },
  },
  outputVariables,
  summaryKeys: ['ECRRepositoryName', 'ImageTags'],
  local: emulatedLocally('Checks the Dockerfile and what it copies; no image is built or pushed.'),
  run: emulate({
    checks: 'the Dockerfile, what it copies, repository and tags',
    leaves: 'base images, the build itself and the push; no image exists, so its digest is left out',
    scripted(run) {
      const { configuration, inputs } = run;
      return {
        wouldDo: `build an image from ${inputs[0]?.name} and push it to ${configuration.ECRRepositoryName} as ${configuration.ImageTags ?? 'latest'}`,
        outputVariables,
        known: { ECRRepositoryName: configuration.ECRRepositoryName },
      };
    },
    load: async () => (await import('../../emulation/ecrBuild.ts')).buildImage,
  }),
});
