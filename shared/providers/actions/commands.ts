import { buildProject } from '../common/bindings.ts';
import { runCommands, WINDOWS } from '../common/runCommands.ts';
import { defineProvider } from '../provider.ts';

export const commands = defineProvider({
  actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
  label: 'Commands',
  shortLabel: 'Commands',
  help: 'Run shell commands on managed compute, without a build project.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 10], outputs: [0, 1] },
  timeoutMinutes: 55, // 55 min
  configuration: {
    EnvironmentType: {
      label: 'Environment',
      type: 'enum',
      values: ['LINUX_CONTAINER', 'WINDOWS_SERVER_2022_CONTAINER'],
      default: 'LINUX_CONTAINER',
      help: 'Choose the operating system.',
    },
    ComputeType: {
      label: 'Compute',
      type: 'enum',
      values: ['BUILD_GENERAL1_SMALL', 'BUILD_GENERAL1_MEDIUM', 'BUILD_GENERAL1_LARGE'],
      default: 'BUILD_GENERAL1_SMALL',
      help: 'Choose how large the machine is; Windows needs medium or large.',
    },
    VpcId: {
      label: 'VPC',
      type: 'string',
      placeholder: 'vpc-0123456789abcdef0',
      help: 'Run inside this VPC.',
    },
    Subnets: {
      label: 'Subnets',
      type: 'csv',
      placeholder: 'subnet-0123456789abcdef0',
      help: 'List subnets of the VPC, separated by commas.',
    },
    SecurityGroupIds: {
      label: 'Security groups',
      type: 'csv',
      placeholder: 'sg-0123456789abcdef0',
      help: 'List security groups of the VPC, separated by commas.',
    },
  },
  declarationFields: ['commands', 'outputVariables', 'environmentVariables', 'files'],
  outputVariables: [],
  dynamicOutputVariables: 'Each name in the outputVariables of the action.',
  check: ({ EnvironmentType, ComputeType }) =>
    EnvironmentType === WINDOWS && (ComputeType ?? 'BUILD_GENERAL1_SMALL') === 'BUILD_GENERAL1_SMALL'
      ? [
          {
            field: 'ComputeType',
            what: 'Windows does not run on small compute.',
            fix: 'Choose BUILD_GENERAL1_MEDIUM or BUILD_GENERAL1_LARGE.',
          },
        ]
      : [],
  local: {
    fidelity: 'real',
    note: 'Runs the commands in a shell of this machine, or in a container of an image that you name.',
    binding: {
      ...buildProject,
      question: 'Which environment and secrets do these commands have?',
      withoutBuildspec: true,
    },
  },
  executes: true,
  run: (run) => runCommands(run),
});
