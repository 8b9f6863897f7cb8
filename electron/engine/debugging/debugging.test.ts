import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf, stageOf } from '../../../shared/execution/executionState.ts';
import { type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from '../testing/engineFixture.ts';

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
const log = () => (existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : []);
const leave = (text: string) => `echo ${text} >>${root}/log`;
const calls = () => host.engine.handlers;
/** Make gives a tag and a file to Use. */
const pipeline = (use = `echo use $TAG >>${root}/log`) =>
  pipelineOf({
    Build: [
      run('Make', [leave('make'), 'export Tag=1.0', 'echo made >made.txt'], {
        namespace: 'Built',
        outputVariables: ['Tag'],
        outputArtifacts: [{ name: 'Made', files: ['made.txt'] }],
      }),
    ],
    Deploy: [
      run('Use', use, {
        inputArtifacts: [{ name: 'Made' }],
        environmentVariables: [{ name: 'TAG', value: '#{Built.Tag}' }],
      }),
      run('Last', leave('last'), { runOrder: 2 }),
    ],
  });
const use = (pipelineExecutionId: string) => ({ pipelineExecutionId, stageName: 'Deploy', actionName: 'Use' });
const go = (extra: { variables?: Record<string, string>; skip?: boolean } = {}) => ({
  variables: {},
  skip: false,
  ...extra,
});

describe('a breakpoint before an action', () => {
  const paused = () => host.run(pipeline(), { breakpoints: { 'Deploy/Use': 'before' } });

  it('holds it, and a continue lets it go on', async () => {
    const { pipelineExecutionId, status, stages } = await paused();
    expect([status, stages[2]?.paused.Use?.pausedAt, log()]).toEqual(['InProgress', 'before', ['make']]);
    await calls().continueAction({ ...use(pipelineExecutionId), ...go() });
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['make', 'use 1.0', 'last']]);
  });

  it('shows configuration, variables, environment and inputs, and a shell command that has them', async () => {
    const { pipelineExecutionId } = await paused();
    const seen = await calls().inspectPaused(use(pipelineExecutionId));
    expect(seen).toMatchObject({
      pausedAt: 'before',
      variables: { 'Built.Tag': '1.0', 'codepipeline.PipelineExecutionId': pipelineExecutionId },
      inputArtifacts: [{ name: 'Made', files: [{ path: 'made.txt', size: 5 }], isCut: false }],
    });
    expect(seen.environment).toEqual(expect.arrayContaining(['TAG', 'CODEBUILD_SRC_DIR']));
    expect(readFileSync(join(seen.inputArtifacts[0]?.folder ?? '', 'made.txt'), 'utf8')).toBe('made\n');
    const script = /'(.*)'/.exec(seen.shellCommand)?.[1] ?? '';
    expect(statSync(script).mode & 0o077).toBe(0);
    const shown = execFileSync('sh', [script], {
      env: { SHELL: '/bin/sh', PATH: process.env.PATH },
      input: 'echo $TAG; cat made.txt\n',
    });
    expect(shown.toString()).toBe('1.0\nmade\n');
    await calls().continueAction({ ...use(pipelineExecutionId), ...go() });
    expect(existsSync(script)).toBe(false);
    await host.engine.idle();
    await expect(calls().inspectPaused(use(pipelineExecutionId))).rejects.toThrow('does not wait at a breakpoint');
  });

  it('runs it with the values that a person gave to variables', async () => {
    const { pipelineExecutionId } = await paused();
    await calls().continueAction({ ...use(pipelineExecutionId), ...go({ variables: { 'Built.Tag': '2.0' } }) });
    await host.engine.idle();
    expect(log()).toEqual(['make', 'use 2.0', 'last']);
  });

  it('skips it once', async () => {
    const { pipelineExecutionId } = await paused();
    await calls().continueAction({ ...use(pipelineExecutionId), ...go({ skip: true }) });
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['make', 'last']]);
  });

  it('is still held after the host was killed, and by the next one let go on', async () => {
    const { pipelineExecutionId } = await paused();
    await host.close();
    host = engineFixture({ root });
    await host.engine.resume();
    await host.engine.idle();
    expect(log()).toEqual(['make']);
    await calls().continueAction({ ...use(pipelineExecutionId), ...go() });
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['make', 'use 1.0', 'last']]);
  });

  it('lets go of it when the execution is stopped', async () => {
    const { pipelineExecutionId } = await paused();
    await calls().stopPipelineExecution({ pipelineExecutionId, abandon: false, reason: '' });
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Stopped', ['make']]);
  });
});

describe('a breakpoint after an action', () => {
  it('holds what follows, and shows what the action had', async () => {
    const { pipelineExecutionId } = await host.run(pipeline(), { breakpoints: { 'Deploy/Use': 'after' } });
    expect(log()).toEqual(['make', 'use 1.0']);
    expect((await calls().inspectPaused(use(pipelineExecutionId))).pausedAt).toBe('after');
    const skip = calls().continueAction({ ...use(pipelineExecutionId), ...go({ skip: true }) });
    await expect(skip).rejects.toThrow('can not be skipped');
    await calls().continueAction({ ...use(pipelineExecutionId), ...go() });
    await host.engine.idle();
    expect(log()).toEqual(['make', 'use 1.0', 'last']);
  });
});

describe('a run that begins with what another one had produced', () => {
  it('runs only one action, with the inputs it had then', async () => {
    const { pipelineExecutionId } = await host.run(pipeline());
    const start = await host.engine.forkOf({ ...use(pipelineExecutionId), only: true });
    const { pipelineExecutionId: id } = await host.engine.start(start);
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, log()]).toEqual(['Succeeded', ['make', 'use 1.0', 'last', 'use 1.0']]);
    expect([actionOf(state, 'Build', 'Make'), actionOf(state, 'Deploy', 'Last')]).toEqual([undefined, undefined]);
  });

  it('runs from a stage on, and makes no new version of the definition', async () => {
    const { pipelineExecutionId } = await host.run(pipeline());
    await host.run(pipeline('true'));
    const start = await host.engine.forkOf({ pipelineExecutionId, stageName: 'Deploy', only: false });
    const { pipelineExecutionId: id } = await host.engine.start(start);
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, state.pipelineVersion, log().slice(-2)]).toEqual(['Succeeded', 1, ['use 1.0', 'last']]);
    expect((await calls().listPipelineVersions({ pipelineName: 'shop' })).versions).toHaveLength(2);
  });

  it('forks from an instant of an old run', async () => {
    const { pipelineExecutionId } = await host.run(pipeline());
    const events = await host.history.events(pipelineExecutionId);
    const seq = events.findIndex((event) => event.type === 'ActionFinished' && event.actionName === 'Use') + 1;
    const { pipelineExecutionId: id } = await host.engine.start(
      await host.engine.forkOf({ pipelineExecutionId, seq, only: false }),
    );
    await host.engine.idle();
    expect([(await host.state(id)).status, log()]).toEqual(['Succeeded', ['make', 'use 1.0', 'last', 'last']]);
    await expect(host.engine.forkOf({ pipelineExecutionId, seq: 999, only: false })).rejects.toThrow('no instant 999');
  });
});

describe('a retry with other bindings', () => {
  it('is made with them, and so are later attempts', async () => {
    const broken = pipelineOf({ Deploy: [run('Ship', '[ "$WHERE" = right ]')] });
    const where = (value: string) => ({
      'Deploy/Ship': { kind: 'project' as const, environment: { WHERE: value } },
      'Source/Files': { kind: 'folder' as const, path: 'source' },
    });
    const { pipelineExecutionId, status } = await host.run(broken, { bindings: where('wrong') });
    expect(status).toBe('Failed');
    const request = { pipelineExecutionId, stageName: 'Deploy', retryMode: 'FAILED_ACTIONS' as const };
    await host.engine.retryStage(request);
    await host.engine.idle();
    expect((await host.state(pipelineExecutionId)).status).toBe('Failed');
    await host.engine.retryStage({ ...request, bindings: where('right'), folder: root });
    await host.engine.idle();
    const state = await host.state(pipelineExecutionId);
    expect([state.status, stageOf(state, 'Deploy')?.attempt]).toEqual(['Succeeded', 3]);
    expect(state.bindings['Source/Files']).toEqual({ kind: 'folder', path: join(root, 'source') });
  });
});
