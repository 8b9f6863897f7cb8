import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

export const codeDeployToEcs = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'CodeDeployToECS', version: '1' },
  label: 'ECS blue/green deploy',
  shortLabel: 'ECS blue/green',
  help: 'Replace the tasks of an ECS service blue/green through CodeDeploy.',
  status: 'current',
  pipelineTypes: ['V1', 'V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 5], outputs: [0, 0] },
  timeoutMinutes: 7200, // 5 d
  configuration: {
    ApplicationName: {
      label: 'Application',
      type: 'string',
      required: 'always',
      placeholder: 'shop',
      help: 'Name the CodeDeploy application.',
    },
    DeploymentGroupName: {
      label: 'Deployment group',
      type: 'string',
      required: 'always',
      placeholder: 'production',
      help: 'Name the deployment group.',
    },
    TaskDefinitionTemplateArtifact: {
      label: 'Task definition artifact',
      type: 'artifactName',
      required: 'always',
      help: 'Choose the input artifact with the task definition.',
    },
    TaskDefinitionTemplatePath: {
      label: 'Task definition file',
      type: 'path',
      default: 'taskdef.json',
      help: 'Say where the task definition is in that artifact.',
    },
    AppSpecTemplateArtifact: {
      label: 'AppSpec artifact',
      type: 'artifactName',
      required: 'always',
      help: 'Choose the input artifact with the AppSpec file.',
    },
    AppSpecTemplatePath: {
      label: 'AppSpec file',
      type: 'path',
      default: 'appspec.yaml',
      help: 'Say where the AppSpec file is in that artifact.',
    },
    Image1ArtifactName: {
      label: 'Image 1 artifact',
      type: 'artifactName',
      help: 'Choose the input artifact with imageDetail.json of image 1.',
    },
    Image1ContainerName: {
      label: 'Image 1 placeholder',
      type: 'string',
      placeholder: 'IMAGE1_NAME',
      help: 'Name the placeholder that image 1 replaces in the task definition.',
    },
    Image2ArtifactName: {
      label: 'Image 2 artifact',
      type: 'artifactName',
      help: 'Choose the input artifact with imageDetail.json of image 2.',
    },
    Image2ContainerName: {
      label: 'Image 2 placeholder',
      type: 'string',
      placeholder: 'IMAGE2_NAME',
      help: 'Name the placeholder that image 2 replaces in the task definition.',
    },
    Image3ArtifactName: {
      label: 'Image 3 artifact',
      type: 'artifactName',
      help: 'Choose the input artifact with imageDetail.json of image 3.',
    },
    Image3ContainerName: {
      label: 'Image 3 placeholder',
      type: 'string',
      placeholder: 'IMAGE3_NAME',
      help: 'Name the placeholder that image 3 replaces in the task definition.',
    },
    Image4ArtifactName: {
      label: 'Image 4 artifact',
      type: 'artifactName',
      help: 'Choose the input artifact with imageDetail.json of image 4.',
    },
    Image4ContainerName: {
      label: 'Image 4 placeholder',
      type: 'string',
      placeholder: 'IMAGE4_NAME',
      help: 'Name the placeholder that image 4 replaces in the task definition.',
    },
  },
  outputVariables: [],
  summaryKeys: ['ApplicationName', 'DeploymentGroupName'],
  local: emulatedLocally('Checks task definition, AppSpec and images and fills in the placeholders.'),
  run: emulate({
    checks: 'task definition, AppSpec file, image details and placeholders',
    leaves: 'application, deployment group, and whether the new tasks become healthy',
    scripted(run) {
      const { configuration } = run;
      return {
        wouldDo: `fill in the task definition and deploy it to ${configuration.ApplicationName}/${configuration.DeploymentGroupName}`,
      };
    },
    load: async () => (await import('../../emulation/codeDeployToEcs.ts')).codeDeployToEcs,
  }),
});
