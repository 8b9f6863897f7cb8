import { buildProject } from '../common/bindings.ts';
import { codeBuildFields } from '../common/codeBuildFields.ts';
import { runCodeBuild } from '../common/runCodeBuild.ts';
import { defineRuleType } from '../provider.ts';

export const codeBuildRule = defineRuleType({
  ruleTypeId: { category: 'Rule', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  label: 'CodeBuild',
  help: 'Run a CodeBuild project and pass when its build succeeds.',
  inputs: [1, 5],
  configuration: { ...codeBuildFields },
  skipAllowed: false,
  localMinutes: 2160, // 36 h, as the action
  local: {
    fidelity: 'real',
    note: 'Runs the buildspec in a shell of this machine, not in the project’s image.',
    binding: buildProject,
  },
  executes: true,
  run: runCodeBuild,
});
