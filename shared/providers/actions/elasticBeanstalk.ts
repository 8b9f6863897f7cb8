import { scriptedOutcome } from '../common/bindings.ts';
import { defineProvider } from '../provider.ts';
import { simulate } from '../simulate.ts';

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
  local: { fidelity: 'simulated', note: 'No environment is updated.', binding: scriptedOutcome },
  run(run) {
    const { configuration, inputs } = run;
    return simulate(run, { wouldDo: `deploy ${inputs[0]?.name} to environment ${configuration.EnvironmentName}` });
  },
});
