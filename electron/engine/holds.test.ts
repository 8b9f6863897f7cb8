import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import type { Sidecar } from '../../shared/model/sidecar.ts';
import type { Problem } from '../../shared/problem.ts';
import type { StartRequest } from '../parts.ts';
import { type EngineFixture, engineFixture, pipelineOf, run, temporaryRoot } from './testing/engineFixture.ts';
import { createHeldConsent } from './trust/askForHeld.ts';
import { createTrust } from './trust/createTrust.ts';

let root: string;
let remove: () => void;
let host: EngineFixture;
let told: Problem[];
beforeEach(() => {
  ({ root, remove } = temporaryRoot());
  told = [];
  host = comingHost();
});
afterEach(async () => {
  await host.close();
  remove();
});

const trust = () => createTrust({ dataDirectory: join(root, 'data') });
const comingHost = () =>
  engineFixture({
    root,
    onProblem: (problem) => told.push(problem),
    isAgreed: async (request) => (await trust().describe(request, '')).trusted,
  });
const evidence = () =>
  existsSync(join(root, 'evidence')) ? readFileSync(join(root, 'evidence'), 'utf8').trim().split('\n') : [];
const leave = (mark: string) => `echo ${mark} >>${root}/evidence`;
const ran = (...marks: string[]) =>
  vi.waitFor(() => expect(evidence()).toEqual(marks), { timeout: 5000, interval: 10 });

const bindings: Sidecar['bindings'] = {
  'Source/Files': { kind: 'folder', path: 'source' },
  'Last/Tell': { kind: 'simulation', outputArtifacts: { Told: 'source' } },
};
const pipeline = () =>
  pipelineOf({
    Build: [run('Slow', [leave('began'), `while [ ! -e ${root}/go ]; do sleep 0.01; done`, leave('ended')])],
    Last: [run('Next', leave('next'))],
  });

/** Starts with agreement, and goes away while the first command runs. */
async function leaveRunning(): Promise<string> {
  const request: StartRequest = {
    declaration: pipeline(),
    bindings,
    variables: {},
    documentPath: join(root, 'shop.pipeline.json'),
    folder: root,
  };
  const own = trust();
  await own.agree(root, (await own.describe(request, '')).hash);
  const { pipelineExecutionId } = await host.engine.start(request);
  await ran('began');
  await host.close();
  host = comingHost();
  return pipelineExecutionId;
}

describe('an execution that is taken over (WT-16)', () => {
  it('goes on when its commands are those that were agreed to, wherever they came from', async () => {
    await leaveRunning();
    await host.engine.resume();
    expect([told, host.engine.held()]).toEqual([[], []]);
    writeFileSync(join(root, 'go'), '');
    await ran('began', 'ended', 'next');
  });

  it('is held when they are not: what runs goes on, nothing more is started until the user agrees', async () => {
    const id = await leaveRunning();
    rmSync(join(root, 'data', 'trust.json'));
    await host.engine.resume();
    expect(told).toMatchObject([{ code: 'trust.held', what: expect.stringContaining(id) }]);
    writeFileSync(join(root, 'go'), '');
    await ran('began', 'ended');
    await host.engine.idle();
    expect([(await host.state(id)).position, evidence()]).toEqual([
      expect.objectContaining({ at: 'inside', stageName: 'Last' }),
      ['began', 'ended'],
    ]);

    const answers = [false, true];
    const asked: string[][] = [];
    const ask = createHeldConsent(host.engine, trust(), async ({ commands }) => {
      asked.push(commands.map(({ text }) => text));
      return answers.shift() ?? false;
    });
    await ask();
    await host.engine.idle();
    expect(evidence()).toEqual(['began', 'ended']);
    await ask();
    await ran('began', 'ended', 'next');
    expect(asked).toEqual([
      expect.arrayContaining([leave('began'), leave('next')]),
      expect.arrayContaining([leave('next')]),
    ]);
    await ask();
    expect(asked).toHaveLength(2);
  });

  it('can be stopped while it is held', async () => {
    const id = await leaveRunning();
    rmSync(join(root, 'data', 'trust.json'));
    await host.engine.resume();
    await host.engine.handlers.stopPipelineExecution({ pipelineExecutionId: id, abandon: true, reason: '' });
    await host.seen(id, ({ type }) => type === 'ExecutionFinished');
    expect([(await host.state(id)).status, evidence()]).toEqual(['Stopped', ['began']]);
  });
});
