import { defineRuleType } from '../provider.ts';

export const lambdaInvokeRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'LambdaInvoke', version: '1' },
  label: 'AWS Lambda',
  help: 'Call a Lambda function and pass unless it reports an error.',
  inputs: [0, 5],
  configuration: {
    FunctionName: {
      label: 'Function',
      type: 'string',
      required: 'always',
      placeholder: 'may-deploy',
      help: 'Name the function.',
    },
    UserParameters: {
      label: 'User parameters',
      type: 'string',
      multiline: true,
      placeholder: '{"stage":"production"}',
      help: 'Hand this text to the function.',
    },
  },
  skipAllowed: true,
});
