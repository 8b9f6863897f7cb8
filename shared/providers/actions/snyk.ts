import { jobWorkerService, runPartnerJob } from '../common/partner.ts';
import { defineProvider } from '../provider.ts';

export const snyk = defineProvider({
  actionTypeId: { category: 'Invoke', owner: 'ThirdParty', provider: 'Snyk', version: '1' },
  label: 'Snyk',
  shortLabel: 'Snyk',
  help: 'Scan open-source dependencies with Snyk.',
  status: 'partner',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: false,
  artifacts: { inputs: [1, 1], outputs: [1, 1] },
  timeoutMinutes: 60, // 1 h
  configuration: {},
  freeConfiguration: true,
  outputVariables: [],
  local: jobWorkerService('Snyk'),
  run: runPartnerJob('Snyk'),
});
