import { appendFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { approve, engineFixture, pipelineOf, run } from '../electron/engine/testing/engineFixture.ts';

/*
 * The host that crash trials kill: `node crashHost.ts ROOT start|resume`. It runs one pipeline below ROOT, or takes over what a
 * killed one left, and ends when nothing is left to do. Every event that the history tells of, and so has on disk, is noted
 * in ROOT/acknowledged; every command notes itself in ROOT/evidence.
 */
const [root = '', mode] = process.argv.slice(2);

const command = (name: string, seconds: string, extra = {}) =>
  run(name, [`echo "${name} $PENSTOCK_COOKIE" >>${root}/evidence`, `sleep ${seconds}`], extra);

const pipeline = pipelineOf({
  Build: [command('Lint', '0.02'), command('Compile', '0.05'), command('Package', '0.01', { runOrder: 2 })],
  Release: [approve('Ok'), command('Announce', '0.01', { runOrder: 2 })],
  Deploy: [command('Upload', '0.03'), command('Check', '0', { runOrder: 2 })],
});

const fixture = engineFixture({ root });
fixture.history.subscribe((id, events) => {
  for (const event of events) {
    appendFileSync(join(root, 'acknowledged'), `${id} ${event.seq} ${event.type}\n`);
    if (event.type === 'ApprovalRequested') answer(id, event.token);
  }
});
/** A person's answer, as it may come at any time. */
function answer(pipelineExecutionId: string, token: string): void {
  const place = { pipelineExecutionId, stageName: 'Release', actionName: 'Ok' };
  setTimeout(() => {
    void fixture.engine.handlers
      .putApprovalResult({ ...place, token, status: 'Approved', summary: '' })
      .catch((error: unknown) => console.error(error));
  }, 10);
}

const ended = new Promise<void>((resolve) => {
  fixture.history.subscribe((_, events) => {
    if (events.some(({ type }) => type === 'ExecutionFinished')) resolve();
  });
});
if (mode === 'start') {
  writeFileSync(join(root, 'ready'), '');
  await fixture.start(pipeline);
  await ended;
} else {
  const unfinished = await fixture.history.unfinished();
  await fixture.engine.resume();
  for (const id of unfinished) {
    const asked = (await fixture.history.events(id)).findLast((event) => event.type === 'ApprovalRequested');
    const isAnswered = (await fixture.history.events(id)).some((event) => event.type === 'ApprovalAnswered');
    if (asked && !isAnswered) answer(id, asked.token);
  }
  if (unfinished.length > 0) await ended;
}
await fixture.engine.idle();
await fixture.close();
