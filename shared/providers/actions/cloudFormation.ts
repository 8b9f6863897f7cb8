import { checkStackName } from '../common/checks.ts';
import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

/** ActionMode as a verb, for the log of a simulated run. */
const modes: Readonly<Record<string, string>> = {
  CREATE_UPDATE: 'create or update stack',
  DELETE_ONLY: 'delete stack',
  REPLACE_ON_FAILURE: 'create, update or replace stack',
  CHANGE_SET_REPLACE: 'make a change set for stack',
  CHANGE_SET_EXECUTE: 'execute the change set of stack',
};

export const cloudFormation = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CloudFormation', version: '1' },
  label: 'AWS CloudFormation',
  shortLabel: 'CloudFormation',
  help: 'Create, update or delete a stack, or make or execute a change set.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 10], outputs: [0, 1] },
  timeoutMinutes: 4320, // 3 d
  configuration: {
    ActionMode: {
      label: 'Mode',
      type: 'enum',
      required: 'always',
      values: ['CREATE_UPDATE', 'DELETE_ONLY', 'REPLACE_ON_FAILURE', 'CHANGE_SET_REPLACE', 'CHANGE_SET_EXECUTE'],
      help: 'Choose what happens to the stack or change set.',
    },
    StackName: {
      label: 'Stack',
      type: 'string',
      required: 'always',
      placeholder: 'shop-production',
      help: 'Name the stack.',
    },
    ChangeSetName: {
      label: 'Change set',
      type: 'string',
      required: { key: 'ActionMode', in: ['CHANGE_SET_REPLACE', 'CHANGE_SET_EXECUTE'] },
      placeholder: 'release',
      help: 'Name the change set to make or execute.',
    },
    RoleArn: {
      label: 'Role ARN',
      type: 'arn',
      required: { key: 'ActionMode', in: ['CREATE_UPDATE', 'REPLACE_ON_FAILURE', 'DELETE_ONLY', 'CHANGE_SET_REPLACE'] },
      placeholder: 'arn:aws:iam::111122223333:role/…',
      help: 'Let CloudFormation act as this role.',
    },
    TemplatePath: {
      label: 'Template',
      type: 'artifactFile',
      required: { key: 'ActionMode', in: ['CREATE_UPDATE', 'REPLACE_ON_FAILURE', 'CHANGE_SET_REPLACE'] },
      placeholder: 'BuildOutput::template.yaml',
      help: 'Choose an input artifact and the template in it.',
    },
    TemplateConfiguration: {
      label: 'Template configuration',
      type: 'artifactFile',
      placeholder: 'BuildOutput::production.json',
      help: 'Choose a JSON file with parameters, tags and stack policy.',
    },
    Capabilities: {
      label: 'Capabilities',
      type: 'csv',
      values: ['CAPABILITY_IAM', 'CAPABILITY_NAMED_IAM', 'CAPABILITY_AUTO_EXPAND'],
      help: 'Acknowledge IAM resources and macros.',
    },
    ParameterOverrides: {
      label: 'Parameter overrides',
      type: 'json',
      placeholder: '{"Stage":"production"}',
      multiline: true,
      help: 'Set template parameters as a JSON object of at most 1 KB.',
    },
    OutputFileName: {
      label: 'Output file',
      type: 'path',
      placeholder: 'outputs.json',
      help: 'Write the stack’s outputs to this file of the output artifact.',
    },
  },
  outputVariables: [],
  dynamicOutputVariables: 'Each output of the stack becomes a variable, unless the stack is deleted.',
  summaryKeys: ['ActionMode', 'StackName'],
  check: (configuration) => checkStackName(configuration, 'StackName'),
  local: emulatedLocally(
    'Checks template, parameters and capabilities; remembers the stack to tell what the next run changes.',
  ),
  run: emulate({
    checks: 'the template, its references, parameters, capabilities and change sets',
    leaves: 'whether the resources can be made, what their attributes are, nested stacks and imported values',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `${modes[configuration.ActionMode ?? ''] ?? 'change'} ${configuration.StackName}`,
      };
    },
    load: async () => (await import('../../emulation/cloudFormation/deployStack.ts')).deployStack,
  }),
});
