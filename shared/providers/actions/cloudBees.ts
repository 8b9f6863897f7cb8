import { anyArtifacts, CUSTOM_TIMEOUT_MINUTES, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const cloudBees = defineProvider({
  actionTypeId: { category: 'Build', owner: 'Custom', provider: 'CloudBees', version: '1' },
  label: 'CloudBees',
  shortLabel: 'CloudBees',
  help: 'Build code in CloudBees.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: CUSTOM_TIMEOUT_MINUTES,
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('CloudBees'),
  run: runPartnerJob('CloudBees'),
});
