import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import {
  appendFileSync,
  chmodSync,
  cpSync,
  existsSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { ProblemError } from '../../../shared/problem.ts';
import { hostileGround } from '../../testing/hostileHarness.ts';
import { commitFiles, gitIn, makeRepository } from '../../testing/makeRepository.ts';
import { createArtifactStore } from '../artifacts/artifactStore.ts';
import { inspectZip, readZipFile } from '../artifacts/extractZip.ts';
import { checkoutClone } from './cloneReference.ts';
import { type ReadRepositoryRequest, readRepository } from './readRepository.ts';

const ground = hostileGround();
let template: string;
let script: string;
beforeAll(() => {
  ground.enter();
  template = join(ground.root, 'template');
  makeRepository(
    template,
    { 'a.txt': 'one\n', '.gitattributes': '*.txt filter=planted diff=planted merge=planted\n' },
    { init: ['--template='] },
  );
  script = join(ground.root, 'planted.sh');
  writeFileSync(script, ground.fixture(ground.plantedScript), { mode: 0o755 });
});
afterAll(() => ground.leave());

interface Place {
  repo: string;
  place: string;
}

function planted(): Place {
  const place = ground.place();
  const repo = join(place, 'repo');
  cpSync(template, repo, { recursive: true });
  return { place, repo };
}

const addConfig = (repo: string, text: string) => appendFileSync(join(repo, '.git', 'config'), ground.fixture(text));

/** Reads the repository as a zip and as a clone with its history, and holds that no planted program ran. */
async function readBoth({ place, repo }: Place) {
  const store = createArtifactStore(join(place, 'store'));
  const request: ReadRepositoryRequest = {
    repositoryPath: repo,
    branch: 'main',
    scratch: join(place, 'scratch'),
    store,
    name: 'Source',
    format: 'CODE_ZIP',
  };
  ground.remember();
  const { artifact, revision } = await readRepository(request);
  const zip = store.pathOf(artifact.digest);
  const clone = join(place, 'clone');
  await checkoutClone({
    reference: { penstock: 'clone-ref', repository: repo, commitId: revision.revisionId },
    target: clone,
  });
  expect(ground.changes(place)).toEqual([]);
  expect(existsSync(ground.fired)).toBe(false);
  return { zip, clone, store };
}

async function refusedWith(code: string, { place, repo }: Place, more: Partial<ReadRepositoryRequest>) {
  ground.remember();
  const reading = readRepository({
    repositoryPath: repo,
    branch: 'main',
    scratch: join(place, 'scratch'),
    store: createArtifactStore(join(place, 'store')),
    name: 'Source',
    format: 'CODE_ZIP',
    ...more,
  });
  const error = await reading.then(
    () => undefined,
    (thrown: unknown) => thrown,
  );
  expect(existsSync(ground.fired)).toBe(false);
  expect(error).toBeInstanceOf(ProblemError);
  expect((error as ProblemError).problem).toMatchObject({ code });
  return (error as ProblemError).problem;
}

describe('GT git sources', () => {
  const configs: [string, string, () => string][] = [
    ['GT-01', 'a file-system monitor', () => `[core]\n\tfsmonitor = ${script}\n`],
    ['GT-03', 'a hooks path', () => `[core]\n\thooksPath = ${ground.root}/hooks\n`],
    ['GT-04', 'a smudge filter', () => `[filter "planted"]\n\tsmudge = ${script}\n\trequired = true\n`],
    ['GT-05', 'a clean filter', () => `[filter "planted"]\n\tclean = ${script}\n`],
    ['GT-05', 'a filter process', () => `[filter "planted"]\n\tprocess = ${script}\n\trequired = true\n`],
    ['GT-06', 'an external diff and a text converter', () => externalDiff()],
    ['GT-07', 'an ssh command', () => `[core]\n\tsshCommand = ${script}\n\tgitProxy = ${script}\n`],
    ['GT-08', 'a credential helper', () => `[credential]\n\thelper = !${script}\n[core]\n\taskPass = ${script}\n`],
    [
      'GT-09',
      'a pager and an editor',
      () => `[core]\n\tpager = ${script}\n\teditor = ${script}\n[pager]\n\tlog = ${script}\n`,
    ],
    [
      'GT-10',
      'aliases',
      () => `[alias]\n\tfetch = !${script}\n\tlog = !${script}\n\tarchive = !${script}\n\tupload-pack = !${script}\n`,
    ],
    [
      'GT-12',
      'an address that becomes ext::',
      () => `[url "ext::sh ${script} "]\n\tinsteadOf = file://\n[protocol "ext"]\n\tallow = always\n`,
    ],
    [
      'GT-18',
      'a large-file filter',
      () => `[filter "lfs"]\n\tsmudge = ${script}\n\tprocess = ${script}\n\trequired = true\n`,
    ],
    [
      'GT-21',
      'an upload-pack hook',
      () => `[uploadpack]\n\tpackObjectsHook = ${script}\n[core]\n\talternateRefsCommand = ${script}\n`,
    ],
    [
      'GT-21',
      'a tar filter and a signature program',
      () => `[tar "zip"]\n\tcommand = ${script}\n[gpg]\n\tprogram = ${script}\n[log]\n\tshowSignature = true\n`,
    ],
  ];
  const externalDiff = () =>
    `[diff]\n\texternal = ${script}\n[diff "planted"]\n\ttextconv = ${script}\n\tcommand = ${script}\n`;

  it.each(configs)('%s never runs %s that the repository names', async (_case, _what, config) => {
    const here = planted();
    mkdirSync(join(ground.root, 'hooks'), { recursive: true });
    for (const hook of HOOKS) cpSync(script, join(ground.root, 'hooks', hook));
    addConfig(here.repo, config());
    const { zip, clone } = await readBoth(here);
    expect((await readZipFile(zip, 'a.txt'))?.toString()).toBe('one\n');
    expect(readFileSync(join(clone, 'a.txt'), 'utf8')).toBe('one\n');
    expect(readFileSync(join(clone, '.git', 'config'), 'utf8')).not.toContain('planted.sh');
  });

  const HOOKS = [
    'post-checkout',
    'reference-transaction',
    'post-index-change',
    'pre-auto-gc',
    'post-merge',
    'pre-receive',
  ];
  it('GT-02 never runs hooks of the repository, and never copies them', async () => {
    const here = planted();
    mkdirSync(join(here.repo, '.git', 'hooks'));
    for (const hook of HOOKS) {
      cpSync(script, join(here.repo, '.git', 'hooks', hook));
      chmodSync(join(here.repo, '.git', 'hooks', hook), 0o755);
    }
    const { clone } = await readBoth(here);
    expect(existsSync(join(clone, '.git', 'hooks', 'post-checkout'))).toBe(false);
  });

  it('GT-11 never reads included config', async () => {
    const here = planted();
    writeFileSync(join(here.place, 'evil.inc'), ground.fixture(`[core]\n\tfsmonitor = ${script}\n${externalDiff()}`));
    addConfig(
      here.repo,
      `[include]\n\tpath = ${here.place}/evil.inc\n[includeIf "gitdir:**"]\n\tpath = ${here.place}/evil.inc\n`,
    );
    await readBoth(here);
  });

  it('GT-11 takes no settings from its own environment', async () => {
    const here = planted();
    const planting = { GIT_CONFIG_COUNT: '1', GIT_CONFIG_KEY_0: 'filter.planted.smudge', GIT_CONFIG_VALUE_0: script };
    const others = {
      GIT_EXTERNAL_DIFF: script,
      GIT_SSH_COMMAND: script,
      GIT_EXEC_PATH: here.place,
      GIT_DIR: here.place,
    };
    const before = { ...process.env };
    Object.assign(process.env, planting, others);
    try {
      await readBoth(here);
    } finally {
      for (const name of Object.keys({ ...planting, ...others })) {
        if (before[name] === undefined) delete process.env[name];
        else process.env[name] = before[name];
      }
    }
  });

  it.each([
    ['GT-12', 'an ext:: address', () => `ext::sh -c ${script}`],
    ['GT-13', 'an option', () => `--upload-pack=${script}`],
    ['GT-14', 'an ssh host that is an option', () => `ssh://-oProxyCommand=${script}/x`],
  ])('%s takes a bound path that is %s as a path', async (_case, _what, path) => {
    await refusedWith('source.missing', planted(), { repositoryPath: ground.fixture(path()) });
  });

  it('GT-15 leaves submodules alone, whatever their address', async () => {
    const here = planted();
    const id = gitIn(here.repo, 'rev-parse', 'HEAD').trim();
    const modules = `[submodule "evil"]\n\tpath = evil\n\turl = ext::sh ${script}\n\tupdate = !${script}\n[submodule "near"]\n\tpath = near\n\turl = file://${template}\n`;
    writeFileSync(join(here.repo, '.gitmodules'), ground.fixture(modules));
    gitIn(here.repo, 'update-index', '--add', '--cacheinfo', `160000,${id},evil`);
    gitIn(here.repo, 'update-index', '--add', '--cacheinfo', `160000,${id},near`);
    gitIn(here.repo, 'add', '.gitmodules');
    gitIn(here.repo, 'commit', '--quiet', '-m', 'Submodules');
    const { zip, clone } = await readBoth(here);
    expect((await inspectZip(zip)).paths).toEqual(['.gitattributes', '.gitmodules', 'a.txt']);
    expect(existsSync(join(clone, 'near', 'a.txt'))).toBe(false);
  });

  it('GT-16 treats a bare repository inside the commit as files', async () => {
    const here = planted();
    const files = {
      'inner/HEAD': 'ref: refs/heads/main\n',
      'inner/config': `[core]\n\tbare = true\n\tfsmonitor = ${script}\n`,
    };
    commitFiles(
      here.repo,
      { ...files, 'inner/objects/keep': '', 'inner/refs/keep': '', 'inner/hooks/post-checkout': '' },
      'Embed',
    );
    const { zip } = await readBoth(here);
    expect((await inspectZip(zip)).paths).toContain('inner/config');
    await refusedWith('source.not-a-repository', here, { repositoryPath: join(here.repo, 'inner', 'objects') });
  });

  it('GT-17 reads through a linked .git without running or changing anything', async () => {
    const here = planted();
    renameSync(join(here.repo, '.git'), join(here.place, 'elsewhere'));
    symlinkSync(join(here.place, 'elsewhere'), join(here.repo, '.git'));
    appendFileSync(join(here.place, 'elsewhere', 'config'), ground.fixture(`[core]\n\tfsmonitor = ${script}\n`));
    await readBoth(here);
  });

  it.each(['--upload-pack=x', '$(touch x)', ';id', '`id`', '-q', 'a"b', "it's"])(
    'GT-19 reads the branch %s by its name',
    async (branch) => {
      const here = planted();
      const id = gitIn(here.repo, 'rev-parse', 'HEAD').trim();
      writeFileSync(
        join(here.repo, '.git', 'packed-refs'),
        `# pack-refs with: peeled fully-peeled sorted \n${id} refs/heads/${branch}\n`,
      );
      if (branch.includes(' ')) {
        await refusedWith('source.unknown-branch', here, { branch });
        return;
      }
      const store = createArtifactStore(join(here.place, 'store'));
      const scratch = join(here.place, 'scratch');
      ground.remember();
      const request = {
        repositoryPath: here.repo,
        branch,
        scratch,
        store,
        name: 'Source',
        format: 'CODE_ZIP',
      } as const;
      expect((await readRepository(request)).revision).toMatchObject({ branchName: branch, revisionId: id });
      expect(ground.changes(here.place)).toEqual([]);
    },
  );

  it.each([
    '*',
    'main:refs/heads/x',
    '+main',
    '../main',
    'main..x',
    'ma\u0000in',
    'a\nb',
    '',
    '@{-1}',
    '^main',
    '--all',
  ])('GT-19 never takes the branch %j for a pattern, an option or a command', async (branch) => {
    await refusedWith('source.unknown-branch', planted(), { branch });
  });

  it('GT-20 stops at the size limit', async () => {
    const here = planted();
    writeFileSync(join(here.repo, 'big.bin'), randomBytes(3_000_000));
    commitFiles(here.repo, {}, 'Big');
    await refusedWith('source.too-large', here, { limits: { bytes: 1_000_000 } });
    expect(existsSync(join(here.place, 'scratch', 'git-'))).toBe(false);
  });

  it('GT-20 stops at the time limit, and when it is told to', async () => {
    await refusedWith('source.timed-out', planted(), { limits: { time: 1 } });
    await refusedWith('source.stopped', planted(), { signal: AbortSignal.abort() });
  });

  it('GT-20 refuses a small commit that names far too many files', async () => {
    const here = planted();
    const hash = (text: string, ...args: string[]) =>
      spawnSync('git', args, {
        cwd: here.repo,
        input: text,
        encoding: 'utf8',
        env: { PATH: process.env.PATH, HOME: here.place },
      }).stdout.trim();
    let id = hash('', 'hash-object', '-w', '--stdin');
    let kind = '100644 blob';
    for (let level = 0; level < 6; level += 1) {
      const lines = Array.from({ length: 8 }, (_, index) => `${kind} ${id}\tf${index}`).join('\n');
      id = hash(`${lines}\n`, 'mktree');
      kind = '040000 tree';
    }
    const commit = hash('Bomb', 'commit-tree', id) || gitIn(here.repo, 'commit-tree', id, '-m', 'Bomb').trim();
    gitIn(here.repo, 'update-ref', 'refs/heads/main', commit);
    await refusedWith('source.too-many-files', here, {});
  });

  it('GT-22 never hands on what a link in the commit points at outside', async () => {
    const here = planted();
    symlinkSync(ground.fixture(ground.canary), join(here.repo, 'leak'));
    symlinkSync('../../canary/untouched.txt', join(here.repo, 'climb'));
    symlinkSync('a.txt', join(here.repo, 'good'));
    commitFiles(here.repo, {}, 'Links');
    const { zip, clone } = await readBoth(here);
    expect((await inspectZip(zip)).paths).toEqual(['.gitattributes', 'a.txt', 'good']);
    expect((await readZipFile(zip, 'good'))?.toString()).toBe('one\n');
    expect(readFileSync(join(clone, 'leak'), 'utf8')).toBe(ground.canary); // a text file, not a link
  });

  describe('with no guard', () => {
    it.each([
      ['GT-01', () => `[core]\n\tfsmonitor = ${script}\n`, ['status']],
      ['GT-04', () => `[filter "planted"]\n\tsmudge = ${script}\n`, ['checkout', '--force', 'HEAD', '--', '.']],
      ['GT-06', () => externalDiff(), ['diff']],
    ])('%s control: plain git runs the planted program', (_case, config, args) => {
      const here = planted();
      addConfig(here.repo, config());
      writeFileSync(join(here.repo, 'a.txt'), 'changed\n');
      spawnSync('git', args, { cwd: here.repo, env: { PATH: process.env.PATH, HOME: here.place } });
      expect(existsSync(ground.fired)).toBe(true);
      rmSync(ground.fired);
    });
  });
});
