import { codeBuildFields } from '../common/codeBuildFields.ts';
import { defineRuleType } from '../provider.ts';

export const codeBuildRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  label: 'CodeBuild',
  help: 'Run a CodeBuild project and pass when its build succeeds.',
  inputs: [1, 5],
  configuration: { ...codeBuildFields },
  skipAllowed: false,
});
