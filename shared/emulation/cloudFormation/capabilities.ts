import { ActionFailure } from '../../providers/host.ts';
import { member } from '../readData.ts';
import type { Template } from './template.ts';

/** IAM resources, and the property by which each is given a name of its own. */
const IAM_NAMES: Readonly<Record<string, string | undefined>> = {
  'AWS::IAM::AccessKey': undefined,
  'AWS::IAM::Group': 'GroupName',
  'AWS::IAM::GroupPolicy': undefined,
  'AWS::IAM::InstanceProfile': 'InstanceProfileName',
  'AWS::IAM::ManagedPolicy': 'ManagedPolicyName',
  'AWS::IAM::Policy': undefined,
  'AWS::IAM::Role': 'RoleName',
  'AWS::IAM::RolePolicy': undefined,
  'AWS::IAM::User': 'UserName',
  'AWS::IAM::UserPolicy': undefined,
  'AWS::IAM::UserToGroupAddition': undefined,
};

/** Types of the SAM transform for which it makes a role, unless they bring one. */
const MAKES_ROLE = new Set(['AWS::Serverless::Function', 'AWS::Serverless::StateMachine']);

/**
 * Fails as CloudFormation does (InsufficientCapabilities) when the template has IAM resources or macros that the action does
 * not acknowledge. Macros need no acknowledgement where a change set shows what they make.
 */
export function checkCapabilities(
  template: Template,
  given: readonly string[],
  options: { throughChangeSet: boolean },
): void {
  const resources = Object.entries(template.resources);
  const iam = resources.filter(([, { type }]) => Object.hasOwn(IAM_NAMES, type));
  const named = iam.filter(([, { type, properties }]) => {
    const key = IAM_NAMES[type];
    return key !== undefined && member(properties, key) !== undefined;
  });
  const madeBySam = resources.filter(
    ([, { type, properties }]) => MAKES_ROLE.has(type) && member(properties, 'Role') === undefined,
  );
  const needed: { capability: string; because: string }[] = [];
  if (named.length > 0 && !given.includes('CAPABILITY_NAMED_IAM')) {
    needed.push({ capability: 'CAPABILITY_NAMED_IAM', because: `${listed(named)} has an IAM name of its own` });
  } else if (
    [...iam, ...madeBySam].length > 0 &&
    !given.includes('CAPABILITY_IAM') &&
    !given.includes('CAPABILITY_NAMED_IAM')
  ) {
    const verb = iam.length > 0 ? 'is an IAM resource' : 'gets an IAM role from the SAM transform';
    needed.push({ capability: 'CAPABILITY_IAM', because: `${listed(iam.length > 0 ? iam : madeBySam)} ${verb}` });
  }
  if (template.transforms.length > 0 && !options.throughChangeSet && !given.includes('CAPABILITY_AUTO_EXPAND')) {
    needed.push({
      capability: 'CAPABILITY_AUTO_EXPAND',
      because: `the template is expanded by ${template.transforms.join(', ')}`,
    });
  }
  if (needed.length === 0) return;
  const names = needed.map(({ capability }) => capability);
  throw new ActionFailure(
    'JobFailed',
    `Requires capabilities : [${names.join(', ')}] (InsufficientCapabilitiesException)`,
    `Add ${names.join(' and ')} to Capabilities, because ${needed.map(({ because }) => because).join(' and ')}.`,
  );
}

const listed = (resources: readonly (readonly [string, unknown])[]) => resources[0]?.[0] ?? '';
