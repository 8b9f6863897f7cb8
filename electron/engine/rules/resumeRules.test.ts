import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { conditionOf, stageOf } from '../../../shared/execution/executionState.ts';
import type { RuleDeclaration } from '../../../shared/model/declaration.ts';
import { createEndpoint } from '../../endpoint/createEndpoint.ts';
import type { Endpoint } from '../../parts.ts';
import { endProcesses } from '../process/endProcesses.ts';
import {
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
let endpoint: Endpoint;
let host: EngineFixture;
const newHost = () => {
  endpoint = createEndpoint({ dataDirectory: join(root, 'data') });
  host = engineFixture({ root, endpoint });
};
const closeHost = async () => {
  await host.close();
  await endpoint.close();
};
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  newHost();
});
afterEach(async () => {
  await closeHost();
  remove();
});
/** The host goes away without a word, as after a kill; the next one takes over what it left. */
const nextHost = async () => {
  await closeHost();
  newHost();
};
const evidence = () =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];
const leave = (mark: string) => `echo ${mark} >>${root}/evidence`;
const waitFor = () => `while [ ! -e ${root}/go ]; do sleep 0.01; done`;
const go = () => writeFileSync(join(root, 'go'), '');
const began = () => vi.waitFor(() => expect(evidence()).toContain('began'), { timeout: 5000, interval: 10 });
const gated = (...rules: RuleDeclaration[]) =>
  withConditions(pipelineOf({ Deploy: [run('Ship', leave('shipped'))] }), 'Deploy', {
    beforeEntry: { conditions: [{ result: 'FAIL', rules }] },
  });
const slow = () => rule('Commands', {}, { commands: [leave('began'), waitFor(), leave('ended')] });
const conditionOfRun = async (id: string) => conditionOf(stageOf(await host.state(id), 'Deploy'), 'BEFORE_ENTRY');

describe('a host that comes back to a condition', () => {
  it('takes a running rule over, running nothing twice', async () => {
    const id = await host.start(gated(slow()));
    await began();
    await nextHost();
    await host.engine.resume();
    go();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['began', 'ended', 'shipped']]);
    expect((await conditionOfRun(id))?.rules[0]?.adoptions).toBe(1);
  });

  it('finds the result of a rule that ended meanwhile', async () => {
    const id = await host.start(gated(slow()));
    await began();
    await nextHost();
    go();
    await vi.waitFor(() => expect(evidence()).toContain('ended'), { timeout: 5000, interval: 10 });
    await host.engine.resume();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['began', 'ended', 'shipped']]);
  });

  it('does not let the stage begin when the rule is lost', async () => {
    const id = await host.start(gated(slow()));
    await began();
    const { ruleExecutionId = '' } = (await conditionOfRun(id))?.rules[0] ?? {};
    await nextHost();
    await endProcesses(undefined, ruleExecutionId, 0);
    await host.engine.resume();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Failed', ['began']]);
    expect((await conditionOfRun(id))?.rules[0]?.errorDetails?.code).toBe('Lost');
  });

  it('abandons the rules of a condition that was decided before', async () => {
    await closeHost();
    let isGone = false;
    endpoint = createEndpoint({ dataDirectory: join(root, 'data') });
    host = engineFixture({ root, endpoint }, (history) => ({
      ...history,
      append: (id, happenings) => {
        isGone ||= happenings.some((one) => one.type === 'RuleFinished' && one.status === 'Abandoned');
        return isGone ? new Promise(() => undefined) : history.append(id, happenings);
      },
    }));
    const wrong = rule('VariableCheck', { Variable: 'a', Operator: 'EQ', Value: 'b' });
    const id = await host.start(gated(slow(), wrong));
    await vi.waitFor(() => expect(isGone).toBe(true), { timeout: 5000, interval: 10 });
    await nextHost();
    await host.engine.resume();
    await host.engine.idle();
    expect((await conditionOfRun(id))?.rules.map(({ status }) => status)).toEqual(['Abandoned', 'Failed']);
    expect([(await host.state(id)).status, evidence()].flat()).not.toContain('shipped');
  });

  it('knows of an alarm that went off and was well again while nobody watched', async () => {
    const set = (state: 'OK' | 'ALARM') => host.engine.handlers.setAlarmState({ alarmName: 'errors', state });
    await set('OK');
    const pipeline = withConditions(pipelineOf({ Deploy: [run('Ship', 'true')] }), 'Deploy', {
      onSuccess: {
        conditions: [{ result: 'FAIL', rules: [rule('CloudWatchAlarm', { AlarmName: 'errors', WaitTime: '60' })] }],
      },
    });
    const id = await host.start(pipeline);
    const { at } = await host.seen(id, ({ type }) => type === 'RuleStarted');
    await nextHost();
    await vi.waitFor(() => expect(Date.now()).toBeGreaterThan(at));
    await set('ALARM');
    await set('OK');
    await host.engine.resume();
    await host.engine.idle();
    expect((await host.state(id)).status).toBe('Failed');
  });

  it('does not call the function of a rule again', async () => {
    const handler = join(root, 'handler.mjs');
    writeFileSync(
      handler,
      `import { appendFileSync, existsSync } from 'node:fs';
export async function handler(event) {
  appendFileSync('${root}/evidence', 'began\\n');
  while (!existsSync('${root}/go')) await new Promise((resolve) => setTimeout(resolve, 10));
  if (event['CodePipeline.job'].data.actionConfiguration.configuration.UserParameters !== 'x') throw new Error('No.');
}\n`,
    );
    const call = rule('LambdaInvoke', { FunctionName: 'may-deploy', UserParameters: 'x' });
    const bindings = { 'Deploy/beforeEntry/LambdaInvoke': { kind: 'handler' as const, path: handler } };
    const id = await host.start(gated(call), { bindings });
    await began();
    await nextHost();
    await host.engine.resume();
    go();
    await host.engine.idle();
    expect([(await host.state(id)).status, evidence()]).toEqual(['Succeeded', ['began', 'shipped']]);
    expect((await conditionOfRun(id))?.rules[0]?.fidelity).toBe('real');
  });

  it('fails a rule whose function throws', async () => {
    const handler = join(root, 'handler.mjs');
    writeFileSync(handler, "export const handler = async () => { throw new Error('No.'); };\n");
    const bindings = { 'Deploy/beforeEntry/LambdaInvoke': { kind: 'handler' as const, path: handler } };
    const state = await host.run(gated(rule('LambdaInvoke', { FunctionName: 'may-deploy' })), { bindings });
    expect([state.status, evidence()]).toEqual(['Failed', []]);
  });
});
