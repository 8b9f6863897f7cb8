import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { createArtifactStore } from './artifactStore.ts';
import { extractZip } from './extractZip.ts';
import { isKept, openKeptZip } from './openKeptZip.ts';

let root = '';
beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'penstock-kept-'));
});
afterEach(() => rmSync(root, { recursive: true, force: true }));

const store = () => createArtifactStore(join(root, 'store'));
const unpacked = async (path: string, name: string) => {
  await extractZip(path, join(root, name), { open: openKeptZip });
  return join(root, name, 'a.txt');
};

it('a small artifact is read from the disk once, and every action gets files of its own', async () => {
  const path = store().pathOf((await store().putText({ 'a.txt': 'as made' })).digest);
  writeFileSync(await unpacked(path, 'first'), 'changed by the first');
  expect(isKept(path)).toBe(true);
  rmSync(path);
  expect(readFileSync(await unpacked(path, 'second'), 'utf8')).toBe('as made');
});

it('a large artifact is not kept in memory', async () => {
  const path = store().pathOf((await store().putText({ 'a.txt': 'x'.repeat(100_000) })).digest);
  expect(readFileSync(await unpacked(path, 'first'), 'utf8')).toHaveLength(100_000);
  expect(isKept(path)).toBe(false);
  rmSync(path);
  await expect(unpacked(path, 'second')).rejects.toThrow();
});
