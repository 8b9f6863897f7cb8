import { emulate, emulatedLocally, scriptedWhenSimulated } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const pipelineInvoke = defineProvider({
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'CodePipeline', version: '1' },
  label: 'AWS CodePipeline invoke',
  shortLabel: 'Start pipeline',
  help: 'Start another pipeline without waiting for its end.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 0], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    PipelineName: {
      label: 'Pipeline',
      type: 'string',
      required: 'always',
      placeholder: 'shop-deploy',
      help: 'Name the pipeline to start.',
    },
    SourceRevisions: {
      label: 'Source revisions',
      type: 'json',
      placeholder: '[{"actionName":"Source","revisionType":"COMMIT_ID","revisionValue":"…"}]',
      multiline: true,
      help: 'Start it at given revisions, as a JSON list.',
    },
    Variables: {
      label: 'Variables',
      type: 'json',
      placeholder: '[{"name":"stage","value":"beta"}]',
      multiline: true,
      help: 'Set its variables, as a JSON list.',
    },
  },
  outputVariables: [],
  summaryKeys: ['PipelineName'],
  local: {
    ...emulatedLocally('Starts the local pipeline of that name, if its project is trusted.'),
    binding: {
      kinds: ['pipeline', 'simulation'],
      required: false,
      question: 'Which file is this pipeline, and is its end waited for?',
    },
    bound: { ...scriptedWhenSimulated, pipeline: { fidelity: 'emulated', usesSlot: false } },
  },
  run: emulate({
    checks: 'the pipeline’s name, variables and source revisions',
    leaves: 'whether a pipeline of that name exists in the account and takes them',
    scripted({ configuration }) {
      return { wouldDo: `start pipeline ${configuration.PipelineName}` };
    },
    load: async () => (await import('../../emulation/pipelineInvoke.ts')).startOtherPipeline,
  }),
});
