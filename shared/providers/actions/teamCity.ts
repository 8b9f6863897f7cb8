import { anyArtifacts, CUSTOM_TIMEOUT_MINUTES, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const teamCity = defineProvider({
  actionTypeId: { category: 'Build', owner: 'Custom', provider: 'TeamCity', version: '1' },
  label: 'JetBrains TeamCity',
  shortLabel: 'TeamCity',
  help: 'Build code in TeamCity.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: CUSTOM_TIMEOUT_MINUTES,
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('JetBrains TeamCity'),
  run: runPartnerJob('JetBrains TeamCity'),
});
