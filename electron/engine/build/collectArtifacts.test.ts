import { mkdirSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test } from 'vitest';
import type { ArtifactsSpec } from '../../../shared/buildspec/buildspec.ts';
import { collectArtifacts } from './collectArtifacts.ts';

let root = '';
let source = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-collect-'));
  source = join(root, 'work', 'src', 'src');
  mkdirSync(source, { recursive: true });
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

function put(...paths: string[]) {
  for (const path of paths) {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), path);
  }
}

const collect = (spec: Partial<ArtifactsSpec>, variables: Record<string, string> = {}) =>
  collectArtifacts({
    spec: { files: ['**/*'], excludePaths: [], baseDirectory: '', discardPaths: false, enableSymlinks: false, ...spec },
    sourceFolder: source,
    workspace: join(root, 'work'),
    variables: new Map(Object.entries(variables)),
    scratch: join(root, 'scratch'),
  });
const filesOf = async (...args: Parameters<typeof collect>) => (await collect(...args)).files.sort();

describe('§8 the files of an artifact', () => {
  it('are those that any pattern means, once each, below the base directory', async () => {
    put('dist/index.html', 'dist/js/app.js', 'dist/js/app.js.map', 'other.txt');
    expect(await filesOf({ baseDirectory: 'dist', files: ['**/*', 'js/*'] })).toEqual([
      'index.html',
      'js/app.js',
      'js/app.js.map',
    ]);
    expect(await filesOf({ baseDirectory: './dist/', files: ['js/*'] })).toEqual(['js/app.js', 'js/app.js.map']);
  });

  it('leave out what exclude-paths mean', async () => {
    put('a.js', 'a.js.map', 'deep/b.js.map', 'node_modules/x/y.js');
    expect(await filesOf({ excludePaths: ['**/*.map', 'node_modules/**/*'] })).toEqual(['a.js']);
  });

  it('lose their folders under discard-paths; of equal names one stays', async () => {
    put('a/one.txt', 'b/two.txt', 'b/one.txt');
    const { folder, files } = await collect({ discardPaths: true });
    expect(files.sort()).toEqual(['one.txt', 'two.txt']);
    expect(readFileSync(join(folder, 'one.txt'), 'utf8')).toMatch(/^[ab]\/one\.txt$/);
  });

  it('come from every folder that a pattern as base directory means', async () => {
    put('my-build1/a.txt', 'my-build2/b.txt', 'other/c.txt');
    expect(await filesOf({ baseDirectory: 'my-build*' })).toEqual(['a.txt', 'b.txt']);
  });

  it('are found through variables of the build, whose values are not expanded again', async () => {
    put('out/v1/a.txt');
    // biome-ignore lint/suspicious/noTemplateCurlyInString: a variable of the build
    expect(await filesOf({ baseDirectory: '$OUT/${VERSION}' }, { OUT: 'out', VERSION: 'v1' })).toEqual(['a.txt']);
    await expect(collect({ baseDirectory: '$OUT' }, { OUT: '$VERSION', VERSION: 'out' })).rejects.toThrow(
      'no matching base directory',
    );
  });

  it('may come from another source of the same build by its absolute path', async () => {
    const other = join(root, 'work', 'src2', 'src');
    mkdirSync(other, { recursive: true });
    writeFileSync(join(other, 'lib.js'), '');
    expect(await filesOf({ baseDirectory: '$CODEBUILD_SRC_DIR_Two' }, { CODEBUILD_SRC_DIR_Two: other })).toEqual([
      'lib.js',
    ]);
  });

  it('never include a repository', async () => {
    put('.git/config', 'sub/.git/config', '.gitignore');
    expect(await filesOf({})).toEqual(['.gitignore']);
  });

  it('name in a note each pattern that found nothing, while others did', async () => {
    put('a.txt');
    expect((await collect({ files: ['a.txt', 'b/*'] })).notes).toEqual([
      'The pattern "b/*" of the artifacts section matched no file.',
    ]);
  });
});

describe('§8 UPLOAD_ARTIFACTS fails with CLIENT_ERROR when', () => {
  test.each([
    { name: 'nothing matches', spec: { files: ['dist/**/*'] }, text: 'no matching artifact paths found' },
    {
      name: 'a folder stands where files are meant',
      spec: { files: ['folder'] },
      text: 'no matching artifact paths found',
    },
    {
      name: 'everything that matches is excluded',
      spec: { excludePaths: ['**/*'] },
      text: 'no matching artifact paths found',
    },
    {
      name: 'the base directory is missing',
      spec: { baseDirectory: 'dist' },
      text: 'no matching base directory path found',
    },
    {
      name: 'no folder matches the base directory',
      spec: { baseDirectory: 'dist-*' },
      text: 'no matching base directory path found',
    },
    {
      name: 'the base directory is a file',
      spec: { baseDirectory: 'a.txt' },
      text: 'no matching base directory path found',
    },
  ])('$name', async ({ spec, text }) => {
    put('a.txt', 'folder/b.txt');
    const failure = collect(spec);
    await expect(failure).rejects.toThrow(
      'Build terminated with state: FAILED. Phase: UPLOAD_ARTIFACTS, code: CLIENT_ERROR',
    );
    await expect(failure).rejects.toThrow(text);
  });

  it('the build removed its own sources', async () => {
    rmSync(source, { recursive: true });
    await expect(collect({})).rejects.toThrow('no matching base directory path found');
  });
});

describe('nothing outside of the build’s sources is taken:', () => {
  beforeEach(() => {
    put('a.txt');
    mkdirSync(join(root, 'work-evil'));
    writeFileSync(join(root, 'work-evil', 'canary'), 'private');
    writeFileSync(join(root, 'canary'), 'private');
  });

  it('control: a folder inside by the same kinds of path is taken', async () => {
    put('inside/ok');
    symlinkSync('inside', join(source, 'link'));
    expect(await filesOf({ baseDirectory: join(source, 'inside') })).toEqual(['ok']);
    expect(await filesOf({ baseDirectory: 'link' })).toEqual(['ok']);
    expect(await filesOf({ baseDirectory: 'inside/../inside' })).toEqual(['ok']);
  });

  test.each(['../../..', '../../../work-evil', '$ROOT', '$ROOT/work-evil', '../../../work-ev*', 'out', '~'])(
    'base directory %s',
    async (baseDirectory) => {
      symlinkSync(join(root, 'work-evil'), join(source, 'out'));
      await expect(collect({ baseDirectory }, { ROOT: root })).rejects.toThrow('CLIENT_ERROR');
    },
  );

  test.each(['../../../canary', '$ROOT/canary', 'x/../../../../canary', 'a\0b'])('pattern %s', async (pattern) => {
    await expect(collect({ files: [pattern] }, { ROOT: root })).rejects.toThrow('leaves its base directory');
  });

  it('links that lead out are left out and named', async () => {
    symlinkSync(join(root, 'canary'), join(source, 'file-link'));
    symlinkSync(join(root, 'work-evil'), join(source, 'folder-link'));
    symlinkSync('nowhere', join(source, 'dangling'));
    symlinkSync('.', join(source, 'circle'));
    const { files, notes } = await collect({});
    expect(files).toEqual(['a.txt']);
    expect(notes.join()).toContain('"file-link"');
    expect(notes.join()).toContain('"folder-link"');
  });
});
