import { mkdirSync, mkdtempSync, rmSync, utimesSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWork, type Measured, runNode } from './bundleWork.ts';

/*
 * How long the history takes: until a host that starts shows the first page of ten thousand executions (with its index, after some
 * journals changed, without an index), and until an execution with a hundred thousand events is replayed. Every figure is the
 * least of some trials, each in a fresh process. Journals are in the system's cache, as they are for who looks twice.
 */
const TRIALS = 5;
const EXECUTIONS = 10_000;
const EVENTS = 100_000;
const CHANGED = 100;

interface Row extends Measured {
  measure: string;
  aimMs: number | null;
}

export async function run({ json }: { json: boolean }): Promise<void> {
  if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, which only Linux has.');
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  try {
    const work = await bundleWork('historyWork', folder);
    const many = join(folder, 'many');
    const long = join(folder, 'long');
    const node = (mode: string, data: string, count: number) => runNode([work, mode, data, String(count)], folder);
    const rowOf = (measure: string, aimMs: number | null, once: () => string): Row => {
      const trials = Array.from({ length: TRIALS }, () => JSON.parse(once()) as Measured);
      const best = trials.reduce((least, trial) => (trial.wallMs < least.wallMs ? trial : least));
      return { measure, aimMs, ...best };
    };
    mkdirSync(many);
    mkdirSync(long);
    node('write', many, EXECUTIONS);
    node('long', long, EVENTS);
    const list = () => node('list', many, EXECUTIONS);
    const rows = [
      rowOf('index made from the journals', null, () => {
        for (const file of ['index.sqlite', 'index.sqlite-wal', 'index.sqlite-shm']) {
          rmSync(join(many, file), { force: true });
        }
        return list();
      }),
      rowOf('start to the list', 300, list),
      rowOf(`the same, ${CHANGED} journals changed`, null, () => {
        for (let index = 0; index < CHANGED; index++) touch(many, index);
        return list();
      }),
      rowOf('replay of 100,000 events', 200, () => node('replay', long, EVENTS)),
      rowOf('the same, read from its journal', null, () => node('read', long, EVENTS)),
    ];
    process.stdout.write(json ? `${JSON.stringify({ benchmark: 'history', rows })}\n` : tableOf(rows));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Another time on the journal: the index has to look at it again. */
function touch(dataDirectory: string, index: number): void {
  const id = `00000000-0000-4000-8000-${String(index).padStart(12, '0')}`;
  const now = new Date();
  utimesSync(join(dataDirectory, 'executions', id, 'journal.jsonl'), now, now);
}

function tableOf(rows: readonly Row[]): string {
  const line = (name: string, cells: readonly string[]) =>
    `${name.padEnd(36)}${cells.map((cell) => cell.padStart(10)).join('')}`;
  return [
    line(`${EXECUTIONS.toLocaleString('en')} executions`, ['wall ms', 'CPU ms', 'aim ms', 'MiB']),
    ...rows.map(({ measure, wallMs, ownCpuMs, aimMs, peakMiB }) =>
      line(measure, [wallMs.toFixed(0), ownCpuMs.toFixed(0), aimMs === null ? '' : `≤ ${aimMs}`, peakMiB.toFixed(0)]),
    ),
    '',
    `Least of ${TRIALS}, each in a fresh process, without the start of Node itself.`,
    '',
  ].join('\n');
}
