import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { actionOf, type ExecutionState, stageOf } from '../../../shared/execution/executionState.ts';
import type { PipelineDeclaration } from '../../../shared/model/declaration.ts';
import {
  approve,
  type EngineFixture,
  engineFixture,
  pipelineOf,
  rule,
  run,
  temporaryRoot,
  withConditions,
} from '../testing/engineFixture.ts';

let root: string;
let remove: () => void;
let host: EngineFixture;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  host = engineFixture({ root });
});
afterEach(async () => {
  await host.close();
  remove();
});
const nextHost = async (now?: () => number) => {
  await host.close();
  host = engineFixture({ root, ...(now ? { now } : {}) });
  await host.engine.resume();
};
const log = () => (existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : []);
const leave = (text: string) => `echo ${text} >>${root}/log`;
const calls = () => host.engine.handlers;
const shop = (deploy: string[] = [leave('shipped')], extra: Partial<PipelineDeclaration> = {}) =>
  pipelineOf({ Deploy: [run('Ship', deploy)] }, extra);
const disable = (reason = 'freeze') =>
  calls().disableStageTransition({ pipelineName: 'shop', stageName: 'Deploy', reason });
const enable = () => calls().enableStageTransition({ pipelineName: 'shop', stageName: 'Deploy' });

describe('§5 a disabled transition', () => {
  it('holds executions before the stage; enabling lets the newest of them in, the others were superseded', async () => {
    await disable();
    const first = await host.run(shop());
    const second = await host.run(shop());
    expect([first.status, first.waiting?.reason, log()]).toEqual(['InProgress', 'transition', []]);
    expect((await host.state(first.pipelineExecutionId)).status).toBe('Superseded');
    await enable();
    await host.engine.idle();
    expect([(await host.state(second.pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['shipped']]);
  });

  it('§16 says in the state of the pipeline who disabled it and who waits', async () => {
    await disable('holidays!');
    const { pipelineExecutionId } = await host.run(shop());
    const { stageStates } = await calls().getPipelineState({ pipelineName: 'shop' });
    expect(stageStates[1]).toMatchObject({
      stageName: 'Deploy',
      inboundTransitionState: { enabled: false, disabledReason: 'holidays!' },
      inboundExecutions: [{ pipelineExecutionId, why: expect.stringContaining('holidays!') }],
    });
    expect(stageStates[0]?.latestExecution).toMatchObject({
      pipelineExecutionId,
      status: 'Succeeded',
      type: 'STANDARD',
    });
  });

  it('is told of a pipeline that was never started here', async () => {
    await disable();
    const { stageStates } = await calls().getPipelineState({ pipelineName: 'shop' });
    expect(stageStates).toMatchObject([{ stageName: 'Deploy', inboundTransitionState: { enabled: false } }]);
    await enable();
    expect((await calls().getPipelineState({ pipelineName: 'shop' })).stageStates).toEqual([]);
  });

  it('stays so over a restart, and is enabled by the next host', async () => {
    await disable();
    const { pipelineExecutionId } = await host.run(shop());
    await nextHost();
    await host.engine.idle();
    expect(log()).toEqual([]);
    await enable();
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['shipped']]);
  });

  it('stays so over an update of the definition, as long as the stage keeps its name', async () => {
    await disable();
    await host.run(shop());
    const changed = await host.run(shop([leave('changed')]));
    expect([changed.pipelineVersion, changed.waiting?.reason, log()]).toEqual([2, 'transition', []]);
    const renamed = await host.run({
      ...shop([leave('renamed')]),
      stages: shop([leave('renamed')]).stages.map((stage, index) => (index === 1 ? { ...stage, name: 'Ship' } : stage)),
    });
    expect([renamed.status, log()]).toEqual(['Succeeded', ['renamed']]);
  });

  it('an execution that waited for more than 30 days does not go on by itself', async () => {
    await disable();
    const { pipelineExecutionId, updatedAt } = await host.run(shop());
    await nextHost(() => updatedAt + 31 * 86_400_000);
    await enable();
    await host.engine.idle();
    const state = await host.state(pipelineExecutionId);
    expect([state.status, state.waiting?.reason, log()]).toEqual(['InProgress', 'expired', []]);
  });

  it('is refused with a reason that CodePipeline would not take', async () => {
    await expect(disable('')).rejects.toThrow('0 characters');
    await expect(disable('50% off')).rejects.toThrow('"%"');
  });
});

describe('§15 an update of the definition', () => {
  const waitFor = () => `while [ ! -e ${root}/go ]; do sleep 0.01; done`;
  const slow = (): PipelineDeclaration => shop([leave('began'), waitFor(), leave('ended')]);
  const began = () => vi.waitFor(() => expect(log()).toContain('began'), { timeout: 5000, interval: 10 });

  it('lets running actions finish, then cancels; what waits is cancelled; the new one has version 2', async () => {
    const first = await host.start(slow());
    await began();
    const second = await host.start(shop([leave('new')]));
    expect((await host.state(first)).status).toBe('InProgress');
    writeFileSync(join(root, 'go'), '');
    await host.engine.idle();
    const states = [await host.state(first), await host.state(second)];
    expect(states.map(({ status, pipelineVersion }) => [status, pipelineVersion])).toEqual([
      ['Cancelled', 1],
      ['Succeeded', 2],
    ]);
    expect(log()).toEqual(['began', 'ended', 'new']);
  });

  it('is carried out by the next host when this one dies before it could cancel anything', async () => {
    const waiting = await host.run(pipelineOf({ Ask: [approve('Ok')] }));
    await host.close();
    let isGone = false;
    host = engineFixture({ root }, (history) => ({
      ...history,
      append: (id, happenings) => {
        isGone ||= happenings.some(({ type }) => type === 'CancelRequested');
        return isGone ? new Promise(() => undefined) : history.append(id, happenings);
      },
    }));
    await host.engine.resume();
    void host.start(shop());
    await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 5000, interval: 10 });
    await nextHost();
    await host.engine.idle();
    const state = await host.state(waiting.pipelineExecutionId);
    // The approval is an action that runs: it is waited for (the stage is cancelled when it has ended).
    expect([state.status, state.cancel !== undefined]).toEqual(['InProgress', true]);
    const { token = '' } = actionOf(state, 'Ask', 'Ok')?.approval ?? {};
    const answer = { stageName: 'Ask', actionName: 'Ok', token, status: 'Approved' as const, summary: '' };
    await calls().putApprovalResult({ ...answer, pipelineExecutionId: waiting.pipelineExecutionId });
    await host.engine.idle();
    expect((await host.state(waiting.pipelineExecutionId)).status).toBe('Cancelled');
  });

  it('leaves PARALLEL executions alone', async () => {
    const first = await host.start({ ...slow(), executionMode: 'PARALLEL' });
    await began();
    await host.start(shop([leave('new')], { executionMode: 'PARALLEL' }));
    writeFileSync(join(root, 'go'), '');
    await host.engine.idle();
    expect((await host.state(first)).status).toBe('Succeeded');
  });

  it('is none when nothing was changed, or the start is refused', async () => {
    await host.run(shop());
    await host.run(shop());
    const missing = shop([leave('x')], { variables: [{ name: 'Tag' }] });
    await expect(host.start(missing)).rejects.toThrow('Tag');
    expect((await calls().listPipelineVersions({ pipelineName: 'shop' })).versions).toHaveLength(1);
  });

  it('keeps each version to be read', async () => {
    await host.run(shop());
    await host.run(shop([leave('other')]));
    const { pipeline } = await calls().getPipelineVersion({ pipelineName: 'shop', version: 1 });
    expect(pipeline).toMatchObject({ version: 1, name: 'shop' });
    await expect(calls().getPipelineVersion({ pipelineName: 'shop', version: 9 })).rejects.toThrow('no version 9');
  });

  it('§7 ends the time in which older executions can be retried', async () => {
    const { pipelineExecutionId } = await host.run(shop(['false']));
    await host.run(shop(['true']));
    const retry = { pipelineExecutionId, stageName: 'Deploy', retryMode: 'FAILED_ACTIONS' as const };
    await expect(calls().retryStageExecution(retry)).rejects.toThrow('StageNotRetryableException');
  });
});

describe('§8 a rollback', () => {
  /** Ships the content of the source, and fails where that says so. */
  const ships = (onFailure?: 'ROLLBACK') =>
    withConditions(
      shop([`cat hello.txt >>${root}/log`, '! grep -q bad hello.txt'], {}),
      'Deploy',
      onFailure ? { onFailure: { result: onFailure } } : {},
    );
  const source = (text: string) => writeFileSync(join(root, 'source', 'hello.txt'), `${text}\n`);
  const executions = async () =>
    (await host.history.handlers.listPipelineExecutions({ pipelineName: 'shop', limit: 10 })).executions;
  const newest = async (): Promise<ExecutionState> => {
    const states = await Promise.all((await executions()).map(({ pipelineExecutionId: id }) => host.state(id)));
    return states.sort((a, b) => b.startNumber - a.startNumber)[0]!;
  };

  it('by hand runs the stage once more with what the target had brought there', async () => {
    source('one');
    const target = await host.run(ships());
    source('two');
    await host.run(ships());
    const place = { pipelineName: 'shop', stageName: 'Deploy' };
    expect((await calls().listRollbackTargets(place)).executions).toHaveLength(2);
    const { pipelineExecutionId } = await calls().rollbackStage({
      ...place,
      targetPipelineExecutionId: target.pipelineExecutionId,
    });
    await host.engine.idle();
    const state = await host.state(pipelineExecutionId);
    expect(state).toMatchObject({
      status: 'Succeeded',
      executionType: 'ROLLBACK',
      trigger: { triggerType: 'ManualRollback' },
    });
    expect(log()).toEqual(['one', 'two', 'one']);
    expect(actionOf(state, 'Source', 'Files')).toBeUndefined();
  });

  it('is refused to executions that cannot be a target', async () => {
    source('bad');
    const { pipelineExecutionId } = await host.run(ships());
    const ask = (stageName: string, targetPipelineExecutionId = pipelineExecutionId) =>
      calls().rollbackStage({ pipelineName: 'shop', stageName, targetPipelineExecutionId });
    await expect(ask('Deploy')).rejects.toThrow('UnableToRollbackStageException');
    await expect(ask('Source')).rejects.toThrow('UnableToRollbackStageException');
    await expect(ask('Nowhere')).rejects.toThrow('StageNotFoundException');
    await expect(ask('Deploy', 'none')).rejects.toThrow('PipelineExecutionNotFoundException');
  });

  it('by itself goes to the latest execution that succeeded in the stage', async () => {
    source('one');
    await host.run(ships('ROLLBACK'));
    source('two');
    const target = await host.run(ships('ROLLBACK'));
    source('bad');
    const failed = await host.run(ships('ROLLBACK'));
    const rollback = await newest();
    expect(rollback).toMatchObject({
      status: 'Succeeded',
      executionType: 'ROLLBACK',
      trigger: { triggerType: 'AutomatedRollback', triggerDetail: failed.pipelineExecutionId },
      startingPoint: { pipelineExecutionId: target.pipelineExecutionId, stageName: 'Deploy' },
    });
    expect([failed.status, stageOf(failed, 'Deploy')?.rollback?.pipelineExecutionId]).toEqual([
      'Failed',
      rollback.pipelineExecutionId,
    ]);
    expect(log()).toEqual(['one', 'two', 'bad', 'two']);
    expect(readdirSync(join(root, 'data', 'rollbacks'))).toEqual([]);
  });

  it('by itself has no target when nothing has succeeded: the stage just stays failed', async () => {
    source('bad');
    const failed = await host.run(ships('ROLLBACK'));
    expect([failed.status, await executions()]).toEqual(['Failed', [expect.anything()]]);
    expect(stageOf(failed, 'Deploy')?.rollback?.refused).toContain('no execution of version 1');
  });

  it('of a condition after success rolls back as well', async () => {
    const pipeline = withConditions(shop([`cat hello.txt >>${root}/log`]), 'Deploy', {
      onSuccess: {
        conditions: [{ result: 'ROLLBACK', rules: [rule('CloudWatchAlarm', { AlarmName: 'errors' })] }],
      },
    });
    await calls().setAlarmState({ alarmName: 'errors', state: 'OK' });
    source('one');
    await host.run(pipeline);
    await calls().setAlarmState({ alarmName: 'errors', state: 'ALARM' });
    source('two');
    const failed = await host.run(pipeline);
    expect([failed.status, stageOf(failed, 'Deploy')?.status]).toEqual(['Failed', 'Succeeded']);
    expect(log()).toEqual(['one', 'two', 'one']);
  });

  it('by itself runs nothing that was not agreed to, until it is', async () => {
    await host.close();
    host = engineFixture({ root, isAgreed: async () => false, onProblem: () => undefined });
    source('one');
    await host.run(ships('ROLLBACK'));
    source('bad');
    await host.run(ships('ROLLBACK'));
    const rollback = await newest();
    expect([rollback.executionType, rollback.status, log()]).toEqual(['ROLLBACK', 'InProgress', ['one', 'bad']]);
    expect(host.engine.held()).toMatchObject([{ pipelineExecutionId: rollback.pipelineExecutionId }]);
    host.engine.release(rollback.pipelineExecutionId);
    await host.engine.idle();
    expect([(await newest()).status, log()]).toEqual(['Succeeded', ['one', 'bad', 'one']]);
  });

  it('goes on, and is made once, when the host dies between the request and the start', async () => {
    source('one');
    await host.run(ships('ROLLBACK'));
    await host.close();
    let isGone = false;
    host = engineFixture({ root }, (history) => ({
      ...history,
      append: (id, happenings) => {
        isGone ||= happenings.some((one) => one.type === 'ExecutionStarted' && one.executionType === 'ROLLBACK');
        return isGone ? new Promise(() => undefined) : history.append(id, happenings);
      },
    }));
    source('bad');
    const failed = await host.start(ships('ROLLBACK'));
    await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 5000, interval: 10 });
    expect(stageOf(await host.state(failed), 'Deploy')?.rollback?.pipelineExecutionId).toBeDefined();
    await nextHost();
    await host.engine.idle();
    expect([(await executions()).length, log()]).toEqual([3, ['one', 'bad', 'one']]);
    await nextHost();
    await host.engine.idle();
    expect((await executions()).length).toBe(3);
  });

  it('is asked for again, with one result, when the host dies before the request is on disk', async () => {
    source('one');
    await host.run(ships('ROLLBACK'));
    await host.close();
    let isGone = false;
    host = engineFixture({ root }, (history) => ({
      ...history,
      append: (id, happenings) => {
        isGone ||= happenings.some(({ type }) => type === 'RollbackRequested');
        return isGone ? new Promise(() => undefined) : history.append(id, happenings);
      },
    }));
    source('bad');
    await host.start(ships('ROLLBACK'));
    await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 5000, interval: 10 });
    await nextHost();
    await host.engine.idle();
    expect([(await executions()).length, log()]).toEqual([3, ['one', 'bad', 'one']]);
  });
});

describe('§9 approvals', () => {
  it('§9.5 in PARALLEL mode wait in each execution by themselves', async () => {
    const pipeline = pipelineOf({ Release: [approve('Ok')] }, { executionMode: 'PARALLEL' });
    const [a, b] = [await host.run(pipeline), await host.run(pipeline)];
    const tokens = [a, b].map((state) => actionOf(state, 'Release', 'Ok')?.approval?.token ?? '');
    expect(new Set(tokens).size).toBe(2);
    const answer = { stageName: 'Release', actionName: 'Ok', status: 'Approved' as const, summary: 'fine' };
    await expect(
      calls().putApprovalResult({ ...answer, pipelineExecutionId: a.pipelineExecutionId, token: tokens[1]! }),
    ).rejects.toThrow('InvalidApprovalTokenException');
    await calls().putApprovalResult({ ...answer, pipelineExecutionId: b.pipelineExecutionId, token: tokens[1]! });
    await host.engine.idle();
    expect([
      (await host.state(a.pipelineExecutionId)).status,
      (await host.state(b.pipelineExecutionId)).status,
    ]).toEqual(['InProgress', 'Succeeded']);
  });

  it('§9.4 without an answer in time fail, also when no host was there then', async () => {
    const pipeline = pipelineOf({ Release: [approve('Ok', { timeoutInMinutes: 5 })] });
    const { pipelineExecutionId, updatedAt } = await host.run(pipeline);
    await nextHost(() => updatedAt + 6 * 60_000);
    await vi.waitFor(async () => expect((await host.state(pipelineExecutionId)).status).toBe('Failed'));
    const action = actionOf(await host.state(pipelineExecutionId), 'Release', 'Ok');
    expect(action?.errorDetails?.code).toBe('TimedOut');
  });
});

describe('the quotas of PARALLEL mode', () => {
  it('§3.6 at most five actions of an execution run at once', async () => {
    const names = ['A', 'B', 'C', 'D', 'E', 'F', 'G'];
    const pipeline = pipelineOf({ Ask: names.map((name) => approve(name)) }, { executionMode: 'PARALLEL' });
    const state = await host.run(pipeline);
    expect([state.runningActions, actionOf(state, 'Ask', 'F')]).toEqual([5, undefined]);
  });

  it('§2 the 51st concurrent execution is refused', async () => {
    const pipeline = pipelineOf({ Ask: [approve('Ok')] }, { executionMode: 'PARALLEL' });
    await Promise.all(Array.from({ length: 50 }, () => host.start(pipeline)));
    await expect(host.start(pipeline)).rejects.toThrow('ConcurrentPipelineExecutionsLimitExceededException');
  });
});
