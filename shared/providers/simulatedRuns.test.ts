import { describe, expect, test } from 'vitest';
import { fakeHost, runOf } from '../testing/fakeHost.ts';
import { findProvider, providers } from './table.ts';

/** What the log of a simulated action says that AWS would do, for a configuration as people write it. */
type Sentence = readonly [type: string, configuration: Record<string, string>, wouldDo: string];

const sentences: readonly Sentence[] = [
  ['Source/AWS/ECR', { RepositoryName: 'shop' }, 'read image shop:latest and pass on its imageDetail.json'],
  [
    'Source/AWS/ECR',
    { RepositoryName: 'shop', ImageTag: 'beta' },
    'read image shop:beta and pass on its imageDetail.json',
  ],
  [
    'Build/AWS/ECRBuildAndPublish',
    { ECRRepositoryName: 'shop' },
    'build an image from In and push it to shop as latest',
  ],
  [
    'Build/AWS/ECRBuildAndPublish',
    { ECRRepositoryName: 'shop', ImageTags: '1,2' },
    'build an image from In and push it to shop as 1,2',
  ],
  ['Build/Custom/Jenkins', { ProjectName: 'job' }, 'hand the job to Jenkins and wait for its answer'],
  ['Build/Custom/CloudBees', {}, 'hand the job to CloudBees and wait for its answer'],
  ['Build/Custom/TeamCity', {}, 'hand the job to JetBrains TeamCity and wait for its answer'],
  ['Test/Custom/Jenkins', { ProjectName: 'job' }, 'hand the job to Jenkins and wait for its answer'],
  ['Test/ThirdParty/BlazeMeter', {}, 'hand the job to BlazeMeter and wait for its answer'],
  ['Test/ThirdParty/GhostInspector', {}, 'hand the job to Ghost Inspector and wait for its answer'],
  ['Test/ThirdParty/StormRunnerLoad', {}, 'hand the job to StormRunner Load and wait for its answer'],
  ['Test/ThirdParty/Nouvola', {}, 'hand the job to Nouvola DiveCloud and wait for its answer'],
  ['Test/ThirdParty/Runscope', {}, 'hand the job to Runscope and wait for its answer'],
  [
    'Test/AWS/DeviceFarm',
    { App: 'shop.apk', TestType: 'BUILTIN_FUZZ' },
    'run BUILTIN_FUZZ tests of shop.apk on the device pool',
  ],
  ['Deploy/AWS/CloudFormation', { ActionMode: 'CREATE_UPDATE', StackName: 'shop' }, 'create or update stack shop'],
  ['Deploy/AWS/CloudFormation', { ActionMode: 'DELETE_ONLY', StackName: 'shop' }, 'delete stack shop'],
  [
    'Deploy/AWS/CloudFormation',
    { ActionMode: 'REPLACE_ON_FAILURE', StackName: 'shop' },
    'create, update or replace stack shop',
  ],
  [
    'Deploy/AWS/CloudFormation',
    { ActionMode: 'CHANGE_SET_REPLACE', StackName: 'shop' },
    'make a change set for stack shop',
  ],
  [
    'Deploy/AWS/CloudFormation',
    { ActionMode: 'CHANGE_SET_EXECUTE', StackName: 'shop' },
    'execute the change set of stack shop',
  ],
  ['Deploy/AWS/CloudFormation', { ActionMode: 'SOMETHING_NEW', StackName: 'shop' }, 'change shop'],
  ['Deploy/AWS/CloudFormationStackSet', { StackSetName: 'base' }, 'create or update stack set base'],
  [
    'Deploy/AWS/CloudFormationStackInstances',
    { StackSetName: 'base', Regions: 'eu-west-1' },
    'create stack instances of base in eu-west-1',
  ],
  ['Deploy/AWS/CodeDeploy', { ApplicationName: 'shop', DeploymentGroupName: 'blue' }, 'deploy In to shop/blue'],
  [
    'Deploy/AWS/CodeDeployToECS',
    { ApplicationName: 'shop', DeploymentGroupName: 'blue' },
    'fill in the task definition and deploy it to shop/blue',
  ],
  ['Deploy/AWS/ECS', { ClusterName: 'c', ServiceName: 's' }, 'update service s in cluster c'],
  ['Deploy/AWS/ElasticBeanstalk', { ApplicationName: 'a', EnvironmentName: 'e' }, 'deploy In to environment e'],
  [
    'Deploy/AWS/AppConfig',
    { Environment: 'e', InputArtifactConfigurationPath: 'c.json' },
    'deploy c.json to environment e',
  ],
  ['Deploy/AWS/ServiceCatalog', { ProductId: 'prod-1' }, 'add a version to product prod-1'],
  ['Deploy/AWS/OpsWorks', { Stack: 's', App: 'a' }, 'deploy a to stack s'],
  ['Deploy/AWS/EC2', { InstanceTagKey: 'Role' }, 'deploy In to instances tagged Role'],
  ['Deploy/AWS/EKS', { ClusterName: 'c', ManifestFiles: 'm.yaml' }, 'apply m.yaml in cluster c'],
  [
    'Deploy/AWS/EKS',
    { ClusterName: 'c', HelmReleaseName: 'r', HelmChartLocation: 'h' },
    'install Helm release r in cluster c',
  ],
  ['Deploy/AWS/Lambda', { FunctionName: 'f' }, 'deploy function f'],
  ['Deploy/ThirdParty/AlexaSkillsKit', { SkillId: 'skill' }, 'update skill skill'],
  ['Deploy/Custom/XebiaLabs', {}, 'hand the job to XebiaLabs Deploy and wait for its answer'],
  ['Invoke/AWS/Lambda', { FunctionName: 'f' }, 'call function f and wait for PutJobSuccessResult'],
  ['Invoke/AWS/StepFunctions', { StateMachineArn: 'arn:m' }, 'start state machine arn:m and wait for its end'],
  [
    'Invoke/AWS/InspectorScan',
    { InspectorRunMode: 'SourceCodeScan' },
    'scan the source code and pass on the list of its parts',
  ],
  [
    'Invoke/AWS/InspectorScan',
    { InspectorRunMode: 'ECRImageScan', ECRRepositoryName: 'shop', ImageTag: '1' },
    'scan image shop:1 and pass on the list of its parts',
  ],
  ['Invoke/AWS/CodePipeline', { PipelineName: 'next' }, 'start pipeline next'],
  ['Invoke/ThirdParty/Snyk', {}, 'hand the job to Snyk and wait for its answer'],
];

const nameOf = ({ actionTypeId: { category, owner, provider } }: (typeof providers)[number]) =>
  `${category}/${owner}/${provider}`;
const isScriptable = ({ local }: (typeof providers)[number]) => local.binding?.kinds.includes('simulation');
const providerOf = (type: string) => providers.find((provider) => nameOf(provider) === type)!;
const run = async (
  type: string,
  configuration: Record<string, string>,
  binding: Parameters<typeof runOf>[1]['binding'] = { kind: 'simulation' },
) => {
  const host = fakeHost();
  const outcome = await providerOf(type).run(runOf(host, { configuration, inputs: ['In'], binding }));
  return { ...outcome, lines: host.lines, effects: host.effects };
};

describe('what a simulated action says that AWS would do', () => {
  test.each(sentences)('%s with %j: %s', async (type, configuration, wouldDo) => {
    const { lines } = await run(type, configuration);
    expect(lines[0]).toBe(`Simulated: nothing leaves this machine. AWS would ${wouldDo}.`);
  });

  test('is written down for every type that can be simulated', () => {
    const simulated = providers.filter(isScriptable).map(nameOf);
    expect([...new Set(sentences.map(([type]) => type))].toSorted()).toEqual(simulated.toSorted());
  });
});

describe('the output variables of a simulated action', () => {
  test.each<[type: string, configuration: Record<string, string>, variables: Record<string, string>]>([
    [
      'Source/AWS/ECR',
      { RepositoryName: 'shop' },
      {
        ImageDigest: 'simulated-ImageDigest',
        ImageTag: 'latest',
        ImageURI: 'simulated-ImageURI',
        RegistryId: 'simulated-RegistryId',
        RepositoryName: 'shop',
      },
    ],
    [
      'Build/AWS/ECRBuildAndPublish',
      { ECRRepositoryName: 'shop' },
      { ECRImageDigestId: 'simulated-ECRImageDigestId', ECRRepositoryName: 'shop' },
    ],
    [
      'Deploy/AWS/CloudFormationStackSet',
      {},
      { StackSetId: 'simulated-StackSetId', OperationId: 'simulated-OperationId' },
    ],
    [
      'Deploy/AWS/CloudFormationStackInstances',
      {},
      { StackSetId: 'simulated-StackSetId', OperationId: 'simulated-OperationId' },
    ],
    ['Deploy/AWS/EKS', { ClusterName: 'c' }, { EKSClusterName: 'c' }],
    ['Deploy/AWS/Lambda', {}, { FunctionVersion: 'simulated-FunctionVersion' }],
    ['Deploy/AWS/Lambda', { PublishedTargetVersion: '7' }, { FunctionVersion: '7' }],
    [
      'Invoke/AWS/StepFunctions',
      { StateMachineArn: 'arn:m' },
      { StateMachineArn: 'arn:m', ExecutionArn: 'simulated-ExecutionArn' },
    ],
    ['Invoke/AWS/InspectorScan', {}, { HighestScannedSeverity: 'simulated-HighestScannedSeverity' }],
    ['Deploy/AWS/CloudFormation', {}, {}],
    ['Deploy/AWS/ECS', {}, {}],
    ['Invoke/AWS/Lambda', {}, {}],
    ['Test/ThirdParty/Runscope', {}, {}],
  ])('%s with %j: %j', async (type, configuration, variables) => {
    const { outputVariables, lines } = await run(type, configuration);
    expect(outputVariables).toEqual(variables);
    expect(lines.slice(1)).toEqual(
      Object.entries(variables).map(([name, value]) => `Output variable ${name}=${value}`),
    );
  });

  test.each(['Deploy/AWS/CloudFormation', 'Invoke/AWS/Lambda', 'Build/Custom/Jenkins', 'Deploy/AWS/EKS'])(
    '%s takes what its binding scripts, over what it would be',
    async (type) => {
      const outputVariables = { EKSClusterName: 'scripted', Url: 'https://example.com' };
      const outcome = await run(type, { ClusterName: 'c' }, { kind: 'simulation', outputVariables });
      expect(outcome.outputVariables).toEqual(outputVariables);
      expect(outcome.lines).toContain('Output variable Url=https://example.com');
    },
  );
});

describe('how a simulated action ends', () => {
  const simulated = providers.filter(isScriptable).map(nameOf);

  test.each(simulated)('%s: as its binding says, at the time it says', async (type) => {
    const slow = await run(type, {}, { kind: 'simulation', delayMs: 7000, message: 'Done by hand' });
    expect([slow.effects, slow.summary]).toEqual([['delay 7000'], 'Done by hand']);
    const plain = await run(type, {});
    expect([plain.effects, plain.summary]).toEqual([['delay 500'], 'Simulated.']);
    await expect(
      run(type, {}, { kind: 'simulation', delayMs: 0, result: 'Failed', message: 'No' }),
    ).rejects.toMatchObject({
      code: 'JobFailed',
      message: 'No',
      fix: 'Change the result in the simulation settings of this action.',
    });
  });

  test('a binding of another kind says nothing of it', async () => {
    const { summary, effects } = await run('Invoke/AWS/Lambda', {}, { kind: 'folder', path: '/' });
    expect([summary, effects]).toEqual(['Simulated.', ['delay 500']]);
  });

  test('a type of the account: by its provider’s name', async () => {
    const host = fakeHost();
    const own = findProvider({ category: 'Test', owner: 'Custom', provider: 'OurFarm', version: '2' });
    await own.run(runOf(host, { configuration: { Secret: 'hush' } }));
    expect(host.lines).toEqual([
      'Simulated: nothing leaves this machine. AWS would hand the job to OurFarm and wait for its answer.',
    ]);
  });
});
