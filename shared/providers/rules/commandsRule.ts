import { defineRuleType } from '../provider.ts';

export const commandsRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'Commands', version: '1' },
  label: 'Commands',
  help: 'Run shell commands and pass when all of them succeed.',
  inputs: [0, 10],
  configuration: {},
  skipAllowed: false,
  timeoutMinutes: 55,
  commandsField: true,
});
