import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { bundleWork, type Measured, runNode } from './bundleWork.ts';

/*
 * An action that prints a gigabyte, from its shell to the finished log: how fast, and how much memory the engine's process
 * takes. The aims: 200 MB/s to the disk, 50 MB/s with 100 secrets masked, less than 300 MB.
 */
const MEGABYTES = 1000;

export async function run({ json }: { json: boolean }): Promise<void> {
  if (process.platform !== 'linux') throw new Error('This benchmark reads /proc, which only Linux has.');
  const folder = mkdtempSync(join(tmpdir(), 'penstock-bench-'));
  try {
    const work = await bundleWork('outputWork', folder);
    const rows = [0, 1, 100].map((secrets) => {
      const measured = JSON.parse(runNode([work, String(MEGABYTES), String(secrets)], folder)) as Measured;
      return {
        secrets,
        MB: MEGABYTES,
        'MB per second': Math.round(MEGABYTES / (measured.wallMs / 1000)),
        'MB per CPU second of the engine': Math.round(MEGABYTES / (measured.ownCpuMs / 1000)),
        'peak memory, MiB': Math.round(measured.peakMiB),
      };
    });
    if (json) console.log(JSON.stringify(rows));
    else console.table(rows);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
