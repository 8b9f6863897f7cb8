import { readFileSync } from 'node:fs';
import type { Measured } from './bundleWork.ts';

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

/** Runs `work` once and answers what it took. Linux. */
export async function measure(work: () => Promise<unknown>): Promise<Measured> {
  const cpu = cpuMs();
  const own = process.cpuUsage();
  const wall = performance.now();
  await work();
  const wallMs = performance.now() - wall;
  const { user, system } = process.cpuUsage(own);
  return { cpuMs: cpuMs() - cpu, ownCpuMs: (user + system) / 1000, wallMs, peakMiB: peakMiB() };
}
