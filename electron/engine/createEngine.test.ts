import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { actionOf, stageOf } from '../../shared/execution/executionState.ts';
import { findByCookie } from './process/processIdentity.ts';
import { approve, type EngineFixture, engineFixture, pipelineOf, run } from './testing/engineFixture.ts';

let fixture: EngineFixture;
beforeEach(() => {
  fixture = engineFixture();
});
afterEach(() => fixture.close());

const short = (events: readonly ExecutionEvent[]) =>
  events.map((event) =>
    [
      event.type,
      'stageName' in event ? event.stageName : '',
      'actionName' in event ? event.actionName : '',
      'status' in event ? event.status : '',
    ]
      .filter(Boolean)
      .join(' '),
  );
const started = (actionName: string) => (event: ExecutionEvent) =>
  event.type === 'ActionProcessStarted' && event.actionName === actionName;
const finished = (event: ExecutionEvent) => event.type === 'ExecutionFinished';
const evidence = () =>
  existsSync(join(fixture.root, 'evidence'))
    ? readFileSync(join(fixture.root, 'evidence'), 'utf8').split('\n').filter(Boolean)
    : [];
/** A command that says that it ran, where the spec can see it. */
const leave = (mark: string) => `echo ${mark} >>${fixture.root}/evidence`;

describe('a pipeline on this machine', () => {
  it('runs stage by stage to green with real commands on real artifacts', async () => {
    const state = await fixture.run(
      pipelineOf({ Build: [run('Show', 'cat hello.txt')], Test: [run('Check', 'grep -q hello hello.txt')] }),
    );
    expect(short(await fixture.history.events(state.pipelineExecutionId))).toEqual([
      'ExecutionStarted',
      'StageEntranceReached Source',
      'StageStarted Source',
      'ActionStarted Source Files',
      'ActionFinished Source Files Succeeded',
      'StageFinished Source Succeeded',
      'StageEntranceReached Build',
      'StageStarted Build',
      'ActionStarted Build Show',
      'ActionProcessStarted Build Show',
      'ActionFinished Build Show Succeeded',
      'StageFinished Build Succeeded',
      'StageEntranceReached Test',
      'StageStarted Test',
      'ActionStarted Test Check',
      'ActionProcessStarted Test Check',
      'ActionFinished Test Check Succeeded',
      'StageFinished Test Succeeded',
      'ExecutionFinished Succeeded',
    ]);
    expect(fixture.log(state, 'Build', 'Show')).toContain('\nhello\n');
  });

  it('lets siblings of a failed action finish and starts no later group', async () => {
    const state = await fixture.run(
      pipelineOf({
        Build: [
          run('Bad', 'exit 3'),
          run('Good', `sleep 0.1; ${leave('good')}`),
          run('Later', leave('later'), { runOrder: 2 }),
        ],
      }),
    );
    expect(state.status).toBe('Failed');
    expect(actionOf(state, 'Build', 'Bad')?.errorDetails).toMatchObject({ code: 'JobFailed' });
    expect(evidence()).toEqual(['good']);
  });

  it('fails an action whose input does not exist without starting it', async () => {
    const lacking = run('Use', leave('ran'), { inputArtifacts: [{ name: 'Nowhere' }] });
    const state = await fixture.run(pipelineOf({ Build: [lacking] }));
    expect(actionOf(state, 'Build', 'Use')).toMatchObject({
      status: 'Failed',
      errorDetails: { code: 'ConfigurationError' },
    });
    expect(evidence()).toEqual([]);
  });

  it('passes output variables on', async () => {
    const make = run('Make', 'export VERSION=1.2.3', { outputVariables: ['VERSION'], namespace: 'Made' });
    const state = await fixture.run(
      pipelineOf({ Build: [make], Use: [run('Show', 'echo "version #{Made.VERSION}"')] }),
    );
    expect(state.status).toBe('Succeeded');
    expect(fixture.log(state, 'Use', 'Show')).toContain('version 1.2.3');
  });

  it('runs no more actions at once than there are slots, and approvals take none', async () => {
    await fixture.close();
    fixture = engineFixture({ slots: () => 1 });
    const actions = ['A', 'B', 'C'].map((name) => run(name, `${leave(`+${name}`)}; sleep 0.05; ${leave(`-${name}`)}`));
    const id = await fixture.start(pipelineOf({ Build: [approve('Ok'), ...actions] }));
    await fixture.engine.idle();
    expect(evidence()).toEqual(['+A', '-A', '+B', '-B', '+C', '-C']);
    expect((await fixture.state(id)).status).toBe('InProgress');
  });

  it('removes the workspace of an action that succeeded, and keeps a failed one until the pipeline runs again', async () => {
    const workspace = (of: Awaited<ReturnType<EngineFixture['run']>>, name: string) =>
      join(
        fixture.history.folder(of.pipelineExecutionId),
        'actions',
        actionOf(of, 'Build', name)?.actionExecutionId ?? '',
        'src0',
      );
    const pipeline = pipelineOf({ Build: [run('Good', 'true'), run('Bad', 'touch trace; false')] });
    const first = await fixture.run(pipeline);
    expect(existsSync(workspace(first, 'Good'))).toBe(false);
    expect(existsSync(join(workspace(first, 'Bad'), 'src/trace'))).toBe(true);
    const second = await fixture.run(pipeline);
    expect(existsSync(workspace(first, 'Bad'))).toBe(false);
    expect(existsSync(workspace(second, 'Bad'))).toBe(true);
  });

  it('gives a command none of the host’s own variables', async () => {
    process.env.AWS_SESSION_TOKEN = 'secret-of-the-host';
    try {
      const state = await fixture.run(pipelineOf({ Build: [run('Env', 'env')] }));
      expect(fixture.log(state, 'Build', 'Env')).toContain('CODEBUILD_INITIATOR=codepipeline/shop');
      expect(fixture.log(state, 'Build', 'Env')).not.toContain('secret-of-the-host');
    } finally {
      delete process.env.AWS_SESSION_TOKEN;
    }
  });
});

describe('stopping', () => {
  const stop = (pipelineExecutionId: string, abandon: boolean) =>
    fixture.engine.handlers.stopPipelineExecution({ pipelineExecutionId, abandon, reason: 'enough' });

  it('waits for running actions and starts nothing more', async () => {
    const id = await fixture.start(
      pipelineOf({
        Build: [
          run('Slow', `while [ ! -e ${fixture.root}/go ]; do sleep 0.01; done; ${leave('slow')}`),
          run('Next', leave('next'), { runOrder: 2 }),
        ],
      }),
    );
    await fixture.seen(id, started('Slow'));
    await stop(id, false);
    await expect(stop(id, false)).rejects.toThrow(/DuplicatedStopRequestException/);
    expect((await fixture.state(id)).status).toBe('Stopping');
    writeFileSync(join(fixture.root, 'go'), '');
    await fixture.seen(id, finished);
    const state = await fixture.state(id);
    expect(state.status).toBe('Stopped');
    expect(actionOf(state, 'Build', 'Slow')?.status).toBe('Succeeded');
    expect(evidence()).toEqual(['slow']);
    await expect(stop(id, true)).rejects.toThrow(/PipelineExecutionNotStoppableException/);
  });

  it('ends an abandoned action with all its processes', async () => {
    const id = await fixture.start(pipelineOf({ Build: [run('Slow', `sh -c 'sleep 300 & ${leave('deep')}; wait'`)] }));
    await fixture.seen(id, started('Slow'));
    await stop(id, true);
    await fixture.seen(id, finished);
    const state = await fixture.state(id);
    const action = actionOf(state, 'Build', 'Slow');
    expect([state.status, stageOf(state, 'Build')?.status, action?.status]).toEqual([
      'Stopped',
      'Stopped',
      'Abandoned',
    ]);
    expect(findByCookie(action?.actionExecutionId ?? '')).toEqual([]);
  });
});

describe('manual approval', () => {
  const ask = async () => {
    const id = await fixture.start(
      pipelineOf({
        Release: [
          approve('Ok', { configuration: { CustomData: 'Release?' } }),
          run('Go', leave('go'), { runOrder: 2 }),
        ],
      }),
    );
    await fixture.engine.idle();
    const token = actionOf(await fixture.state(id), 'Release', 'Ok')?.approval?.token ?? '';
    return { pipelineExecutionId: id, stageName: 'Release', actionName: 'Ok', token };
  };
  const answer = (place: Awaited<ReturnType<typeof ask>>, status: 'Approved' | 'Rejected') =>
    fixture.engine.handlers.putApprovalResult({ ...place, status, summary: 'because' });

  it('waits with a token and goes on when approved', async () => {
    const place = await ask();
    expect(place.token).toMatch(/^[0-9a-f]{8}-[0-9a-f-]{27}$/);
    await answer(place, 'Approved');
    await fixture.engine.idle();
    const state = await fixture.state(place.pipelineExecutionId);
    expect(state.status).toBe('Succeeded');
    expect(actionOf(state, 'Release', 'Ok')?.approval?.answer).toMatchObject({
      status: 'Approved',
      summary: 'because',
    });
    expect(evidence()).toEqual(['go']);
  });

  it('fails the stage when rejected', async () => {
    const place = await ask();
    await answer(place, 'Rejected');
    await fixture.engine.idle();
    const state = await fixture.state(place.pipelineExecutionId);
    expect(actionOf(state, 'Release', 'Ok')?.errorDetails).toMatchObject({ code: 'Rejected', message: 'because' });
    expect([state.status, evidence()]).toEqual(['Failed', []]);
  });

  it('takes one answer and only with the right token', async () => {
    const place = await ask();
    await expect(answer({ ...place, token: place.pipelineExecutionId }, 'Approved')).rejects.toThrow(
      /InvalidApprovalToken/,
    );
    const both = await Promise.allSettled([answer(place, 'Approved'), answer(place, 'Rejected')]);
    expect(both.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
    await fixture.engine.idle();
    expect((await fixture.state(place.pipelineExecutionId)).status).toBe('Succeeded');
    await expect(answer(place, 'Approved')).rejects.toThrow(/ApprovalAlreadyCompleted/);
  });

  it('fails when nobody answers in time', async () => {
    await fixture.close();
    fixture = engineFixture({ now: () => Date.now() + 6 * 60_000 });
    const id = await fixture.start(pipelineOf({ Release: [approve('Ok', { timeoutInMinutes: 5 })] }));
    await fixture.seen(id, finished);
    const state = await fixture.state(id);
    expect(state.status).toBe('Failed');
    expect(actionOf(state, 'Release', 'Ok')?.errorDetails).toMatchObject({ code: 'TimedOut' });
  });
});

describe('timeouts (buildspec.md §12)', () => {
  it('end an action that takes longer than its type may, with its processes', async () => {
    await fixture.close();
    fixture = engineFixture({ now: () => Date.now() + 56 * 60_000 });
    const state = await fixture.run(pipelineOf({ Build: [run('Slow', 'sleep 300')] }));
    const action = actionOf(state, 'Build', 'Slow');
    expect(action?.errorDetails).toMatchObject({ code: 'TimedOut', message: expect.stringContaining('55 minutes') });
    expect(findByCookie(action?.actionExecutionId ?? '')).toEqual([]);
  });
});

describe('retry', () => {
  const flaky = () =>
    pipelineOf({
      Build: [
        run('Good', leave('good')),
        run('Bad', `${leave('bad')}; [ -e ${fixture.root}/mended ]`),
        run('Last', leave('last'), { runOrder: 2 }),
      ],
    });
  const retry = (pipelineExecutionId: string, retryMode: 'FAILED_ACTIONS' | 'ALL_ACTIONS') =>
    fixture.engine.handlers.retryStageExecution({ pipelineExecutionId, stageName: 'Build', retryMode });
  const mend = () => writeFileSync(join(fixture.root, 'mended'), '');

  it.each([
    ['FAILED_ACTIONS', ['bad', 'bad', 'good', 'last']],
    ['ALL_ACTIONS', ['bad', 'bad', 'good', 'good', 'last']],
  ] as const)('with %s repeats what it should and ends green', async (mode, ran) => {
    const { pipelineExecutionId } = await fixture.run(flaky());
    mend();
    await retry(pipelineExecutionId, mode);
    await fixture.engine.idle();
    const state = await fixture.state(pipelineExecutionId);
    expect([state.status, state.attempt, evidence().sort()]).toEqual(['Succeeded', 2, ran]);
  });

  it('is refused for a stage that did not fail and for an execution that was overtaken', async () => {
    const first = await fixture.run(flaky());
    mend();
    const second = await fixture.run(flaky());
    await expect(retry(second.pipelineExecutionId, 'ALL_ACTIONS')).rejects.toThrow(/StageNotRetryableException/);
    await expect(retry(first.pipelineExecutionId, 'ALL_ACTIONS')).rejects.toThrow(
      /NotLatestPipelineExecutionException/,
    );
    expect((await fixture.state(first.pipelineExecutionId)).status).toBe('Failed');
  });

  it('is refused for an execution that was overtaken, also when the clock was set back since', async () => {
    await fixture.close();
    vi.useFakeTimers({ toFake: ['Date'] });
    fixture = engineFixture();
    try {
      const first = await fixture.run(flaky());
      vi.setSystemTime(Date.now() - 3_600_000);
      await fixture.run(flaky());
      await expect(retry(first.pipelineExecutionId, 'ALL_ACTIONS')).rejects.toThrow(
        /NotLatestPipelineExecutionException/,
      );
    } finally {
      vi.useRealTimers();
    }
  });
});
