import { anyArtifacts, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const runscope = defineProvider({
  actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'Runscope', version: '1' },
  label: 'Runscope',
  shortLabel: 'Runscope',
  help: 'Check APIs with Runscope.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('Runscope'),
  run: runPartnerJob('Runscope'),
});
