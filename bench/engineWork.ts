import { spawn } from 'node:child_process';
import { mkdtempSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { engineFixture, pipelineOf, run as runCommand } from '../electron/engine/testing/engineFixture.ts';

/*
 * What one process of the engine benchmark does: `node engineWork MODE COUNT`. MODE is sequence or parallel (the engine), loop or
 * loop-parallel (plain shells), or pipeline (prints a pipeline that tells when its first action starts). engine.ts bundles this
 * file as the product is bundled, so that no types are stripped while it is measured.
 */
const STAGE = 50;
const PARALLEL = 8;

export interface Measured {
  cpuMs: number;
  wallMs: number;
  peakMiB: number;
}

/** CPU milliseconds of this process and of its children that have ended; the system counts in ticks of 10 ms. */
function cpuMs(): number {
  const text = readFileSync('/proc/self/stat', 'latin1');
  const fields = text
    .slice(text.lastIndexOf(')') + 2)
    .split(' ')
    .map(Number);
  return fields.slice(11, 15).reduce((sum, ticks) => sum + ticks * 10, 0);
}

/** Largest resident memory of this program; what getrusage says includes the one that spawned it. */
function peakMiB(): number {
  return Number(/VmHWM:\s*(\d+)/.exec(readFileSync('/proc/self/status', 'latin1'))?.[1]) / 1024;
}

async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const cpu = cpuMs();
  const wall = performance.now();
  await work();
  return { cpuMs: cpuMs() - cpu, wallMs: performance.now() - wall, peakMiB: peakMiB() };
}

async function plainLoop(count: number, width: number): Promise<void> {
  let left = count;
  const lane = async () => {
    while (left > 0) {
      left -= 1;
      await new Promise((resolve, reject) => {
        spawn('sh', ['-c', 'true']).on('exit', resolve).on('error', reject);
      });
    }
  };
  await Promise.all(Array.from({ length: width }, lane));
}

/** Stages of fifty Commands actions that run `true`, one after another or as one group. */
function pipelineFor(count: number, isParallel: boolean) {
  const stages: Record<string, ReturnType<typeof runCommand>[]> = {};
  for (let index = 0; index < count; index++) {
    const stage = `Stage${Math.floor(index / STAGE)}`;
    stages[stage] ??= [];
    stages[stage].push(runCommand(`Action${index}`, 'true', isParallel ? {} : { runOrder: (index % STAGE) + 1 }));
  }
  return pipelineOf(stages);
}

async function runPipeline(count: number, isParallel: boolean): Promise<Measured> {
  // What it leaves is removed after all measurements: files made soon after others were removed cost more.
  const fixture = engineFixture({ slots: () => PARALLEL, root: mkdtempSync(join(process.cwd(), 'run-')) });
  const measured = await measure(async () => {
    const state = await fixture.run(pipelineFor(count, isParallel));
    if (state.status !== 'Succeeded') throw new Error(`The pipeline ended ${state.status}.`);
  });
  await fixture.close();
  return measured;
}

const [mode, count = ''] = process.argv.slice(2);
const works: Record<string, () => Promise<unknown>> = {
  sequence: () => runPipeline(Number(count), false),
  parallel: () => runPipeline(Number(count), true),
  loop: () => measure(() => plainLoop(Number(count), 1)),
  'loop-parallel': () => measure(() => plainLoop(Number(count), PARALLEL)),
  // The first command copies what the system says of its parent, which is the engine's process.
  pipeline: async () => ({
    pipeline: pipelineOf({
      Build: [runCommand('First', `cat /proc/$PPID/stat > ${count}`)],
      Deploy: [runCommand('Last', 'true')],
    }),
  }),
};
process.stdout.write(JSON.stringify(await works[mode ?? '']?.()));
