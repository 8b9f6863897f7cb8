import { defineRuleType } from '../provider.ts';

export const variableCheckRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'VariableCheck', version: '1' },
  label: 'Variable check',
  help: 'Compare a variable with a value.',
  inputs: [0, 0],
  configuration: {
    Variable: {
      label: 'Variable',
      type: 'string',
      required: 'always',
      placeholder: '#{SourceVariables.BranchName}',
      help: 'Name the variable to look at.',
    },
    Value: {
      label: 'Value',
      type: 'string',
      required: 'always',
      placeholder: 'main',
      help: 'Compare with this text or pattern.',
    },
    Operator: {
      label: 'Operator',
      type: 'enum',
      required: 'always',
      values: ['EQ', 'NE', 'CONTAINS', 'MATCHES'],
      help: 'Ask for equal, not equal, contained text or a matching pattern.',
    },
  },
  skipAllowed: true,
});
