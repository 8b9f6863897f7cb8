import { readdirSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { engineFixture, pipelineOf, run } from '../electron/engine/testing/engineFixture.ts';

/*
 * `node --expose-gc scripts/crashSoak.ts [--runs N]`: one host runs a pipeline with two commands N times and counts, after a tenth
 * and at the end, what it holds: heap, open files, timers and other handles. Ends with 1 when files or handles grew at all, or
 * the heap by more than a kilobyte a run. It stands for a long uptime, which it does not replace.
 */
const { runs: text } = parseArgs({ options: { runs: { type: 'string', default: '300' } } }).values;
const runs = Number(text);
if (!Number.isInteger(runs) || runs < 20) {
  process.stderr.write('Usage: node --expose-gc scripts/crashSoak.ts [--runs N]   N is at least 20.\n');
  process.exit(2);
}
const collect = globalThis.gc;
if (!collect) {
  process.stderr.write('Start it with node --expose-gc: the heap is measured after a collection.\n');
  process.exit(2);
}

const fixture = engineFixture();
const pipeline = pipelineOf({ Build: [run('One', 'true'), run('Two', 'echo two')] }, { executionMode: 'QUEUED' });
const measure = async () => {
  for (let round = 0; round < 3; round += 1) {
    await new Promise((resolve) => setTimeout(resolve, 200));
    collect();
  }
  const handles = process.getActiveResourcesInfo();
  return {
    heap: process.memoryUsage().heapUsed,
    files: readdirSync('/proc/self/fd').length,
    timers: handles.filter((name) => name === 'Timeout').length,
    handles: handles.length,
  };
};
const repeat = async (count: number) => {
  for (let number = 0; number < count; number += 1) {
    const { status } = await fixture.run(pipeline);
    if (status !== 'Succeeded') throw new Error(`A run ended ${status}.`);
  }
};

const first = Math.ceil(runs / 10);
await repeat(first);
const before = await measure();
await repeat(runs - first);
const after = await measure();
await fixture.close();

const growth = (after.heap - before.heap) / (runs - first);
process.stdout.write(
  `${runs} runs: heap ${(before.heap / 1e6).toFixed(1)} -> ${(after.heap / 1e6).toFixed(1)} MB (${Math.round(growth)} bytes a run), ` +
    `open files ${before.files} -> ${after.files}, timers ${before.timers} -> ${after.timers}, handles ${before.handles} -> ${after.handles}\n`,
);
const hasGrown = after.files > before.files || after.handles > before.handles || growth > 1024;
process.exitCode = hasGrown ? 1 : 0;
