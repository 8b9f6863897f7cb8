import type { EmulationHost } from '../../providers/host.ts';
import type { Scope } from './intrinsics.ts';
import type { Template } from './template.ts';

const partitionOf = (region: string) =>
  region.startsWith('cn-') ? 'aws-cn' : region.startsWith('us-gov-') ? 'aws-us-gov' : 'aws';

/** What the functions of a template are evaluated with. */
export function stackScope(
  template: Template,
  parameters: Scope['parameters'],
  { account, region }: Pick<EmulationHost, 'account' | 'region'>,
  stack: { name: string; id: string },
): Scope {
  const partition = partitionOf(region);
  return {
    template,
    parameters,
    pseudo: {
      'AWS::AccountId': account,
      'AWS::Partition': partition,
      'AWS::Region': region,
      'AWS::StackId': stack.id,
      'AWS::StackName': stack.name,
      'AWS::URLSuffix': partition === 'aws-cn' ? 'amazonaws.com.cn' : 'amazonaws.com',
    },
  };
}

/** The ARN of a stack. Its UUID is that of the action execution that made it here. */
export const stackArn = ({ account, region }: Pick<EmulationHost, 'account' | 'region'>, name: string, uuid: string) =>
  `arn:${partitionOf(region)}:cloudformation:${region}:${account}:stack/${name}/${uuid}`;
