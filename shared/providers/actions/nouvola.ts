import { anyArtifacts, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const nouvola = defineProvider({
  actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'Nouvola', version: '1' },
  label: 'Nouvola DiveCloud',
  shortLabel: 'Nouvola',
  help: 'Load-test an application with Nouvola.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('Nouvola DiveCloud'),
  run: runPartnerJob('Nouvola DiveCloud'),
});
