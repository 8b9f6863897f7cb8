import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest';
import { workerAction } from '../endpoint/testing/endpointFixture.ts';
import { pipelineOf } from '../engine/testing/engineFixture.ts';
import { type CliScene, cliScene } from './testing/cliScene.ts';

let scene: CliScene;
beforeEach(() => {
  scene = cliScene();
  scene.save(pipelineOf({ Make: [workerAction('Make', { outputArtifacts: [] })] }));
});
afterEach(() => scene.remove());

const start = (command: string) =>
  scene.penstock(
    'run',
    'shop.pipeline.json',
    '--trust',
    '--bind',
    'Source/Files=source',
    '--bind',
    `Make/Make=${command}`,
  );

/** An ordinary worker of its action type, as it would run against AWS. It polls until it is ended. */
const worker = `import { appendFileSync } from 'node:fs';
import { AcknowledgeJobCommand, CodePipelineClient, PollForJobsCommand, PutJobSuccessResultCommand } from ${JSON.stringify(import.meta.resolve('@aws-sdk/client-codepipeline'))};
process.on('SIGTERM', () => { appendFileSync(process.argv[2], 'ended\\n'); process.exit(0); });
console.log('profile: ' + process.env.AWS_PROFILE);
const client = new CodePipelineClient({});
const actionTypeId = { category: 'Build', owner: 'Custom', provider: 'Forge', version: '1' };
for (;;) {
  const { jobs = [] } = await client.send(new PollForJobsCommand({ actionTypeId }));
  for (const { id, nonce } of jobs) {
    await client.send(new AcknowledgeJobCommand({ jobId: id, nonce }));
    await client.send(new PutJobSuccessResultCommand({ jobId: id, executionDetails: { summary: 'Forged.' } }));
    appendFileSync(process.argv[2], 'worked\\n');
  }
  await new Promise((resolve) => setTimeout(resolve, 20));
}
`;

describe('a job worker bound on the command line', () => {
  it('is started when the run comes to its action, does its job, and is ended with the run', async () => {
    scene.write('worker.mjs', worker);
    expect(await start(`${process.execPath} worker.mjs ${join(scene.folder, 'log')}`)).toBe(0);
    expect(scene.lines('log')).toEqual(['worked', 'ended']);
    expect(scene.err).toContain('Make/Make: starting its worker:');
    expect(scene.err, 'its output is shown, and it knows nothing of the user’s AWS').toContain(
      'Make/Make | profile: undefined',
    );
  });

  it('that ends without a result stops the run, which nobody else would bring to an end', async () => {
    expect(await start('echo oops; exit 7')).toBe(3);
    expect(scene.err).toContain('Make/Make | oops');
    expect(scene.err).toContain('its worker ended (exit code 7), and the action still waits for one');
  });

  it('that is not named leaves the action waiting for one that somebody starts', async () => {
    const code = start('');
    await vi.waitFor(() => expect(scene.err).toContain('Make/Make'), { timeout: 10_000 });
    scene.interrupt();
    scene.interrupt();
    expect(await code).toBe(3);
    expect(scene.err).not.toContain('starting its worker');
  });
});
