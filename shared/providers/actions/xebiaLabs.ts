import { anyArtifacts, CUSTOM_TIMEOUT_MINUTES, simulatedService, simulatePartner } from '../common/partner.ts';
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
  local: simulatedService('XebiaLabs Deploy'),
  run: simulatePartner('XebiaLabs Deploy'),
});
