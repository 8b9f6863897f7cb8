import { spawn } from 'node:child_process';
import { mkdtempSync } from 'node:fs';
import { join } from 'node:path';
import { engineFixture, pipelineOf, run as runCommand } from '../electron/engine/testing/engineFixture.ts';
import type { Measured } from './bundleWork.ts';
import { measure } from './measureWork.ts';

/*
 * What one process of the engine benchmark does: `node engineWork MODE COUNT`. MODE is sequence, tens, parallel or wide (the
 * engine: one action at a time in stages of fifty or of ten, eight at once, all of a stage of a hundred at once), loop,
 * loop-parallel or loop-wide (as many plain shells), or pipeline (prints a pipeline that tells when its first action starts).
 */
const PARALLEL = 8;

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

interface Shape {
  /** Actions of one stage. */
  stage: number;
  /** Actions that may work at once. */
  slots: number;
  /** All actions of a stage are one group, or each waits for the one before. */
  isGroup: boolean;
}

/** Stages of Commands actions that run `true`. */
function pipelineFor(count: number, { stage, isGroup }: Shape) {
  const stages: Record<string, ReturnType<typeof runCommand>[]> = {};
  for (let index = 0; index < count; index++) {
    const name = `Stage${Math.floor(index / stage)}`;
    stages[name] ??= [];
    stages[name].push(runCommand(`Action${index}`, 'true', isGroup ? {} : { runOrder: (index % stage) + 1 }));
  }
  return pipelineOf(stages);
}

async function runPipeline(count: number, shape: Shape): Promise<Measured> {
  // What it leaves is removed after all measurements: files made soon after others were removed cost more.
  const fixture = engineFixture({ slots: () => shape.slots, root: mkdtempSync(join(process.cwd(), 'run-')) });
  const measured = await measure(async () => {
    const state = await fixture.run(pipelineFor(count, shape));
    if (state.status !== 'Succeeded') throw new Error(`The pipeline ended ${state.status}.`);
  });
  await fixture.close();
  return measured;
}

const [mode, count = ''] = process.argv.slice(2);
const works: Record<string, () => Promise<unknown>> = {
  sequence: () => runPipeline(Number(count), { stage: 50, slots: PARALLEL, isGroup: false }),
  tens: () => runPipeline(Number(count), { stage: 10, slots: PARALLEL, isGroup: false }),
  parallel: () => runPipeline(Number(count), { stage: 50, slots: PARALLEL, isGroup: true }),
  wide: () => runPipeline(Number(count), { stage: 100, slots: 100, isGroup: true }),
  loop: () => measure(() => plainLoop(Number(count), 1)),
  'loop-parallel': () => measure(() => plainLoop(Number(count), PARALLEL)),
  'loop-wide': () => measure(() => plainLoop(Number(count), 100)),
  // The first command copies what the system says of its parent, which is the engine's process.
  pipeline: async () => ({
    pipeline: pipelineOf({
      Build: [runCommand('First', `cat /proc/$PPID/stat > ${count}`)],
      Deploy: [runCommand('Last', 'true')],
    }),
  }),
};
process.stdout.write(JSON.stringify(await works[mode ?? '']?.()));
