import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [{ name: 'HighestScannedSeverity', help: 'Highest severity that was found.' }];

export const inspectorScan = defineProvider({
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'InspectorScan', version: '1' },
  label: 'Amazon Inspector scan',
  shortLabel: 'Inspector',
  help: 'Scan source code or an image for vulnerabilities.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 1], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    InspectorRunMode: {
      label: 'Scan',
      type: 'enum',
      required: 'always',
      values: ['SourceCodeScan', 'ECRImageScan'],
      help: 'Choose what is scanned.',
    },
    ECRRepositoryName: {
      label: 'Repository',
      type: 'string',
      required: { key: 'InspectorRunMode', equals: 'ECRImageScan' },
      placeholder: 'shop',
      help: 'Name the ECR repository of the image.',
    },
    ImageTag: {
      label: 'Image tag',
      type: 'string',
      required: { key: 'InspectorRunMode', equals: 'ECRImageScan' },
      placeholder: 'latest',
      help: 'Name the tag of the image.',
    },
    CriticalThreshold: {
      label: 'Critical findings allowed',
      type: 'integer',
      placeholder: '0',
      help: 'Fail when there are more critical findings.',
    },
    HighThreshold: {
      label: 'High findings allowed',
      type: 'integer',
      placeholder: '0',
      help: 'Fail when there are more findings of high severity.',
    },
    MediumThreshold: {
      label: 'Medium findings allowed',
      type: 'integer',
      placeholder: '10',
      help: 'Fail when there are more findings of medium severity.',
    },
    LowThreshold: {
      label: 'Low findings allowed',
      type: 'integer',
      placeholder: '50',
      help: 'Fail when there are more findings of low severity.',
    },
  },
  outputVariables,
  summaryKeys: ['InspectorRunMode', 'ECRRepositoryName'],
  check: ({ InspectorRunMode }, { inputArtifacts }) =>
    InspectorRunMode === 'SourceCodeScan' && inputArtifacts.length === 0
      ? [
          {
            field: 'InspectorRunMode',
            what: 'A scan of source code needs an input artifact.',
            fix: 'Connect an artifact to the action, or choose ECRImageScan.',
          },
        ]
      : [],
  local: emulatedLocally('Lists the parts that lock files name; finds no vulnerabilities.'),
  run: emulate({
    checks: 'mode, thresholds and what is to be scanned; lock files become the list of parts',
    leaves: 'findings and their severity: there is no vulnerability database here',
    scripted(run) {
      const { InspectorRunMode, ECRRepositoryName, ImageTag } = run.configuration;
      const what = InspectorRunMode === 'ECRImageScan' ? `image ${ECRRepositoryName}:${ImageTag}` : 'the source code';
      return { wouldDo: `scan ${what} and pass on the list of its parts`, outputVariables };
    },
    load: async () => (await import('../../emulation/inspectorScan.ts')).scan,
  }),
});
