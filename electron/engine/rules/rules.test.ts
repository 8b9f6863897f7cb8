import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, test, vi } from 'vitest';
import { conditionOf, type ExecutionState, stageOf } from '../../../shared/execution/executionState.ts';
import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import { logPath } from '../logPath.ts';
import { type EngineFixture, engineFixture, pipelineOf, rule, run, withConditions } from '../testing/engineFixture.ts';

let host: EngineFixture;
beforeEach(() => {
  host = engineFixture();
});
afterEach(() => host.close());

/** Deploy leaves a file; the rules stand before it. */
const gated = (rules: RuleDeclaration[], result: 'FAIL' | 'SKIP' = 'FAIL') =>
  withConditions(pipelineOf({ Deploy: [run('Ship', `echo shipped >${host.root}/shipped`)] }), 'Deploy', {
    beforeEntry: { conditions: [{ result, rules }] },
  });
const checked = (rules: RuleDeclaration[]) =>
  withConditions(pipelineOf({ Deploy: [run('Ship', 'true')] }), 'Deploy', {
    onSuccess: { conditions: [{ result: 'FAIL', rules }] },
  });
const isShipped = () => existsSync(join(host.root, 'shipped'));
const conditionAt = (state: ExecutionState) => conditionOf(stageOf(state, 'Deploy'), 'BEFORE_ENTRY');
const ruleLog = (state: ExecutionState, index = 0) => {
  const id = conditionAt(state)?.rules[index]?.ruleExecutionId ?? '';
  return readFileSync(logPath(host.history.folder(state.pipelineExecutionId), id), 'utf8');
};

describe('VariableCheck (rules.md §2)', () => {
  const check = (Variable: string, Operator: string, Value: string) =>
    rule('VariableCheck', { Variable, Operator, Value });

  it('lets the stage begin when it passes, and says what it compared', async () => {
    const state = await host.run(gated([check('#{codepipeline.PipelineExecutionId}', 'CONTAINS', '-')]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Succeeded', 'Succeeded', true]);
    expect(ruleLog(state)).toContain('contains "-"');
  });

  it('§3.4 fails the stage without running an action when it fails', async () => {
    const state = await host.run(gated([check('a', 'EQ', 'b')]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Failed', 'Failed', false]);
    expect(conditionAt(state)?.summary).toContain('"a" equals "b": false');
  });

  it('§3.5 skips the stage with the result SKIP', async () => {
    const state = await host.run(gated([check('a', 'NE', 'a')], 'SKIP'));
    expect([state.status, stageOf(state, 'Deploy')?.status, isShipped()]).toEqual(['Succeeded', 'Skipped', false]);
  });

  it('compares the whole text with a pattern', async () => {
    const part = await host.run(gated([check('release-1', 'MATCHES', 'release')]));
    const whole = await host.run(gated([check('release-1', 'MATCHES', 'release-\\d+')]));
    expect([part.status, whole.status]).toEqual(['Failed', 'Succeeded']);
  });
});

describe('Commands and CodeBuild as rules (rules.md §2)', () => {
  it('run really, with the artifacts of earlier stages, and leave a log of their own', async () => {
    const commands = rule('Commands', {}, { commands: ['cat hello.txt'], inputArtifacts: [{ name: 'SourceOutput' }] });
    const state = await host.run(gated([commands]));
    expect([state.status, conditionAt(state)?.rules[0]?.fidelity]).toEqual(['Succeeded', 'real']);
    expect(ruleLog(state)).toMatch(/^hello$/m);
    expect(await host.history.events(state.pipelineExecutionId)).toContainEqual(
      expect.objectContaining({ type: 'RuleProcessStarted', ruleName: 'Commands' }),
    );
  });

  it('run without an input in an empty folder', async () => {
    const state = await host.run(gated([rule('Commands', {}, { commands: ['test -z "$(ls)"'] })]));
    expect([state.status, isShipped()]).toEqual(['Succeeded', true]);
  });

  it('fail the stage when a command fails', async () => {
    const state = await host.run(gated([rule('Commands', {}, { commands: ['exit 3'] })]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Failed', 'Failed', false]);
  });

  it('run the buildspec of the source', async () => {
    writeFileSync(
      join(host.root, 'source', 'buildspec.yml'),
      'version: 0.2\nphases:\n  build:\n    commands:\n      - echo built by a rule\n',
    );
    const build = rule('CodeBuild', { ProjectName: 'gate' }, { inputArtifacts: [{ name: 'SourceOutput' }] });
    const state = await host.run(gated([build]));
    expect(state.status).toBe('Succeeded');
    expect(ruleLog(state)).toContain('built by a rule');
  });
});

describe('LambdaInvoke (rules.md §2)', () => {
  const call = rule('LambdaInvoke', { FunctionName: 'may-deploy' });
  const where = 'Deploy/beforeEntry/LambdaInvoke';

  it('never passes when it is bound to nothing', async () => {
    const state = await host.run(gated([call]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Failed', 'Errored', false]);
  });

  test.each([
    { result: 'Succeeded' as const, ends: 'Succeeded' },
    { result: 'Failed' as const, ends: 'Failed' },
  ])('ends $ends as it is scripted, and says that it is simulated', async ({ result, ends }) => {
    const state = await host.run(gated([call]), { bindings: { [where]: { kind: 'simulation', result } } });
    expect([state.status, conditionAt(state)?.rules[0]?.fidelity]).toEqual([ends, 'simulated']);
    expect(ruleLog(state)).toContain('Simulated');
  });
});

describe('DeploymentWindow (rules.md §2)', () => {
  it('passes at once while the window is open', async () => {
    const state = await host.run(gated([rule('DeploymentWindow', { Cron: '* * * * * ? *' })]));
    expect([state.status, isShipped()]).toEqual(['Succeeded', true]);
  });

  it('waits until it opens, without a poll, and says when that is', async () => {
    await host.close();
    let now = Date.UTC(2026, 0, 5, 8, 59, 59, 950); // a Monday
    host = engineFixture({ now: () => now });
    const id = await host.start(gated([rule('DeploymentWindow', { Cron: '0 * 9-17 ? * MON-FRI *' })]));
    await host.seen(id, ({ type }) => type === 'RuleStarted');
    await vi.waitFor(async () => expect(ruleLog(await host.state(id))).toContain('2026-01-05T09:00:00.000Z'));
    expect(isShipped()).toBe(false);
    now += 60_000;
    await host.engine.idle();
    expect([(await host.state(id)).status, isShipped()]).toEqual(['Succeeded', true]);
  });

  it('is an error where the expression is none', async () => {
    const state = await host.run(gated([rule('DeploymentWindow', { Cron: '0 9 *' })]));
    expect([state.status, conditionAt(state)?.status]).toEqual(['Failed', 'Errored']);
    expect(conditionAt(state)?.summary).toContain('six or seven fields');
  });
});

describe('CloudWatchAlarm, whose state the user sets (rules.md §2)', () => {
  const alarm = (configuration: Record<string, string> = {}) =>
    rule('CloudWatchAlarm', { AlarmName: 'shop-errors', ...configuration });
  const set = (state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA') =>
    host.engine.handlers.setAlarmState({ alarmName: 'shop-errors', state });

  it('is an error while nobody has set it', async () => {
    const state = await host.run(gated([alarm()]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Failed', 'Errored', false]);
    expect(conditionAt(state)?.summary).toContain('There is no alarm shop-errors');
  });

  test.each<{ state: 'OK' | 'ALARM' | 'INSUFFICIENT_DATA'; configuration: Record<string, string>; ends: string }>([
    { state: 'OK', configuration: {}, ends: 'Succeeded' },
    { state: 'INSUFFICIENT_DATA', configuration: {}, ends: 'Succeeded' },
    { state: 'ALARM', configuration: {}, ends: 'Failed' },
    { state: 'INSUFFICIENT_DATA', configuration: { AlarmStates: 'ALARM,INSUFFICIENT_DATA' }, ends: 'Failed' },
    { state: 'ALARM', configuration: { AlarmStates: 'OK' }, ends: 'Succeeded' },
  ])('$state with $configuration ends $ends', async ({ state, configuration, ends }) => {
    await set(state);
    expect((await host.run(gated([alarm(configuration)]))).status).toBe(ends);
  });

  it('before entry passes as soon as the state is good', async () => {
    await set('ALARM');
    const id = await host.start(gated([alarm({ WaitTime: '60' })]));
    await host.seen(id, ({ type }) => type === 'RuleStarted');
    await vi.waitFor(async () => expect(ruleLog(await host.state(id))).toContain('It is watched until'));
    await set('OK');
    await host.engine.idle();
    expect([(await host.state(id)).status, isShipped()]).toEqual(['Succeeded', true]);
  });

  it('on success watches on, and fails at the first bad state', async () => {
    await set('OK');
    const id = await host.start(checked([alarm({ WaitTime: '60' })]));
    const started = await host.seen(id, ({ type }) => type === 'RuleStarted');
    expect((await host.state(id)).status).toBe('InProgress');
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(started.at)); // two changes of one millisecond are one
    await set('ALARM');
    await set('OK');
    await host.engine.idle();
    const state = await host.state(id);
    expect(state.status).toBe('Failed');
    expect(conditionOf(stageOf(state, 'Deploy'), 'ON_SUCCESS')?.summary).toContain('went to ALARM');
  });
});

describe('the rules of a condition', () => {
  it('§3.1, §3.2 start together; when one has failed the others are abandoned, processes included', async () => {
    const slow = rule('Commands', {}, { commands: [`sleep 60; echo late >${host.root}/late`] });
    const wrong = rule('VariableCheck', { Variable: 'a', Operator: 'EQ', Value: 'b' });
    const state = await host.run(gated([slow, wrong]));
    expect(conditionAt(state)?.rules.map(({ ruleName, status }) => `${ruleName} ${status}`)).toEqual([
      'Commands Abandoned',
      'VariableCheck Failed',
    ]);
    expect([state.status, existsSync(join(host.root, 'late'))]).toEqual(['Failed', false]);
  });

  it('§2 fail when they take longer than their timeoutInMinutes', async () => {
    await host.close();
    let now = Date.now();
    host = engineFixture({ now: () => now });
    const window = rule('DeploymentWindow', { Cron: '0 0 0 29 2 ?' }, { timeoutInMinutes: 5 });
    const started = host.start(gated([window]));
    const id = await started;
    await host.seen(id, ({ type }) => type === 'RuleStarted');
    now += 6 * 60_000;
    // The next host sees that the time is over.
    const { root } = host;
    await host.engine.close();
    await host.history.close();
    host = engineFixture({ root, now: () => now });
    await host.engine.resume();
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, conditionAt(state)?.rules[0]?.errorDetails?.code]).toEqual(['Failed', 'TimedOut']);
  });

  it('of a type that does not exist fail', async () => {
    const state = await host.run(gated([rule('CrystalBall')]));
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Failed', 'Errored', false]);
  });

  it('stopping with abandon ends them, and nothing is shipped', async () => {
    const id = await host.start(gated([rule('Commands', {}, { commands: ['sleep 60'] })]));
    await host.seen(id, ({ type }) => type === 'RuleStarted');
    await host.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: '' });
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Stopped', 'Abandoned', false]);
  });

  it('§3 overriding lets the stage begin and abandons them', async () => {
    const id = await host.start(gated([rule('DeploymentWindow', { Cron: '0 0 0 29 2 ?' })]));
    await host.seen(id, ({ type }) => type === 'RuleStarted');
    const place = { pipelineExecutionId: id, stageName: 'Deploy', conditionType: 'BEFORE_ENTRY' as const };
    await host.engine.handlers.overrideStageCondition(place);
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, conditionAt(state)?.status, isShipped()]).toEqual(['Succeeded', 'Overridden', true]);
    expect(conditionAt(state)?.rules[0]?.status).toBe('Abandoned');
  });

  it('overriding one that has failed the execution lets it go on where it stood', async () => {
    const { pipelineExecutionId, status } = await host.run(
      gated([rule('VariableCheck', { Variable: 'a', Operator: 'EQ', Value: 'b' })]),
    );
    expect(status).toBe('Failed');
    const place = { pipelineExecutionId, stageName: 'Deploy', conditionType: 'BEFORE_ENTRY' as const };
    await host.engine.handlers.overrideStageCondition(place);
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, isShipped()]).toEqual(['Succeeded', true]);
  });
});
