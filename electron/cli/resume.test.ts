import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { main } from '../cli.ts';
import { approve, pipelineOf, run } from '../engine/testing/engineFixture.ts';
import type { Io } from './command.ts';

let folder: string;
let err: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-resume-'));
  mkdirSync(join(folder, 'source'));
  writeFileSync(join(folder, 'source', 'a.txt'), 'a\n');
  const release = [approve('Ok'), run('Go', `echo went >>${folder}/evidence`, { runOrder: 2 })];
  writeFileSync(join(folder, 'shop.pipeline.json'), JSON.stringify({ pipeline: pipelineOf({ Release: release }) }));
  err = '';
});
afterEach(() => rmSync(folder, { recursive: true, force: true, maxRetries: 5 }));

const penstock = (...argv: string[]) => {
  const io: Io = {
    out: () => undefined,
    drained: async () => true,
    err: (text) => {
      err += text;
    },
    isInteractive: false,
    ask: async () => undefined,
    environment: { PATH: process.env.PATH },
    cwd: folder,
    onInterrupt: () => () => undefined,
    onTerminate: () => () => undefined,
  };
  return main([...argv, '--data-dir', join(folder, 'data')], io);
};
const start = () => penstock('run', 'shop.pipeline.json', '--trust', '--bind', 'Source/Files=source');
const evidence = () => readFileSync(join(folder, 'evidence'), 'utf8');

it('an execution that was left is told of by the next run, and brought to its end by resume', async () => {
  expect(await start()).toBe(4);
  const id = /\S+(?= waits for the approval)/.exec(err)?.[0] ?? '';
  expect(await penstock('resume')).toBe(4);
  expect(await penstock('resume', '--approve', 'Release/Ok')).toBe(0);
  expect(evidence()).toBe('went\n');
  expect(await penstock('resume')).toBe(2);
  expect(await penstock('resume', id)).toBe(2);
  expect(err).toContain('This execution has finished.');
});

it('an approval that waits is rejected by resume, and the execution fails', async () => {
  await start();
  expect(await penstock('resume', '--reject', 'Release/Ok')).toBe(1);
  expect(evidence).toThrow('ENOENT');
});

it('a run tells of what an earlier one left, and resume wants to know which of several is meant', async () => {
  await start();
  const id = /\S+(?= waits for the approval)/.exec(err)?.[0] ?? '';
  err = '';
  await start();
  expect(err).toContain(`${id} was left unfinished`);
  expect(await penstock('resume')).toBe(2);
  expect(err).toContain('2 executions are unfinished.');
});

it('resume starts nothing of a project whose commands are not those that were agreed to', async () => {
  await start();
  rmSync(join(folder, 'data', 'trust.json'));
  expect(await penstock('resume', '--approve-all')).toBe(2);
  expect(err).toContain('never agreed to');
  expect(evidence).toThrow('ENOENT');
  expect(await penstock('resume', '--approve-all', '--trust')).toBe(0);
  expect(evidence()).toBe('went\n');
});
