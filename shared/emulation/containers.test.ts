import { describe, expect, it, test } from 'vitest';
import { codeDeployToEcs } from '../providers/actions/codeDeployToEcs.ts';
import { ecrBuildAndPublish } from '../providers/actions/ecrBuildAndPublish.ts';
import { ecrSource } from '../providers/actions/ecrSource.ts';
import { ecsDeploy } from '../providers/actions/ecsDeploy.ts';
import type { Artifact } from '../providers/host.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';

const DIGEST = `sha256:${'0123456789abcdef'.repeat(4)}`;
const IMAGE = '111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop:1.2';

describe('a rolling ECS deploy', () => {
  const definitions = (content: unknown) => ({ 'imagedefinitions.json': JSON.stringify(content) });
  const deploy = async (
    files: Record<string, string>,
    configuration: Record<string, string> = {},
    records: Record<string, unknown> = {},
  ) => {
    const host = fakeHost({ files: { In: files }, records });
    const given = { ClusterName: 'c', ServiceName: 'web', ...configuration };
    const outcome = await ecsDeploy.run(runOf(host, { configuration: given, inputs: ['In'] }));
    return { ...outcome, lines: host.lines, records: Object.fromEntries(host.records) };
  };

  it('reads the image definitions and tells what changes of the service', async () => {
    const first = await deploy(definitions([{ name: 'app', imageUri: IMAGE }]));
    expect(first).toMatchObject({ summary: '1 container of web updated.' });
    expect(first.lines.slice(1)).toEqual([`Container app of c/web runs ${IMAGE}`]);
    const next = await deploy(definitions([{ name: 'app', imageUri: 'shop:2' }]), {}, first.records);
    expect(next.lines.at(-1)).toBe(`Container app of c/web runs shop:2 (was ${IMAGE})`);
  });

  it('reads the file that FileName names', async () => {
    const files = { 'out/images.json': '[{"name":"app","imageUri":"shop:1"}]' };
    expect(await deploy(files, { FileName: './out/images.json' })).toMatchObject({ summary: expect.any(String) });
  });

  test.each<[files: Record<string, string>, code: string, message: string]>([
    [
      {},
      'ConfigurationError',
      "Invalid action configuration: Did not find the image definition file imagedefinitions.json in the input artifacts ZIP file. Verify the file is stored in your pipeline's Amazon S3 artifact bucket: artifacts key: shop/In/aaaaaaa",
    ],
    [
      { 'imagedefinitions.json': '[{"name":"app"' },
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json contains invalid JSON format',
    ],
    [
      definitions({ ImageURI: IMAGE }),
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json contains invalid JSON format',
    ],
    [
      definitions([]),
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json contains invalid JSON format',
    ],
    [
      definitions([{ name: 'app', imageUri: null }]),
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json contains null values',
    ],
    [
      definitions([
        { name: 'app', imageUri: 'a:1' },
        { name: 'app', imageUri: 'a:2' },
      ]),
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json contains invalid JSON format',
    ],
    [
      definitions([{ name: 'app', imageUri: '<IMAGE1_NAME>' }]),
      'JobFailed',
      'Container.image contains invalid characters. (ClientException)',
    ],
    [
      definitions([{ name: 'app', imageUri: `a:${'1'.repeat(110_000)}` }]),
      'ConfigurationError',
      'Invalid action configuration: The image definition file imagedefinitions.json is 110032 bytes long; at most 102400 are allowed.',
    ],
  ])('of %.60j fails with %s', async (files, code, message) => {
    await expect(deploy(files)).rejects.toMatchObject({ code, message, fix: expect.stringMatching(/\.$/) });
  });
});

describe('a blue/green ECS deploy', () => {
  const taskdef = (image = '<IMAGE1_NAME>', name = 'web') =>
    JSON.stringify({ family: 'shop', containerDefinitions: [{ name, image }] });
  const appspec = (extra: Record<string, string> = {}) => {
    const {
      type = 'AWS::ECS::Service',
      task = '<TASK_DEFINITION>',
      container = 'web',
      port = '80',
      hooks = '',
    } = extra;
    return `version: 0.0\nResources:\n  - TargetService:\n      Type: ${type}\n      Properties:\n        TaskDefinition: ${task}\n        LoadBalancerInfo:\n          ContainerName: ${container}\n          ContainerPort: ${port}\n${hooks}`;
  };
  const good = { 'taskdef.json': taskdef(), 'appspec.yaml': appspec() };
  const configuration = {
    ApplicationName: 'shop',
    DeploymentGroupName: 'blue',
    TaskDefinitionTemplateArtifact: 'In',
    AppSpecTemplateArtifact: 'In',
    Image1ArtifactName: 'Image',
    Image1ContainerName: 'IMAGE1_NAME',
  };
  const deploy = async (
    files: Record<string, string> = {},
    given: Record<string, string> = {},
    detail: string | undefined = JSON.stringify({ ImageURI: IMAGE }),
    inputs?: readonly Artifact[],
  ) => {
    const host = fakeHost({
      files: { In: { ...good, ...files }, Image: detail === '' ? {} : { 'imageDetail.json': detail } },
    });
    const run = runOf(host, { configuration: { ...configuration, ...given }, inputs: ['In', 'Image'] });
    const outcome = await codeDeployToEcs.run(inputs ? { ...run, inputs } : run);
    return { ...outcome, lines: host.lines };
  };

  it('fills in the image and the task definition', async () => {
    const { summary, lines, externalExecutionId } = await deploy();
    expect(summary).toBe('Task definition shop deployed to shop/blue.');
    expect(lines.slice(1)).toEqual([`Container web runs ${IMAGE}`]);
    expect(externalExecutionId).toBe('d-222222222');
  });

  it('says of a placeholder that the task definition lacks', async () => {
    const { lines } = await deploy({ 'taskdef.json': taskdef('shop:1') });
    expect(lines[1]).toBe(`Placeholder <IMAGE1_NAME> is not in taskdef.json: ${IMAGE} is used nowhere.`);
  });

  test.each<
    [
      why: string,
      files: Record<string, string>,
      given: Record<string, string>,
      detail: string | undefined,
      message: string,
    ]
  >([
    [
      'no such task definition',
      {},
      { TaskDefinitionTemplatePath: 'x.json' },
      undefined,
      'Exception while trying to read the task definition artifact file from: In',
    ],
    [
      'no such AppSpec',
      {},
      { AppSpecTemplatePath: 'x.yaml' },
      undefined,
      'Exception while trying to read the AppSpec artifact file from: In',
    ],
    ['no image detail', {}, {}, '', 'Exception while trying to read the image artifact file from: Image'],
    ['an image detail without URI', {}, {}, '{}', 'Exception while trying to read the image artifact file from: Image'],
    [
      'an image detail that is no JSON',
      {},
      {},
      '{',
      'Exception while trying to read the image artifact file from: Image',
    ],
    [
      'half of an image',
      {},
      { Image2ArtifactName: 'In' },
      undefined,
      'Invalid action configuration: Image2ArtifactName and Image2ContainerName belong together; only one of them is set.',
    ],
    [
      'a foreign artifact',
      {},
      { Image1ArtifactName: 'Other' },
      undefined,
      'Image1ArtifactName names artifact [Other], which is not an input artifact of the action (In, Image).',
    ],
    [
      'broken JSON',
      { 'taskdef.json': '{' },
      {},
      undefined,
      'The task definition file taskdef.json contains invalid JSON format',
    ],
    ['no family', { 'taskdef.json': '{}' }, {}, undefined, 'Family should not be null or empty. (ClientException)'],
    [
      'no containers',
      { 'taskdef.json': '{"family":"f","containerDefinitions":[]}' },
      {},
      undefined,
      'TaskDefinition containerDefinitions cannot be empty. (ClientException)',
    ],
    [
      'a placeholder that nobody fills',
      { 'taskdef.json': taskdef('<IMAGE2_NAME>') },
      {},
      undefined,
      'Container.image contains invalid characters. (ClientException)',
    ],
    [
      'an AppSpec for servers',
      { 'appspec.yaml': 'version: 0.0\nos: linux\n' },
      {},
      undefined,
      'The AppSpec file appspec.yaml has a resource of type null.',
    ],
    [
      'an AppSpec of another version',
      { 'appspec.yaml': appspec().replace('0.0', '1.0') },
      {},
      undefined,
      'The AppSpec file appspec.yaml has an invalid version 1.',
    ],
    [
      'traffic to an unknown container',
      { 'appspec.yaml': appspec({ container: 'api' }) },
      {},
      undefined,
      'The AppSpec file appspec.yaml sends traffic to container "api", which the task definition does not have.',
    ],
    [
      'no port',
      { 'appspec.yaml': appspec({ port: 'http' }) },
      {},
      undefined,
      'The AppSpec file appspec.yaml has an invalid ContainerPort.',
    ],
    [
      'a task definition that is none',
      { 'appspec.yaml': appspec({ task: 'shop' }) },
      {},
      undefined,
      'The AppSpec file appspec.yaml has an invalid TaskDefinition "shop".',
    ],
    [
      'an unknown hook',
      { 'appspec.yaml': appspec({ hooks: 'Hooks:\n  - BeforeEverything: f\n' }) },
      {},
      undefined,
      'The AppSpec file appspec.yaml has an unknown lifecycle event BeforeEverything.',
    ],
  ])('fails for %s', async (_, files, given, detail, message) => {
    await expect(deploy(files, given, detail)).rejects.toMatchObject({ message, fix: expect.stringMatching(/./) });
  });

  it('takes 3 MB of input artifacts and no more', async () => {
    const artifact = (name: string, size: number): Artifact => ({ name, digest: 'a'.repeat(64), size });
    const most = 3 * 1024 * 1024;
    await expect(deploy({}, {}, undefined, [artifact('In', most), artifact('Image', 0)])).resolves.toBeDefined();
    await expect(deploy({}, {}, undefined, [artifact('In', most), artifact('Image', 1)])).rejects.toMatchObject({
      message:
        'Invalid action configuration: The input artifacts are 3145729 bytes long together; at most 3145728 are allowed.',
    });
  });
});

describe('an ECR source', () => {
  const read = async (
    bound: string,
    given: Record<string, string> = {},
    sourceRevisions?: { revisionType: string; revisionValue: string }[],
  ) => {
    const host = fakeHost({ bound });
    const configuration = { RepositoryName: 'shop', ImageTag: 'beta', ...given };
    const outcome = await ecrSource.run(
      runOf(host, {
        configuration,
        outputs: ['Image'],
        binding: { kind: 'file', path: '/image' },
        ...(sourceRevisions ? { sourceRevisions } : {}),
      }),
    );
    return { ...outcome, detail: JSON.parse(host.made.get('Image')?.['imageDetail.json'] ?? '{}') as unknown };
  };
  const uri = `111122223333.dkr.ecr.eu-west-1.amazonaws.com/shop@${DIGEST}`;
  const variables = {
    ImageDigest: DIGEST,
    ImageTag: 'beta',
    ImageURI: uri,
    RegistryId: '111122223333',
    RepositoryName: 'shop',
  };

  it('takes the digest of one line', async () => {
    const { outputVariables, detail, revision, summary } = await read(`${DIGEST}\n`);
    expect(outputVariables).toEqual(variables);
    expect(revision).toEqual({ revisionId: DIGEST, repositoryName: 'shop' });
    expect(summary).toBe(DIGEST);
    expect(detail).toEqual({
      ImageDigest: DIGEST,
      Version: '1.0',
      RegistryId: '111122223333',
      RepositoryName: 'shop',
      ImageURI: uri,
      ImageTags: ['beta'],
    });
  });

  it('takes registry and account of a whole reference', async () => {
    const { outputVariables } = await read(`999988887777.dkr.ecr.us-east-1.amazonaws.com/shop:beta@${DIGEST}`);
    expect(outputVariables).toMatchObject({
      RegistryId: '999988887777',
      ImageURI: `999988887777.dkr.ecr.us-east-1.amazonaws.com/shop@${DIGEST}`,
    });
  });

  it('takes an imageDetail.json, and what aws ecr describe-images prints', async () => {
    expect((await read(JSON.stringify({ ImageURI: uri }))).outputVariables).toEqual(variables);
    const described = {
      imageDetails: [
        { imageDigest: `sha256:${'f'.repeat(64)}`, imageTags: ['old'] },
        {
          registryId: '111122223333',
          repositoryName: 'shop',
          imageDigest: DIGEST,
          imageTags: ['beta'],
          imageSizeInBytes: 7,
        },
      ],
    };
    const { outputVariables, detail } = await read(JSON.stringify(described));
    expect(outputVariables).toEqual(variables);
    expect(detail).toMatchObject({ ImageSizeInBytes: '7' });
    await expect(read(JSON.stringify(described), { ImageTag: 'gone' })).rejects.toMatchObject({
      code: 'RevisionUnavailable',
      message: 'The image with tag gone does not exist within the repository. (ImageNotFoundException)',
    });
  });

  it('takes the digest that the start asked for, and no revision of another type', async () => {
    const other = `sha256:${'f'.repeat(64)}`;
    const asked = await read(DIGEST, {}, [{ revisionType: 'IMAGE_DIGEST', revisionValue: other }]);
    expect(asked.outputVariables).toMatchObject({ ImageDigest: other });
    await expect(read(DIGEST, {}, [{ revisionType: 'COMMIT_ID', revisionValue: 'a' }])).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: 'An image cannot be read at a revision of type COMMIT_ID.',
    });
  });

  test.each([
    ['latest', '"latest" is no digest of an image. (ImageNotFoundException)'],
    ['', '"" is no digest of an image. (ImageNotFoundException)'],
    ['{', 'The bound file is no JSON that describes an image.'],
    [`other@${DIGEST}`, 'The bound file describes an image of repository other, not of shop.'],
  ])('fails for a bound file %j', async (bound, message) => {
    await expect(read(bound)).rejects.toMatchObject({ code: 'RevisionUnavailable', message });
  });
});

describe('an image build', () => {
  const build = async (files: Record<string, string>, configuration: Record<string, string> = {}) => {
    const host = fakeHost({ files: { In: files } });
    const run = runOf(host, { configuration: { ECRRepositoryName: 'shop', ...configuration }, inputs: ['In'] });
    return { ...(await ecrBuildAndPublish.run(run)), lines: host.lines };
  };
  const Dockerfile =
    '# syntax=docker/dockerfile:1\nARG V=1\nFROM node:24 AS build\nCOPY package*.json src ./\nRUN npm ci \\\n  # why\n  && true\nFROM scratch\nCOPY --from=build /x /x\nRUN <<EOF\nanything goes\nEOF\n';

  it('checks the Dockerfile, and leaves out the digest that only a build can tell', async () => {
    const { outputVariables, lines } = await build({ Dockerfile, 'src/a.js': '' }, { ImageTags: '1.2,latest' });
    expect(outputVariables).toEqual({ ECRRepositoryName: 'shop' });
    expect(lines[1]).toBe('Dockerfile: 2 stages; it would be pushed to shop as 1.2, latest.');
    expect(lines[2]).toContain('ECRImageDigestId is left out: no image is built');
  });

  test.each(['docker', './docker/', 'docker/Dockerfile'])('finds it at %s', async (DockerFilePath) => {
    await expect(build({ 'docker/Dockerfile': 'FROM scratch\n' }, { DockerFilePath })).resolves.toBeDefined();
  });

  test.each<[files: Record<string, string>, configuration: Record<string, string>, message: string]>([
    [{}, {}, 'ERROR: failed to solve: failed to read dockerfile: open Dockerfile: no such file or directory'],
    [{ Dockerfile: '# nothing\n' }, {}, 'ERROR: failed to solve: file with no instructions'],
    [
      { Dockerfile: 'FROM a\nRUNN x\n' },
      {},
      'ERROR: failed to solve: dockerfile parse error on line 2: unknown instruction: RUNN',
    ],
    [
      { Dockerfile: 'RUN x\n' },
      {},
      'ERROR: failed to solve: dockerfile parse error on line 1: no build stage in current context',
    ],
    [
      { Dockerfile: 'FROM a\nCOPY ./dist /app\n' },
      {},
      'ERROR: failed to solve: failed to compute cache key: failed to calculate checksum of ref: "/dist": not found',
    ],
    [{ Dockerfile }, { ECRRepositoryName: 'Shop' }, 'ECRRepositoryName "Shop" is no name of a repository.'],
    [
      { Dockerfile },
      { ImageTags: 'a b' },
      'invalid argument "shop:a b" for "-t, --tag" flag: invalid reference format',
    ],
  ])('of %.50j with %j fails', async (files, configuration, message) => {
    await expect(build(files, configuration)).rejects.toMatchObject({ message, fix: expect.stringMatching(/\.$/) });
  });
});
