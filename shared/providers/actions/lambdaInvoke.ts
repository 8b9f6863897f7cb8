import { outcomeOf } from '../../jobs/runJob.ts';
import { defineProvider } from '../provider.ts';
import { simulate } from '../simulate.ts';

export const lambdaInvoke = defineProvider({
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'Lambda', version: '1' },
  label: 'AWS Lambda invoke',
  shortLabel: 'Lambda',
  help: 'Call a Lambda function and wait for its answer.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 5], outputs: [0, 5] },
  timeoutMinutes: 1440, // 1 d
  configuration: {
    FunctionName: {
      label: 'Function',
      type: 'string',
      required: 'always',
      placeholder: 'invalidate-cache',
      help: 'Name the function.',
    },
    UserParameters: {
      label: 'User parameters',
      type: 'string',
      placeholder: '{"path":"/*"}',
      multiline: true,
      help: 'Hand this text to the function.',
    },
  },
  outputVariables: [],
  dynamicOutputVariables: 'Each output variable that the function puts into its success result.',
  summaryKeys: ['FunctionName'],
  local: {
    fidelity: 'simulated',
    note: 'No function is called, unless you bind its handler file: that runs here with the event that CodePipeline sends.',
    binding: {
      kinds: ['handler', 'simulation'],
      required: false,
      question: 'Which file is this function?',
    },
    bound: { handler: { fidelity: 'real', usesSlot: true } },
  },
  async run(run) {
    const { configuration, binding } = run;
    const { FunctionName = '' } = configuration;
    if (binding?.kind !== 'handler') {
      return simulate(run, { wouldDo: `call function ${FunctionName} and wait for PutJobSuccessResult` });
    }
    const jobs = await run.host.jobs();
    return outcomeOf(run, await jobs.invoke(FunctionName, binding));
  },
});
