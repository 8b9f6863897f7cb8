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
/** No run of the scenario that is followed call by call comes near so many of a kind. */
const MOST_CALLS = 300;

/** Every single one of these is tried: the host kills itself just before its Nth call (crashHook.ts). */
const EXACT = {
  'at each sync of a record': 'datasync',
  'at each sync of a file or folder': 'sync',
  'at each rename': 'rename',
} as const;

/**
 * What strace makes of the Nth such call. The number counts for each thread: SQLite works on JavaScript's own, so all syncs of
 * the index are tried; for the writes the host gets one thread for its files, and one from JavaScript's own thread at the same
 * number is another moment.
 */
const TRACED = {
  'at each sync of the index': { inject: 'fsync,fdatasync:signal=SIGKILL', files: ['', '-journal', '-wal'] },
  'disk full at each write of a record': { inject: 'pwrite64:error=ENOSPC', files: [] },
} as const;

/**
 * Brings scenarios about in hosts of their own and kills those with SIGKILL, `count` times at random instants; then starts the
 * next host on the same data and looks at what came of it. The same seed draws the same instants, as shares of a run's length.
 * @param options `exact`: kill at every single sync and rename as well, and let each write fail (takes minutes, and strace for
 * the writes). `lanes`: trials that go on at the same time. `onTried`: told after each trial.
 */
export async function crashTrials(
  count: number,
  seed: number,
  options: { exact?: boolean; lanes?: number; onTried?: (row: CrashRow) => void } = {},
): Promise<CrashReport> {
  const report: CrashReport = { seed, rows: [], faults: [], skipped: [] };
  const { lanes = 2, onTried = () => undefined } = options;
  const inLanes = (lane: () => Promise<void>) => Promise.all(Array.from({ length: lanes }, lane));
  const row = (name: string): CrashRow => {
    const made = { name, ...noCounts() };
    report.rows.push(made);
    return made;
  };
  /** One call after another, until the run has no such call any more. */
  const atEach = async (name: string, attempt: (number: number, counts: CrashRow) => Promise<boolean>) => {
    const counts = row(`three stages, ${name}`);
    let number = 0;
    let isEnd = false;
    await inLanes(async () => {
      while (!isEnd && number < MOST_CALLS) {
        number += 1;
        if (!(await attempt(number, counts))) isEnd = true;
        else onTried(counts);
      }
    });
  };
  if (options.exact) {
    for (const [name, kind] of Object.entries(EXACT)) {
      await atEach(name, (number, counts) => killedAt(`${kind} ${number}`, counts, report));
    }
    if (canTrace()) {
      for (const [name, { inject, files }] of Object.entries(TRACED)) {
        await atEach(name, (number, counts) => traced(`${inject}:when=${number}`, files, counts, report));
      }
    } else {
      report.skipped.push(
        'The syncs of the index, and a full disk: strace is not here, or may not trace (apt-get install strace).',
      );
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
      const counts = rows[number % names.length]!;
      await atRandom(name, mulberry32(seed + number), await length, counts, report);
      onTried(counts);
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

/** Kills the host just before its Nth such call. False when the run had fewer. */
function killedAt(call: string, counts: CrashCounts, report: CrashReport): Promise<boolean> {
  return inFolder(async (folder) => {
    const hook = ['--import', join(project, 'scripts/crashHook.ts')];
    if ((await endOf(startHost(folder, 'start', 'stages', { flags: hook, env: { PENSTOCK_CRASH: call } }))) === 0) {
      return false;
    }
    counts.killed += 1;
    await conclude(folder, 'stages', await endOf(startHost(folder, 'resume', 'stages')), counts, report, call);
    return true;
  });
}

/** False when the run had fewer such calls. */
function traced(inject: string, files: readonly string[], counts: CrashCounts, report: CrashReport): Promise<boolean> {
  return inFolder(async (folder) => {
    const log = join(folder, 'strace');
    const paths = files.flatMap((ending) => ['-P', join(folder, 'data', `index.sqlite${ending}`)]);
    const trace = [...paths, '-e', `trace=${inject.split(':')[0]}`, '-e', `inject=${inject}`];
    // Only the host itself: what it starts is let go at its execve.
    const around = [STRACE, '-f', '-b', 'execve', '-qq', '-o', log, ...trace];
    let code = await endOf(startHost(folder, 'start', 'stages', { around, env: { UV_THREADPOOL_SIZE: '1' } }));
    const isKill = inject.includes('SIGKILL');
    if (isKill ? code === 0 : spawnSync('grep', ['-q', 'INJECTED', log]).status !== 0) return false;
    if (isKill) counts.killed += 1;
    // With a full disk a host may refuse to begin at all; once there is room the next one does.
    if (code !== 0) code = await endOf(startHost(folder, 'resume', 'stages'));
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

interface HostStart {
  /** A program that starts it, with its arguments. */
  around?: string[];
  /** Of node. */
  flags?: string[];
  env?: Record<string, string>;
}

function startHost(folder: string, phase: 'start' | 'resume', name: string, how: HostStart = {}): ChildProcess {
  const quiet = ['ExperimentalWarning', 'history.index-unusable'].map((warning) => `--disable-warning=${warning}`);
  const host = [join(project, 'scripts/crashHost.ts'), folder, phase, name];
  const { around = [], flags = [], env } = how;
  const [program = '', ...args] = [...around, process.execPath, ...quiet, ...flags, ...host];
  // What a host says of the fault that was made for it is no news.
  const stdio = ['ignore', 'ignore', env ? 'ignore' : 'inherit'] as const;
  return spawn(program, args, { stdio: [...stdio], env: { ...process.env, ...env } });
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
