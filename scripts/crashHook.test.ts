import { spawnSync } from 'node:child_process';
import { existsSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, it } from 'vitest';

let folder: string;
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-hook-'));
});
afterAll(() => rmSync(folder, { recursive: true, force: true }));

/** By name, by member and by promise: every way in which our code asks for them. */
const PROGRAM = `
import fs, { fsync, fdatasyncSync, openSync, renameSync, writeFileSync } from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { promisify } from 'node:util';
const step = (name) => writeFileSync(process.argv[2] + '/' + name, '');
const file = openSync(process.argv[1], 'r+');
const handle = await open(process.argv[1], 'r+');
step('s1'); fs.fsyncSync(file);
step('s2'); await promisify(fsync)(file);
step('s3'); await handle.sync();
step('d1'); fdatasyncSync(file);
step('d2'); await new Promise((resolve) => fs.fdatasync(file, resolve));
step('r1'); renameSync(process.argv[2] + '/r1', process.argv[2] + '/moved');
step('r2'); await rename(process.argv[2] + '/moved', process.argv[2] + '/moved-again');
await handle.close();
step('end');
`;

it.each([
  ['sync 1', 's1', 's2'],
  ['sync 2', 's2', 's3'],
  ['sync 3', 's3', 'd1'],
  ['datasync 1', 'd1', 'd2'],
  ['datasync 2', 'd2', 'r1'],
  ['rename 1', 'r1', 'moved'],
  ['rename 2', 'moved', 'moved-again'],
])('a host is killed just before its %s, whichever way it is asked for', (call, done, notDone) => {
  const place = mkdtempSync(join(folder, 'run-'));
  const program = join(place, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const hook = join(import.meta.dirname, 'crashHook.ts');
  const flags = ['--disable-warning=ExperimentalWarning', '--import', hook, program, place];
  const { signal } = spawnSync(process.execPath, flags, { env: { ...process.env, PENSTOCK_CRASH: call } });
  expect([signal, existsSync(join(place, done)), existsSync(join(place, notDone))]).toEqual(['SIGKILL', true, false]);
});

it('goes on to its end when it makes no such call any more', () => {
  const place = mkdtempSync(join(folder, 'run-'));
  const program = join(place, 'program.mjs');
  writeFileSync(program, PROGRAM);
  const flags = ['--import', join(import.meta.dirname, 'crashHook.ts'), program, place];
  const { status } = spawnSync(process.execPath, flags, { env: { ...process.env, PENSTOCK_CRASH: 'rename 3' } });
  expect([status, existsSync(join(place, 'end'))]).toEqual([0, true]);
});
