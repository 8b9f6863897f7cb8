import { checkRange } from '../common/checks.ts';
import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const ecsDeploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ECS', version: '1' },
  label: 'Amazon ECS deploy',
  shortLabel: 'Amazon ECS',
  help: 'Roll new container images out to an ECS service.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ClusterName: {
      label: 'Cluster',
      type: 'string',
      required: 'always',
      placeholder: 'production',
      help: 'Name the ECS cluster.',
    },
    ServiceName: {
      label: 'Service',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the ECS service.',
    },
    FileName: {
      label: 'Image definitions file',
      type: 'path',
      default: 'imagedefinitions.json',
      help: 'Say where the image definitions are in the input artifact.',
    },
    DeploymentTimeout: {
      label: 'Time limit (minutes)',
      type: 'integer',
      default: '60',
      help: 'Fail when the deployment takes longer, at most 60.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ClusterName', 'ServiceName'],
  check: (configuration) => checkRange(configuration, 'DeploymentTimeout', 1, 60),
  local: emulatedLocally('Checks the image definitions; remembers the images of the service.'),
  run: emulate({
    checks: 'the image definitions file, its size, names and images',
    leaves: 'cluster, service, container names of its task definition, and whether the tasks become healthy',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `update service ${configuration.ServiceName} in cluster ${configuration.ClusterName}`,
      };
    },
    load: async () => (await import('../../emulation/ecsDeploy.ts')).deployToEcs,
  }),
});
