import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CrashCounts, judgeTrial, noCounts } from './crashJudge.ts';
import { scenarios } from './crashScenarios.ts';
import { root as project } from './root.ts';

/** A row of the table: trials of one kind. */
export interface CrashRow extends CrashCounts {
  name: string;
}

export interface CrashReport {
  seed: number;
  rows: CrashRow[];
  /** What was wrong, a sentence each. */
  faults: string[];
  /** What was not tried, and why. */
  skipped: string[];
}

/** Longest time from a host's start to its end before it counts as hung. */
const PATIENCE_MS = 60_000;
/** Of runs that are killed at a random time, this part loses the second host too. */
const TWICE = 0.3;
const STRACE = 'strace';
/** No run of the scenario that is traced comes near so many calls of a kind. */
const MOST_CALLS = 300;

/**
 * What strace does to a host: at the Nth such call it dies, or is told that the disk is full. The number counts for each thread,
 * so the host gets one thread for its files; a call from JavaScript's own thread at the same number is another moment.
 */
const TRACED = {
  'at each sync of a record': { calls: 'fdatasync', fault: 'signal=SIGKILL' },
  'at each sync of a file or folder': { calls: 'fsync', fault: 'signal=SIGKILL' },
  'at each rename': { calls: 'rename,renameat,renameat2', fault: 'signal=SIGKILL' },
  'disk full at each write of a record': { calls: 'pwrite64', fault: 'error=ENOSPC' },
} as const;

/**
 * Brings scenarios about in hosts of their own and kills those with SIGKILL, `count` times at random instants; then starts the
 * next host on the same data and looks at what came of it. The same seed draws the same instants, as shares of a run's length.
 * @param options `traced`: kill at every single sync and rename as well (takes strace, and minutes). `lanes`: trials that go
 * on at the same time.
 */
export async function crashTrials(
  count: number,
  seed: number,
  options: { traced?: boolean; lanes?: number } = {},
): Promise<CrashReport> {
  const report: CrashReport = { seed, rows: [], faults: [], skipped: [] };
  const { lanes = 2 } = options;
  const inLanes = (lane: () => Promise<void>) => Promise.all(Array.from({ length: lanes }, lane));
  const row = (name: string): CrashRow => {
    const made = { name, ...noCounts() };
    report.rows.push(made);
    return made;
  };
  if (options.traced && !canTrace()) {
    report.skipped.push('Every sync and rename: strace is not here, or may not trace (apt-get install strace).');
  } else if (options.traced) {
    for (const [name, { calls, fault }] of Object.entries(TRACED)) {
      const counts = row(`three stages, ${name}`);
      let number = 0;
      let isEnd = false;
      await inLanes(async () => {
        while (!isEnd && number < MOST_CALLS) {
          number += 1;
          const isHit = await traced(`${calls}:${fault}:when=${number}`, fault, counts, report);
          if (!isHit) isEnd = true;
        }
      });
    }
  }
  const names = Object.keys(scenarios);
  const rows = names.slice(0, count).map((name) => row(`${name}, at random times`));
  const lengths = new Map<string, Promise<number>>();
  let next = 0;
  await inLanes(async () => {
    while (next < count) {
      const number = next++;
      const name = names[number % names.length]!;
      const length = lengths.get(name) ?? wholeRun(name);
      lengths.set(name, length);
      await atRandom(name, mulberry32(seed + number), await length, rows[number % names.length]!, report);
    }
  });
  return report;
}

/** Runs in a folder of its own. */
async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-crash-'));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
}

/** Tries instants until one comes before the end of the run. */
async function atRandom(
  name: string,
  random: () => number,
  runMs: number,
  counts: CrashCounts,
  report: CrashReport,
): Promise<void> {
  for (let share = 1; ; share *= 0.8) {
    const wasInTime = await inFolder(async (folder) => {
      const instant = random() * runMs * share;
      if (!(await killAfter(startHost(folder, 'start', name), join(folder, 'ready'), instant))) return false;
      counts.killed += 1;
      if (random() < TWICE && (await killAfter(startHost(folder, 'resume', name), undefined, random() * runMs * 2))) {
        counts.killed += 1;
      }
      await conclude(folder, name, await endOf(startHost(folder, 'resume', name)), counts, report);
      return true;
    });
    if (wasInTime) return;
  }
}

/** False when the run had fewer such calls. */
function traced(inject: string, fault: string, counts: CrashCounts, report: CrashReport): Promise<boolean> {
  return inFolder(async (folder) => {
    const log = join(folder, 'strace');
    // Only the host itself: what it starts is let go at its execve.
    const flags = [
      '-f',
      '-b',
      'execve',
      '-qq',
      '-o',
      log,
      '-e',
      `trace=${inject.split(':')[0]}`,
      '-e',
      `inject=${inject}`,
    ];
    const strace = startHost(folder, 'start', 'stages', [STRACE, ...flags]);
    let code = await endOf(strace);
    const isKill = fault.startsWith('signal');
    if (isKill && code === 0) return false;
    if (!isKill && spawnSync('grep', ['-q', 'INJECTED', log]).status !== 0) return false;
    if (isKill) counts.killed += 1;
    // With a full disk a host may refuse to begin at all; once there is room the next one does.
    if (isKill || code !== 0) code = await endOf(startHost(folder, 'resume', 'stages'));
    await conclude(folder, 'stages', code, counts, report, inject);
    return true;
  });
}

const canTrace = (): boolean =>
  spawnSync(STRACE, ['-f', '-b', 'execve', '-qq', '-o', '/dev/null', 'true'], { stdio: 'ignore' }).status === 0;

async function conclude(
  folder: string,
  name: string,
  code: number | 'hung',
  counts: CrashCounts,
  report: CrashReport,
  how = 'at a random time',
): Promise<void> {
  counts.tried += 1;
  const faults = await judgeTrial(folder, code, scenarios[name]!, counts);
  report.faults.push(...faults.map((what) => `${name}, ${how}: ${what}`));
}

function startHost(folder: string, phase: 'start' | 'resume', name: string, around: string[] = []): ChildProcess {
  const quiet = ['ExperimentalWarning', 'history.index-unusable'].map((warning) => `--disable-warning=${warning}`);
  const flags = [...quiet, join(project, 'scripts/crashHost.ts'), folder, phase, name];
  const [program = '', ...args] = [...around, process.execPath, ...flags];
  const env = around.length > 0 ? { ...process.env, UV_THREADPOOL_SIZE: '1' } : process.env;
  // What a host says of the fault that was made for it is no news.
  return spawn(program, args, { stdio: ['ignore', 'ignore', around.length > 0 ? 'ignore' : 'inherit'], env });
}

/** Milliseconds from a host's readiness to its end, undisturbed. */
function wholeRun(name: string): Promise<number> {
  return inFolder(async (folder) => {
    const host = startHost(folder, 'start', name);
    await appears(join(folder, 'ready'));
    const began = performance.now();
    if ((await endOf(host)) !== 0) throw new Error(`The scenario ${name} does not even run undisturbed.`);
    return performance.now() - began;
  });
}

/** Kills the host so long after `sign` appeared. False when it had ended before. */
async function killAfter(host: ChildProcess, sign: string | undefined, milliseconds: number): Promise<boolean> {
  const gone = once(host, 'exit');
  if (sign) await appears(sign);
  await new Promise((resolve) => setTimeout(resolve, milliseconds));
  const isAlive = host.exitCode === null && host.signalCode === null;
  host.kill('SIGKILL');
  await gone;
  return isAlive;
}

async function appears(path: string): Promise<void> {
  const watcher = watch(join(path, '..'));
  try {
    while (!existsSync(path)) await once(watcher, 'change');
  } finally {
    watcher.close();
  }
}

async function endOf(host: ChildProcess): Promise<number | 'hung'> {
  let isHung = false;
  const patience = setTimeout(() => {
    isHung = true;
    host.kill('SIGKILL');
  }, PATIENCE_MS);
  const [code] = (await once(host, 'exit')) as [number | null];
  clearTimeout(patience);
  return isHung ? 'hung' : (code ?? 137);
}

/** A small generator of numbers from 0 to 1 that a seed determines. */
function mulberry32(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}
