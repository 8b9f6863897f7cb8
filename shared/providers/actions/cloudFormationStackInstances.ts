import { checkRange, checkStackName } from '../common/checks.ts';
import { emulate, emulatedLocally } from '../common/emulate.ts';
import {
  callAs,
  concurrencyMode,
  failureTolerancePercentage,
  maxConcurrentPercentage,
  regionConcurrencyType,
  stackSetVariables,
} from '../common/stackSetFields.ts';
import { defineProvider } from '../provider.ts';

export const cloudFormationStackInstances = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormationStackInstances', version: '1' },
  label: 'CloudFormation stack instances',
  shortLabel: 'Stack instances',
  help: 'Create stack instances of a stack set in accounts and Regions.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 2], outputs: [0, 0] },
  timeoutMinutes: 4320, // 3 d
  configuration: {
    StackSetName: {
      label: 'Stack set',
      type: 'string',
      required: 'always',
      placeholder: 'shop-baseline',
      help: 'Name the stack set.',
    },
    DeploymentTargets: {
      label: 'Targets',
      type: 'csv',
      required: { keyPresent: 'Regions' },
      placeholder: '111122223333,444455556666',
      help: 'List accounts or organisational units, or choose a JSON file of an input artifact.',
    },
    Regions: {
      label: 'Regions',
      type: 'csv',
      required: 'always',
      placeholder: 'eu-west-1,us-east-1',
      help: 'List Regions in the order of deployment.',
    },
    ParameterOverrides: {
      label: 'Parameter overrides',
      type: 'string',
      placeholder: 'ParameterKey=Stage,ParameterValue=beta',
      help: 'Replace parameters of the stack set, or choose a JSON file of an input artifact.',
    },
    FailureTolerancePercentage: failureTolerancePercentage,
    MaxConcurrentPercentage: maxConcurrentPercentage,
    RegionConcurrencyType: regionConcurrencyType,
    ConcurrencyMode: concurrencyMode,
    CallAs: callAs,
  },
  outputVariables: stackSetVariables,
  summaryKeys: ['StackSetName', 'Regions'],
  check: (configuration) => [
    ...checkStackName(configuration, 'StackSetName'),
    ...checkRange(configuration, 'FailureTolerancePercentage', 0, 100),
    ...checkRange(configuration, 'MaxConcurrentPercentage', 1, 100),
  ],
  local: emulatedLocally('Checks targets, Regions and parameters; remembers the instances.'),
  run: emulate({
    checks: 'targets, Regions and parameters, against the stack set last deployed here',
    leaves: 'roles in the accounts, organisational units and whether the stacks can be made',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `create stack instances of ${configuration.StackSetName} in ${configuration.Regions}`,
        outputVariables: stackSetVariables,
      };
    },
    load: async () => (await import('../../emulation/cloudFormation/stackSet.ts')).deployStackInstances,
  }),
});
