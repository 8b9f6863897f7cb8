import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { actionOf } from '../../../shared/execution/executionState.ts';
import type { ActionDeclaration } from '../../../shared/model/declaration.ts';
import { openRunKeys } from '../../endpoint/runKeys.ts';
import {
  callObject,
  callOperation,
  type EndpointFixture,
  endpointFixture,
  workerAction,
} from '../../endpoint/testing/endpointFixture.ts';
import { approve, pipelineOf, run } from '../testing/engineFixture.ts';
import { createArtifactStore } from './artifactStore.ts';

let fixture: EndpointFixture;
beforeEach(() => {
  fixture = endpointFixture();
});
afterEach(() => fixture.close());

const store = () => createArtifactStore(join(fixture.root, 'data', 'artifacts'));
const flipBit = (digest: string) => {
  const path = store().pathOf(digest);
  const bytes = readFileSync(path);
  const at = bytes.indexOf('hello.txt');
  bytes[at] = bytes[at]! ^ 1;
  writeFileSync(path, bytes);
};
const publish: ActionDeclaration = {
  name: 'Publish',
  actionTypeId: { category: 'Deploy', owner: 'AWS', provider: 'S3', version: '1' },
  configuration: { BucketName: 'site', Extract: 'true' },
  inputArtifacts: [{ name: 'SourceOutput' }],
};
const upload: ActionDeclaration = {
  ...publish,
  configuration: { BucketName: 'site', Extract: 'false', ObjectKey: 'site.zip' },
};

/** Runs up to an approval, harms the source artifact or not, approves, and runs to the end. */
async function ship(action: ActionDeclaration, harm: (digest: string) => void) {
  mkdirSync(join(fixture.root, 'site'), { recursive: true });
  const state = await fixture.run(pipelineOf({ Gate: [approve('Ok')], Ship: [action] }), {
    bindings: { 'Ship/Publish': { kind: 'folder', path: 'site' } },
  });
  const { pipelineExecutionId } = state;
  harm(actionOf(state, 'Source', 'Files')!.outputArtifacts[0]!.digest);
  await fixture.engine.handlers.putApprovalResult({
    pipelineExecutionId,
    stageName: 'Gate',
    actionName: 'Ok',
    token: actionOf(state, 'Gate', 'Ok')!.approval!.token,
    status: 'Approved',
    summary: '',
  });
  await fixture.engine.idle();
  return actionOf(await fixture.state(pipelineExecutionId), 'Ship', action.name)!;
}

describe('an action that takes an artifact with a flipped bit', () => {
  it.each([
    ['a deploy of files', publish],
    ['a deploy of the zip as it is', upload],
    ['commands', run('Publish', 'cat hello.txt')],
  ])('fails, naming artifact and action, and does nothing: %s', async (_, action) => {
    const { status, errorDetails } = await ship(action, flipBit);
    expect({ status, ...errorDetails }).toMatchObject({
      status: 'Failed',
      code: 'RevisionUnavailable',
      message:
        'The artifact SourceOutput that Ship/Publish takes is damaged: its bytes on the disk are not those that were stored.',
      fix: expect.stringContaining('Start the pipeline again'),
    });
    expect(readdirSync(join(fixture.root, 'site'))).toEqual([]);
    const again = await ship(action, () => undefined);
    expect(again.status, 'the control: stored anew it is whole again').toBe('Succeeded');
  });

  it('says so when it is gone', async () => {
    const { errorDetails } = await ship(publish, (digest) => void store().setAside(digest));
    expect(errorDetails?.message).toBe(
      'The artifact SourceOutput that Ship/Publish takes is not on the disk any more.',
    );
  });

  it('hands nothing of it to a job worker, and its log says why', async () => {
    const id = await fixture.start(pipelineOf({ Make: [workerAction('Make')] }), {
      bindings: { 'Make/Make': { kind: 'jobWorker' } },
    });
    await fixture.seen(id, ({ type }) => type === 'JobQueued');
    const worker = fixture.worker(id);
    await callOperation(worker, 'PollForJobs', { actionTypeId: workerAction('Make').actionTypeId });
    const { actionExecutionId, inputArtifacts } = actionOf(await fixture.state(id), 'Make', 'Make')!;
    const keys = openRunKeys(join(fixture.root, 'data'), { create: true });
    const credentials = keys.credentialsOf({ kind: 'artifacts', id: actionExecutionId });
    const { digest = '' } = inputArtifacts[0] ?? {};
    flipBit(digest);
    const response = await callObject(
      { url: worker.url, credentials },
      'GET',
      `/artifacts/shop/SourceOutp/${digest.slice(0, 7)}`,
    );
    expect([response.status, await response.text()]).toEqual([500, expect.stringContaining('SourceOutput')]);
    expect(fixture.log(await fixture.state(id), 'Make', 'Make')).toContain(
      'SourceOutput that Make/Make takes is damaged',
    );
    expect(existsSync(store().pathOf(digest))).toBe(false);
  });
});
