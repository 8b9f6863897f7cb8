import { chmodSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { craftZip } from '../../testing/craftZip.ts';
import { createArtifactStore } from './artifactStore.ts';
import { deployFiles, deployZip } from './deploy.ts';

let place: string;
let bucket: string;
beforeEach(() => {
  place = mkdtempSync(join(tmpdir(), 'penstock-deploy-'));
  bucket = join(place, 'bucket');
});
afterEach(() => rmSync(place, { recursive: true, force: true }));

async function artifactOf(files: Record<string, string>): Promise<string> {
  const store = createArtifactStore(join(place, 'store'));
  return store.pathOf((await store.putText(files)).digest);
}

const listing = (folder: string) =>
  readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .sort();

describe('deploying files to a folder', () => {
  it('makes the folder, replaces what has the same key, and leaves other files alone', async () => {
    mkdirSync(bucket);
    writeFileSync(join(bucket, 'index.html'), 'old');
    writeFileSync(join(bucket, 'kept.txt'), 'kept');
    const count = await deployFiles(await artifactOf({ 'index.html': 'new', 'css/site.css': 'a{}' }), bucket);
    expect(count).toBe(2);
    expect(listing(bucket)).toEqual(['css/site.css', 'index.html', 'kept.txt']);
    expect(readFileSync(join(bucket, 'index.html'), 'utf8')).toBe('new');
  });

  it.each(['releases/1', 'releases/1/'])('puts them below the prefix %s', async (prefix) => {
    await deployFiles(await artifactOf({ 'a.txt': 'a' }), bucket, { prefix });
    expect(listing(bucket)).toEqual(['releases/1/a.txt']);
  });

  it('gives the same result when repeated, also after a try that was cut short', async () => {
    const zip = await artifactOf({ 'a.txt': 'a', 'b.txt': 'b' });
    await deployFiles(zip, bucket);
    // What a killed host leaves: a temp file of the same name that the next try uses.
    rmSync(join(bucket, 'b.txt'));
    await deployFiles(zip, bucket);
    expect(listing(bucket)).toEqual(['a.txt', 'b.txt']);
  });

  it('replaces a read-only file', async () => {
    mkdirSync(bucket);
    writeFileSync(join(bucket, 'a.txt'), 'old');
    chmodSync(join(bucket, 'a.txt'), 0o444);
    await deployFiles(await artifactOf({ 'a.txt': 'new' }), bucket);
    expect(readFileSync(join(bucket, 'a.txt'), 'utf8')).toBe('new');
  });

  it('keeps executable bits', async () => {
    writeFileSync(join(place, 'a.zip'), craftZip({ entries: [{ name: 'run', content: 'x', mode: 0o100755 }] }));
    await deployFiles(join(place, 'a.zip'), bucket);
    expect(statSync(join(bucket, 'run')).mode & 0o100).toBe(0o100);
  });

  it('writes nothing of a damaged artifact whose directory already shows it', async () => {
    const zip = craftZip({
      entries: [
        { name: 'a', content: 'x' },
        { name: '../b', content: 'x' },
      ],
    });
    writeFileSync(join(place, 'a.zip'), zip);
    await expect(deployFiles(join(place, 'a.zip'), bucket)).rejects.toMatchObject({
      problem: { code: 'artifact.unfit-name' },
    });
    expect(readdirSync(place)).not.toContain('bucket');
  });

  it('never shows half a file when its content turns out to be damaged', async () => {
    mkdirSync(bucket);
    writeFileSync(join(bucket, 'a'), 'before');
    writeFileSync(join(place, 'a.zip'), craftZip({ entries: [{ name: 'a', content: 'x'.repeat(600_000), crc: 3 }] }));
    await expect(deployFiles(join(place, 'a.zip'), bucket)).rejects.toMatchObject({
      problem: { code: 'artifact.damaged-entry' },
    });
    expect(listing(bucket)).toEqual(['a']);
    expect(readFileSync(join(bucket, 'a'), 'utf8')).toBe('before');
  });

  it('says when a file or a folder is in the way', async () => {
    mkdirSync(join(bucket, 'a'), { recursive: true });
    writeFileSync(join(bucket, 'b'), '');
    const inTheWay = { problem: { code: 'deploy.in-the-way' } };
    await expect(deployFiles(await artifactOf({ a: 'x' }), bucket)).rejects.toMatchObject(inTheWay);
    await expect(deployFiles(await artifactOf({ 'b/c': 'x' }), bucket)).rejects.toMatchObject(inTheWay);
  });

  it('stops between two files when the action is abandoned', async () => {
    const deploying = deployFiles(await artifactOf({ a: '1' }), bucket, { signal: AbortSignal.abort() });
    await expect(deploying).rejects.toMatchObject({ problem: { code: 'deploy.stopped' } });
  });
});

describe('deploying an artifact as one object', () => {
  it('copies its bytes to the key and replaces an older object', async () => {
    const zip = await artifactOf({ a: '1' });
    await deployZip(zip, bucket, 'releases/site.zip');
    await deployZip(zip, bucket, 'releases/site.zip');
    expect(listing(bucket)).toEqual(['releases/site.zip']);
    expect(readFileSync(join(bucket, 'releases', 'site.zip')).equals(readFileSync(zip))).toBe(true);
  });

  it.each(['', 'folder/', '.'])('refuses the key %j, which names no file', async (key) => {
    const deploying = deployZip(await artifactOf({ a: '1' }), bucket, key);
    await expect(deploying).rejects.toMatchObject({ problem: { code: 'deploy.unfit-key' } });
  });
});
