import { describe, expect, it, test } from 'vitest';
import type { ActionDeclaration } from '../model/declaration.ts';
import { fakeHost, runOf } from '../testing/fakeHost.ts';
import { codeBuildBuild } from './actions/codeBuildBuild.ts';
import { codeCommitSource } from './actions/codeCommitSource.ts';
import { commands } from './actions/commands.ts';
import { connectionSource } from './actions/connectionSource.ts';
import { gitHubSource } from './actions/gitHubSource.ts';
import { manualApproval } from './actions/manualApproval.ts';
import { s3Deploy } from './actions/s3Deploy.ts';
import { s3Source } from './actions/s3Source.ts';
import { ActionFailure } from './host.ts';

type Parts = Parameters<typeof runOf>[1];
const commit = {
  revisionId: 'c0ffee',
  commitMessage: 'Add cart\n\nLong story.',
  revisionUrl: 'https://git.example/c0ffee',
};

/** The real source types, with a configuration each and how they name their repository. */
const repositories = [
  ['CodeCommit', codeCommitSource, { RepositoryName: 'shop', BranchName: 'main' }, 'shop'],
  [
    'a connection',
    connectionSource,
    { ConnectionArn: 'arn:c', FullRepositoryId: 'acme/shop', BranchName: 'main' },
    'acme/shop',
  ],
  ['GitHub', gitHubSource, { Owner: 'acme', Repo: 'shop', Branch: 'main', OAuthToken: 't' }, 'acme/shop'],
] as const;

describe.each(repositories)('a source action of %s', (_name, provider, configuration, repositoryName) => {
  const run = (parts: Parts = {}, revision: Record<string, string> & { revisionId: string } = commit) => {
    const host = fakeHost({ revision });
    return { host, outcome: provider.run(runOf(host, { configuration, outputs: ['Source'], ...parts })) };
  };

  it('logs what it read, and names the revision in its outcome', async () => {
    const { host, outcome } = run();
    expect(await outcome).toMatchObject({
      summary: 'Add cart',
      externalExecutionId: 'c0ffee',
      externalExecutionUrl: 'https://git.example/c0ffee',
      revision: { revisionId: 'c0ffee', repositoryName },
      outputArtifacts: [{ name: 'Source' }],
    });
    expect(host.lines).toEqual([`Action: ${repositoryName} at c0ffee (10 bytes)`]);
  });

  test.each<[message: string | undefined, summary: string]>([
    ['One line', 'One line'],
    ['First\nsecond', 'First'],
    ['  blanks  \nx', 'blanks'],
    ['\nsecond', 'c0ffee'],
    ['', 'c0ffee'],
    [undefined, 'c0ffee'],
  ])('of the message %j shows %j', async (commitMessage, summary) => {
    const { outcome } = run({}, { revisionId: 'c0ffee', ...(commitMessage === undefined ? {} : { commitMessage }) });
    expect((await outcome).summary).toBe(summary);
  });

  it('has no variable without a value', async () => {
    const { outputVariables = {} } = await run({}, { revisionId: 'c0ffee' }).outcome;
    expect(Object.values(outputVariables).filter((value) => typeof value !== 'string')).toEqual([]);
    expect(outputVariables).toMatchObject({ CommitId: 'c0ffee', BranchName: 'main' });
  });

  test.each(['IMAGE_DIGEST', 'S3_OBJECT_VERSION_ID', 'S3_OBJECT_KEY', ''])(
    'refuses a revision of type %j and reads nothing',
    async (revisionType) => {
      const { host, outcome } = run({ sourceRevisions: [{ revisionType, revisionValue: 'x' }] });
      await expect(outcome).rejects.toMatchObject({
        code: 'ConfigurationError',
        message: `A repository cannot be read at a revision of type ${revisionType}.`,
        fix: 'Use a source revision of type COMMIT_ID.',
      });
      expect(host.effects).toEqual([]);
    },
  );

  it('reads the commit that is asked for', async () => {
    const { host, outcome } = run({ sourceRevisions: [{ revisionType: 'COMMIT_ID', revisionValue: 'beef' }] });
    await outcome;
    expect(host.effects).toEqual(['readRepository Source main beef CODE_ZIP']);
  });

  it('needs an output artifact before it reads', async () => {
    const { host, outcome } = run({ outputs: [] });
    await expect(outcome).rejects.toMatchObject({
      code: 'ConfigurationError',
      fix: 'Give the source action one output artifact.',
    });
    expect(host.effects).toEqual([]);
  });
});

describe('the format of a source', () => {
  test.each<[format: string | undefined, asked: string]>([
    [undefined, 'CODE_ZIP'],
    ['CODE_ZIP', 'CODE_ZIP'],
    ['CODEBUILD_CLONE_REF', 'CODEBUILD_CLONE_REF'],
    ['SOMETHING_NEW', 'CODE_ZIP'],
  ])('%j is read as %s', async (OutputArtifactFormat, asked) => {
    for (const provider of [codeCommitSource, connectionSource]) {
      const host = fakeHost();
      const configuration = {
        BranchName: 'main',
        ...(OutputArtifactFormat === undefined ? {} : { OutputArtifactFormat }),
      };
      await provider.run(runOf(host, { configuration, outputs: ['S'] }));
      expect(host.effects).toEqual([`readRepository S main newest ${asked}`]);
    }
  });
});

describe('an S3 source', () => {
  it('logs the object and its version', async () => {
    const host = fakeHost();
    await s3Source.run(runOf(host, { configuration: { S3Bucket: 'drop', S3ObjectKey: 'a/shop.zip' }, outputs: ['S'] }));
    expect(host.lines).toEqual(['drop/a/shop.zip (10 bytes). Amazon S3 version id: version-1']);
    expect(host.effects).toEqual(['readObject S']);
  });

  test.each<[allow: string | undefined, type: string, code: string, message: string, effects: string[]]>([
    [
      undefined,
      'S3_OBJECT_VERSION_ID',
      'RevisionUnavailable',
      'drop/a.zip has no version v9 on this machine; the bound file is version version-1.',
      ['readObject S'],
    ],
    [undefined, 'S3_OBJECT_KEY', 'ConfigurationError', 'The action does not allow another object key (v9).', []],
    ['false', 'S3_OBJECT_KEY', 'ConfigurationError', 'The action does not allow another object key (v9).', []],
    ['true', 'COMMIT_ID', 'ConfigurationError', 'An object cannot be read at a revision of type COMMIT_ID.', []],
  ])(
    'with AllowOverrideForS3ObjectKey %j it refuses %s with %s',
    async (allow, revisionType, code, message, effects) => {
      const host = fakeHost();
      const configuration = {
        S3Bucket: 'drop',
        S3ObjectKey: 'a.zip',
        ...(allow === undefined ? {} : { AllowOverrideForS3ObjectKey: allow }),
      };
      const run = runOf(host, {
        configuration,
        outputs: ['S'],
        sourceRevisions: [{ revisionType, revisionValue: 'v9' }],
      });
      await expect(s3Source.run(run)).rejects.toMatchObject({ code, message });
      expect(host.effects).toEqual(effects);
    },
  );

  it('takes another key where it is allowed, in the version that it has', async () => {
    const host = fakeHost();
    const outcome = await s3Source.run(
      runOf(host, {
        configuration: { S3Bucket: 'drop', S3ObjectKey: 'a.zip', AllowOverrideForS3ObjectKey: 'true' },
        outputs: ['S'],
        sourceRevisions: [
          { revisionType: 'S3_OBJECT_KEY', revisionValue: 'b/c.zip' },
          { revisionType: 'S3_OBJECT_VERSION_ID', revisionValue: 'version-1' },
        ],
      }),
    );
    expect(host.effects).toEqual(['readObject S b/c.zip']);
    expect(outcome.outputVariables).toEqual({
      BucketName: 'drop',
      ETag: 'etag-1',
      ObjectKey: 'b/c.zip',
      VersionId: 'version-1',
    });
  });

  it('needs an output artifact before it reads', async () => {
    const host = fakeHost();
    await expect(s3Source.run(runOf(host, {}))).rejects.toMatchObject({ code: 'ConfigurationError' });
    expect(host.effects).toEqual([]);
  });
});

describe('an S3 deploy', () => {
  test.each<[configuration: Record<string, string>, effect: string, line: string, summary: string]>([
    [{ Extract: 'true' }, 'deployFiles Site', '3 files of Site deployed', '3 files deployed'],
    [{ Extract: 'True' }, 'deployFiles Site', '3 files of Site deployed', '3 files deployed'],
    [{}, 'deployFiles Site', '3 files of Site deployed', '3 files deployed'],
    [
      { Extract: 'true', ObjectKey: 'v1' },
      'deployFiles Site v1',
      '3 files of Site deployed below v1',
      '3 files deployed',
    ],
    [{ Extract: 'true', ObjectKey: '' }, 'deployFiles Site', '3 files of Site deployed', '3 files deployed'],
    [{ Extract: 'false', ObjectKey: 'a.zip' }, 'deployZip Site a.zip', 'Site is now a.zip', '1 object: a.zip'],
    [{ Extract: 'False', ObjectKey: 'a.zip' }, 'deployZip Site a.zip', 'Site is now a.zip', '1 object: a.zip'],
    [
      { Extract: 'false', ObjectKey: '{uuid}.zip' },
      'deployZip Site 22222222-2222-4222-8222-222222222222.zip',
      'Site is now 22222222-2222-4222-8222-222222222222.zip',
      '1 object: 22222222-2222-4222-8222-222222222222.zip',
    ],
    [
      { Extract: 'false', ObjectKey: '{datetime}/{datetime}' },
      'deployZip Site 2026-01-02_03-04-05/2026-01-02_03-04-05',
      'Site is now 2026-01-02_03-04-05/2026-01-02_03-04-05',
      '1 object: 2026-01-02_03-04-05/2026-01-02_03-04-05',
    ],
    [
      { Extract: 'false', ObjectKey: '{date}/{UUID}' },
      'deployZip Site {date}/{UUID}',
      'Site is now {date}/{UUID}',
      '1 object: {date}/{UUID}',
    ],
  ])('with %j: %s', async (configuration, effect, line, summary) => {
    const host = fakeHost();
    const outcome = await s3Deploy.run(
      runOf(host, { configuration: { BucketName: 'b', ...configuration }, inputs: ['Site'] }),
    );
    expect(host.effects).toEqual([effect]);
    expect(host.lines).toEqual([line]);
    expect(outcome).toEqual({ summary });
  });

  it('says of one file that it is one', async () => {
    const host = { ...fakeHost(), deployFiles: async () => 1 };
    const outcome = await s3Deploy.run(runOf(host, { configuration: { Extract: 'true' }, inputs: ['Site'] }));
    expect(outcome.summary).toBe('1 file deployed');
    expect(host.lines).toEqual(['1 file of Site deployed']);
  });

  it('says that a key’s encryption is AWS’s to apply', async () => {
    const host = fakeHost();
    const configuration = { Extract: 'true', KMSEncryptionKeyARN: 'x' };
    await s3Deploy.run(runOf(host, { configuration, inputs: ['Site'] }));
    expect(host.lines[0]).toBe('KMSEncryptionKeyARN has no meaning in a local folder; only AWS encrypts with it.');
  });

  it('lists what S3 would know of its objects in a file beside them, with those of earlier deploys', async () => {
    const host = fakeHost({
      files: { Site: { 'index.html': 'a', 'app.js': 'b' } },
      records: { 's3/b in /site': { 'old.html': { CacheControl: 'no-store' } } },
    });
    await s3Deploy.run(
      runOf(host, {
        configuration: {
          BucketName: 'b',
          Extract: 'true',
          ObjectKey: 'v1/',
          CannedACL: 'public-read',
          CacheControl: 'max-age=60',
        },
        inputs: ['Site'],
        binding: { kind: 'folder', path: '/site' },
      }),
    );
    expect(host.effects).toEqual(['deployFiles Site v1/', 'deployFiles objects']);
    const settings = { CannedACL: 'public-read', CacheControl: 'max-age=60' };
    expect(JSON.parse(host.made.get('objects')?.['.penstock-objects.json'] ?? '')).toEqual({
      objects: { 'old.html': { CacheControl: 'no-store' }, 'v1/app.js': settings, 'v1/index.html': settings },
    });
    expect(host.lines[0]).toBe(
      'CannedACL public-read, CacheControl max-age=60: only AWS applies them; noted for 2 objects in .penstock-objects.json.',
    );
  });

  it('lists the one object of a deploy that stays zipped', async () => {
    const host = fakeHost();
    const configuration = { BucketName: 'b', Extract: 'false', ObjectKey: 'a.zip', CacheControl: 'no-store' };
    await s3Deploy.run(runOf(host, { configuration, inputs: ['Site'] }));
    expect([...host.records.values()]).toEqual([{ 'a.zip': { CacheControl: 'no-store' } }]);
  });

  test.each([undefined, ''])('needs an object key for a zip; %j is none', async (ObjectKey) => {
    const host = fakeHost();
    const configuration = { Extract: 'false', ...(ObjectKey === undefined ? {} : { ObjectKey }) };
    await expect(s3Deploy.run(runOf(host, { configuration, inputs: ['Site'] }))).rejects.toMatchObject({
      code: 'ConfigurationError',
      fix: 'Enter ObjectKey, or turn on Extract.',
    });
    expect(host.effects).toEqual([]);
  });
});

describe('a build and commands', () => {
  const declared: Partial<ActionDeclaration> = {
    commands: ['true'],
    outputArtifacts: [{ name: 'Out' }, { name: 'More' }],
  };

  test.each([
    ['CodeBuild', codeBuildBuild],
    ['Commands', commands],
  ] as const)('%s say which output artifacts are missing', async (_name, provider) => {
    const host = fakeHost();
    const outcome = await provider.run(
      runOf(host, { configuration: { ProjectName: 'p' }, inputs: ['In'], action: declared }),
    );
    expect(outcome).toMatchObject({
      outputArtifacts: [],
      summary: 'Build terminated with state: SUCCEEDED',
      externalExecutionId: 'shop:1',
    });
    expect(host.lines).toEqual([
      'Output artifact "Out" was not produced, so actions that need it will fail.',
      'Output artifact "More" was not produced, so actions that need it will fail.',
    ]);
  });

  test.each([
    ['CodeBuild', codeBuildBuild],
    ['Commands', commands],
  ] as const)('%s fail as the build fails', async (_name, provider) => {
    const failure = new ActionFailure('JobFailed', 'Error while executing command: npm test. Reason: exit status 1');
    const host = { ...fakeHost(), build: () => Promise.reject(failure) };
    const run = runOf(host, { configuration: { ProjectName: 'p' }, inputs: ['In'], action: declared });
    await expect(provider.run(run)).rejects.toBe(failure);
    expect(host.lines).toEqual([]);
  });

  test('§14 a line break that a variable brings into a command reaches the shell as it is', async () => {
    const host = fakeHost();
    await commands.run(runOf(host, { inputs: ['In'], action: { commands: ['true', 'echo "a\nb"'] } }));
    expect(host.builds).toMatchObject([{ commands: ['true', 'echo "a\nb"'] }]);
  });

  test.each<[name: string, isIdentifier: boolean]>([
    ['assets', true],
    ['Assets_2', true],
    ['x'.repeat(127), true],
    ['x'.repeat(128), false],
    ['my-assets', false],
    ['my.assets', false],
    ['schön', false],
  ])('the secondary artifact %j is an identifier: %s (A-038)', async (name, isIdentifier) => {
    const host = fakeHost();
    const configuration = { ProjectName: 'p', PrimarySource: 'In' };
    const run = codeBuildBuild.run(runOf(host, { configuration, inputs: ['In', name] }));
    if (isIdentifier) await expect(run).resolves.toBeDefined();
    else
      await expect(run).rejects.toMatchObject({
        code: 'ConfigurationError',
        message: expect.stringContaining(name) as unknown,
      });
  });
});

describe('a manual approval', () => {
  test.each<[status: 'Approved' | 'Rejected', summary: string, expected: string]>([
    ['Approved', 'Looks good', 'Looks good'],
    ['Approved', '', 'Approved.'],
    ['Rejected', 'Not today', 'Not today'],
    ['Rejected', '', 'Rejected.'],
  ])('that is %s with %j ends with %j', async (status, summary, expected) => {
    const run = manualApproval.run(runOf(fakeHost({ approval: { status, summary } }), {}));
    if (status === 'Approved') expect(await run).toEqual({ summary: expected });
    else
      await expect(run).rejects.toMatchObject({
        code: 'Rejected',
        message: expected,
        fix: 'Retry the stage to ask for approval again.',
      });
  });

  test.each<[timeoutInMinutes: number | undefined, waits: number]>([
    [undefined, 10_080],
    [5, 5],
    [86_400, 86_400],
  ])('with a timeout of %s waits %d minutes', async (timeoutInMinutes, waits) => {
    const host = fakeHost();
    await manualApproval.run(runOf(host, { action: timeoutInMinutes === undefined ? {} : { timeoutInMinutes } }));
    expect(host.effects).toEqual([`approval - - ${waits}`]);
  });
});
