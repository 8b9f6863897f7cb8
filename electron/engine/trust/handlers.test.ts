import { mkdtempSync, realpathSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { lambdaAction, workerAction } from '../../endpoint/testing/endpointFixture.ts';
import { pipelineOf } from '../testing/engineFixture.ts';
import { createTrust } from './createTrust.ts';

let folder: string;
beforeEach(() => {
  folder = realpathSync(mkdtempSync(join(tmpdir(), 'penstock-handlers-')));
  writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => {};');
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const trust = () => createTrust({ dataDirectory: join(folder, 'data') });
const request = (binding: object = {}) => ({
  declaration: pipelineOf({ Check: [lambdaAction('Call')] }),
  bindings: { 'Check/Call': { kind: 'handler' as const, path: 'index.mjs', ...binding } },
  variables: {},
  documentPath: join(folder, 'shop.pipeline.json'),
  folder,
});
const describeRun = (asked = request()) => trust().describe(asked, folder);

describe('the consent to a bound Lambda handler', () => {
  it('shows its file, whole, and the variables that it is given', async () => {
    const { commands, trusted } = await describeRun(request({ environment: { NODE_OPTIONS: '--import=./x.mjs' } }));
    expect(trusted).toBe(false);
    expect(commands).toEqual([
      { where: `Check/Call: handler ${join(folder, 'index.mjs')}`, text: 'export const handler = () => {};' },
      { where: 'Check/Call: environment', text: 'NODE_OPTIONS=--import=./x.mjs' },
    ]);
  });

  it('is asked for again when the file has changed, or another function of it is called', async () => {
    const asked = trust();
    await asked.agree(folder, (await asked.describe(request(), folder)).hash);
    expect((await describeRun()).trusted, 'the control').toBe(true);
    expect((await describeRun(request({ handler: 'other' }))).trusted).toBe(false);
    writeFileSync(join(folder, 'index.mjs'), 'export const handler = () => process.exit();');
    expect(await describeRun()).toMatchObject({ trusted: false, changed: true });
  });

  it('says so when the file cannot be shown', async () => {
    const { commands } = await describeRun(request({ path: 'missing.mjs' }));
    expect(commands[0]?.text).toContain('whatever it says when the run gets there');
  });

  it('is not needed for an action that waits for a job worker: nothing of it runs here', async () => {
    const declaration = pipelineOf({ Make: [workerAction('Make')] });
    const asked = { ...request(), declaration, bindings: { 'Make/Make': { kind: 'jobWorker' as const } } };
    expect(await trust().describe(asked, folder)).toMatchObject({ commands: [], trusted: true });
  });
});
