import { randomBytes } from 'node:crypto';
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { actionOf } from '../../shared/execution/executionState.ts';
import { endProcesses } from './process/endProcesses.ts';
import { findByCookie } from './process/processIdentity.ts';
import { approve, type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from './testing/engineFixture.ts';

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

/** The host goes away without a word to its actions, as after a kill; the next one finds what is on disk. */
async function nextHost(): Promise<void> {
  await host.close();
  host = engineFixture({ root });
}
const evidence = () =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];
const leave = (mark: string) => `echo ${mark} >>${root}/evidence`;
const waitFor = (file: string) => `while [ ! -e ${root}/${file} ]; do sleep 0.01; done`;
const go = (file = 'go') => writeFileSync(join(root, file), '');
const began = (mark: string) => vi.waitFor(() => expect(evidence()).toContain(mark), { timeout: 5000, interval: 10 });
const typesOf = async (id: string, type: ExecutionEvent['type']) =>
  (await host.history.events(id)).filter((event) => event.type === type);

describe('a host that comes back', () => {
  const slow = () =>
    pipelineOf({
      Build: [run('Slow', [leave('began'), waitFor('go'), leave('ended')])],
      Last: [run('Next', leave('next'))],
    });

  it('takes a running action over and goes on to the end, running nothing twice', async () => {
    const id = await host.start(slow());
    await began('began');
    await nextHost();
    await host.engine.resume();
    go();
    await host.engine.idle();
    expect((await host.state(id)).status).toBe('Succeeded');
    expect(evidence()).toEqual(['began', 'ended', 'next']);
    expect(await typesOf(id, 'ActionAdopted')).toHaveLength(1);
    expect(
      readdirSync(join(host.history.folder(id), 'actions')).flatMap((name) =>
        readdirSync(join(host.history.folder(id), 'actions', name)),
      ),
    ).not.toContain('src0');
  });

  it('finds the result of an action that ended meanwhile, with its whole log', async () => {
    const id = await host.start(slow());
    await began('began');
    await nextHost();
    go();
    await began('ended');
    await host.engine.resume();
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, evidence()]).toEqual(['Succeeded', ['began', 'ended', 'next']]);
    expect(host.log(state, 'Build', 'Slow').match(/Running command/g)).toHaveLength(3);
  });

  it('collects the results of an action that a killed host had finished but not written down', async () => {
    await host.close();
    // Its input is so large that its workspace is removed at once, and the host dies when it would write that it ended.
    let isGone = false;
    host = engineFixture({ root }, (history) => ({
      ...history,
      append: (id, happenings) => {
        isGone ||= happenings.some(
          (happening) => happening.type === 'ActionFinished' && happening.actionName === 'Make',
        );
        return isGone ? new Promise(() => undefined) : history.append(id, happenings);
      },
    }));
    writeFileSync(join(root, 'source', 'large'), randomBytes(2 * 1024 * 1024));
    const make = run('Make', ['echo made >made.txt', leave('made')], {
      outputArtifacts: [{ name: 'Made', files: ['made.txt'] }],
    });
    const use = run('Use', [`cat made.txt >>${root}/evidence`], { inputArtifacts: [{ name: 'Made' }] });
    const id = await host.start(pipelineOf({ Build: [make], Use: [use] }));
    await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 5000, interval: 10 });
    await nextHost();
    await host.engine.resume();
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, evidence()]).toEqual(['Succeeded', ['made', 'made']]);
    const attempt = actionOf(state, 'Build', 'Make')?.actionExecutionId ?? '';
    expect(readdirSync(join(host.history.folder(id), 'actions', attempt))).not.toContain('src0');
  });

  it('reports an action whose process is gone without a result as lost, and does not start it again', async () => {
    const id = await host.start(slow());
    await began('began');
    const { actionExecutionId = '' } = actionOf(await host.state(id), 'Build', 'Slow') ?? {};
    await nextHost();
    await endProcesses(undefined, actionExecutionId, 0);
    await host.engine.resume();
    await host.engine.idle();
    const state = await host.state(id);
    expect(actionOf(state, 'Build', 'Slow')).toMatchObject({ status: 'Failed', errorDetails: { code: 'Lost' } });
    expect([state.status, evidence()]).toEqual(['Failed', ['began']]);
  });

  it('keeps the token of an approval, and an answer that was not acted on', async () => {
    const id = await host.start(pipelineOf({ Release: [approve('Ok'), run('Go', leave('go'), { runOrder: 2 })] }));
    await host.engine.idle();
    const token = actionOf(await host.state(id), 'Release', 'Ok')?.approval?.token ?? '';
    await nextHost();
    await host.engine.resume();
    expect(actionOf(await host.state(id), 'Release', 'Ok')?.approval?.token).toBe(token);
    await host.history.append(id, [
      {
        type: 'ApprovalAnswered',
        stageName: 'Release',
        actionName: 'Ok',
        actionExecutionId: actionOf(await host.state(id), 'Release', 'Ok')?.actionExecutionId ?? '',
        status: 'Approved',
        summary: '',
        answeredBy: 'me',
      },
    ]);
    await nextHost();
    await host.engine.resume();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['go']]);
    expect(await typesOf(id, 'ApprovalRequested')).toHaveLength(1);
  });

  it('ends what was to be abandoned when the host went away', async () => {
    const id = await host.start(slow());
    await began('began');
    const { actionExecutionId = '' } = actionOf(await host.state(id), 'Build', 'Slow') ?? {};
    await host.engine.close();
    await host.history.append(id, [{ type: 'StopRequested', abandon: true, reason: '' }]);
    await nextHost();
    await host.engine.resume();
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, actionOf(state, 'Build', 'Slow')?.status]).toEqual(['Stopped', 'Abandoned']);
    expect(findByCookie(actionExecutionId)).toEqual([]);
  });

  it('runs an action to its end for the first time when no process of it was ever started', async () => {
    const id = await host.start(pipelineOf({ Release: [approve('Ok')], Build: [run('Late', leave('late'))] }));
    await host.engine.idle();
    await nextHost();
    const state = await host.state(id);
    const input = actionOf(state, 'Source', 'Files')?.outputArtifacts ?? [];
    const { boot } = (await typesOf(id, 'ActionStarted'))[0] as { boot?: string };
    const place = { stageName: 'Build', actionName: 'Late', actionExecutionId: '00000000-0000-4000-8000-000000000001' };
    const approval = {
      ...place,
      stageName: 'Release',
      actionName: 'Ok',
      actionExecutionId: actionOf(state, 'Release', 'Ok')?.actionExecutionId ?? '',
    };
    await host.history.append(id, [
      { type: 'ActionFinished', ...approval, status: 'Succeeded', outputArtifacts: [], outputVariables: {} },
      { type: 'StageFinished', stageName: 'Release', status: 'Succeeded' },
      { type: 'StageEntranceReached', stageName: 'Build' },
      { type: 'StageStarted', stageName: 'Build', attempt: 1 },
      {
        type: 'ActionStarted',
        ...place,
        actionTypeId: { category: 'Compute', owner: 'AWS', provider: 'Commands', version: '1' },
        attempt: 1,
        fidelity: 'real',
        resolvedConfiguration: {},
        inputArtifacts: [...input],
        boot,
      },
    ]);
    await nextHost();
    await host.engine.resume();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['late']]);
  });
});

describe('an action with secrets that a host comes back to', () => {
  const name = 'PENSTOCK_SPEC_SECRET';
  afterEach(() => void delete process.env[name]);

  const startSecretly = async () => {
    process.env[name] = 'correct-horse-battery';
    const environmentVariables = [{ name: 'TOKEN', value: 'prod/token', type: 'SECRETS_MANAGER' as const }];
    const commands = ['echo "it is $TOKEN"', leave('began'), waitFor('go'), 'echo "still $TOKEN"', leave('ended')];
    const id = await host.start(pipelineOf({ Build: [run('Slow', commands, { environmentVariables })] }), {
      bindings: { 'Build/Slow': { kind: 'project', secretsFromEnvironment: { 'prod/token': name } } },
    });
    await began('began');
    return id;
  };
  const outcome = async (id: string) => {
    await host.engine.idle();
    const state = await host.state(id);
    const action = actionOf(state, 'Build', 'Slow');
    return {
      log: host.log(state, 'Build', 'Slow'),
      error: action?.errorDetails,
      processes: findByCookie(action?.actionExecutionId ?? '').length,
      spool: readdirSync(join(root, 'data', 'spool')),
    };
  };

  it('goes on masking when it knows the same values', async () => {
    const id = await startSecretly();
    await nextHost();
    await host.engine.resume();
    go();
    const { log, spool } = await outcome(id);
    expect([(await host.state(id)).status, evidence(), spool]).toEqual(['Succeeded', ['began', 'ended'], []]);
    expect([log.includes('it is ***\n'), log.includes('still ***\n')]).toEqual([true, true]);
  });

  it.each([
    ['is not set any more', undefined, /which is not set/],
    ['has another value now', 'other-horse-battery', /not those that an earlier host gave it/],
  ])('ends it, with all that could show them, when the variable of one %s', async (_, value, message) => {
    const id = await startSecretly();
    await nextHost();
    if (value === undefined) delete process.env[name];
    else process.env[name] = value;
    await host.engine.resume();
    const { log, error, processes, spool } = await outcome(id);
    expect(error).toMatchObject({ code: 'ConfigurationError', message: expect.stringMatching(message) });
    expect([processes, spool, evidence()]).toEqual([0, [], ['began']]);
    expect(log).not.toContain('horse-battery');
  });
});
