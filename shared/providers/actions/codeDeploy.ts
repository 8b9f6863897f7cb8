import { scriptedOutcome } from '../common/bindings.ts';
import { defineProvider } from '../provider.ts';
import { simulate } from '../simulate.ts';

export const codeDeploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CodeDeploy', version: '1' },
  label: 'AWS CodeDeploy',
  shortLabel: 'CodeDeploy',
  help: 'Deploy a revision to servers or Lambda functions.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 7200, // 5 d
  configuration: {
    ApplicationName: {
      label: 'Application',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the CodeDeploy application.',
    },
    DeploymentGroupName: {
      label: 'Deployment group',
      type: 'string',
      required: 'always',
      placeholder: 'production',
      help: 'Name the deployment group.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ApplicationName', 'DeploymentGroupName'],
  local: { fidelity: 'simulated', note: 'No deployment is made.', binding: scriptedOutcome },
  run(run) {
    const { configuration, inputs } = run;
    return simulate(run, {
      wouldDo: `deploy ${inputs[0]?.name} to ${configuration.ApplicationName}/${configuration.DeploymentGroupName}`,
    });
  },
});
