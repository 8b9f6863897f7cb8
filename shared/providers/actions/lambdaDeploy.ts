import { checkNeeds, checkPattern } from '../common/checks.ts';
import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [{ name: 'FunctionVersion', help: 'Version that was deployed.' }];

export const lambdaDeploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'Lambda', version: '1' },
  label: 'AWS Lambda deploy',
  shortLabel: 'Lambda deploy',
  help: 'Publish a function version and shift traffic to it.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [0, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    FunctionName: {
      label: 'Function',
      type: 'string',
      required: 'always',
      placeholder: 'shop-api',
      help: 'Name the function; it needs a published version.',
    },
    FunctionAlias: {
      label: 'Alias',
      type: 'string',
      placeholder: 'live',
      help: 'Shift this alias to the new version.',
    },
    PublishedTargetVersion: {
      label: 'Target version',
      type: 'string',
      required: { inputArtifactsAtMost: 0 },
      placeholder: '7',
      help: 'Shift the alias to this existing version, without an input artifact.',
    },
    DeployStrategy: {
      label: 'Traffic shift',
      type: 'string',
      default: 'AllAtOnce',
      placeholder: 'Canary10Percent5Minutes',
      help: 'Shift at once, as a canary or step by step; needs an alias.',
    },
    Alarms: {
      label: 'Alarms',
      type: 'csv',
      placeholder: 'shop-errors',
      help: 'Fail when one of these alarms goes off, at most 10 names.',
    },
  },
  outputVariables,
  summaryKeys: ['FunctionName', 'FunctionAlias'],
  check: (configuration) => [
    ...checkPattern(
      configuration,
      'DeployStrategy',
      /^(AllAtOnce|Canary\d+Percent\d+Minutes?|Linear\d+PercentEvery\d+Minutes?)$/,
      'AllAtOnce, or for example Canary10Percent5Minutes or Linear10PercentEvery1Minute',
    ),
    ...checkNeeds(configuration, 'DeployStrategy', 'FunctionAlias'),
  ],
  local: emulatedLocally('Checks the package; counts versions of its own. No function is changed.'),
  run: emulate({
    checks: 'the deployment package, its size, the alias and the way of shifting',
    leaves: 'the function, its handler, alarms and the rollout; versions are counted here',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `deploy function ${configuration.FunctionName}`,
        outputVariables,
        known: { FunctionVersion: configuration.PublishedTargetVersion },
      };
    },
    load: async () => (await import('../../emulation/lambdaDeploy.ts')).deployFunction,
  }),
});
