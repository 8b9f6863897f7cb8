import { rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import type { Sidecar } from '../../../shared/model/sidecar.ts';
import type { StartRequest } from '../../parts.ts';
import { commitFiles, gitIn, makeRepository } from '../../testing/makeRepository.ts';
import { temporaryRoot } from '../testing/engineFixture.ts';
import { createTrust } from './createTrust.ts';

const spec = (command: string) => `version: 0.2\nphases:\n  build:\n    commands:\n      - ${command}\n`;
let root: string;
let remove: () => void;
let repository: string;
let firstCommit: string;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  repository = join(root, 'shop');
  firstCommit = makeRepository(repository, { 'buildspec.yml': spec('make') });
});
afterEach(() => remove());

const source = (BranchName: string): ActionDeclaration => ({
  name: 'Repo',
  actionTypeId: { category: 'Source', owner: 'AWS', provider: 'CodeCommit', version: '1' },
  configuration: { RepositoryName: 'shop', BranchName },
  outputArtifacts: [{ name: 'Source' }],
});
const build: ActionDeclaration = {
  name: 'Compile',
  actionTypeId: { category: 'Build', owner: 'AWS', provider: 'CodeBuild', version: '1' },
  inputArtifacts: [{ name: 'Source' }],
  configuration: { ProjectName: 'shop' },
};
const bindings: Sidecar['bindings'] = { 'Source/Repo': { kind: 'repository', path: 'shop' } };
const requestOf = (change: Partial<StartRequest> = {}, branch = 'main'): StartRequest => ({
  declaration: {
    name: 'shop',
    roleArn: 'arn:aws:iam::111122223333:role/x',
    variables: [{ name: 'BRANCH', defaultValue: 'main' }],
    stages: [
      { name: 'Source', actions: [source(branch)] },
      { name: 'Build', actions: [build] },
    ],
  },
  bindings,
  variables: {},
  documentPath: join(root, 'shop.pipeline.json'),
  folder: root,
  ...change,
});
const trust = () => createTrust({ dataDirectory: join(root, 'data') });

describe('consent to a buildspec of a bound repository', () => {
  it('shows the commands as they are committed, not as they lie in the working tree', async () => {
    writeFileSync(join(repository, 'buildspec.yml'), spec('not committed'));
    const { commands, summary } = await trust().describe(requestOf(), '');
    expect(commands).toEqual([
      {
        where: `Build/Compile: buildspec.yml of ${repository}, branch main`,
        text: spec('make'),
      },
    ]);
    expect(summary).toBe('1 buildspec');
  });

  it('is asked for again when another buildspec is committed, and for nothing else that is committed', async () => {
    const asked = trust();
    await asked.agree(root, (await asked.describe(requestOf(), '')).hash);
    commitFiles(repository, { 'README.md': 'more' }, 'Say more');
    expect(await asked.describe(requestOf(), '')).toMatchObject({ trusted: true });
    commitFiles(repository, { 'buildspec.yml': spec('steal') }, 'Improve');
    const changed = await asked.describe(requestOf(), '');
    expect(changed).toMatchObject({ trusted: false, changed: true });
    expect(changed.commands[0]?.text).toContain('steal');
    // What an execution has read already is what it goes on to run.
    const pinned = [{ actionName: 'Repo', revisionType: 'COMMIT_ID' as const, revisionValue: firstCommit }];
    expect(await asked.describe(requestOf({ sourceRevisions: pinned }), '')).toMatchObject({ trusted: true });
  });

  it('follows a branch that is a variable of the pipeline', async () => {
    gitIn(repository, 'branch', 'next');
    const asked = (variables: Record<string, string>) =>
      trust().describe(requestOf({ variables }, '#{variables.BRANCH}'), '');
    expect((await asked({ BRANCH: 'next' })).commands[0]).toMatchObject({ text: spec('make') });
    expect((await asked({})).commands[0]?.where).toMatch(/branch main$/);
  });

  it.each([
    ['is not there', (path: string) => rmSync(path), /buildspec\.yml is not in the commit/],
    [
      'is a link',
      (path: string) => {
        rmSync(path);
        symlinkSync('/etc/passwd', path);
      },
      /is no ordinary file/,
    ],
    ['is too large', (path: string) => writeFileSync(path, 'x'.repeat(1024 * 1024 + 1)), /has 1048577 bytes/],
  ])('says why, and that it will be asked for again, where the buildspec %s', async (_, change, why) => {
    change(join(repository, 'buildspec.yml'));
    commitFiles(repository, {}, 'Change');
    const { commands, summary } = await trust().describe(requestOf(), '');
    expect(commands[0]?.text).toMatch(why);
    expect(commands[0]?.text).toMatch(/asked again once it can be read/);
    expect(summary).toBe('1 file that could not be read');
  });
});
