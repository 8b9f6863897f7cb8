import { emulate, scriptedWhenSimulated } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [
  { name: 'ImageDigest', help: 'Digest of the image manifest.' },
  { name: 'ImageTag', help: 'Tag of the image.' },
  { name: 'ImageURI', help: 'Address of the image, with its digest.' },
  { name: 'RegistryId', help: 'Account of the registry.' },
  { name: 'RepositoryName', help: 'Repository of the image.' },
];

export const ecrSource = defineProvider({
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'ECR', version: '1' },
  label: 'Amazon ECR source',
  shortLabel: 'Amazon ECR',
  help: 'Start from a container image that was pushed to a repository.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [0, 0], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    RepositoryName: {
      label: 'Repository',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the ECR repository.',
    },
    ImageTag: {
      label: 'Image tag',
      type: 'string',
      default: 'latest',
      help: 'Watch this tag.',
    },
  },
  outputVariables,
  summaryKeys: ['RepositoryName', 'ImageTag'],
  local: {
    fidelity: 'emulated',
    note: 'Takes the image that the bound file describes; nothing is fetched.',
    binding: {
      kinds: ['file', 'simulation'],
      required: true,
      question: 'Which file says what image this is (imageDetail.json, or one line with its digest)?',
      words: { file: 'File that describes the image' },
    },
    bound: scriptedWhenSimulated,
  },
  run: emulate({
    checks: 'repository, tag and digest, against the bound file',
    leaves: 'whether the image exists and what is in it',
    scripted({ configuration: { RepositoryName, ImageTag = 'latest' }, binding }) {
      const given = binding?.kind === 'simulation' ? binding.outputVariables : undefined;
      const imageDetail = {
        ImageURI: given?.ImageURI ?? 'simulated-ImageURI',
        RepositoryName,
        ImageTags: [ImageTag],
      };
      return {
        wouldDo: `read image ${RepositoryName}:${ImageTag} and pass on its imageDetail.json`,
        outputVariables,
        known: { RepositoryName, ImageTag },
        files: { 'imageDetail.json': JSON.stringify(imageDetail) },
      };
    },
    load: async () => (await import('../../emulation/ecrSource.ts')).readImage,
  }),
});
