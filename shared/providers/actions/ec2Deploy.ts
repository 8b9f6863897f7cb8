import { emulate, scriptedWhenSimulated } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const ec2Deploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'EC2', version: '1' },
  label: 'Amazon EC2 deploy',
  shortLabel: 'Amazon EC2',
  help: 'Copy files to tagged Linux instances and run scripts there.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    InstanceTagKey: {
      label: 'Tag key',
      type: 'string',
      required: 'always',
      placeholder: 'Role',
      help: 'Deploy to instances with this tag.',
    },
    InstanceTagValue: {
      label: 'Tag value',
      type: 'string',
      placeholder: 'web',
      help: 'Deploy only to instances whose tag has this value.',
    },
    InstanceType: {
      label: 'Instance type',
      type: 'enum',
      required: 'always',
      values: ['EC2', 'SSM_MANAGED_NODE'],
      help: 'Choose EC2 instances or other nodes managed by Systems Manager.',
    },
    TargetDirectory: {
      label: 'Target directory',
      type: 'path',
      required: { keyAbsent: 'DeploySpec' },
      placeholder: '/var/www/shop',
      help: 'Copy the files to this directory of the instance.',
    },
    PreScript: {
      label: 'Script before',
      type: 'path',
      placeholder: 'scripts/stop.sh',
      help: 'Run this script of the artifact before the files are copied.',
    },
    PostScript: {
      label: 'Script after',
      type: 'path',
      required: { keyAbsent: 'DeploySpec' },
      placeholder: 'scripts/start.sh',
      help: 'Run this script of the artifact after the files were copied.',
    },
    DeploySpec: {
      label: 'Deploy spec',
      type: 'path',
      required: { keyAbsent: 'TargetDirectory' },
      placeholder: 'deploy.yaml',
      help: 'Read files and scripts from this file of the artifact instead.',
    },
    MaxBatch: {
      label: 'Instances at once',
      type: 'string',
      placeholder: '2',
      help: 'Deploy to this many instances at a time.',
    },
    MaxError: {
      label: 'Errors allowed',
      type: 'string',
      placeholder: '1',
      help: 'Go on until more than this many instances failed.',
    },
    TargetGroupNameList: {
      label: 'Target groups',
      type: 'csv',
      placeholder: 'shop-targets',
      help: 'Take instances out of these load balancer target groups meanwhile.',
    },
  },
  outputVariables: [],
  summaryKeys: ['InstanceTagKey', 'InstanceTagValue'],
  local: {
    fidelity: 'emulated',
    note: 'Copies files into a bound folder and runs the scripts there; without one only checks.',
    binding: {
      kinds: ['folder', 'simulation'],
      required: false,
      question: 'Which local folder stands for the servers?',
      words: { folder: 'Folder in place of the servers' },
    },
    bound: scriptedWhenSimulated,
  },
  executes: true,
  scripts: async (configuration, read) =>
    (await import('../../emulation/ec2Deploy.ts')).ec2Scripts(configuration, read),
  run: emulate({
    checks: 'the deploy spec, files and scripts',
    leaves: 'instances, batches, target groups and their health',
    scripted({ configuration, inputs }) {
      return { wouldDo: `deploy ${inputs[0]?.name} to instances tagged ${configuration.InstanceTagKey}` };
    },
    load: async () => (await import('../../emulation/ec2Deploy.ts')).deployToInstances,
  }),
});
