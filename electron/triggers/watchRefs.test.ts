import { mkdirSync, mkdtempSync, renameSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/problem.ts';
import { commitFiles, gitIn, makeRepository } from '../testing/makeRepository.ts';
import { readRefs, refsFolder } from './readRefs.ts';
import { type RefChange, type RefsWatch, watchRefs } from './watchRefs.ts';

describe('the refs of a repository', () => {
  let folder: string;
  let repository: string;
  let first: string;
  let watch: RefsWatch | undefined;
  let changes: RefChange[];
  let faults: unknown[];
  let tell: (() => void)[];

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'penstock-refs-'));
    repository = join(folder, 'repository');
    first = makeRepository(repository, { a: 'a' });
    changes = [];
    faults = [];
    tell = [];
  });
  afterEach(() => {
    watch?.close();
    watch = undefined;
    rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
  });

  const begin = async (repositoryPath = repository) => {
    watch = await watchRefs({
      repositoryPath,
      onChange: (more) => {
        changes.push(...more);
        for (const one of tell) one();
      },
      onFault: (error) => {
        faults.push(error);
        for (const one of tell) one();
      },
      settleMs: 20,
    });
  };
  const until = (isSo: () => boolean) =>
    new Promise<void>((resolve) => {
      const look = () => isSo() && resolve();
      tell.push(look);
      look();
    });
  const changeOf = async (ref: string) => {
    await until(() => changes.some((change) => change.ref === ref));
    return changes.find((change) => change.ref === ref);
  };
  const refusal = async (call: Promise<unknown>) =>
    call.then(
      () => 'nothing was refused',
      (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
    );

  it('are read as git reads them: loose, packed, and both', async () => {
    gitIn(repository, 'branch', 'packed');
    gitIn(repository, 'tag', '--annotate', '--message=One', 'v1');
    gitIn(repository, 'pack-refs', '--all');
    const second = commitFiles(repository, { b: 'b' }, 'Second');
    gitIn(repository, 'branch', 'deep/er/still');
    const { refs } = await readRefs(await refsFolder(repository));
    expect(Object.fromEntries(refs)).toEqual({
      'refs/heads/main': second,
      'refs/heads/packed': first,
      'refs/heads/deep/er/still': second,
      'refs/tags/v1': gitIn(repository, 'rev-parse', 'refs/tags/v1').trim(),
    });
  });

  it('change by a commit, a new branch in a new folder, a tag and a deletion', async () => {
    await begin();
    const second = commitFiles(repository, { b: 'b' }, 'Second');
    expect(await changeOf('refs/heads/main')).toEqual({ ref: 'refs/heads/main', before: first, after: second });
    gitIn(repository, 'branch', 'new/folder/branch');
    expect(await changeOf('refs/heads/new/folder/branch')).toEqual({
      ref: 'refs/heads/new/folder/branch',
      after: second,
    });
    gitIn(repository, 'tag', 'v1');
    expect(await changeOf('refs/tags/v1')).toEqual({ ref: 'refs/tags/v1', after: second });
    changes.length = 0;
    gitIn(repository, 'branch', '--delete', '--force', 'new/folder/branch');
    expect(await changeOf('refs/heads/new/folder/branch')).toEqual({
      ref: 'refs/heads/new/folder/branch',
      before: second,
    });
  });

  it('do not change by packing them; a branch that exists only packed may still be moved', async () => {
    gitIn(repository, 'branch', 'other');
    await begin();
    gitIn(repository, 'pack-refs', '--all');
    const second = commitFiles(repository, { b: 'b' }, 'Second');
    gitIn(repository, 'branch', '--force', 'other', second);
    expect(await changeOf('refs/heads/other')).toEqual({ ref: 'refs/heads/other', before: first, after: second });
    expect(changes.map(({ ref }) => ref).sort()).toEqual(['refs/heads/main', 'refs/heads/other']);
  });

  it('do not change by staging, by switching branches or by a half-written lock', async () => {
    gitIn(repository, 'branch', 'other');
    await begin();
    writeFileSync(join(repository, 'c'), 'c');
    gitIn(repository, 'add', '--all');
    gitIn(repository, 'checkout', '--quiet', 'other');
    writeFileSync(join(repository, '.git/refs/heads/made.lock'), `${first}\n`);
    writeFileSync(join(repository, '.git/refs/heads/empty'), '');
    gitIn(repository, 'tag', 'last');
    await changeOf('refs/tags/last');
    expect(changes.map(({ ref }) => ref)).toEqual(['refs/tags/last']);
  });

  it('of a submodule or linked work tree are found through its .git file', async () => {
    const linked = join(folder, 'linked');
    gitIn(repository, 'worktree', 'add', '--quiet', '-b', 'side', linked);
    expect(await refsFolder(linked)).toBe(await refsFolder(repository));
    const moved = join(folder, 'elsewhere.git');
    renameSync(join(repository, '.git'), moved);
    writeFileSync(join(repository, '.git'), 'gitdir: ../elsewhere.git\n');
    expect(await refsFolder(repository)).toBe(moved);
    await begin();
    commitFiles(repository, { d: 'd' }, 'Through the file');
    expect(await changeOf('refs/heads/main')).toMatchObject({ before: first });
  });

  it('are not watched where there are none, and it is said when they go away', async () => {
    mkdirSync(join(folder, 'plain'));
    expect(await refusal(refsFolder(join(folder, 'plain')))).toBe('trigger.not-a-repository');
    expect(await refusal(refsFolder(join(folder, 'nowhere')))).toBe('trigger.not-a-repository');
    mkdirSync(join(repository, '.git/reftable'));
    expect(await refusal(refsFolder(repository))).toBe('trigger.reftable');
    rmSync(join(repository, '.git/reftable'), { recursive: true });
    await begin();
    rmSync(repository, { recursive: true, force: true });
    await until(() => faults.length > 0);
    expect(faults).toHaveLength(1);
  });

  it('GT-17 that are links or hold no object id are passed over', async () => {
    const secret = join(folder, 'secret');
    writeFileSync(secret, `${'a'.repeat(40)}\n`);
    mkdirSync(join(folder, 'outside'));
    writeFileSync(join(folder, 'outside/branch'), `${'b'.repeat(40)}\n`);
    symlinkSync(secret, join(repository, '.git/refs/heads/linked'));
    symlinkSync(join(folder, 'outside'), join(repository, '.git/refs/heads/outside'));
    writeFileSync(join(repository, '.git/refs/heads/text'), 'ref: refs/heads/main\n');
    writeFileSync(join(repository, '.git/refs/heads/option'), '--upload-pack=touch\n');
    writeFileSync(join(repository, '.git/refs/heads/long'), 'c'.repeat(100_000));
    writeFileSync(
      join(repository, '.git/packed-refs'),
      `${'d'.repeat(40)} refs/remotes/x\n--x refs/heads/y\n^${first}\n`,
    );
    const { refs } = await readRefs(await refsFolder(repository));
    expect([...refs.keys()]).toEqual(['refs/heads/main']);
  });
});
