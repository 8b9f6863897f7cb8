import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const appConfig = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'AppConfig', version: '1' },
  label: 'AWS AppConfig',
  shortLabel: 'AppConfig',
  help: 'Deploy a configuration file with AppConfig.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    Application: {
      label: 'Application id',
      type: 'string',
      required: 'always',
      placeholder: 'abc1234',
      help: 'Give the id of the AppConfig application.',
    },
    Environment: {
      label: 'Environment id',
      type: 'string',
      required: 'always',
      placeholder: 'def5678',
      help: 'Give the id of the environment.',
    },
    ConfigurationProfile: {
      label: 'Configuration profile id',
      type: 'string',
      required: 'always',
      placeholder: 'ghi9012',
      help: 'Give the id of the configuration profile.',
    },
    InputArtifactConfigurationPath: {
      label: 'Configuration file',
      type: 'path',
      required: 'always',
      placeholder: 'config/production.json',
      help: 'Say where the configuration is in the input artifact.',
    },
    DeploymentStrategy: {
      label: 'Deployment strategy',
      type: 'string',
      placeholder: 'AppConfig.AllAtOnce',
      help: 'Give the id of the deployment strategy.',
    },
  },
  outputVariables: [],
  summaryKeys: ['Application', 'Environment'],
  local: emulatedLocally('Checks the configuration file; remembers the version of the environment.'),
  run: emulate({
    checks: 'the configuration file',
    leaves: 'application, environment, profile, its validators and alarms during the rollout',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `deploy ${configuration.InputArtifactConfigurationPath} to environment ${configuration.Environment}`,
      };
    },
    load: async () => (await import('../../emulation/appConfig.ts')).deployConfiguration,
  }),
});
