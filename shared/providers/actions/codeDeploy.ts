import { emulate, scriptedWhenSimulated } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

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
  local: {
    fidelity: 'emulated',
    note: 'Copies files into a bound folder and runs the scripts of the AppSpec there; without one only checks.',
    binding: {
      kinds: ['folder', 'simulation'],
      required: false,
      question: 'Which local folder stands for the servers?',
      words: { folder: 'Folder in place of the servers' },
    },
    bound: scriptedWhenSimulated,
  },
  executes: true,
  scripts: async (_, read) => (await import('../../emulation/codeDeploy.ts')).codeDeployScripts(read),
  run: emulate({
    checks: 'the AppSpec file, its files and scripts',
    leaves: 'application, deployment group, agents and traffic',
    scripted({ configuration, inputs }) {
      return {
        wouldDo: `deploy ${inputs[0]?.name} to ${configuration.ApplicationName}/${configuration.DeploymentGroupName}`,
      };
    },
    load: async () => (await import('../../emulation/codeDeploy.ts')).deployRevision,
  }),
});
