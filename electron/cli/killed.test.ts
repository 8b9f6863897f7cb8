import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { PipelineDeclaration } from '../../shared/model/declaration.ts';
import { pipelineOf, rule, run, withConditions } from '../engine/testing/engineFixture.ts';

let folder: string;
let started: ChildProcess[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'penstock-killed-'));
  mkdirSync(join(folder, 'source'));
  writeFileSync(join(folder, 'source', 'text'), 'one\n');
  started = [];
});
afterEach(() => {
  for (const child of started) child.kill('SIGKILL');
  rmSync(folder, { recursive: true, force: true, maxRetries: 5 });
});

const log = () => (existsSync(join(folder, 'log')) ? readFileSync(join(folder, 'log'), 'utf8').trim().split('\n') : []);
const leave = (text: string) => `echo ${text} >>${folder}/log`;
const seen = (text: string) => vi.waitFor(() => expect(log()).toContain(text), { timeout: 40_000, interval: 20 });
/** A process of its own, which can be killed without a word. */
const penstock = (...argv: string[]) => {
  const child = spawn(
    process.execPath,
    [join(import.meta.dirname, '..', 'penstock.ts'), ...argv, '--data-dir', join(folder, 'data')],
    { cwd: folder, stdio: 'ignore' },
  );
  started.push(child);
  return child;
};
const ended = async (child: ChildProcess): Promise<number> => (await once(child, 'exit'))[0];
const start = (pipeline: PipelineDeclaration) => {
  writeFileSync(join(folder, 'shop.pipeline.json'), JSON.stringify({ pipeline }));
  return penstock('run', 'shop.pipeline.json', '--trust', '--bind', 'Source/Files=source');
};
const kill = async (child: ChildProcess) => {
  const gone = once(child, 'exit');
  child.kill('SIGKILL');
  await gone;
};

describe('penstock that is killed', () => {
  it('while a rule runs goes on with it, and neither the rule nor the stage runs twice', {
    timeout: 120_000,
  }, async () => {
    const slow = rule(
      'Commands',
      {},
      { commands: [leave('rule'), `while [ ! -e ${folder}/go ]; do sleep 0.02; done`, leave('passed')] },
    );
    const pipeline = withConditions(pipelineOf({ Deploy: [run('Ship', leave('shipped'))] }), 'Deploy', {
      beforeEntry: { conditions: [{ result: 'FAIL', rules: [slow] }] },
    });
    const first = start(pipeline);
    await seen('rule');
    await kill(first);
    writeFileSync(join(folder, 'go'), '');
    expect(await ended(penstock('resume'))).toBe(0);
    expect(log()).toEqual(['rule', 'passed', 'shipped']);
  });

  it('while an automatic rollback runs goes on with that', { timeout: 120_000 }, async () => {
    const wait = `[ ! -e ${folder}/slow ] || while [ ! -e ${folder}/go ]; do sleep 0.02; done`;
    const ship = run('Ship', [`cat text >>${folder}/log`, `[ "$(cat text)" = one ]`, wait, leave('done')]);
    const pipeline = withConditions(pipelineOf({ Deploy: [ship] }), 'Deploy', { onFailure: { result: 'ROLLBACK' } });
    expect(await ended(start(pipeline))).toBe(0);
    writeFileSync(join(folder, 'source', 'text'), 'two\n');
    writeFileSync(join(folder, 'slow'), '');
    const second = start(pipeline);
    await vi.waitFor(() => expect(log()).toHaveLength(4), { timeout: 40_000, interval: 20 });
    await kill(second);
    writeFileSync(join(folder, 'go'), '');
    expect(await ended(penstock('resume'))).toBe(0);
    expect(log()).toEqual(['one', 'done', 'two', 'one', 'done']);
  });
});
