import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  realpathSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { commitFiles, gitIn, makeRepository } from '../../testing/makeRepository.ts';
import { type ArtifactStore, createArtifactStore } from '../artifacts/artifactStore.ts';
import { inspectZip, readZipFile } from '../artifacts/extractZip.ts';
import { checkoutClone, readCloneReference } from './cloneReference.ts';
import { readFolder } from './readFolder.ts';
import { type ReadRepositoryRequest, readRepository } from './readRepository.ts';

let place: string;
let repo: string;
let store: ArtifactStore;
beforeEach(() => {
  place = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-git-')));
  repo = join(place, 'shop');
  store = createArtifactStore(join(place, 'store'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

const make = (files: Record<string, string> = { 'a.txt': 'one\n' }, options = {}) =>
  makeRepository(repo, files, { init: ['--template='], ...options });

const read = (more: Partial<ReadRepositoryRequest> = {}) =>
  readRepository({
    repositoryPath: repo,
    branch: 'main',
    scratch: join(place, 'scratch'),
    store,
    name: 'Source',
    format: 'CODE_ZIP',
    ...more,
  });

const pathsOf = async (digest: string) => (await inspectZip(store.pathOf(digest))).paths;

describe('reading a bound repository', () => {
  it("gives the files of the branch's newest commit, not those of the work tree", async () => {
    make({ 'a.txt': 'one\n', 'src/b.txt': 'two\n' });
    writeFileSync(join(repo, 'a.txt'), 'not committed\n');
    const { artifact } = await read();
    expect(artifact.name).toBe('Source');
    expect(await pathsOf(artifact.digest)).toEqual(['a.txt', 'src/b.txt']);
    expect((await readZipFile(store.pathOf(artifact.digest), 'a.txt'))?.toString()).toBe('one\n');
    expect(readdirSync(join(place, 'scratch'))).toEqual([]);
  });

  it('tells who made the commit, when, and why, in any language', async () => {
    const revisionId = make({ a: '1' }, { message: 'Größe ändern 日本\n\nMore.' });
    expect((await read()).revision).toEqual({
      revisionId,
      branchName: 'main',
      repositoryName: 'shop',
      commitMessage: 'Größe ändern 日本\n\nMore.',
      authorDate: '2026-03-01T08:00:00Z',
      authorDisplayName: 'Ada Author',
      authorEmail: 'ada@example.invalid',
      committerDate: '2026-03-02T11:00:00Z',
    });
  });

  it('cuts a commit message at 100 KB, at a letter', async () => {
    make();
    writeFileSync(join(place, 'message'), `${'x'.repeat(102_399)}é and more`);
    gitIn(repo, 'commit', '--quiet', '--allow-empty', '-F', join(place, 'message'));
    expect((await read()).revision.commitMessage).toBe('x'.repeat(102_399));
  });

  it('gives the same artifact for the same commit', async () => {
    make();
    const first = await read();
    commitFiles(repo, { 'a.txt': 'two\n' }, 'Second');
    expect((await read({ commitId: first.revision.revisionId })).artifact).toEqual(first.artifact);
    expect((await read()).artifact.digest).not.toBe(first.artifact.digest);
  });

  it('reads any commit by its id, also one that no branch has any more', async () => {
    make();
    const lost = commitFiles(repo, { 'a.txt': 'lost\n' }, 'Lost');
    gitIn(repo, 'reset', '--quiet', '--hard', 'HEAD~1');
    const { artifact, revision } = await read({ commitId: lost });
    expect(revision.revisionId).toBe(lost);
    expect((await readZipFile(store.pathOf(artifact.digest), 'a.txt'))?.toString()).toBe('lost\n');
  });

  it('reads a branch with slashes, and a merge', async () => {
    make();
    gitIn(repo, 'checkout', '--quiet', '-b', 'feature/x');
    commitFiles(repo, { b: 'b' }, 'On the branch');
    gitIn(repo, 'checkout', '--quiet', 'main');
    commitFiles(repo, { c: 'c' }, 'On main');
    gitIn(repo, 'merge', '--quiet', '--no-ff', '-m', 'Merge', 'feature/x');
    expect(await pathsOf((await read()).artifact.digest)).toEqual(['a.txt', 'b', 'c']);
    expect(await pathsOf((await read({ branch: 'feature/x' })).artifact.digest)).toEqual(['a.txt', 'b']);
  });

  it('takes the whole commit: no attribute leaves files out or rewrites them', async () => {
    make({ '.gitattributes': 'secret export-ignore\nversion export-subst\n', secret: 's', version: '$Format:%H$\n' });
    const { artifact } = await read();
    expect(await pathsOf(artifact.digest)).toEqual(['.gitattributes', 'secret', 'version']);
    expect((await readZipFile(store.pathOf(artifact.digest), 'version'))?.toString()).toBe('$Format:%H$\n');
  });

  it('stores links to files as copies, leaves out the others, and says so', async () => {
    make({ 'docs/a.txt': 'one\n' });
    symlinkSync('docs/a.txt', join(repo, 'copy.txt'));
    symlinkSync('copy.txt', join(repo, 'again.txt'));
    symlinkSync('docs', join(repo, 'manual'));
    symlinkSync('gone', join(repo, 'dangling'));
    symlinkSync('round', join(repo, 'round'));
    commitFiles(repo, {}, 'Links');
    const lines: string[] = [];
    const { artifact } = await read({ log: (line) => lines.push(line) });
    expect(await pathsOf(artifact.digest)).toEqual(['again.txt', 'copy.txt', 'docs/a.txt']);
    expect((await readZipFile(store.pathOf(artifact.digest), 'again.txt'))?.toString()).toBe('one\n');
    expect(lines).toEqual([
      'Stored 2 links as copies of the files that they point at.',
      'Left out dangling: a link to nothing in the commit.',
      'Left out manual: a link to a folder.',
      'Left out round: a link that goes round in circles.',
    ]);
  });

  it.each([
    ['a bare repository', () => gitIn(place, 'clone', '--quiet', '--bare', repo, join(place, 'bare.git')), 'bare.git'],
    ['a linked work tree', () => gitIn(repo, 'worktree', 'add', '--quiet', '-b', 'side', join(place, 'tree')), 'tree'],
  ])('reads %s', async (_what, prepare, name) => {
    make();
    prepare();
    const { revision } = await read({ repositoryPath: join(place, name) });
    expect(revision.repositoryName).toBe(name.replace('.git', ''));
  });

  it('reads a repository that names its objects by SHA-256', async () => {
    const id = make({ a: '1' }, { init: ['--template=', '--object-format=sha256'] });
    expect(id).toHaveLength(64);
    expect((await read()).revision.revisionId).toBe(id);
    expect((await read({ commitId: id })).revision.revisionId).toBe(id);
  });

  it('leaves the repository as it was', async () => {
    make();
    const listing = () => readdirSync(repo, { recursive: true }).sort();
    const before = listing();
    await read();
    expect(listing()).toEqual(before);
  });

  it('says which branches there are when the branch is unknown', async () => {
    make();
    gitIn(repo, 'branch', 'develop');
    await expect(read({ branch: 'master' })).rejects.toMatchObject({
      problem: {
        code: 'source.unknown-branch',
        where: repo,
        what: 'The repository has no branch "master". It has "develop", "main".',
      },
    });
  });

  it('says that a repository without commits has no branch', async () => {
    mkdirSync(repo);
    gitIn(repo, 'init', '--quiet');
    await expect(read()).rejects.toMatchObject({
      problem: { what: expect.stringContaining('no commit on any branch') },
    });
  });

  it.each([
    ['a short commit id', { commitId: 'abc1234' }, 'source.unknown-commit'],
    ['a commit that is not there', { commitId: 'f'.repeat(40) }, 'source.unknown-commit'],
  ])('refuses %s', async (_what, more, code) => {
    make();
    await expect(read(more)).rejects.toMatchObject({ problem: { code } });
  });

  it('tells a missing folder, a file and a plain folder apart', async () => {
    await expect(read()).rejects.toMatchObject({ problem: { code: 'source.missing' } });
    mkdirSync(repo);
    await expect(read()).rejects.toMatchObject({
      problem: { code: 'source.not-a-repository', fix: expect.stringContaining('plain folder') },
    });
    writeFileSync(join(place, 'file'), '');
    await expect(read({ repositoryPath: join(place, 'file') })).rejects.toMatchObject({
      problem: { code: 'source.not-a-repository', what: expect.stringContaining('is a file') },
    });
  });

  it('says when git is not installed', async () => {
    make();
    const path = process.env.PATH;
    process.env.PATH = place;
    try {
      await expect(read()).rejects.toMatchObject({ problem: { code: 'source.no-git' } });
    } finally {
      process.env.PATH = path;
    }
  });

  it('refuses a commit that could not be an artifact, at the source and by the name of the entry', async () => {
    make({ 'aux.c': 'int x;' });
    await expect(read()).rejects.toMatchObject({
      problem: { code: 'artifact.unfit-name', what: expect.stringContaining('aux.c') },
    });
  });
});

describe('a git reference for builds (CODEBUILD_CLONE_REF: §11, buildspec.md §7)', () => {
  it('becomes a clone with history at the commit', async () => {
    make();
    const second = commitFiles(repo, { 'a.txt': 'two\n' }, 'Second');
    gitIn(repo, 'tag', 'v1');
    const { artifact, revision } = await read({ format: 'CODEBUILD_CLONE_REF' });
    commitFiles(repo, { 'a.txt': 'three\n' }, 'Third');
    const reference = readCloneReference(store.pathOf(artifact.digest));
    expect(reference).toEqual({ penstock: 'clone-ref', repository: repo, commitId: second });
    expect(revision.commitMessage).toBe('Second');
    await checkoutClone({ reference: reference!, target: join(place, 'source') });
    expect(readFileSync(join(place, 'source', 'a.txt'), 'utf8')).toBe('two\n');
    expect(gitIn(join(place, 'source'), 'log', '--format=%s').trim().split('\n')).toEqual(['Second', 'First light']);
    expect(gitIn(join(place, 'source'), 'describe', '--tags').trim()).toBe('v1');
    expect(readdirSync(place).sort()).toEqual(['scratch', 'shop', 'source', 'store']);
  });

  it('says when the commit has gone, and leaves no half clone', async () => {
    make();
    const reference = { penstock: 'clone-ref', repository: repo, commitId: 'a'.repeat(40) } as const;
    const cloning = checkoutClone({ reference, target: join(place, 'source') });
    await expect(cloning).rejects.toMatchObject({ problem: { code: 'source.unknown-commit' } });
    expect(existsSync(join(place, 'source'))).toBe(false);
  });

  it('is told from an ordinary artifact, and refused where only files will do', async () => {
    make();
    const reference = await read({ format: 'CODEBUILD_CLONE_REF' });
    const files = await read();
    expect(readCloneReference(store.pathOf(files.artifact.digest))).toBeUndefined();
    await expect(pathsOf(reference.artifact.digest)).rejects.toMatchObject({
      problem: { code: 'artifact.clone-reference', what: expect.stringContaining('only build actions') },
    });
    writeFileSync(join(place, 'odd'), '{"penstock":"clone-ref","repository":1}');
    expect(readCloneReference(join(place, 'odd'))).toBeUndefined();
  });
});

describe('reading a plain folder in place of a repository', () => {
  it('gives its files and takes their digest as the revision', async () => {
    make({ 'a.txt': 'one\n' });
    const { artifact, revision } = await readFolder({ folderPath: repo, store, name: 'Source' });
    expect(await pathsOf(artifact.digest)).toEqual(['a.txt']);
    expect(revision).toEqual({ revisionId: artifact.digest });
  });

  it('names in the log what it leaves out', async () => {
    make();
    symlinkSync(place, join(repo, 'outside'));
    const lines: string[] = [];
    await readFolder({ folderPath: repo, store, name: 'Source', log: (line) => lines.push(line) });
    expect(lines).toEqual(['Left out outside: a link that leaves the folder.']);
  });

  it('says when the folder is missing', async () => {
    const reading = readFolder({ folderPath: join(place, 'none'), store, name: 'Source' });
    await expect(reading).rejects.toMatchObject({ problem: { code: 'source.missing' } });
  });
});
