import {
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  statSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { CacheSpec } from '../../../shared/buildspec/buildspec.ts';
import { type CacheRequest, restoreCache, saveCache } from './buildCache.ts';
import { buildNumber, projectFolder } from './projectFolder.ts';

/** reference/buildspec.md §10, on this machine. */

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-cache-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

let builds = 0;
/** One build in a fresh source folder with files of its `own`: restore, `work`, save. */
async function build(
  spec: Partial<CacheSpec>,
  work: (put: (path: string, text: string, mode?: number) => void, source: string) => void,
  own: Readonly<Record<string, string>> = {},
) {
  builds += 1;
  const source = join(root, `build${builds}`, 'src');
  const folder = join(root, `attempt${builds}`);
  mkdirSync(source, { recursive: true });
  mkdirSync(folder);
  const log: string[] = [];
  const request: CacheRequest = {
    spec: { paths: ['deps/**/*'], fallbackKeys: [], restores: true, saves: true, ...spec },
    directory: join(root, 'cache'),
    sourceFolder: source,
    variables: new Map([['CODEBUILD_SRC_DIR', source]]),
    folder,
    actionExecutionId: `id-${builds}`,
    now: () => builds,
    log: (line: string) => log.push(line),
    mask: (text: string) => text,
  };
  const put = (path: string, text: string, mode = 0o644) => {
    mkdirSync(dirname(join(source, path)), { recursive: true });
    writeFileSync(join(source, path), text, { mode });
  };
  for (const [path, text] of Object.entries(own)) put(path, text);
  await restoreCache(request);
  const restored = existsSync(join(source, 'deps')) ? readdirSync(join(source, 'deps')).sort() : [];
  work(put, source);
  await saveCache(request);
  return { log, source, restored, request };
}

describe('§10 cache', () => {
  it('keeps what the paths mean from one build to the next, with modes and links', async () => {
    await build({}, (put, source) => {
      put('deps/tool/run.sh', '#!/bin/sh\n', 0o755);
      put('other.txt', '');
      mkdirSync(join(source, 'deps', '.bin'));
      symlinkSync('../tool/run.sh', join(source, 'deps', '.bin', 'run'));
    });
    const { source, restored, log } = await build({}, () => undefined);
    expect(restored).toEqual(['.bin', 'tool']);
    expect(statSync(join(source, 'deps/tool/run.sh')).mode & 0o777).toBe(0o755);
    expect(readlinkSync(join(source, 'deps/.bin/run'))).toBe('../tool/run.sh');
    expect(existsSync(join(source, 'other.txt'))).toBe(false);
    expect(log).toEqual(['Cache: 1 file restored.', 'Cache: 2 files kept.']);
  });

  it('takes a folder without a pattern as all of it, and the source folder by its own path', async () => {
    await build({ paths: ['deps'] }, (put) => put('deps/a/b.txt', ''));
    await build({ paths: ['$CODEBUILD_SRC_DIR/deps/**/*'] }, (put) => put('deps/c/d.txt', ''));
    expect((await build({}, () => undefined)).restored).toEqual(['a', 'c']);
  });

  it('leaves what the source has itself', async () => {
    await build({}, (put) => {
      put('deps/a.txt', 'cached');
      put('deps/b.txt', 'cached');
    });
    const { source } = await build({}, () => undefined, { 'deps/a.txt': 'own' });
    expect(['a.txt', 'b.txt'].map((name) => readFileSync(join(source, 'deps', name), 'utf8'))).toEqual([
      'own',
      'cached',
    ]);
  });

  it('key: only the same key is restored, and a key that was restored is not saved again', async () => {
    const key = 'v1-$(codebuild-hash-files package.lock)';
    await build({ key }, (put) => put('deps/one.txt', ''), { 'package.lock': 'A' });
    expect((await build({ key }, (put) => put('deps/two.txt', ''), { 'package.lock': 'B' })).restored).toEqual([]);
    const same = await build({ key }, (put) => put('deps/three.txt', ''), { 'package.lock': 'A' });
    expect(same.restored).toEqual(['one.txt']);
    expect(same.log.at(-1)).toContain('kept as it is');
    expect((await build({ key }, () => undefined, { 'package.lock': 'A' })).restored).toEqual(['one.txt']);
  });

  it('fallback-keys: the newest cache that begins like the first that fits', async () => {
    await build({ key: 'v1-a' }, (put) => put('deps/old.txt', ''));
    await build({ key: 'v1-b' }, (put) => put('deps/new.txt', ''));
    await build({ key: 'v2-c' }, (put) => put('deps/other.txt', ''));
    const spec = { key: 'v1-x', fallbackKeys: ['v0-', 'v1-', 'v2-'] };
    const { restored, log } = await build(spec, () => undefined);
    expect(restored).toEqual(['new.txt']);
    expect(log[0]).toBe('Cache "v1-b": 1 file restored.');
    expect((await build({ key: 'v1-x' }, () => undefined)).restored).toEqual(['new.txt']);
  });

  it('action: restore alone saves nothing, save alone restores nothing', async () => {
    await build({}, (put) => put('deps/a.txt', ''));
    await build({ saves: false }, (put) => put('deps/b.txt', ''));
    expect((await build({ restores: false }, (put) => put('deps/c.txt', ''))).restored).toEqual([]);
    expect((await build({}, () => undefined)).restored).toEqual(['c.txt']);
  });

  it('is restored once for an attempt, whoever comes back to it', async () => {
    await build({}, (put) => put('deps/a.txt', ''));
    const { request, source } = await build({ saves: false }, () => undefined);
    rmSync(join(source, 'deps'), { recursive: true });
    await restoreCache(request);
    expect(existsSync(join(source, 'deps'))).toBe(false);
  });

  it('keeps the ten newest keys of a project, and no folder beside them', async () => {
    for (let key = 0; key < 13; key += 1) await build({ key: `k${key}` }, (put) => put('deps/a.txt', ''));
    const names = readdirSync(join(root, 'cache'));
    expect(names.filter((name) => name.endsWith('.json'))).toHaveLength(10);
    expect(names).toHaveLength(20);
    expect((await build({ key: 'k3' }, () => undefined)).restored).toEqual(['a.txt']);
    expect((await build({ key: 'k1' }, () => undefined)).restored).toEqual([]);
  });

  it('a damaged cache is told of, and the build goes on', async () => {
    await build({}, (put) => put('deps/a.txt', ''));
    for (const name of readdirSync(join(root, 'cache'))) {
      if (!name.endsWith('.json')) rmSync(join(root, 'cache', name), { recursive: true });
    }
    const { log } = await build({}, (put) => put('deps/b.txt', ''));
    expect(log[0]).toContain('The cache is not restored');
    expect((await build({}, () => undefined)).restored).toEqual(['b.txt']);
  });

  it('is kept by builds at once, one after the other', async () => {
    const { request } = await build({ saves: false }, (put) => put('deps/a.txt', ''));
    const saving = { ...request, spec: { ...request.spec, saves: true } };
    await Promise.all(['x', 'y', 'z'].map((id) => saveCache({ ...saving, actionExecutionId: id })));
    expect(readdirSync(join(root, 'cache'))).toHaveLength(2);
    expect((await build({}, () => undefined)).restored).toEqual(['a.txt']);
  });

  it('what lies outside of the source folder is told and left out', async () => {
    const { log } = await build({ paths: ['/root/.npm/**/*', '~/.m2', '../up'] }, () => undefined);
    expect(log.filter((line) => line.includes('outside of the source folder'))).toHaveLength(3);
    expect(log.at(-1)).toBe('Cache: there is nothing to keep.');
  });

  it('a link that leads out is not kept, and one that would lead out where it is put is taken away', async () => {
    writeFileSync(join(root, 'secret'), 'secret');
    await build({}, (put, source) => {
      put('deps/a.txt', '');
      symlinkSync(join(root, 'secret'), join(source, 'deps', 'out'));
      symlinkSync(join(source, 'deps', 'a.txt'), join(source, 'deps', 'absolute'));
    });
    const { restored, source } = await build({}, () => undefined);
    expect(restored).toEqual(['a.txt']);
    expect(lstatSync(join(source, 'deps', 'a.txt')).isFile()).toBe(true);
  });
});

describe('a project', () => {
  const place = { documentPath: '/work/a/p.pipeline.json', pipelineName: 'p', projectName: 'shop' };

  it('is shared by nothing of another folder, pipeline or name', () => {
    const folders = [
      place,
      { ...place, documentPath: '/work/b/p.pipeline.json' },
      { ...place, pipelineName: 'q' },
      { ...place, projectName: '../../shop' },
    ].map((one) => projectFolder('/data', one));
    expect(new Set(folders).size).toBe(4);
    expect(folders.every((folder) => /^\/data\/projects\/[0-9a-f]{32}$/.test(folder))).toBe(true);
    expect(projectFolder('/data', { ...place, documentPath: '/work/a/other.json' })).toBe(folders[0]);
  });

  it('§6 CODEBUILD_BUILD_NUMBER counts its builds, and an attempt keeps its number', () => {
    const attempts = ['one', 'two'].map((name) => join(root, name));
    for (const attempt of attempts) mkdirSync(attempt);
    const numbers = [...attempts, ...attempts].map((attempt) => buildNumber(join(root, 'project'), attempt));
    expect(numbers).toEqual([1, 2, 1, 2]);
    expect(buildNumber(join(root, 'other'), root)).toBe(1);
  });
});
