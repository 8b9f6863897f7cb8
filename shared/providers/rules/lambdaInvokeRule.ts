import { ActionFailure } from '../host.ts';
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
  localMinutes: 1440, // 1 d, as the action
  local: {
    fidelity: 'simulated',
    note: 'Calls the handler file that you bind, or ends as you script it. Without either the rule fails.',
    binding: {
      kinds: ['handler', 'simulation'],
      required: true,
      question: 'Which file is the function of this rule, or how should the rule end?',
    },
    bound: { handler: { fidelity: 'real', usesSlot: true } },
  },
  async run({ configuration, binding, host }) {
    const { FunctionName = '' } = configuration;
    if (binding?.kind === 'simulation') {
      host.log(`Simulated: no function is called. AWS would call function ${FunctionName}.`);
      await host.delay(binding.delayMs ?? 0);
      const summary = binding.message ?? `Simulated: ${binding.result ?? 'Succeeded'}.`;
      if (binding.result !== 'Failed') return { summary };
      throw new ActionFailure('JobFailed', summary, 'Change the result in the simulation settings of this rule.');
    }
    if (binding?.kind !== 'handler') {
      throw new ActionFailure(
        'ConfigurationError',
        `Function ${FunctionName} is bound to nothing on this machine, so nothing can be said for this rule.`,
        'Bind the rule to the function’s handler file, or script how it ends.',
      );
    }
    const jobs = await host.jobs();
    // How a function answers a rule is not documented: a return passes as a success result does (reference/rules.md).
    const { result } = await jobs.invoke(FunctionName, binding, { returnPasses: true });
    if (result.status === 'Failed') {
      throw new ActionFailure(result.type, result.message, 'This is what the function answered; the log says more.');
    }
    return { summary: result.summary ?? 'The function returned.' };
  },
});
