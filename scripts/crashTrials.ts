import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, watch } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { findByCookie } from '../electron/engine/process/processIdentity.ts';
import { createHistory } from '../electron/history/createHistory.ts';
import type { ExecutionEvent } from '../shared/execution/events.ts';
import { root as project } from './root.ts';

/** What killing hosts came to. All but `tried`, `killed` and `lostActions` must be zero. */
export interface CrashReport {
  seed: number;
  /** Runs that were cut short by SIGKILL at least once. */
  tried: number;
  /** Hosts killed; some runs lose two, the second while it recovers. */
  killed: number;
  /** Events that were told of and are not in the journal afterwards. */
  recordsLost: number;
  /** Commands that ran twice for one action execution, and actions with more or fewer ends than one. */
  doubleStarts: number;
  /** Runs that the next host did not bring to an end. */
  unrecoverable: number;
  /** Processes that outlived their run. */
  orphans: number;
  /** Actions that ended Failed `Lost`: honest, but better avoided. */
  lostActions: number;
  /** What was wrong, a sentence each. */
  faults: string[];
}

/** Longest time from a host's start to its end before it counts as hung. */
const PATIENCE_MS = 60_000;
/** Of runs, this part loses the second host too. */
const TWICE = 0.3;

/**
 * Runs a pipeline `count` times in a host of its own and kills that host with SIGKILL at a random instant; then starts the
 * next host on the same data and looks at what came of it. The same seed draws the same instants, as shares of a run's length.
 * @param lanes Trials that go on at the same time.
 */
export async function crashTrials(count: number, seed: number, lanes = 2): Promise<CrashReport> {
  const report: CrashReport = {
    seed,
    tried: 0,
    killed: 0,
    recordsLost: 0,
    doubleStarts: 0,
    unrecoverable: 0,
    orphans: 0,
    lostActions: 0,
    faults: [],
  };
  const runMs = await wholeRun();
  let next = 0;
  const lane = async () => {
    while (next < count) await trial(mulberry32(seed + next++), runMs, report);
  };
  await Promise.all(Array.from({ length: lanes }, lane));
  return report;
}

/** Tries instants until one comes before the end of the run. */
async function trial(random: () => number, runMs: number, report: CrashReport): Promise<void> {
  for (let share = 1; ; share *= 0.8) {
    const folder = mkdtempSync(join(tmpdir(), 'penstock-crash-'));
    try {
      const instant = random() * runMs * share;
      if (!(await killAfter(startHost(folder, 'start'), join(folder, 'ready'), instant))) continue;
      report.killed += 1;
      if (random() < TWICE && (await killAfter(startHost(folder, 'resume'), undefined, random() * runMs * 2))) {
        report.killed += 1;
      }
      report.tried += 1;
      await judge(folder, await endOf(startHost(folder, 'resume')), report);
      return;
    } finally {
      rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
    }
  }
}

function startHost(folder: string, mode: 'start' | 'resume'): ChildProcess {
  const flags = ['--disable-warning=ExperimentalWarning', join(project, 'scripts/crashHost.ts'), folder, mode];
  return spawn(process.execPath, flags, { stdio: ['ignore', 'ignore', 'inherit'] });
}

/** Milliseconds from a host's readiness to its end, undisturbed. */
async function wholeRun(): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'penstock-crash-'));
  try {
    const host = startHost(folder, 'start');
    await appears(join(folder, 'ready'));
    const began = performance.now();
    if ((await endOf(host)) !== 0) throw new Error('The pipeline does not even run undisturbed.');
    return performance.now() - began;
  } finally {
    rmSync(folder, { recursive: true, force: true, maxRetries: 3 });
  }
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
  const patience = setTimeout(() => host.kill('SIGKILL'), PATIENCE_MS);
  const [code] = (await once(host, 'exit')) as [number | null];
  clearTimeout(patience);
  return code ?? 'hung';
}

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];

async function judge(folder: string, code: number | 'hung', report: CrashReport): Promise<void> {
  const fault = (count: number, kind: 'recordsLost' | 'doubleStarts' | 'unrecoverable' | 'orphans', what: string) => {
    if (count === 0) return;
    report[kind] += count;
    report.faults.push(what);
  };
  if (code !== 0) fault(1, 'unrecoverable', `The next host ended with ${code}.`);
  const acknowledged = linesOf(join(folder, 'acknowledged'));
  const evidence = linesOf(join(folder, 'evidence'));
  fault(evidence.length - new Set(evidence).size, 'doubleStarts', `Commands ran twice: ${evidence.join(', ')}`);

  const executions = join(folder, 'data', 'executions');
  const history = createHistory({ dataDirectory: join(folder, 'data'), readOnly: true });
  try {
    const found = new Set<string>();
    for (const id of existsSync(executions) ? readdirSync(executions) : []) {
      const events = await history.events(id);
      for (const { seq, type } of events) found.add(`${id} ${seq} ${type}`);
      judgeExecution(events, report, fault);
    }
    const lost = acknowledged.filter((line) => !found.has(line));
    fault(lost.length, 'recordsLost', `Not in the journal: ${lost.join(', ')}`);
  } finally {
    await history.close();
  }
}

function judgeExecution(
  events: readonly ExecutionEvent[],
  report: CrashReport,
  fault: (count: number, kind: 'doubleStarts' | 'unrecoverable' | 'orphans', what: string) => void,
): void {
  const last = events.at(-1);
  if (last?.type !== 'ExecutionFinished') fault(1, 'unrecoverable', `The run stands at ${last?.type ?? 'nothing'}.`);
  const ends = events.filter((event) => event.type === 'ActionFinished');
  for (const event of events) {
    if (event.type !== 'ActionStarted') continue;
    const own = ends.filter(({ actionExecutionId }) => actionExecutionId === event.actionExecutionId);
    if (own.length !== 1) fault(1, 'doubleStarts', `${event.actionName} has ${own.length} ends.`);
    if (own[0]?.errorDetails?.code === 'Lost') report.lostActions += 1;
    else if (own[0]?.status === 'Failed')
      fault(1, 'unrecoverable', `${event.actionName}: ${own[0].errorDetails?.message}`);
    const left = findByCookie(event.actionExecutionId).length;
    fault(left, 'orphans', `${event.actionName} left ${left} processes.`);
  }
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
