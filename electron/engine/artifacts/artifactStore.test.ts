import { spawn } from 'node:child_process';
import { once } from 'node:events';
import {
  chmodSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  statSync,
  symlinkSync,
  utimesSync,
  writeFileSync,
} from 'node:fs';
import { watch } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type ArtifactStore, createArtifactStore } from './artifactStore.ts';
import { extractZip, inspectZip, readZipFile } from './extractZip.ts';

let place: string;
let store: ArtifactStore;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'penstock-store-'));
  store = createArtifactStore(join(place, 'store'));
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

function folderOf(name: string, files: Record<string, string | Buffer>): string {
  const folder = join(place, name);
  for (const [path, content] of Object.entries(files)) {
    mkdirSync(join(folder, path, '..'), { recursive: true });
    writeFileSync(join(folder, path), content);
  }
  return folder;
}

describe('the artifact store', () => {
  it('names an artifact by the SHA-256 of its bytes and keeps it from other users', async () => {
    writeFileSync(join(place, 'file'), 'hello');
    const { digest, size } = await store.putFile(join(place, 'file'));
    expect(digest).toBe('2cf24dba5fb0a30e26e83b2ac5b9e29e1b161e5c1fa7425e73043362938b9824');
    expect(size).toBe(5);
    expect(store.pathOf(digest)).toBe(join(place, 'store', 'sha256', '2c', digest));
    expect(statSync(store.pathOf(digest)).mode & 0o077).toBe(0);
    expect(await store.has(digest)).toBe(true);
    expect(await store.verify(digest)).toBe(true);
  });

  it('keeps equal bytes once and leaves nothing half-made', async () => {
    await Promise.all(Array.from({ length: 5 }, () => store.putText({ a: 'same' })));
    expect(readdirSync(join(place, 'store', 'incoming'))).toEqual([]);
    expect(readdirSync(join(place, 'store', 'sha256'))).toHaveLength(1);
  });

  it('gives the same digest to the same content, whatever its times, order and place', async () => {
    const first = folderOf('first', { 'b.txt': 'b', 'a/c.txt': 'c' });
    const second = folderOf('second', { 'a/c.txt': 'c', 'b.txt': 'b' });
    utimesSync(join(second, 'b.txt'), 1, 1);
    const digests = [await store.putFolder(first), await store.putFolder(second)].map(({ digest }) => digest);
    expect(digests[0]).toBe(digests[1]);
    expect((await store.putText({ 'b.txt': 'b', 'a/c.txt': 'c' })).digest).toBe(digests[0]);
  });

  it('gives another digest to another name, content or executable bit', async () => {
    const digests = [
      await store.putFolder(folderOf('1', { a: 'x' })),
      await store.putFolder(folderOf('2', { a: 'y' })),
      await store.putFolder(folderOf('3', { b: 'x' })),
    ];
    chmodSync(join(folderOf('4', { a: 'x' }), 'a'), 0o755);
    digests.push(await store.putFolder(join(place, '4')));
    expect(new Set(digests.map(({ digest }) => digest)).size).toBe(4);
  });

  it('keeps small and large files, executable bits and names of any language', async () => {
    const large = Buffer.from(Array.from({ length: 400_000 }, (_, index) => (index * index) % 256));
    const folder = folderOf('in', { 'süß.txt': 'text', 'run.sh': '#!/bin/sh\n', 'large.bin': large, empty: '' });
    chmodSync(join(folder, 'run.sh'), 0o755);
    const { digest, files, bytes, skipped } = await store.putFolder(folder);
    expect({ files, bytes, skipped }).toEqual({ files: 4, bytes: 400_014, skipped: [] });
    await extractZip(store.pathOf(digest), join(place, 'out'));
    expect(readFileSync(join(place, 'out', 'large.bin')).equals(large)).toBe(true);
    expect(readFileSync(join(place, 'out', 'süß.txt'), 'utf8')).toBe('text');
    expect(statSync(join(place, 'out', 'run.sh')).mode & 0o100).toBe(0o100);
    expect(statSync(join(place, 'out', 'large.bin')).mode & 0o111).toBe(0);
  });

  it('takes only the listed files when there is a list, each once', async () => {
    const folder = folderOf('in', { a: '1', 'b/c': '2', d: '3' });
    const { digest } = await store.putFolder(folder, { files: ['b/c', 'a', 'a'] });
    expect((await inspectZip(store.pathOf(digest))).paths).toEqual(['a', 'b/c']);
  });

  it("leaves out what is excluded, and git's own folder always", async () => {
    const folder = folderOf('in', { '.git/config': 'x', 'node_modules/x': 'x', a: '1', '.gitignore': 'y' });
    const { digest } = await store.putFolder(folder, { exclude: (path) => path === 'node_modules' });
    expect((await inspectZip(store.pathOf(digest))).paths).toEqual(['.gitignore', 'a']);
    const listed = await store.putFolder(folder, { files: ['a', '.git/config'] });
    expect(listed.skipped).toEqual([{ path: '.git/config', reason: expect.stringContaining('git') }]);
  });

  it('stores links to files and folders inside as what they point at, and names the links it skips', async () => {
    const folder = folderOf('in', { 'real/a.txt': 'a', 'z.txt': 'z' });
    folderOf('outside', { 'secret.txt': 's' });
    symlinkSync('z.txt', join(folder, 'file-link'));
    symlinkSync('real', join(folder, 'folder-link'));
    symlinkSync('../outside/secret.txt', join(folder, 'leak'));
    symlinkSync('nothing', join(folder, 'dangling'));
    symlinkSync('..', join(folder, 'real', 'loop'));
    const { digest, skipped } = await store.putFolder(folder);
    const paths = ['file-link', 'folder-link/a.txt', 'real/a.txt', 'z.txt'];
    expect((await inspectZip(store.pathOf(digest))).paths).toEqual(paths);
    expect((await readZipFile(store.pathOf(digest), 'folder-link/a.txt'))?.toString()).toBe('a');
    expect(new Set(skipped.map(({ path }) => path))).toEqual(
      new Set(['leak', 'dangling', 'real/loop', 'folder-link/loop']),
    );
  });

  it('makes no artifact that its own reader refuses, even of 20 MB of zeros', async () => {
    const { digest } = await store.putFolder(folderOf('in', { zeros: Buffer.alloc(20_000_000) }));
    expect((await inspectZip(store.pathOf(digest))).bytes).toBe(20_000_000);
  });

  it('counts more than 65,535 files', async () => {
    const files = Object.fromEntries(Array.from({ length: 66_000 }, (_, index) => [`f${index}`, '']));
    const { digest } = await store.putText(files);
    expect((await inspectZip(store.pathOf(digest))).files).toBe(66_000);
  });

  it.each([
    ['too many files', { entries: 2 }, 'artifact.too-many-files'],
    ['too many bytes', { totalBytes: 5 }, 'artifact.too-large'],
    ['one file too large', { fileBytes: 3 }, 'artifact.too-large'],
    ['folders too deep', { depth: 1 }, 'artifact.too-deep'],
  ])('refuses a folder with %s and keeps nothing of it', async (_what, caps, code) => {
    const folder = folderOf('in', { a: '1234', b: '12', 'c/d/e': '1' });
    await expect(store.putFolder(folder, { caps })).rejects.toMatchObject({ problem: { code } });
    expect(readdirSync(place)).toEqual(['in']);
  });

  it('refuses a stream past its limit and keeps nothing of it', async () => {
    const endless = async function* () {
      for (;;) yield Buffer.alloc(1_000_000);
    };
    await expect(store.putStream(endless(), 5_000_000)).rejects.toMatchObject({
      problem: { code: 'artifact.too-large' },
    });
    expect(readdirSync(join(place, 'store', 'incoming'))).toEqual([]);
  });

  it('keeps nothing of a stream that fails', async () => {
    const failing = async function* () {
      yield Buffer.alloc(3_000_000);
      throw new Error('the disk went away');
    };
    await expect(store.putStream(failing())).rejects.toThrow('the disk went away');
    expect(readdirSync(join(place, 'store', 'incoming'))).toEqual([]);
  });

  it('notices bytes that changed on disk, and stores them anew when their size is wrong', async () => {
    const { digest } = await store.putText({ a: 'x' });
    chmodSync(store.pathOf(digest), 0o600);
    writeFileSync(store.pathOf(digest), 'torn');
    expect(await store.verify(digest)).toBe(false);
    await store.putText({ a: 'x' });
    expect(await store.verify(digest)).toBe(true);
  });

  it('sweeps away what a crashed host left', async () => {
    mkdirSync(join(place, 'store', 'incoming'), { recursive: true });
    writeFileSync(join(place, 'store', 'incoming', 'half'), 'ha');
    await store.sweep();
    expect(readdirSync(join(place, 'store', 'incoming'))).toEqual([]);
  });

  it.each(['', '../x', 'A'.repeat(64), 'a'.repeat(63)])('knows no artifact by %j', (digest) => {
    expect(() => store.pathOf(digest)).toThrow(/SHA-256/);
  });
});

describe('reading one file of an artifact', () => {
  it('gives its bytes, or nothing when there is no such file', async () => {
    const path = store.pathOf((await store.putText({ 'a/b.txt': 'hello' })).digest);
    expect((await readZipFile(path, 'a/b.txt'))?.toString()).toBe('hello');
    expect((await readZipFile(path, './a/b.txt'))?.toString()).toBe('hello');
    expect(await readZipFile(path, 'a')).toBeUndefined();
    expect(await readZipFile(path, 'b.txt')).toBeUndefined();
  });

  it('refuses a file over the limit', async () => {
    const path = store.pathOf((await store.putText({ a: 'x'.repeat(2000) })).digest);
    await expect(readZipFile(path, 'a', 1999)).rejects.toMatchObject({ problem: { code: 'artifact.file-too-large' } });
    expect(await readZipFile(path, 'a', 2000)).toHaveLength(2000);
  });
});

describe('unpacking an artifact', () => {
  it('refuses a folder that holds something, and takes an empty one', async () => {
    const { digest } = await store.putText({ a: '1' });
    mkdirSync(join(place, 'empty'));
    expect(await extractZip(store.pathOf(digest), join(place, 'empty'))).toEqual({ files: 1, bytes: 1 });
    const again = extractZip(store.pathOf(digest), join(place, 'empty'));
    await expect(again).rejects.toMatchObject({ problem: { code: 'artifact.target-exists' } });
  });

  it('makes the folders above the target', async () => {
    const { digest } = await store.putText({ 'x/y/z': '1' });
    await extractZip(store.pathOf(digest), join(place, 'deep', 'er', 'target'));
    expect(readFileSync(join(place, 'deep', 'er', 'target', 'x', 'y', 'z'), 'utf8')).toBe('1');
  });

  it('shows nothing when it is killed half-way, and starts over', async () => {
    const files = Object.fromEntries(Array.from({ length: 1000 }, (_, index) => [`f${index}`, `${index}`]));
    const { digest } = await store.putText(files);
    const target = join(place, 'target');
    const program = `
      import { extractZip } from ${JSON.stringify(join(import.meta.dirname, 'extractZip.ts'))};
      await extractZip(${JSON.stringify(store.pathOf(digest))}, ${JSON.stringify(target)});`;
    const child = spawn(process.execPath, ['--input-type=module', '-e', program], { stdio: 'ignore' });
    const ended = once(child, 'exit');
    for await (const { filename } of watch(place)) if (filename === 'target.incoming') break;
    child.kill('SIGKILL');
    expect(await ended).toEqual([null, 'SIGKILL']);
    expect(existsSync(target)).toBe(false);
    expect(await extractZip(store.pathOf(digest), target, { durable: false })).toMatchObject({ files: 1000 });
    expect(readdirSync(place).sort()).toEqual(['store', 'target']);
  });
});
