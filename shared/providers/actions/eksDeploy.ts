import { emulate, emulatedLocally } from '../common/emulate.ts';
import { defineProvider } from '../provider.ts';

const outputVariables = [{ name: 'EKSClusterName', help: 'Cluster that was deployed to.' }];

export const eksDeploy = defineProvider({
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'EKS', version: '1' },
  label: 'Amazon EKS deploy',
  shortLabel: 'Amazon EKS',
  help: 'Apply Kubernetes manifests or install a Helm chart.',
  status: 'current',
  pipelineTypes: ['V2'],
  crossRegion: true,
  artifacts: { inputs: [1, 1], outputs: [0, 0] },
  timeoutMinutes: 60, // 1 h
  configuration: {
    ClusterName: {
      label: 'Cluster',
      type: 'string',
      required: 'always',
      placeholder: 'production',
      help: 'Name the EKS cluster.',
    },
    ManifestFiles: {
      label: 'Manifest files',
      type: 'csv',
      required: { keyAbsent: 'HelmReleaseName' },
      placeholder: 'k8s/shop.yaml',
      help: 'List the manifests in the input artifact, for kubectl.',
    },
    HelmReleaseName: {
      label: 'Helm release',
      type: 'string',
      required: { keyAbsent: 'ManifestFiles' },
      placeholder: 'shop',
      help: 'Name the Helm release.',
    },
    HelmChartLocation: {
      label: 'Helm chart',
      type: 'path',
      required: { keyPresent: 'HelmReleaseName' },
      placeholder: 'charts/shop',
      help: 'Say where the chart is in the input artifact.',
    },
    HelmValuesFiles: {
      label: 'Helm values files',
      type: 'csv',
      placeholder: 'values-production.yaml',
      help: 'List values files inside the chart.',
    },
    Namespace: {
      label: 'Namespace',
      type: 'string',
      placeholder: 'shop',
      help: 'Deploy to this Kubernetes namespace.',
    },
    Subnets: {
      label: 'Subnets',
      type: 'csv',
      placeholder: 'subnet-0123456789abcdef0',
      help: 'List subnets from which the cluster is reached.',
    },
    SecurityGroupIds: {
      label: 'Security groups',
      type: 'csv',
      placeholder: 'sg-0123456789abcdef0',
      help: 'List security groups from which the cluster is reached.',
    },
  },
  declarationFields: ['environmentVariables'],
  outputVariables,
  summaryKeys: ['ClusterName', 'Namespace'],
  local: emulatedLocally('Checks manifests or the chart; remembers the objects of the cluster.'),
  run: emulate({
    checks: 'manifests, or the Helm chart and its values files',
    leaves: 'the cluster, its rules for objects, rendered chart templates and whether pods start',
    scripted(run) {
      const { ClusterName, HelmReleaseName, ManifestFiles } = run.configuration;
      const what = HelmReleaseName ? `install Helm release ${HelmReleaseName}` : `apply ${ManifestFiles}`;
      return {
        wouldDo: `${what} in cluster ${ClusterName}`,
        outputVariables,
        known: { EKSClusterName: ClusterName },
      };
    },
    load: async () => (await import('../../emulation/eksDeploy.ts')).deployToEks,
  }),
});
