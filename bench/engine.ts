import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { root } from '../scripts/root.ts';
import { bundleWork, type Measured, runNode } from './bundleWork.ts';

/*
 * What the engine costs for each action, against a loop of plain `spawn('sh', ['-c', 'true'])`. Every figure is the least of some
 * trials, each in a fresh process, the loop's right before the engine's: what else a machine does only ever adds. CPU is that of the process and of the shells it waited for, from /proc: Linux.
 */
const ROWS = [
  ...[1, 10, 100, 500, 1000].map((actions) => ({ mode: 'sequence', loop: 'loop', actions })),
  { mode: 'tens', loop: 'loop', actions: 500 },
  ...[1, 10, 100, 500].map((actions) => ({ mode: 'parallel', loop: 'loop-parallel', actions })),
  { mode: 'wide', loop: 'loop-wide', actions: 100 },
];
const TRIALS = 5;

/**
 * CPU seconds of `penstock run` from its start to the first command of its first action. The built program if there is one,
 * else the sources, whose types are stripped at every start.
 */
function startUp(work: string, folder: string): { program: string; cpuSeconds: number } {
  const built = join(root, 'out/main/penstock.js');
  const program = existsSync(built) ? built : join(root, 'electron/penstock.ts');
  const seen = join(folder, 'stat');
  mkdirSync(join(folder, 'source'));
  writeFileSync(join(folder, 'source', 'hello.txt'), 'hello\n');
  writeFileSync(join(folder, 'bench.pipeline.json'), runNode([work, 'pipeline', seen], folder));
  const bind = ['--trust', '--bind', 'Source/Files=source', '--data-dir', 'data'];
  let ticks = Number.POSITIVE_INFINITY;
  for (let trial = 0; trial < TRIALS; trial++) {
    runNode([program, 'run', 'bench.pipeline.json', ...bind], folder);
    const text = readFileSync(seen, 'latin1');
    const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
    ticks = Math.min(ticks, Number(fields[11]) + Number(fields[12]));
  }
  return { program: program === built ? 'built' : 'from sources', cpuSeconds: ticks / 100 };
}

function measureRow(work: string, folder: string, { mode, loop: plain, actions }: (typeof ROWS)[number]) {
  const measured = (name: string) => JSON.parse(runNode([work, name, String(actions)], folder)) as Measured;
  const loops: Measured[] = [];
  const engines: Measured[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    loops.push(measured(plain));
    engines.push(measured(mode));
  }
  const loop = least(loops);
  const engine = { ...least(engines), peakMiB: Math.max(...engines.map(({ peakMiB }) => peakMiB)) };
  return {
    mode,
    actions,
    engineCpuMs: engine.cpuMs / actions,
    loopCpuMs: loop.cpuMs / actions,
    engineOwnCpuMs: engine.ownCpuMs / actions,
    loopOwnCpuMs: loop.ownCpuMs / actions,
    // A single shell takes less than the system's tick.
    ratio: engine.cpuMs / Math.max(loop.cpuMs, 10),
    engineWallMs: engine.wallMs / actions,
    loopWallMs: loop.wallMs / actions,
    totalCpuSeconds: engine.cpuMs / 1000,
    peakMiB: engine.peakMiB,
  };
}

const least = (trials: readonly Measured[]): Measured =>
  trials.reduce((best, trial) => (trial.cpuMs < best.cpuMs ? trial : best));

export async function run({ json }: { json: boolean }): Promise<void> {
  if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, which only Linux has.');
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  try {
    const work = await bundleWork('engineWork', folder);
    const rows = ROWS.map((row) => measureRow(work, folder, row));
    const start = startUp(work, folder);
    process.stdout.write(json ? `${JSON.stringify({ benchmark: 'engine', rows, start })}\n` : tableOf(rows, start));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tableOf(rows: readonly ReturnType<typeof measureRow>[], start: ReturnType<typeof startUp>): string {
  const line = (cells: readonly (string | number)[]) =>
    cells.map((cell, index) => (index === 0 ? String(cell).padEnd(9) : String(cell).padStart(8))).join(' ');
  return [
    line(['', 'actions', 'CPU ms', 'loop', 'ratio', 'own ms', 'loop', 'wall ms', 'loop', 'CPU s', 'MiB']),
    ...rows.map((row) =>
      line([
        row.mode,
        row.actions,
        row.engineCpuMs.toFixed(2),
        row.loopCpuMs.toFixed(2),
        row.ratio.toFixed(2),
        row.engineOwnCpuMs.toFixed(2),
        row.loopOwnCpuMs.toFixed(2),
        row.engineWallMs.toFixed(2),
        row.loopWallMs.toFixed(2),
        row.totalCpuSeconds.toFixed(2),
        row.peakMiB.toFixed(0),
      ]),
    ),
    '',
    `Milliseconds are per action: CPU with that of the shells, own without. CPU s is the whole run, MiB its peak memory. "loop" spawns as many plain shells. Least of ${TRIALS}.`,
    'sequence: stages of 50, one action after another. tens: stages of 10. parallel: stages of 50, 8 at once. wide: a stage of 100, all at once.',
    `From the start of \`penstock run\` (${start.program}) to its first command: ${start.cpuSeconds.toFixed(2)} s CPU.`,
    '',
  ].join('\n');
}
