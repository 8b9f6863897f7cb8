import { spawnSync } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf } from '../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../shared/model/declaration.ts';
import type { Problem } from '../../shared/problem.ts';
import { faultyFs } from '../history/testing/faultyFs.ts';
import { isDiskFull } from './diskSpace.ts';
import { type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from './testing/engineFixture.ts';

let root: string;
let remove: () => void;
let host: EngineFixture;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
});
afterEach(async () => {
  await host.close();
  remove();
});

const evidence = () =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];
const leave = (mark: string) => `echo ${mark} >>${root}/evidence`;
const waitFor = (file: string) => `while [ ! -e ${root}/${file} ]; do sleep 0.01; done`;
const go = (file = 'go') => writeFileSync(join(root, file), '');
const began = (mark: string) => vi.waitFor(() => expect(evidence()).toContain(mark), { timeout: 5000, interval: 10 });
const stop = (pipelineExecutionId: string) =>
  host.engine.handlers.stopPipelineExecution({ pipelineExecutionId, abandon: false, reason: '' });

describe('a disk that takes no more facts', () => {
  it('loses nothing: what has happened is written when there is room again', async () => {
    let isFull = false;
    let tries = 0;
    const told: string[] = [];
    host = engineFixture({ root, retryMs: 5, onProblem: ({ what }) => told.push(what) }, (history) => ({
      ...history,
      append(id, happenings) {
        if (!isFull) return history.append(id, happenings);
        tries += 1;
        return Promise.reject(new Error('ENOSPC'));
      },
    }));
    const id = await host.start(
      pipelineOf({
        Build: [run('Slow', [leave('began'), waitFor('go')]), run('Next', leave('next'), { runOrder: 2 })],
      }),
    );
    await began('began');
    isFull = true;
    go();
    await vi.waitFor(() => expect(tries).toBeGreaterThan(2), { interval: 5 });
    await expect(
      host.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: false, reason: '' }),
    ).rejects.toThrow('ENOSPC');
    expect(evidence()).toEqual(['began']);
    expect(told).toHaveLength(1);
    isFull = false;
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['began', 'next']]);
  });
});

describe('a disk that fails', () => {
  const slow = (extra = {}) =>
    pipelineOf(
      { Build: [run('Slow', [leave('began'), waitFor('go'), leave('ended')])], Last: [run('Next', leave('next'))] },
      extra,
    );

  it('ends an execution here, visibly and without harm to others, and the next host goes on with it', async () => {
    const fs = faultyFs();
    const told: Problem[] = [];
    host = engineFixture({ root, fs, retryMs: 5, onProblem: (problem) => told.push(problem) });
    const id = await host.start(slow());
    await host.seen(id, ({ type }) => type === 'ActionProcessStarted');
    await began('began');
    fs.fail('fdatasync', 'EIO');
    await expect(stop(id)).rejects.toThrow(/takes no more records/);
    await host.engine.idle();

    expect(told).toHaveLength(1);
    expect(told[0]).toMatchObject({
      code: 'history.journal-closed',
      where: join(host.history.folder(id), 'journal.jsonl'),
      what: expect.stringMatching(`Execution ${id}.*EIO`),
      fix: expect.stringContaining('start Penstock again'),
    });
    expect(host.engine.lost(id)).toEqual(told[0]);
    await expect(stop(id)).rejects.toThrow(/takes no more records/);
    const other = await host.run(pipelineOf({ Build: [run('Fine', leave('fine'))] }, { name: 'other' }));
    expect([other.status, host.engine.lost(other.pipelineExecutionId)]).toEqual(['Succeeded', undefined]);

    await host.close();
    go();
    host = engineFixture({ root });
    await host.engine.resume();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['began', 'fine', 'ended', 'next']]);
    expect(told).toHaveLength(1);
  });

  it('lets nobody into a stage that the execution it took still works in', async () => {
    const fs = faultyFs();
    host = engineFixture({ root, fs, onProblem: () => undefined });
    const first = await host.start(slow());
    await began('began');
    fs.fail('fdatasync', 'EIO');
    await expect(stop(first)).rejects.toThrow();
    const second = await host.start(pipelineOf({ Build: [run('Other', leave('other'))] }));
    await host.engine.idle();
    expect([(await host.state(second)).position, evidence()]).toEqual([
      expect.objectContaining({ at: 'entrance', stageName: 'Build' }),
      ['began'],
    ]);
    go();
    await began('ended');
  });
});

/** A file system of 4 MiB, which takes root's rights on Linux; without them its specs are skipped, and say so. */
const mountSmallDisk = (folder: string): boolean => {
  mkdirSync(folder, { recursive: true });
  return spawnSync('mount', ['-t', 'tmpfs', '-o', 'size=4m,mode=0700', 'tmpfs', folder]).status === 0;
};

describe('a full disk (of 4 MiB)', () => {
  let disk = '';
  beforeEach(({ skip }) => {
    disk = join(root, 'data');
    if (mountSmallDisk(disk)) return;
    disk = '';
    host = engineFixture({ root });
    skip('no small disk can be mounted here');
  });
  afterEach(async () => {
    if (!disk) return;
    await host.close();
    spawnSync('umount', ['--lazy', disk]);
  });
  const fill = () => {
    const path = join(disk, 'filler');
    const writing = spawnSync('sh', ['-c', `cat /dev/zero >${path}`]);
    expect(writing.status).not.toBe(0);
    return () => rmSync(path);
  };

  it('holds an execution up while it is full, says so once, and goes on by itself', async () => {
    const told: Problem[] = [];
    host = engineFixture({ root, retryMs: 5, onProblem: (problem) => told.push(problem) });
    const deploy: ActionDeclaration = {
      name: 'Deploy',
      actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'ECS', version: '1' },
      inputArtifacts: [{ name: 'SourceOutput' }],
      configuration: { ClusterName: 'c', ServiceName: 's' },
    };
    const id = await host.start(pipelineOf({ Deploy: [deploy], Last: [run('Next', leave('next'))] }), {
      bindings: { 'Deploy/Deploy': { kind: 'simulation', delayMs: 300 } },
    });
    await host.seen(id, (event) => event.type === 'ActionStarted' && event.actionName === 'Deploy');
    const free = fill();
    await vi.waitFor(() => expect(told).toHaveLength(1), { timeout: 5000, interval: 5 });
    expect(told[0]).toMatchObject({
      code: 'history.disk-full',
      where: join(host.history.folder(id), 'journal.jsonl'),
      what: expect.stringMatching(/disk is full/),
      fix: expect.stringMatching(/Free some space/),
    });
    await expect(stop(id)).rejects.toThrow(/disk is full.*Free some space/);
    expect(evidence()).toEqual([]);
    free();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['next']]);
    expect(told).toHaveLength(1);
  });

  it('fails an action that does not fit, says so in its log, gets out of the way and lets it be retried', async () => {
    host = engineFixture({ root });
    const large = join(root, 'source', 'large');
    writeFileSync(large, Buffer.alloc(2 * 1024 * 1024));
    const state = await host.run(pipelineOf({ Build: [run('Copy', 'cat large large large >copy')] }));
    const { pipelineExecutionId } = state;
    expect(actionOf(state, 'Build', 'Copy')).toMatchObject({
      status: 'Failed',
      errorDetails: {
        code: 'JobFailed',
        message: expect.stringMatching(/^The disk is full that holds .*data.* Build terminated/),
        fix: 'Free some space, then retry the stage.',
      },
    });
    expect(host.log(state, 'Build', 'Copy')).toMatch(/The disk is full that holds .* Free some space/);
    spawnSync('mount', ['-o', 'remount,size=32m', disk]);
    await host.engine.handlers.retryStageExecution({
      pipelineExecutionId,
      stageName: 'Build',
      retryMode: 'ALL_ACTIONS',
    });
    await host.engine.idle();
    expect((await host.state(pipelineExecutionId)).status).toBe('Succeeded');
  });

  it('fails a source that does not fit and keeps nothing of it', async () => {
    host = engineFixture({ root });
    writeFileSync(join(root, 'source', 'large'), randomBytes(5 * 1024 * 1024));
    const state = await host.run(pipelineOf({ Build: [run('Use', leave('used'))] }));
    expect(actionOf(state, 'Source', 'Files')?.errorDetails).toMatchObject({
      message: expect.stringMatching(/disk is full/),
      fix: expect.stringMatching(/Free some space/),
    });
    expect(host.log(state, 'Source', 'Files')).toMatch(/disk is full.*Free some space/);
    expect(evidence()).toEqual([]);
    expect(isDiskFull(disk)).toBe(false);
  });
});
