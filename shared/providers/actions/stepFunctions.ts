import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [
  { name: 'StateMachineArn', help: 'State machine that ran.' },
  { name: 'ExecutionArn', help: 'Execution of the state machine.' },
];

export const stepFunctions = defineProvider({
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'StepFunctions', version: '1' },
  label: 'AWS Step Functions',
  shortLabel: 'Step Functions',
  help: 'Start a state machine and wait for its end.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 1], outputs: [0, 1] },
  timeoutMinutes: 10080, // 7 d
  configuration: {
    StateMachineArn: {
      label: 'State machine ARN',
      type: 'arn',
      required: 'always',
      placeholder: 'arn:aws:states:eu-west-1:111122223333:stateMachine:…',
      help: 'Name the state machine.',
    },
    ExecutionNamePrefix: {
      label: 'Execution name prefix',
      type: 'string',
      placeholder: 'shop',
      help: 'Begin the execution’s name with this text.',
    },
    InputType: {
      label: 'Input is',
      type: 'enum',
      values: ['Literal', 'FilePath'],
      default: 'Literal',
      help: 'Give the input here, or read it from a file of the input artifact.',
    },
    Input: {
      label: 'Input',
      type: 'string',
      required: { key: 'InputType', equals: 'FilePath' },
      placeholder: '{}',
      multiline: true,
      help: 'Give JSON, or the path of a file in the input artifact.',
    },
  },
  outputVariables,
  summaryKeys: ['StateMachineArn'],
  local: emulatedLocally('Checks the input; no state machine runs, so set its result where one is needed.'),
  run: emulate({
    checks: 'the ARN, the execution’s name and its input',
    leaves: 'the state machine, what it does and what it answers',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `start state machine ${configuration.StateMachineArn} and wait for its end`,
        outputVariables,
        known: { StateMachineArn: configuration.StateMachineArn },
      };
    },
    load: async () => (await import('../../emulation/stepFunctions.ts')).startStateMachine,
  }),
});
