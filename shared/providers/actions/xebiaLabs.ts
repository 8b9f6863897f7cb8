import { anyArtifacts, CUSTOM_TIMEOUT_MINUTES, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const xebiaLabs = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'Custom', provider: 'XebiaLabs', version: '1' },
  label: 'XebiaLabs Deploy',
  shortLabel: 'XebiaLabs',
  help: 'Deploy an application with XebiaLabs (Digital.ai) Deploy.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: CUSTOM_TIMEOUT_MINUTES,
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('XebiaLabs Deploy'),
  run: runPartnerJob('XebiaLabs Deploy'),
});
