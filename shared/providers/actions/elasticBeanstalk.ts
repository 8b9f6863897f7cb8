import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const elasticBeanstalk = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ElasticBeanstalk', version: '1' },
  label: 'AWS Elastic Beanstalk',
  shortLabel: 'Beanstalk',
  help: 'Deploy an application version to a Beanstalk environment.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ApplicationName: {
      label: 'Application',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the Beanstalk application.',
    },
    EnvironmentName: {
      label: 'Environment',
      type: 'string',
      required: 'always',
      placeholder: 'shop-production',
      help: 'Name the Beanstalk environment.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ApplicationName', 'EnvironmentName'],
  local: emulatedLocally('Checks the source bundle; remembers the version of the environment.'),
  run: emulate({
    checks: 'the source bundle and its configuration files',
    leaves: 'application, environment, platform and whether the application becomes healthy',
    scripted(run) {
      const { configuration, inputs } = run;
      return { wouldDo: `deploy ${inputs[0]?.name} to environment ${configuration.EnvironmentName}` };
    },
    load: async () => (await import('../../emulation/elasticBeanstalk.ts')).deployToBeanstalk,
  }),
});
