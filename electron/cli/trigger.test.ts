import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, beforeEach, describe, expect, it, test } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { main } from '../cli.ts';
import { commitFiles, gitIn, makeRepository } from '../testing/makeRepository.ts';
import type { Io } from './command.ts';

const pipeline = {
  pipeline: {
    name: 'shop',
    roleArn: 'arn:aws:iam::111122223333:role/pipeline',
    pipelineType: 'V2',
    artifactStore: { type: 'S3', location: 'shop-artifacts' },
    triggers: [
      {
        providerType: 'CodeStarSourceConnection',
        gitConfiguration: {
          sourceActionName: 'Repo',
          push: [
            { branches: { includes: ['main', 'release/**'] }, filePaths: { includes: ['src/**'] } },
            { tags: { includes: ['v*'] } },
          ],
          pullRequest: [{ events: ['OPEN'], branches: { includes: ['main'] } }],
        },
      },
    ],
    stages: [
      {
        name: 'Source',
        actions: [
          {
            name: 'Repo',
            actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
            configuration: {
              ConnectionArn:
                'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555',
              FullRepositoryId: 'acme/shop',
              BranchName: 'main',
            },
            outputArtifacts: [{ name: 'Code' }],
          },
        ],
      },
      {
        name: 'Build',
        actions: [
          {
            name: 'Make',
            actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
            commands: ['cat index.html'],
            inputArtifacts: [{ name: 'Code' }],
          },
        ],
      },
    ],
  },
};

describe('penstock trigger', () => {
  let folder: string;
  let first: string;
  let out: string;
  let err: string;

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-cli-trigger-'));
    first = makeRepository(join(folder, 'shop'), { 'index.html': '<h1>One</h1>\n' });
    gitIn(join(folder, 'shop'), 'tag', 'v1');
    commitFiles(join(folder, 'shop'), { 'index.html': '<h1>Two</h1>\n' }, 'Second');
    writeFileSync(join(folder, 'shop.pipeline.json'), JSON.stringify(pipeline));
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  beforeEach(() => {
    out = '';
    err = '';
  });

  const io: Io = {
    out: (text) => {
      out += text;
    },
    drained: async () => true,
    err: (text) => {
      err += text;
    },
    isInteractive: false,
    ask: async () => undefined,
    get environment() {
      return { PENSTOCK_DATA: join(folder, 'data') };
    },
    get cwd() {
      return folder;
    },
    onInterrupt: () => () => {},
    onTerminate: () => () => {},
  };
  const trigger = (...args: string[]) => main(['trigger', 'shop.pipeline.json', ...args], io);

  it('says which filter matches, and why the others do not', async () => {
    expect(await trigger('--push', 'release/1', '--changed', 'src/a.ts')).toBe(0);
    expect(out).toBe(`Starts "shop", by Source/Repo: a push to branch "release/1".

Source/Repo: Push filter 1 matched; one is enough.
  matches  Push filter 1  (triggers.0.gitConfiguration.push.0)
           Branch "release/1" matches the include "release/**".
           File "src/a.ts" matches the include "src/**".
  no       Push filter 2  (triggers.0.gitConfiguration.push.1)
           It filters on tags; the event is a push to branch "release/1".
  no       Pull request filter 1  (triggers.0.gitConfiguration.pullRequest.0)
           It filters pull requests; the event is a push to branch "release/1".
`);
  });

  test.each([
    [1, 'Branch "dev" matches none of the includes "main", "release/**".', ['--push', 'dev']],
    [
      1,
      'The changed file does not pass: "README.md" does not match the include "src/**".',
      ['--push', 'main', '--changed', 'README.md'],
    ],
    [1, 'The push creates branch "main"', ['--push', 'main', '--new', '--changed', 'src/a']],
    [0, 'Tag "v2" matches the include "v*".', ['--tag', 'refs/tags/v2']],
    [0, 'Destination branch "main" matches the include "main".', ['--pr', 'fix:main']],
    [1, 'The event CLOSED is not one of OPEN.', ['--pr', 'fix:main', '--event', 'CLOSED']],
  ])('ends with %i: %s', async (code, said, args) => {
    expect(await trigger(...args)).toBe(code);
    expect(out).toContain(said);
    expect(err).toBe('');
  });

  test.each([
    [[], 'Give one of --push BRANCH, --tag TAG and --pr FROM:INTO.'],
    [['--push', 'a', '--tag', 'b'], 'Give one of'],
    [['--pr', 'main'], '--pr wants FROM:INTO'],
    [['--pr', 'a:b', '--event', 'MERGED'], '--event wants OPEN, UPDATED or CLOSED.'],
    [['--push', 'a', '--event', 'OPEN'], '--event, --number and --title go with --pr.'],
    [['--tag', 'a', '--changed', 'b'], '--changed goes with --push and --pr.'],
    [['--push', 'a', '--commit', 'HEAD'], '--commit wants a whole commit id'],
    [['--push', 'a', '--action', 'Nobody'], 'The pipeline has no source action "Nobody".'],
  ])('refuses %j as usage', async (args, said) => {
    expect(await trigger(...args)).toBe(2);
    expect(err).toContain(said);
  });

  it('gives the explanation as JSON', async () => {
    expect(await trigger('--tag', 'v1', '--json', '--action', 'Repo')).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      isMatched: true,
      sources: [
        { where: 'Source/Repo', triggerType: 'WebhookV2', filters: [{ isMatched: false }, { isMatched: true }, {}] },
      ],
    });
  });

  it('starts what matches, at the commit of the tag, and nothing else', async () => {
    const rest = ['--start', '--trust', '--json', '--source', 'Repo=shop'];
    expect(await trigger('--push', 'dev', ...rest)).toBe(1);
    expect(JSON.parse(out)).toMatchObject({ isMatched: false });
    out = '';
    expect(await trigger('--tag', 'v1', ...rest)).toBe(0);
    const events = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ExecutionEvent);
    const [started] = events.filter((event) => event.type === 'ExecutionStarted');
    expect(started?.trigger.triggerType).toBe('WebhookV2');
    expect(JSON.parse(started?.trigger.triggerDetail ?? '')).toMatchObject({ kind: 'tag', tag: 'v1', commitId: first });
    const source = events.find((event) => event.type === 'ActionFinished' && event.actionName === 'Repo');
    expect(source).toMatchObject({ status: 'Succeeded', revision: { revisionId: first } });
  });

  it('has a companion: penstock run reads the revision it is given, and refuses one that does not fit', async () => {
    const run = (revision: string) =>
      main(['run', 'shop.pipeline.json', '--source', 'Repo=shop', '--trust', '--json', '--revision', revision], io);
    expect(await run(`Repo=${first}`)).toBe(0);
    const source = out
      .trim()
      .split('\n')
      .map((line) => JSON.parse(line) as ExecutionEvent)
      .find((event) => event.type === 'ActionFinished' && event.actionName === 'Repo');
    expect(source).toMatchObject({ revision: { revisionId: first } });
    expect(await run('Nobody=abc')).toBe(2);
    expect(err).toContain('The pipeline has no source action "Nobody"');
    expect(await run('Repo=IMAGE_DIGEST:sha256:1')).toBe(2);
    expect(err).toContain('cannot have the type IMAGE_DIGEST');
    expect(await run('Repo')).toBe(2);
    expect(err).toContain('--revision wants NAME=VALUE');
  });
});
