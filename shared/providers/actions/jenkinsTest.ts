import { anyArtifacts, CUSTOM_TIMEOUT_MINUTES, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const jenkinsTest = defineProvider({
  actionTypeId: { category: 'Test', owner: 'Custom', provider: 'Jenkins', version: '1' },
  label: 'Jenkins test',
  shortLabel: 'Jenkins',
  help: 'Test code in a Jenkins job through the CodePipeline plugin.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: CUSTOM_TIMEOUT_MINUTES,
  configuration: {
    ProjectName: {
      label: 'Job',
      type: 'string',
      required: 'always',
      placeholder: 'shop-test',
      help: 'Name the job as it is set in the plugin.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ProjectName'],
  local: jobWorkerService('Jenkins'),
  run: runPartnerJob('Jenkins'),
});
