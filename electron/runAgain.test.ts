import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import type { Consent } from '../shared/ipc/contract.ts';
import { emptySidecar, type Sidecar } from '../shared/model/sidecar.ts';
import { type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from './engine/testing/engineFixture.ts';
import { createTrust } from './engine/trust/createTrust.ts';
import { createRunAgain } from './runAgain.ts';

let root: string;
let remove: () => void;
let host: EngineFixture;
let asked: Consent[];
let agrees: boolean;
let calls: ReturnType<typeof createRunAgain>;
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  host = engineFixture({ root });
  asked = [];
  agrees = true;
  calls = createRunAgain({
    engine: host.engine,
    documents: {
      get: () => ({ documentId: 'd1', path: join(root, 'shop.pipeline.json'), folder: root, openedAs: root }),
    },
    trust: createTrust({ dataDirectory: join(root, 'data') }),
    askConsent: async (consent) => {
      asked.push(consent);
      return agrees;
    },
  });
});
afterEach(async () => {
  await host.close();
  remove();
});
const log = () => (existsSync(join(root, 'log')) ? readFileSync(join(root, 'log'), 'utf8').trim().split('\n') : []);
const bindings = (value: string): Sidecar['bindings'] => ({
  'Source/Files': { kind: 'folder', path: 'source' },
  'Deploy/Ship': { kind: 'project', environment: { WHERE: value } },
});
const sidecar = (value: string): Sidecar => ({ ...emptySidecar(), bindings: bindings(value) });
const shop = (commands = [`echo $WHERE >>${root}/log`, '[ "$WHERE" = right ]']) =>
  pipelineOf({ Deploy: [run('Ship', commands)] });

describe('a retry', () => {
  it('takes the bindings of the document as they are now, after consent to what they change', async () => {
    const { pipelineExecutionId } = await host.run(shop(), { bindings: bindings('wrong') });
    const retry = { pipelineExecutionId, stageName: 'Deploy', retryMode: 'FAILED_ACTIONS' as const };
    await calls.retryStageExecution(retry);
    await host.engine.idle();
    await calls.retryStageExecution({ ...retry, documentId: 'd1', sidecar: sidecar('right') });
    await host.engine.idle();
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Succeeded', ['wrong', 'wrong', 'right']]);
    expect(asked.map(({ commands }) => commands.some(({ text }) => text.includes('WHERE=right')))).toEqual([
      false,
      true,
    ]);
  });

  it('runs nothing when it is not agreed to', async () => {
    const { pipelineExecutionId } = await host.run(shop(), { bindings: bindings('wrong') });
    agrees = false;
    const retry = { pipelineExecutionId, stageName: 'Deploy', retryMode: 'FAILED_ACTIONS' as const };
    await expect(calls.retryStageExecution(retry)).rejects.toMatchObject({ problem: { code: 'trust.refused' } });
    expect([(await host.state(pipelineExecutionId)).status, log()]).toEqual(['Failed', ['wrong']]);
  });
});

describe('a rollback', () => {
  it('asks for consent to what its target ran', async () => {
    const { pipelineExecutionId } = await host.run(shop(), { bindings: bindings('right') });
    agrees = false;
    const input = { pipelineName: 'shop', stageName: 'Deploy', targetPipelineExecutionId: pipelineExecutionId };
    await expect(calls.rollbackStage(input)).rejects.toThrow('not agreed to');
    agrees = true;
    await calls.rollbackStage(input);
    await host.engine.idle();
    expect(log()).toEqual(['right', 'right']);
  });
});

describe('a fork', () => {
  const forked = () => host.run(shop(), { bindings: bindings('wrong') });

  it('runs what was run, with breakpoints where they are given', async () => {
    const { pipelineExecutionId } = await forked();
    const { pipelineExecutionId: id } = await calls.forkExecution({
      pipelineExecutionId,
      stageName: 'Deploy',
      only: false,
      breakpoints: { 'Deploy/Ship': 'before' },
    });
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, Object.keys(state.stages[1]?.paused ?? {}), log()]).toEqual([
      'InProgress',
      ['Ship'],
      ['wrong'],
    ]);
  });

  it('with a document has its bindings', async () => {
    const { pipelineExecutionId } = await forked();
    const input = {
      pipelineExecutionId,
      stageName: 'Deploy',
      only: false,
      documentId: 'd1',
      sidecar: sidecar('right'),
    };
    const { pipelineExecutionId: id } = await calls.forkExecution(input);
    await host.engine.idle();
    expect([(await host.state(id)).status, log()]).toEqual(['Succeeded', ['wrong', 'right']]);
  });

  it('with the text of a document runs its definition, checked as for any start, as an update of the pipeline', async () => {
    const { pipelineExecutionId } = await forked();
    const input = {
      pipelineExecutionId,
      stageName: 'Deploy',
      only: false,
      documentId: 'd1',
      sidecar: sidecar('right'),
    };
    const text = JSON.stringify({ pipeline: shop([`echo mended >>${root}/log`]) });
    await expect(calls.forkExecution({ ...input, text: '{}' })).rejects.toThrow();
    const { pipelineExecutionId: id } = await calls.forkExecution({ ...input, text });
    await host.engine.idle();
    const state = await host.state(id);
    expect([state.status, state.pipelineVersion, log()]).toEqual(['Succeeded', 2, ['wrong', 'mended']]);
    expect(asked).toHaveLength(1);
  });
});
