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
import { defineProvider, type FieldProblem } from '../provider.ts';

export const cloudFormationStackSet = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormationStackSet', version: '1' },
  label: 'CloudFormation stack set',
  shortLabel: 'Stack set',
  help: 'Create or update a stack set, and optionally its stack instances.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 3], outputs: [0, 0] },
  timeoutMinutes: 4320, // 3 d
  configuration: {
    StackSetName: {
      label: 'Stack set',
      type: 'string',
      required: 'always',
      placeholder: 'shop-baseline',
      help: 'Name the stack set.',
    },
    Description: {
      label: 'Description',
      type: 'string',
      help: 'Say what the stack set is for.',
    },
    TemplatePath: {
      label: 'Template',
      type: 'artifactFile',
      required: 'always',
      placeholder: 'Source::template.yaml',
      help: 'Choose an input artifact and the template in it.',
    },
    Parameters: {
      label: 'Parameters',
      type: 'string',
      placeholder: 'ParameterKey=Stage,ParameterValue=beta',
      help: 'Set template parameters, or choose a JSON file of an input artifact.',
    },
    Capabilities: {
      label: 'Capabilities',
      type: 'csv',
      values: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM'],
      help: 'Acknowledge IAM resources.',
    },
    PermissionModel: {
      label: 'Permissions',
      type: 'enum',
      values: ['SELF_MANAGED', 'SERVICE_MANAGED'],
      default: 'SELF_MANAGED',
      help: 'Manage the roles yourself, or let AWS Organizations manage them.',
    },
    AdministrationRoleArn: {
      label: 'Administration role ARN',
      type: 'arn',
      default: 'AWSCloudFormationStackSetAdministrationRole',
      help: 'With self-managed permissions: the role that CloudFormation acts as.',
    },
    ExecutionRoleName: {
      label: 'Execution role',
      type: 'string',
      default: 'AWSCloudFormationStackSetExecutionRole',
      help: 'With self-managed permissions: the role in the target accounts.',
    },
    OrganizationsAutoDeployment: {
      label: 'Automatic deployment',
      type: 'enum',
      values: ['Enabled', 'Disabled', 'EnabledWithStackRetention'],
      default: 'Disabled',
      help: 'With service-managed permissions: deploy to accounts that join a unit.',
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
      required: { keyPresent: 'DeploymentTargets' },
      placeholder: 'eu-west-1,us-east-1',
      help: 'List Regions in the order of deployment.',
    },
    FailureTolerancePercentage: failureTolerancePercentage,
    MaxConcurrentPercentage: maxConcurrentPercentage,
    RegionConcurrencyType: regionConcurrencyType,
    ConcurrencyMode: concurrencyMode,
    CallAs: callAs,
  },
  outputVariables: stackSetVariables,
  summaryKeys: ['StackSetName'],
  check: (configuration) => [
    ...checkStackName(configuration, 'StackSetName'),
    ...checkRange(configuration, 'FailureTolerancePercentage', 0, 100),
    ...checkRange(configuration, 'MaxConcurrentPercentage', 1, 100),
    ...checkAutoDeployment(configuration),
  ],
  local: emulatedLocally('Checks template, parameters, targets and Regions; remembers the stack set.'),
  run: emulate({
    checks: 'the template, its parameters and capabilities, targets and Regions',
    leaves: 'roles in the accounts, organisational units and whether the stacks can be made',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `create or update stack set ${configuration.StackSetName}`,
        outputVariables: stackSetVariables,
      };
    },
    load: async () => (await import('../../emulation/cloudFormation/stackSet.ts')).deployStackSet,
  }),
});

/** Automatic deployment chooses the accounts itself, and exists only with service-managed permissions. */
function checkAutoDeployment(configuration: {
  readonly PermissionModel?: string;
  readonly OrganizationsAutoDeployment?: string;
  readonly DeploymentTargets?: string;
}): FieldProblem[] {
  const { PermissionModel, OrganizationsAutoDeployment = 'Disabled', DeploymentTargets } = configuration;
  if (OrganizationsAutoDeployment === 'Disabled') return [];
  const field = 'OrganizationsAutoDeployment';
  if (PermissionModel !== 'SERVICE_MANAGED') {
    return [
      {
        field,
        what: 'Automatic deployment needs service-managed permissions.',
        fix: 'Set PermissionModel to SERVICE_MANAGED, or clear OrganizationsAutoDeployment.',
      },
    ];
  }
  if (DeploymentTargets === undefined) return [];
  return [
    {
      field,
      what: 'Automatic deployment cannot be combined with DeploymentTargets and Regions.',
      fix: 'Clear DeploymentTargets and Regions, or set OrganizationsAutoDeployment to Disabled.',
    },
  ];
}
