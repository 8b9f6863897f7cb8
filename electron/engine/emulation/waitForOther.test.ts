import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import type { StartOther } from '../../parts.ts';
import {
  approve,
  type EngineFixture,
  engineFixture,
  pipelineOf,
  run,
  temporaryRoot,
} from '../testing/engineFixture.ts';

let root: string;
let remove: () => void;
let host: EngineFixture;
const newHost = () => {
  const startOther: StartOther = async (_, { token }) => {
    const pipelineExecutionId = `other-${token}`.slice(0, 40);
    if (await host.history.summary(pipelineExecutionId)) return { pipelineExecutionId };
    return host.engine.start({
      declaration: other,
      bindings: { 'Source/Files': { kind: 'folder', path: 'source' } },
      variables: {},
      documentPath: join(root, 'other.pipeline.json'),
      folder: root,
      pipelineExecutionId,
    });
  };
  host = engineFixture({ root, startOther, slots: () => 1 });
};
let other: ReturnType<typeof pipelineOf>;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  newHost();
});
afterEach(async () => {
  await host.close();
  remove();
});

const start: ActionDeclaration = {
  name: 'Next',
  actionTypeId: { category: 'Invoke', owner: 'AWS', provider: 'CodePipeline', version: '1' },
  configuration: { PipelineName: 'other' },
};
const bindings = { 'Start/Next': { kind: 'pipeline' as const, wait: true } };
const next = async (id: string) => actionOf(await host.state(id), 'Start', 'Next')!;
const begun = async () => {
  const id = await host.start(pipelineOf({ Start: [start] }), { bindings });
  const { actionExecutionId } = (await host.seen(
    id,
    (event) => event.type === 'ActionStarted' && event.actionName === 'Next',
  )) as { actionExecutionId: string } & Awaited<ReturnType<EngineFixture['seen']>>;
  const otherId = `other-${actionExecutionId}`.slice(0, 40);
  await host.engine.idle();
  return { id, otherId };
};
const answer = async (otherId: string, status: 'Approved' | 'Rejected') => {
  const { approval } = actionOf(await host.state(otherId), 'Ask', 'Ok')!;
  const place = { pipelineExecutionId: otherId, stageName: 'Ask', actionName: 'Ok', token: approval!.token };
  await host.engine.handlers.putApprovalResult({ ...place, status, summary: '' });
  await host.engine.idle();
};

describe('an action that waits for the pipeline that it started', () => {
  it.each([
    ['Approved', 'Succeeded'],
    ['Rejected', 'Failed'],
  ] as const)('stays InProgress until that one ends, and takes its result: %s', async (status, expected) => {
    other = pipelineOf({ Ask: [approve('Ok')] }, { name: 'other' });
    const { id, otherId } = await begun();
    expect((await next(id)).status).toBe('InProgress');
    await answer(otherId, status);
    expect(await next(id)).toMatchObject({ status: expected, fidelity: 'emulated' });
    expect((await host.state(id)).status).toBe(expected);
  });

  it('takes no place of this machine’s actions: the other one runs with the only one', async () => {
    other = pipelineOf({ Work: [run('Do', 'true')] }, { name: 'other' });
    const { id } = await begun();
    expect((await next(id)).status).toBe('Succeeded');
  });

  it('goes on waiting under the next host, and starts nothing twice', async () => {
    other = pipelineOf({ Ask: [approve('Ok')] }, { name: 'other' });
    const { id, otherId } = await begun();
    await host.close();
    newHost();
    await host.engine.resume();
    await host.engine.idle();
    await answer(otherId, 'Approved');
    expect((await next(id)).status).toBe('Succeeded');
    const { executions } = await host.history.handlers.listPipelineExecutions({ limit: 10 });
    expect(executions).toHaveLength(2);
  });

  it('is abandoned alone: the other one goes on', async () => {
    other = pipelineOf({ Ask: [approve('Ok')] }, { name: 'other' });
    const { id, otherId } = await begun();
    await host.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: 'spec' });
    await host.engine.idle();
    expect((await next(id)).status).toBe('Abandoned');
    await answer(otherId, 'Approved');
    expect((await host.state(otherId)).status).toBe('Succeeded');
  });
});
