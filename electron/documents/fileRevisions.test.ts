import { execFileSync } from 'node:child_process';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { ProblemError } from '../../shared/problem.ts';
import { fileRevisions } from './fileRevisions.ts';
import { nodeFileSystem } from './fileSystem.ts';
import { pipelineFiles } from './pipelineFiles.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-revisions-')));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const pipeline = (name: string) => `{"pipeline": {"name": "${name}", "roleArn": "r", "stages": []}}\n`;
const git = (cwd: string, ...args: string[]) =>
  execFileSync('git', ['-C', cwd, ...args], {
    encoding: 'utf8',
    env: {
      PATH: process.env.PATH,
      HOME: folder,
      GIT_CONFIG_GLOBAL: '/dev/null',
      GIT_AUTHOR_NAME: 'Specs',
      GIT_AUTHOR_EMAIL: 's@example.com',
      GIT_COMMITTER_NAME: 'Specs',
      GIT_COMMITTER_EMAIL: 's@example.com',
    },
  }).trim();
const write = (path: string, text: string) => {
  mkdirSync(dirname(path), { recursive: true });
  writeFileSync(path, text);
};
/** A repository in which `ci/[shop].json` changed twice, and another file once between. */
function repository() {
  const root = join(folder, 'repo');
  const file = join(root, 'ci/[shop].json');
  mkdirSync(root);
  git(root, 'init', '--quiet', '--initial-branch=main');
  const commit = (message: string) => {
    git(root, 'add', '--all');
    git(root, 'commit', '--quiet', '--message', message);
    return git(root, 'rev-parse', 'HEAD');
  };
  write(file, pipeline('first'));
  const first = commit('Begin\n\nat length');
  write(join(root, 'ci/s.json'), pipeline('s'));
  commit('Something else');
  write(file, pipeline('second'));
  const second = commit('Rename it');
  return { root, file, first, second };
}
const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no refusal',
    (error: unknown) => (error instanceof ProblemError ? error.problem.code : String(error)),
  );
const revisions = () => fileRevisions(join(folder, 'data'));

describe('the revisions of a file', () => {
  it('are the commits that changed it, newest first, each with its text', async () => {
    const { file, first, second } = repository();
    const found = await revisions().list(file);
    expect(found.map(({ revisionId, author, summary }) => [revisionId, author, summary])).toEqual([
      [second, 'Specs', 'Rename it'],
      [first, 'Specs', 'Begin'],
    ]);
    expect(found[0]?.at).toBeGreaterThan(1e12);
    expect(await revisions().read(file, first)).toBe(pipeline('first'));
  });

  it('are found from a linked work tree, on its own branch', async () => {
    const { root, first } = repository();
    git(root, 'worktree', 'add', '--quiet', '-b', 'old', join(folder, 'linked'), first);
    const found = await revisions().list(join(folder, 'linked/ci/[shop].json'));
    expect(found.map(({ revisionId }) => revisionId)).toEqual([first]);
  });

  it('run nothing that the repository names, and leave nothing behind', async () => {
    const { root, file, first } = repository();
    const canary = join(folder, 'canary');
    write(join(folder, 'run.sh'), `#!/bin/sh\ntouch ${canary}\ncat\n`);
    execFileSync('chmod', ['+x', join(folder, 'run.sh')]);
    const run = join(folder, 'run.sh');
    write(join(root, '.gitattributes'), '* filter=x diff=x textconv=x\n');
    for (const key of [
      'core.fsmonitor',
      'core.pager',
      'filter.x.smudge',
      'diff.x.textconv',
      'diff.external',
      'log.showSignature',
      'gpg.program',
      'core.sshCommand',
    ])
      git(root, 'config', key, key === 'log.showSignature' ? 'true' : run);
    git(root, 'config', 'alias.log', `!${run}`);
    for (const hook of ['post-checkout', 'reference-transaction']) {
      write(join(root, '.git/hooks', hook), `#!/bin/sh\ntouch ${canary}\n`);
      execFileSync('chmod', ['+x', join(root, '.git/hooks', hook)]);
    }
    expect(await revisions().list(file)).toHaveLength(2);
    expect(await revisions().read(file, first)).toBe(pipeline('first'));
    expect(existsSync(canary)).toBe(false);
    expect(readdirSync(join(folder, 'data'))).toEqual([]);
  });

  it('are refused outside of a repository, before a first commit, for an unsaved document and for what is no commit', async () => {
    write(join(folder, 'alone.json'), pipeline('alone'));
    expect(await codeOf(revisions().list(join(folder, 'alone.json')))).toBe('revision.no-repository');
    expect(existsSync(join(folder, 'data'))).toBe(false);
    git(folder, 'init', '--quiet');
    expect(await codeOf(revisions().list(join(folder, 'alone.json')))).toBe('revision.no-repository');
    expect(await codeOf(revisions().list(''))).toBe('revision.no-repository');
    const { file } = repository();
    for (const id of ['HEAD', '--version', 'f'.repeat(40), ''])
      expect(await codeOf(revisions().read(file, id))).toBe('revision.unknown');
  });
});

describe('the pipelines of a folder', () => {
  it('are the files that hold one, whatever they are called, and no links', async () => {
    const at = (...names: string[]) => join(folder, ...names);
    write(at('a.pipeline.json'), pipeline('a'));
    write(at('deep/b.yaml'), 'name: b\nroleArn: r\nstages: []\n');
    write(at('package.json'), '{"name": "stages"}');
    write(at('a.penstock.json'), '{"stages": []}');
    write(at('node_modules/c.json'), pipeline('c'));
    write(at('.hidden/d.json'), pipeline('d'));
    write(at('outside.json.txt'), pipeline('e'));
    symlinkSync('/etc', at('linked'));
    symlinkSync(at('a.pipeline.json'), at('z.json'));
    const { files, isPartial } = await pipelineFiles(nodeFileSystem, folder);
    expect(files).toEqual([
      { path: at('a.pipeline.json'), name: 'a', folder: '' },
      { path: at('deep/b.yaml'), name: 'b', folder: 'deep' },
    ]);
    expect(isPartial).toBe(false);
    expect(await codeOf(pipelineFiles(nodeFileSystem, at('absent')))).toBe('file.not-found');
  });
});
