import { spawnSync } from 'node:child_process';
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { build } from 'vite';
import { root } from '../scripts/root.ts';
import type { Measured } from './engineWork.ts';

/*
 * What the engine costs for each action, against a loop of plain `spawn('sh', ['-c', 'true'])`. Every figure is the least of some
 * trials, each in a fresh process, the loop's right before the engine's: what else a machine does only ever adds. CPU is that of the process and of the shells it waited for, from /proc: Linux.
 */
const SIZES = [1, 10, 100, 500];
const TRIALS = 5;

/** The benchmark's process as one file beside a link to node_modules. Answers its path. */
async function bundle(folder: string): Promise<string> {
  await build({
    root,
    configFile: false,
    logLevel: 'error',
    build: {
      ssr: join(root, 'bench/engineWork.ts'),
      outDir: join(folder, 'bundle'),
      emptyOutDir: true,
      target: 'node22',
      rolldownOptions: { output: { entryFileNames: 'engineWork.mjs' } },
    },
    ssr: { noExternal: true },
  });
  return join(folder, 'bundle/engineWork.mjs');
}

function runNode(args: readonly string[], cwd: string): string {
  const flags = ['--disable-warning=ExperimentalWarning', ...args];
  const { stdout, stderr, status } = spawnSync(process.execPath, flags, { cwd, encoding: 'utf8' });
  if (status !== 0) throw new Error(stderr);
  return stdout;
}

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

function measureRow(work: string, folder: string, mode: 'sequence' | 'parallel', actions: number) {
  const measured = (name: string) => JSON.parse(runNode([work, name, String(actions)], folder)) as Measured;
  const loops: Measured[] = [];
  const engines: Measured[] = [];
  for (let trial = 0; trial < TRIALS; trial++) {
    loops.push(measured(mode === 'sequence' ? 'loop' : 'loop-parallel'));
    engines.push(measured(mode));
  }
  const loop = least(loops);
  const engine = { ...least(engines), peakMiB: Math.max(...engines.map(({ peakMiB }) => peakMiB)) };
  return {
    mode,
    actions,
    engineCpuMs: engine.cpuMs / actions,
    loopCpuMs: loop.cpuMs / actions,
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
    const work = await bundle(folder);
    const rows = (['sequence', 'parallel'] as const).flatMap((mode) =>
      SIZES.map((actions) => measureRow(work, folder, mode, actions)),
    );
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
    line(['', 'actions', 'CPU ms', 'loop', 'ratio', 'wall ms', 'loop', 'CPU s', 'MiB']),
    ...rows.map((row) =>
      line([
        row.mode,
        row.actions,
        row.engineCpuMs.toFixed(2),
        row.loopCpuMs.toFixed(2),
        row.ratio.toFixed(2),
        row.engineWallMs.toFixed(2),
        row.loopWallMs.toFixed(2),
        row.totalCpuSeconds.toFixed(2),
        row.peakMiB.toFixed(0),
      ]),
    ),
    '',
    `CPU ms and wall ms are per action, CPU s is the whole run, MiB its peak memory. "loop" spawns as many plain shells. Least of ${TRIALS}.`,
    `From the start of \`penstock run\` (${start.program}) to its first command: ${start.cpuSeconds.toFixed(2)} s CPU.`,
    '',
  ].join('\n');
}
