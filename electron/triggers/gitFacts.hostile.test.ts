import { chmodSync, existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import { commitFiles, gitIn, makeRepository } from '../testing/makeRepository.ts';
import { createGitFacts } from './gitFacts.ts';

describe('GT what git is asked about a push', () => {
  let folder: string;
  let repository: string;
  let first: string;
  let canary: string;

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-git-facts-'));
    repository = join(folder, 'repository');
    first = makeRepository(repository, {
      'a.txt': 'a',
      'src/b.ts': 'b',
      '.gitattributes': '* diff=evil filter=evil\n',
    });
    canary = join(folder, 'canary');
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));
  const facts = () =>
    createGitFacts(() => {
      mkdirSync(join(folder, 'scratch'), { recursive: true });
      return join(folder, 'scratch');
    });

  it('is which files differ, whatever lies between the two commits', async () => {
    commitFiles(repository, { 'c.txt': 'c' }, 'Between');
    gitIn(repository, 'rm', '--quiet', 'src/b.ts');
    const last = commitFiles(repository, { 'ä ö\t.txt': 'odd', 'a.txt': 'A' }, 'Last');
    expect((await facts().changedFiles(repository, first, last)).sort()).toEqual(
      ['a.txt', 'c.txt', 'src/b.ts', 'ä ö\t.txt'].sort(),
    );
    expect(readdirSync(join(folder, 'scratch'))).toEqual([]);
  });

  it('can be answered when the old commit is on no branch any more', async () => {
    commitFiles(repository, { 'd.txt': 'd' }, 'To be replaced');
    const before = gitIn(repository, 'rev-parse', 'HEAD').trim();
    gitIn(repository, 'reset', '--quiet', '--hard', first);
    const after = commitFiles(repository, { 'e.txt': 'e' }, 'In its place');
    expect((await facts().changedFiles(repository, before, after)).sort()).toEqual(['d.txt', 'e.txt']);
  });

  it('is the commit of a tag, through tags of tags', async () => {
    gitIn(repository, 'tag', '--annotate', '--message=One', 'v1');
    gitIn(repository, 'tag', '--annotate', '--message=Two', 'v2', 'v1');
    const id = gitIn(repository, 'rev-parse', 'refs/tags/v2').trim();
    expect(await facts().commitOf(repository, id)).toBe(first);
    expect(await facts().commitOf(repository, first)).toBe(first);
  });

  test.each([
    ['GT-01 a file system monitor', ['core.fsmonitor', '$']],
    ['GT-03 a folder of hooks', ['core.hooksPath', '%']],
    ['GT-04 a smudge filter', ['filter.evil.smudge', '$']],
    ['GT-05 a clean filter', ['filter.evil.clean', '$']],
    ['GT-06 a text converter', ['diff.evil.textconv', '$']],
    ['GT-06 an external diff', ['diff.external', '$']],
    ['GT-09 a pager', ['core.pager', '$']],
    ['GT-10 an alias', ['alias.diff-tree', '!$']],
    ['GT-11 an included config', ['include.path', '&']],
  ])('%s of the repository is never run', async (_, [key, value]) => {
    const second = commitFiles(repository, { 'a.txt': 'changed' }, 'Second');
    const hooks = join(folder, 'hooks');
    mkdirSync(hooks);
    const script = join(hooks, 'evil');
    for (const name of ['evil', 'post-checkout', 'reference-transaction', 'post-index-change'])
      writeFileSync(join(hooks, name), `#!/bin/sh\ntouch ${canary}\ncat\n`, { mode: 0o755 });
    chmodSync(script, 0o755);
    const included = join(folder, 'included');
    writeFileSync(included, `[core]\n\tfsmonitor = ${script}\n[diff]\n\texternal = ${script}\n`);
    gitIn(repository, 'config', key!, value!.replace('$', script).replace('%', hooks).replace('&', included));

    expect(await facts().changedFiles(repository, first, second)).toEqual(['a.txt']);
    expect(existsSync(canary)).toBe(false);
    // The control: the trap is one that works.
    writeFileSync(join(repository, 'a.txt'), 'changed again');
    gitIn(repository, 'config', 'core.fsmonitor', script);
    gitIn(repository, 'status');
    expect(existsSync(canary)).toBe(true);
  });

  test.each([
    ['GT-13 an option', '--upload-pack=touch'],
    ['GT-19 a shell command', '$(touch canary)'],
    ['GT-19 a name instead of an id', 'main'],
  ])('%s in place of a commit is refused', async (_, id) => {
    await expect(facts().changedFiles(repository, id, first)).rejects.toMatchObject({
      problem: { code: 'source.unknown-commit' },
    });
    await expect(facts().commitOf(repository, id)).rejects.toMatchObject({
      problem: { code: 'source.unknown-commit' },
    });
  });
});
