import { anyArtifacts, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const blazeMeter = defineProvider({
  actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'BlazeMeter', version: '1' },
  label: 'BlazeMeter',
  shortLabel: 'BlazeMeter',
  help: 'Load-test an application with BlazeMeter.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('BlazeMeter'),
  run: runPartnerJob('BlazeMeter'),
});
