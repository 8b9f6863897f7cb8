import { describe, expect, it, test } from 'vitest';
import type { ActionDeclaration, PipelineDeclaration } from '../model/declaration.ts';
import { pipelineOf } from '../testing/pipelineOf.ts';
import { type GitEvent, gitEventSchema } from './gitEvent.ts';
import { matchTriggers, triggerOf } from './matchTriggers.ts';

const connection = (name: string, configuration: Record<string, string> = {}) =>
  ({
    name,
    actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeStarSourceConnection', version: '1' },
    configuration: {
      ConnectionArn: 'arn:aws:codeconnections:eu-west-1:111122223333:connection/11111111-2222-4333-8444-555555555555',
      FullRepositoryId: 'acme/shop',
      BranchName: 'main',
      ...configuration,
    },
  }) satisfies { name: string } & Partial<ActionDeclaration>;

type GitConfiguration = NonNullable<PipelineDeclaration['triggers']>[number]['gitConfiguration'];
const shop = (git?: Partial<GitConfiguration>, configuration: Record<string, string> = {}) =>
  pipelineOf(
    { Source: [connection('Repo', configuration)], Build: ['Make'] },
    {
      name: 'shop',
      ...(git && {
        triggers: [
          { providerType: 'CodeStarSourceConnection', gitConfiguration: { sourceActionName: 'Repo', ...git } },
        ],
      }),
    },
  );
const event = (input: Record<string, unknown>): GitEvent => gitEventSchema.parse(input);
const push = (branch: string, changedFiles: string[] = [], more: Record<string, unknown> = {}) =>
  event({ kind: 'push', branch, changedFiles, ...more });
const tag = (name: string) => event({ kind: 'tag', tag: name });
const pullRequest = (type: 'OPEN' | 'UPDATED' | 'CLOSED', into = 'main', changedFiles: string[] = []) =>
  event({ kind: 'pullRequest', event: type, sourceBranch: 'fix', destinationBranch: into, changedFiles });
const why = (pipeline: PipelineDeclaration, happened: GitEvent) => {
  const { sources } = matchTriggers(pipeline, happened);
  return sources.flatMap(({ why: reason, filters }) => [reason, ...filters.flatMap((filter) => filter.why)]).join('\n');
};
const starts = (pipeline: PipelineDeclaration, happened: GitEvent) => matchTriggers(pipeline, happened).isMatched;

describe('§13 a pipeline without triggers', () => {
  it('is started by any push to the configured branch while DetectChanges is true', () => {
    for (const configuration of [{}, { DetectChanges: 'true' }]) {
      const { isMatched, sources } = matchTriggers(
        shop(undefined, configuration as Record<string, string>),
        push('main'),
      );
      expect(isMatched).toBe(true);
      expect(sources[0]).toMatchObject({ where: 'Source/Repo', triggerType: 'Webhook' });
    }
    expect(why(shop(), push('main'))).toContain(
      'DetectChanges is true by default and the push is to the configured branch "main"',
    );
  });

  it('is started by a push that creates the configured branch', () => {
    expect(starts(shop(), push('main', [], { isNew: true }))).toBe(true);
  });

  it('is not started by a push to another branch, a tag or a pull request', () => {
    expect(why(shop(), push('dev'))).toContain('the configured branch is "main"; the event is a push to branch "dev".');
    expect(why(shop(), tag('v1'))).toContain('pushes to branch "main" only; the event is a push of tag "v1".');
    expect(why(shop(), pullRequest('OPEN'))).toContain('the event is a pull request (OPEN) from "fix" into "main".');
    for (const other of [push('dev'), tag('v1'), pullRequest('OPEN')]) expect(starts(shop(), other)).toBe(false);
  });

  it('is started only by hand while DetectChanges is false', () => {
    const pipeline = shop(undefined, { DetectChanges: 'false' });
    expect(starts(pipeline, push('main'))).toBe(false);
    expect(why(pipeline, push('main'))).toBe(
      'DetectChanges is false and no trigger names the action: it starts only by hand.',
    );
  });
});

describe('§13 a pipeline with triggers', () => {
  it('is no longer started by the default, and says so', () => {
    const pipeline = shop({ push: [{ tags: { includes: ['v*'] } }] });
    expect(starts(pipeline, push('main'))).toBe(false);
    expect(why(pipeline, push('main'))).toContain('It filters on tags; the event is a push to branch "main".');
  });

  it('turns the default off for its other connections too', () => {
    const pipeline = pipelineOf(
      { Source: [connection('Repo'), connection('Other', { FullRepositoryId: 'acme/other' })], Build: ['Make'] },
      {
        triggers: [
          {
            providerType: 'CodeStarSourceConnection',
            gitConfiguration: { sourceActionName: 'Repo', push: [{ tags: { includes: ['v*'] } }] },
          },
        ],
      },
    );
    const { sources } = matchTriggers(pipeline, push('main'), { of: ['Source/Other'] });
    expect(sources.map(({ isMatched }) => isMatched)).toEqual([false, false]);
    expect(sources[0]?.why).toBe('The event is in another repository.');
    expect(sources[1]?.why).toContain(
      'No trigger names "Other", and the default (a push to the configured branch) is off',
    );
  });

  it('is started by its filters although DetectChanges is false', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['main'] } }] }, { DetectChanges: 'false' });
    expect(matchTriggers(pipeline, push('main')).sources[0]).toMatchObject({
      isMatched: true,
      triggerType: 'WebhookV2',
    });
  });

  it('ORs its filters, pushes and pull requests alike, and names every one that matched', () => {
    const pipeline = shop({
      push: [
        { branches: { includes: ['dev'] } },
        { branches: { includes: ['ma*'] } },
        { branches: { includes: ['**'] } },
      ],
      pullRequest: [{ branches: { includes: ['main'] } }],
    });
    const [source] = matchTriggers(pipeline, push('main')).sources;
    expect(source?.why).toBe('Push filter 2 and Push filter 3 matched; one is enough.');
    expect(source?.filters.map(({ field, isMatched }) => [field, isMatched])).toEqual([
      ['triggers.0.gitConfiguration.push.0', false],
      ['triggers.0.gitConfiguration.push.1', true],
      ['triggers.0.gitConfiguration.push.2', true],
      ['triggers.0.gitConfiguration.pullRequest.0', false],
    ]);
    expect(starts(pipeline, pullRequest('OPEN'))).toBe(true);
    expect(starts(pipeline, pullRequest('OPEN', 'dev'))).toBe(false);
  });

  it('ANDs what stands inside one filter', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['main'] }, filePaths: { includes: ['src/**'] } }] });
    expect(starts(pipeline, push('main', ['src/a.ts']))).toBe(true);
    expect(starts(pipeline, push('dev', ['src/a.ts']))).toBe(false);
    expect(starts(pipeline, push('main', ['README.md']))).toBe(false);
  });

  it('ORs the patterns of a list, and names the one that matched', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['main', 'release/*'] } }] });
    expect(why(pipeline, push('release/1'))).toContain('Branch "release/1" matches the include "release/*".');
    expect(why(pipeline, push('dev'))).toContain('Branch "dev" matches none of the includes "main", "release/*".');
  });

  it('lets an exclude win, whatever is included', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['**'], excludes: ['wip/**'] } }] });
    expect(starts(pipeline, push('main'))).toBe(true);
    expect(starts(pipeline, push('wip/x'))).toBe(false);
    expect(why(pipeline, push('wip/x'))).toContain(
      'Branch "wip/x" matches the exclude "wip/**"; it matches the include "**" too, but an exclude wins.',
    );
  });

  it('includes everything where there are only excludes', () => {
    const pipeline = shop({ push: [{ branches: { excludes: ['wip/**'] } }] });
    expect(starts(pipeline, push('main'))).toBe(true);
    expect(why(pipeline, push('main'))).toContain('Branch "main" passes: it matches no exclude ("wip/**").');
    expect(starts(pipeline, push('wip/x'))).toBe(false);
  });

  test.each([
    [
      'tags with branches',
      { tags: { includes: ['v*'] }, branches: { includes: ['main'] } },
      'The combination of tags and branches is not allowed',
    ],
    [
      'tags with filePaths',
      { tags: { includes: ['v*'] }, filePaths: { includes: ['a'] } },
      'The combination of tags and filePaths is not allowed',
    ],
    ['filePaths alone', { filePaths: { includes: ['a'] } }, 'filePaths alone are not allowed'],
    ['no criterion', {}, 'The filter is empty'],
    ['a criterion without patterns', { branches: {} }, 'The criterion branches has no patterns'],
  ])('matches nothing in a push filter with %s, and says that it is not allowed', (_, filter, said) => {
    const pipeline = shop({ push: [filter] });
    for (const happened of [push('main', ['a']), tag('v1')]) {
      expect(starts(pipeline, happened)).toBe(false);
      expect(why(pipeline, happened)).toContain(said);
    }
  });

  test.each([
    ['filePaths alone', { filePaths: { includes: ['a'] } }, 'filePaths alone are not allowed'],
    ['tags', { tags: { includes: ['v*'] } }, 'The combination of tags is not allowed'],
    ['nothing', {}, 'The filter is empty'],
  ])('matches nothing in a pull request filter with %s', (_, filter, said) => {
    const pipeline = shop({ pullRequest: [filter] });
    expect(starts(pipeline, pullRequest('OPEN', 'main', ['a']))).toBe(false);
    expect(why(pipeline, pullRequest('OPEN', 'main', ['a']))).toContain(said);
  });

  it('names a pattern that is none instead of only not matching', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['{main'] } }] });
    expect(why(pipeline, push('main'))).toContain('"{main" is no pattern: a "{" is never closed. It matches nothing.');
  });
});

describe('§13 file paths', () => {
  const pipeline = shop({
    push: [
      { branches: { includes: ['**'] }, filePaths: { includes: ['src/**', '**/*.md'], excludes: ['src/gen/**'] } },
    ],
  });

  it('are judged each alone, and one that passes is enough', () => {
    expect(starts(pipeline, push('main', ['src/gen/a.ts', 'src/a.ts']))).toBe(true);
    expect(why(pipeline, push('main', ['src/gen/a.ts', 'src/a.ts']))).toContain(
      'File "src/a.ts" matches the include "src/**".',
    );
  });

  it('say of each file why it does not pass', () => {
    expect(why(pipeline, push('main', ['src/gen/a.ts', 'Makefile']))).toContain(
      'None of 2 changed files passes: "src/gen/a.ts" matches the exclude "src/gen/**"; it matches the include "src/**" too, but an exclude wins; "Makefile" matches none of the includes "src/**", "**/*.md".',
    );
  });

  it('cannot be judged for a push that creates a branch: it starts nothing', () => {
    const created = push('new', ['src/a.ts'], { isNew: true });
    expect(starts(pipeline, created)).toBe(false);
    expect(why(pipeline, created)).toContain(
      'The push creates branch "new": there is nothing to compare file paths with',
    );
    expect(starts(shop({ push: [{ branches: { includes: ['**'] } }] }), created)).toBe(true);
  });

  it('are looked at for the first 100 changed files only', () => {
    const others = Array.from({ length: 100 }, (_, index) => `lib/${index}`);
    expect(starts(pipeline, push('main', [...others.slice(1), 'src/a.ts']))).toBe(true);
    expect(starts(pipeline, push('main', [...others, 'src/a.ts']))).toBe(false);
    expect(why(pipeline, push('main', [...others, 'src/a.ts']))).toContain(
      'Only the first 100 of 101 changed files are looked at.',
    );
    expect(why(pipeline, push('main', others))).toContain('; 95 more.');
  });

  it('match nothing where no changed file is known', () => {
    expect(why(pipeline, push('main'))).toContain('No changed file is known, so no file path matches.');
    expect(starts(pipeline, push('main'))).toBe(false);
  });
});

describe('§13 tags', () => {
  const pipeline = shop({ push: [{ tags: { includes: ['v*'], excludes: ['*-rc*'] } }] });

  it('are matched by name', () => {
    expect(starts(pipeline, tag('v1.0'))).toBe(true);
    expect(starts(pipeline, tag('v1.0-rc1'))).toBe(false);
    expect(starts(pipeline, tag('release-1'))).toBe(false);
    expect(why(pipeline, tag('v1.0'))).toContain('Tag "v1.0" matches the include "v*".');
  });

  it('do not match a filter on branches', () => {
    expect(why(shop({ push: [{ branches: { includes: ['**'] } }] }), tag('v1'))).toContain(
      'It filters on branches; the event is a push of tag "v1".',
    );
  });
});

describe('§13 pull requests', () => {
  it('count for every event where the filter names none', () => {
    const pipeline = shop({ pullRequest: [{ branches: { includes: ['main'] } }] });
    for (const type of ['OPEN', 'UPDATED', 'CLOSED'] as const) expect(starts(pipeline, pullRequest(type))).toBe(true);
  });

  it('count only for the events that the filter names', () => {
    const pipeline = shop({ pullRequest: [{ events: ['OPEN', 'UPDATED'], branches: { includes: ['main'] } }] });
    expect(starts(pipeline, pullRequest('UPDATED'))).toBe(true);
    expect(why(pipeline, pullRequest('CLOSED'))).toContain('The event CLOSED is not one of OPEN, UPDATED.');
  });

  it('are matched by their destination branch', () => {
    const pipeline = shop({ pullRequest: [{ branches: { includes: ['fix'] } }] });
    expect(why(pipeline, pullRequest('OPEN'))).toContain('Destination branch "main" does not match the include "fix".');
    expect(starts(pipeline, pullRequest('OPEN', 'fix'))).toBe(true);
  });

  it('are matched by file paths too', () => {
    const pipeline = shop({ pullRequest: [{ branches: { includes: ['main'] }, filePaths: { includes: ['*.md'] } }] });
    expect(starts(pipeline, pullRequest('OPEN', 'main', ['a.md']))).toBe(true);
    expect(starts(pipeline, pullRequest('OPEN', 'main', ['a.ts']))).toBe(false);
  });

  it('do not match a push filter, nor a push a filter of theirs', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['**'] } }] });
    expect(why(pipeline, pullRequest('OPEN'))).toContain('It filters pushes; the event is a pull request');
    expect(why(shop({ pullRequest: [{ events: ['OPEN'] }] }), push('main'))).toContain(
      'It filters pull requests; the event is a push to branch "main".',
    );
  });

  it('that are merged may start twice: by the pull request and by the push', () => {
    const pipeline = shop({ push: [{ branches: { includes: ['main'] } }], pullRequest: [{ events: ['CLOSED'] }] });
    expect([push('main'), pullRequest('CLOSED')].map((happened) => starts(pipeline, happened))).toEqual([true, true]);
  });
});

describe('§13 other source actions', () => {
  it('of CodeCommit poll their branch, unless PollForSourceChanges is false', () => {
    const codeCommit = (configuration: Record<string, string>) =>
      pipelineOf({
        Source: [{ name: 'Repo', configuration: { RepositoryName: 'shop', BranchName: 'main', ...configuration } }],
        Build: ['Make'],
      });
    expect(matchTriggers(codeCommit({}), push('main')).sources[0]).toMatchObject({
      isMatched: true,
      triggerType: 'PollForSourceChanges',
    });
    const off = matchTriggers(codeCommit({ PollForSourceChanges: 'false' }), push('main'));
    expect(off.isMatched).toBe(false);
    expect(off.sources[0]?.why).toContain("outside the pipeline's declaration");
  });

  it('without a repository start nothing by a Git event', () => {
    const pipeline = pipelineOf({
      Source: [{ name: 'Zip', actionTypeId: { category: 'Source', owner: 'AWS', provider: 'S3', version: '1' } }],
      Build: ['Make'],
    });
    expect(matchTriggers(pipeline, push('main'))).toMatchObject({ isMatched: false, sources: [] });
    expect(matchTriggers(pipeline, push('main')).summary).toContain('has no source action that reads a repository');
  });

  it('on two branches of one repository are told of: AWS triggers only one', () => {
    const pipeline = pipelineOf({
      Source: [connection('Repo'), connection('Dev', { BranchName: 'dev' })],
      Build: ['Make'],
    });
    const { notes, sources } = matchTriggers(pipeline, push('main'));
    expect(sources.map(({ isMatched }) => isMatched)).toEqual([true, false]);
    expect(notes).toEqual([expect.stringContaining('Several source actions read "acme/shop".')]);
  });
});

describe('§2 the trigger of an execution', () => {
  it('tells the facts of the repository, and which filters matched', () => {
    const commitId = 'a'.repeat(40);
    const pipeline = shop({ push: [{ branches: { includes: ['main'] } }] });
    const happened = push('main', ['a', 'b'], { commitId });
    const { triggerType, triggerDetail } = triggerOf(matchTriggers(pipeline, happened), happened, pipeline);
    expect(triggerType).toBe('WebhookV2');
    expect(JSON.parse(triggerDetail)).toEqual({
      kind: 'push',
      branch: 'main',
      isNew: false,
      commitId,
      repository: 'acme/shop',
      sourceActions: ['Source/Repo'],
      filters: ['triggers.0.gitConfiguration.push.0'],
    });
  });
});
