import { anyArtifacts, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const stormRunnerLoad = defineProvider({
  actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'StormRunnerLoad', version: '1' },
  label: 'StormRunner Load',
  shortLabel: 'StormRunner',
  help: 'Load-test an application with StormRunner Load.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('StormRunner Load'),
  run: runPartnerJob('StormRunner Load'),
});
