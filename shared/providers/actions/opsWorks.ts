import { scriptedOutcome } from '../common/bindings.ts';
import { defineProvider } from '../provider.ts';
import { simulate } from '../simulate.ts';

export const opsWorks = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'OpsWorks', version: '1' },
  label: 'AWS OpsWorks Stacks',
  shortLabel: 'OpsWorks',
  help: 'Deploy an app to an OpsWorks stack; AWS has retired the service.',
  status: 'retired',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    Stack: {
      label: 'Stack',
      type: 'string',
      required: 'always',
      help: 'Name the OpsWorks stack.',
    },
    App: {
      label: 'App',
      type: 'string',
      required: 'always',
      help: 'Name the app in the stack.',
    },
    Layer: {
      label: 'Layer',
      type: 'string',
      help: 'Deploy to this layer only.',
    },
  },
  outputVariables: [],
  summaryKeys: ['Stack', 'App'],
  local: {
    fidelity: 'simulated',
    note: 'AWS has retired OpsWorks Stacks; nothing is deployed.',
    binding: scriptedOutcome,
  },
  run(run) {
    const { configuration } = run;
    return simulate(run, { wouldDo: `deploy ${configuration.App} to stack ${configuration.Stack}` });
  },
});
