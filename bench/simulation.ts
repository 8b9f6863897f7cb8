import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWork, type Measured, runNode } from './bundleWork.ts';

/*
 * How long the decisions of a simulated year of 10,000 executions take, in each mode, with failures and retries: 20 events for each
 * execution, all decided and evolved, nothing written. Every figure is the least of some trials, each in a fresh process.
 */
const TRIALS = 5;
const EXECUTIONS = 10_000;
const AIM_MS = 1000;

export async function run({ json }: { json: boolean }): Promise<void> {
  if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, which only Linux has.');
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  try {
    const work = await bundleWork('simulationWork', folder);
    const rows = ['SUPERSEDED', 'QUEUED', 'PARALLEL'].map((mode) => {
      const once = () => JSON.parse(runNode([work, String(EXECUTIONS), mode], folder)) as Measured;
      const trials = Array.from({ length: TRIALS }, once);
      return { mode, ...trials.reduce((least, trial) => (trial.wallMs < least.wallMs ? trial : least)) };
    });
    process.stdout.write(json ? `${JSON.stringify({ benchmark: 'simulation', rows })}\n` : tableOf(rows));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function tableOf(rows: readonly ({ mode: string } & Measured)[]): string {
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(24)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  return [
    line(`${EXECUTIONS.toLocaleString('en')} executions`, ['wall ms', 'CPU ms', 'aim ms', 'MiB']),
    ...rows.map(({ mode, wallMs, ownCpuMs, peakMiB }) =>
      line(mode, [wallMs.toFixed(0), ownCpuMs.toFixed(0), `≤ ${AIM_MS}`, peakMiB.toFixed(0)]),
    ),
    '',
    `Least of ${TRIALS}, each in a fresh process, without the start of Node itself.`,
    '',
  ].join('\n');
}
