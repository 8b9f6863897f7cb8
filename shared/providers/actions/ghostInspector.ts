import { anyArtifacts, jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const ghostInspector = defineProvider({
  actionTypeId: { category: 'Test', owner: 'ThirdParty', provider: 'GhostInspector', version: '1' },
  label: 'Ghost Inspector',
  shortLabel: 'Ghost Inspector',
  help: 'Test a web interface with Ghost Inspector.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: anyArtifacts,
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('Ghost Inspector'),
  run: runPartnerJob('Ghost Inspector'),
});
