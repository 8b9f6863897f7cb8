import { describe, expect, it, test } from 'vitest';
import { artifactOf, fakeHost, runOf } from '../testing/fakeHost.ts';
import { codeBuildBuild } from './actions/codeBuildBuild.ts';
import { codeBuildTest } from './actions/codeBuildTest.ts';
import { codeCommitSource } from './actions/codeCommitSource.ts';
import { commands } from './actions/commands.ts';
import { connectionSource } from './actions/connectionSource.ts';
import { gitHubSource } from './actions/gitHubSource.ts';
import { manualApproval } from './actions/manualApproval.ts';
import { s3Deploy } from './actions/s3Deploy.ts';
import { s3Source } from './actions/s3Source.ts';

const commit = {
  revisionId: '4f6c1d2e8a9b0c1d2e3f4a5b6c7d8e9f0a1b2c3d',
  branchName: 'main',
  commitMessage: 'Add cart\n\nWith tests.',
  authorDate: '2026-01-01T10:00:00Z',
  authorDisplayName: 'Ann Example',
  authorEmail: 'ann@example.com',
  committerDate: '2026-01-01T11:00:00Z',
};

describe('a connection source', () => {
  const configuration = {
    ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/1',
    FullRepositoryId: 'acme/shop',
    BranchName: 'main',
  };

  it('§12 reads the newest commit of its branch and passes it on with the variables of a push', async () => {
    const host = fakeHost({ revision: commit });
    const outcome = await connectionSource.run(runOf(host, { configuration, outputs: ['Source'] }));
    expect(host.effects).toEqual(['readRepository Source main newest CODE_ZIP']);
    expect(outcome).toMatchObject({
      outputArtifacts: [{ name: 'Source' }],
      summary: 'Add cart',
      externalExecutionId: commit.revisionId,
      revision: { revisionId: commit.revisionId, repositoryName: 'acme/shop' },
    });
    expect(outcome.outputVariables).toEqual({
      AuthorDate: commit.authorDate,
      AuthorDisplayName: 'Ann Example',
      AuthorEmail: 'ann@example.com',
      AuthorId: 'ann@example.com',
      BranchName: 'main',
      CommitId: commit.revisionId,
      CommitMessage: 'Add cart\n\nWith tests.',
      ConnectionArn: configuration.ConnectionArn,
      FullRepositoryName: 'acme/shop',
      ProviderType: 'Local',
    });
  });

  it('produces no variable that the table does not list', async () => {
    const outcome = await connectionSource.run(
      runOf(fakeHost({ revision: commit }), { configuration, outputs: ['S'] }),
    );
    const listed = connectionSource.outputVariables.map((variable) => variable.name);
    expect(Object.keys(outcome.outputVariables ?? {}).filter((name) => !listed.includes(name))).toEqual([]);
  });

  it('has no variables of a commit when a plain folder is bound', async () => {
    const host = fakeHost({ revision: { revisionId: 'd'.repeat(64) } });
    const outcome = await connectionSource.run(runOf(host, { configuration, outputs: ['Source'] }));
    expect(Object.keys(outcome.outputVariables ?? {})).toEqual([
      'BranchName',
      'CommitId',
      'ConnectionArn',
      'FullRepositoryName',
      'ProviderType',
    ]);
    expect(outcome.summary).toBe('d'.repeat(64));
  });

  it('reads the commit that the start asked for, and a clone reference when the format says so', async () => {
    const host = fakeHost();
    const sourceRevisions = [{ revisionType: 'COMMIT_ID', revisionValue: 'abc123' }];
    await connectionSource.run(
      runOf(host, {
        configuration: { ...configuration, OutputArtifactFormat: 'CODEBUILD_CLONE_REF' },
        outputs: ['Source'],
        sourceRevisions,
      }),
    );
    expect(host.effects).toEqual(['readRepository Source main abc123 CODEBUILD_CLONE_REF']);
  });

  it('refuses a revision that is no commit', async () => {
    const sourceRevisions = [{ revisionType: 'IMAGE_DIGEST', revisionValue: 'sha256:1' }];
    const run = runOf(fakeHost(), { configuration, outputs: ['Source'], sourceRevisions });
    await expect(connectionSource.run(run)).rejects.toMatchObject({ code: 'ConfigurationError' });
  });

  it('refuses to run without an output artifact', async () => {
    await expect(connectionSource.run(runOf(fakeHost(), { configuration }))).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: 'Stage/Action has no output artifact.',
    });
  });
});

describe('a CodeCommit and a GitHub source', () => {
  it('name repository and branch as configured', async () => {
    const configuration = { RepositoryName: 'shop', BranchName: 'release' };
    const host = fakeHost({ revision: commit });
    const outcome = await codeCommitSource.run(runOf(host, { configuration, outputs: ['Source'] }));
    expect(host.effects).toEqual(['readRepository Source release newest CODE_ZIP']);
    expect(Object.keys(outcome.outputVariables ?? {}).toSorted()).toEqual(
      codeCommitSource.outputVariables.map((variable) => variable.name).toSorted(),
    );
    expect(outcome.outputVariables).toMatchObject({ RepositoryName: 'shop', BranchName: 'release' });
  });

  it('give the web address of a GitHub commit and never show the token', async () => {
    const configuration = { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: 'ghp_secret' };
    const host = fakeHost({ revision: commit });
    const outcome = await gitHubSource.run(runOf(host, { configuration, outputs: ['Source'] }));
    expect(outcome.outputVariables?.CommitUrl).toBe(`https://github.com/acme/shop/commit/${commit.revisionId}`);
    expect(outcome.outputVariables?.RepositoryName).toBe('shop');
    expect(JSON.stringify([outcome, host.lines])).not.toContain('ghp_secret');
  });
});

describe('an S3 source', () => {
  const configuration = { S3Bucket: 'drop', S3ObjectKey: 'shop.zip' };

  it('§12 passes the bound object on with its version', async () => {
    const outcome = await s3Source.run(runOf(fakeHost(), { configuration, outputs: ['Source'] }));
    expect(outcome).toMatchObject({
      outputVariables: { BucketName: 'drop', ETag: 'etag-1', ObjectKey: 'shop.zip', VersionId: 'version-1' },
      summary: 'Amazon S3 version id: version-1',
      revision: { revisionId: 'version-1' },
    });
  });

  it('refuses another version than the bound one instead of ignoring the wish', async () => {
    const sourceRevisions = [{ revisionType: 'S3_OBJECT_VERSION_ID', revisionValue: 'v9' }];
    const run = runOf(fakeHost(), { configuration, outputs: ['Source'], sourceRevisions });
    await expect(s3Source.run(run)).rejects.toMatchObject({ code: 'RevisionUnavailable' });
  });
});

describe.each([
  ['build', codeBuildBuild],
  ['test', codeBuildTest],
])('a CodeBuild %s', (_name, provider) => {
  it('runs the buildspec of its only input artifact and passes exported variables and artifacts on', async () => {
    const host = fakeHost({ build: { exportedVariables: { VERSION: '1.2' }, outputArtifacts: [artifactOf('Site')] } });
    const outcome = await provider.run(
      runOf(host, { configuration: { ProjectName: 'shop' }, inputs: ['Source'], outputs: ['Site'] }),
    );
    expect(host.builds).toEqual([
      { kind: 'buildspec', projectName: 'shop', buildspec: undefined, primarySource: 'Source', environment: [] },
    ]);
    expect(outcome).toMatchObject({
      outputVariables: { VERSION: '1.2' },
      outputArtifacts: [{ name: 'Site' }],
      externalExecutionId: 'shop:1',
    });
  });

  it('prefers the buildspec of the action to the bound project’s', async () => {
    const host = fakeHost();
    const binding = { kind: 'project', buildspec: 'ci/project.yml' } as const;
    const parts = { inputs: ['Source'], binding };
    await provider.run(runOf(host, { ...parts, configuration: { ProjectName: 'shop' } }));
    await provider.run(
      runOf(host, { ...parts, configuration: { ProjectName: 'shop', BuildspecOverride: 'ci/a.yml' } }),
    );
    expect(host.builds.map((build) => build.buildspec)).toEqual(['ci/project.yml', 'ci/a.yml']);
  });

  it('succeeds without an output artifact that the build did not produce, and says so', async () => {
    const host = fakeHost();
    const outcome = await provider.run(
      runOf(host, { configuration: { ProjectName: 'shop' }, inputs: ['Source'], outputs: ['Site'] }),
    );
    expect(outcome.outputArtifacts).toEqual([]);
    expect(host.lines).toEqual(['Output artifact "Site" was not produced, so actions that need it will fail.']);
  });

  it('never passes on an artifact that the action does not declare', async () => {
    const host = fakeHost({ build: { outputArtifacts: [artifactOf('Site'), artifactOf('Extra')] } });
    const outcome = await provider.run(
      runOf(host, { configuration: { ProjectName: 'shop' }, inputs: ['Source'], outputs: ['Site'] }),
    );
    expect(outcome.outputArtifacts?.map((artifact) => artifact.name)).toEqual(['Site']);
  });

  it('hands over its environment variables', async () => {
    const host = fakeHost();
    const EnvironmentVariables = '[{"name":"A","value":"b"},{"name":"K","value":"/shop/key","type":"PARAMETER_STORE"}]';
    await provider.run(
      runOf(host, { configuration: { ProjectName: 'shop', EnvironmentVariables }, inputs: ['Source'] }),
    );
    expect(host.builds[0]?.environment).toEqual([
      { name: 'A', value: 'b', type: 'PLAINTEXT' },
      { name: 'K', value: '/shop/key', type: 'PARAMETER_STORE' },
    ]);
  });

  test.each<{ because: string; configuration: Record<string, string>; says: RegExp }>([
    { because: 'is not JSON', configuration: { EnvironmentVariables: '{A:b}' }, says: /is not JSON/ },
    { because: 'is no list', configuration: { EnvironmentVariables: '{}' }, says: /is not a list/ },
    { because: 'holds no object', configuration: { EnvironmentVariables: '[null]' }, says: /no object at position 1/ },
    {
      because: 'lacks a name',
      configuration: { EnvironmentVariables: '[{"value":"b"}]' },
      says: /no name at position 1/,
    },
    {
      because: 'has a number',
      configuration: { EnvironmentVariables: '[{"name":"A","value":1}]' },
      says: /value of "A"/,
    },
    {
      because: 'has an unknown type',
      configuration: { EnvironmentVariables: '[{"name":"A","value":"b","type":"X"}]' },
      says: /a type that/,
    },
    { because: 'is a batch', configuration: { BatchEnabled: 'true' }, says: /Batch builds do not run locally/ },
    { because: 'combines without a batch', configuration: { CombineArtifacts: 'true' }, says: /batch build/ },
    { because: 'has its buildspec in S3', configuration: { BuildspecOverride: 'arn:aws:s3:::b/spec.yml' }, says: /S3/ },
    { because: 'names a foreign primary source', configuration: { PrimarySource: 'Other' }, says: /no input artifact/ },
  ])('fails with ConfigurationError and starts nothing when it $because', async ({ configuration, says }) => {
    const host = fakeHost();
    const run = runOf(host, { configuration: { ProjectName: 'shop', ...configuration }, inputs: ['Source'] });
    await expect(provider.run(run)).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringMatching(says) as unknown,
      fix: expect.stringMatching(/\w+/) as unknown,
    });
    expect(host.builds).toEqual([]);
  });

  it('takes the buildspec of the bound project in place of one in S3, and says so', async () => {
    const host = fakeHost();
    const configuration = { ProjectName: 'shop', BuildspecOverride: 'arn:aws:s3:::b/spec.yml' };
    const binding = { kind: 'project' as const, buildspec: 'ci/build.yml' };
    await provider.run(runOf(host, { configuration, inputs: ['Source'], binding }));
    expect(host.builds.map((build) => build.buildspec)).toEqual(['ci/build.yml']);
    expect(host.lines).toContain('The buildspec of the bound project stands for arn:aws:s3:::b/spec.yml.');
  });

  it('needs to be told which of several input artifacts is the primary source', async () => {
    const host = fakeHost();
    const inputs = ['Source', 'Assets'];
    await expect(provider.run(runOf(host, { configuration: { ProjectName: 'shop' }, inputs }))).rejects.toMatchObject({
      code: 'ConfigurationError',
      fix: 'Choose one of Source, Assets.',
    });
    await provider.run(runOf(host, { configuration: { ProjectName: 'shop', PrimarySource: 'Assets' }, inputs }));
    expect(host.builds.map((build) => build.primarySource)).toEqual(['Assets']);
  });

  test.each([
    { inputs: ['Source', 'my-assets'], outputs: [], faulty: 'my-assets', instead: 'my_assets' },
    { inputs: ['Source'], outputs: ['Site', 'test-report'], faulty: 'test-report', instead: 'test_report' },
  ])('refuses "$faulty" as identifier, as CodeBuild does', async ({ inputs, outputs, faulty, instead }) => {
    const configuration = { ProjectName: 'shop', PrimarySource: 'Source' };
    await expect(provider.run(runOf(fakeHost(), { configuration, inputs, outputs }))).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringContaining(`identifier "${faulty}"`) as unknown,
      fix: expect.stringContaining(instead) as unknown,
    });
  });

  it('takes any name for the primary input and for a single output', async () => {
    const run = runOf(fakeHost(), { configuration: { ProjectName: 'p' }, inputs: ['my-src'], outputs: ['my-site'] });
    await expect(provider.run(run)).resolves.toBeDefined();
  });
});

describe('a Commands action', () => {
  it('runs its commands in the first input artifact and exports what it declares', async () => {
    const host = fakeHost({ build: { exportedVariables: { N: '3' }, outputArtifacts: [artifactOf('Report')] } });
    const outcome = await commands.run(
      runOf(host, {
        inputs: ['Source', 'Other'],
        action: {
          commands: ['sh test.sh', 'echo done'],
          outputVariables: ['N'],
          environmentVariables: [{ name: 'A', value: 'b' }],
          outputArtifacts: [{ name: 'Report', files: ['report/**'] }],
        },
      }),
    );
    expect(host.builds).toEqual([
      {
        kind: 'commands',
        projectName: 'shop-Stage-Action',
        commands: ['sh test.sh', 'echo done'],
        primarySource: 'Source',
        environment: [{ name: 'A', value: 'b' }],
        exportNames: ['N'],
        files: ['report/**'],
      },
    ]);
    expect(outcome).toMatchObject({ outputVariables: { N: '3' }, outputArtifacts: [{ name: 'Report' }] });
  });

  test.each([
    { because: 'it has no commands', action: {}, inputs: ['Source'], says: /no commands/ },
    { because: 'it has no input', action: { commands: ['a'] }, inputs: [], says: /no input artifact/ },
    {
      because: 'it wants Windows',
      action: { commands: ['a'] },
      inputs: ['Source'],
      configuration: { EnvironmentType: 'WINDOWS_SERVER_2022_CONTAINER' },
      says: /Windows/,
    },
  ])('starts nothing when $because', async ({ says, ...parts }) => {
    const host = fakeHost();
    await expect(commands.run(runOf(host, parts))).rejects.toMatchObject({
      code: 'ConfigurationError',
      message: expect.stringMatching(says) as unknown,
    });
    expect(host.builds).toEqual([]);
  });
});

describe('an S3 deploy', () => {
  const deploy = async (configuration: Record<string, string>) => {
    const host = fakeHost();
    const outcome = await s3Deploy.run(
      runOf(host, { configuration: { BucketName: 'site', ...configuration }, inputs: ['Site'] }),
    );
    return { effects: host.effects, lines: host.lines, summary: outcome.summary };
  };

  it('extracts the files, below the object key if there is one', async () => {
    expect(await deploy({ Extract: 'true' })).toMatchObject({
      effects: ['deployFiles Site'],
      summary: '3 files deployed',
    });
    expect(await deploy({ Extract: 'true', ObjectKey: 'v1' })).toMatchObject({ effects: ['deployFiles Site v1'] });
  });

  it('copies the zip to the object key when it is not extracted', async () => {
    expect(await deploy({ Extract: 'false', ObjectKey: 'site.zip' })).toMatchObject({
      effects: ['deployZip Site site.zip'],
    });
  });

  it('§10 fills {datetime} and {uuid} from the attempt, so that a repeated attempt writes to the same place', async () => {
    const once = await deploy({ Extract: 'true', ObjectKey: 'r/{datetime}/{uuid}' });
    expect(once.effects).toEqual(['deployFiles Site r/2026-01-02_03-04-05/22222222-2222-4222-8222-222222222222']);
    expect((await deploy({ Extract: 'true', ObjectKey: 'r/{datetime}/{uuid}' })).effects).toEqual(once.effects);
  });

  it('says which settings only AWS applies', async () => {
    const { lines } = await deploy({ Extract: 'true', CannedACL: 'private', CacheControl: 'max-age=1' });
    expect(lines[0]).toContain('CannedACL private, CacheControl max-age=1: only AWS applies them');
  });

  it('needs a key for a zip, and an artifact', async () => {
    await expect(deploy({ Extract: 'false' })).rejects.toMatchObject({ code: 'ConfigurationError' });
    const run = runOf(fakeHost(), { configuration: { BucketName: 'site', Extract: 'true' } });
    await expect(s3Deploy.run(run)).rejects.toMatchObject({ code: 'ConfigurationError' });
  });
});

describe('a manual approval', () => {
  const configuration = {
    CustomData: 'Release 1.2?',
    ExternalEntityLink: 'https://example.com',
    NotificationArn: 'arn:aws:sns:::t',
  };

  it('waits up to seven days, or as long as the action says', async () => {
    const host = fakeHost();
    await manualApproval.run(runOf(host, { configuration }));
    await manualApproval.run(runOf(host, { action: { timeoutInMinutes: 30 } }));
    expect(host.effects).toEqual(['approval Release 1.2? https://example.com 10080', 'approval - - 30']);
    expect(host.lines).toEqual(['No notification is sent in a local run.']);
  });

  it('succeeds with the reviewer’s words', async () => {
    const host = fakeHost({ approval: { status: 'Approved', summary: 'Looks good' } });
    expect(await manualApproval.run(runOf(host, {}))).toEqual({ summary: 'Looks good' });
  });

  it('fails with code Rejected when rejected', async () => {
    const host = fakeHost({ approval: { status: 'Rejected', summary: 'Not on a Friday' } });
    await expect(manualApproval.run(runOf(host, {}))).rejects.toMatchObject({
      code: 'Rejected',
      message: 'Not on a Friday',
    });
  });
});
