import { buildProject } from '../common/bindings.ts';
import { runCommands } from '../common/runCommands.ts';
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
  local: {
    fidelity: 'real',
    note: 'Runs the commands in a shell of this machine, not in the managed image.',
    binding: {
      ...buildProject,
      question: 'Which environment and secrets do these commands have?',
      withoutBuildspec: true,
    },
  },
  executes: true,
  run: (run) => runCommands({ ...run, configuration: {} }, { needsInput: false }),
});
