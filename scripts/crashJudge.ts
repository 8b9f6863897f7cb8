import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { findByCookie } from '../electron/engine/process/processIdentity.ts';
import { createHistory } from '../electron/history/createHistory.ts';
import type { ExecutionEvent } from '../shared/execution/events.ts';
import { replay } from '../shared/execution/evolve.ts';
import { ProblemError } from '../shared/problem.ts';
import type { CrashScenario } from './crashScenarios.ts';

/** What trials came to. All but `tried`, `killed` and `lostActions` must be zero. */
export interface CrashCounts {
  /** Runs that were cut short by SIGKILL, or met another fault, at least once. */
  tried: number;
  /** Hosts killed; some runs lose two, the second while it recovers. */
  killed: number;
  /** Events that were told of and are not in the journal afterwards. */
  recordsLost: number;
  /** Commands that ran twice for one action execution, actions and rules with more or fewer ends than one. */
  doubleStarts: number;
  /** Runs that the next host did not bring to the end that the scenario wants. */
  unrecoverable: number;
  /** Processes that outlived their run. */
  orphans: number;
  /** Actions and rules that ended Failed `Lost`: honest, but better avoided. */
  lostActions: number;
}

export const noCounts = (): CrashCounts => ({
  tried: 0,
  killed: 0,
  recordsLost: 0,
  doubleStarts: 0,
  unrecoverable: 0,
  orphans: 0,
  lostActions: 0,
});

const linesOf = (path: string): string[] =>
  existsSync(path) ? readFileSync(path, 'utf8').split('\n').slice(0, -1) : [];

/**
 * Looks at what a trial left in its folder and adds it to the counts.
 * @param code How the last host ended.
 * @returns What is wrong, a sentence each.
 */
export async function judgeTrial(
  folder: string,
  code: number | 'hung',
  scenario: CrashScenario,
  counts: CrashCounts,
): Promise<string[]> {
  const faults: string[] = [];
  const fault = (count: number, kind: 'recordsLost' | 'doubleStarts' | 'unrecoverable' | 'orphans', what: string) => {
    if (count === 0) return;
    counts[kind] += count;
    faults.push(what);
  };
  if (code !== 0) fault(1, 'unrecoverable', `The next host ended with ${code}.`);
  const evidence = linesOf(join(folder, 'evidence'));
  fault(evidence.length - new Set(evidence).size, 'doubleStarts', `Commands ran twice: ${evidence.join(', ')}`);

  const executions = join(folder, 'data', 'executions');
  const history = createHistory({ dataDirectory: join(folder, 'data'), readOnly: true });
  try {
    const found = new Set<string>();
    const states = [];
    let lost = 0;
    for (const id of existsSync(executions) ? readdirSync(executions) : []) {
      // Nothing at all was acknowledged of a start whose first record found no room.
      const events = await history.events(id).catch((error: unknown) => {
        if (error instanceof ProblemError && error.problem.code === 'execution.unknown') return [];
        throw error;
      });
      if (events.length === 0) continue;
      for (const { seq, type } of events) found.add(`${id} ${seq} ${type}`);
      states.push(replay(events));
      lost += judgeExecution(events, scenario, fault);
    }
    counts.lostActions += lost;
    const missing = linesOf(join(folder, 'acknowledged')).filter((line) => !found.has(line));
    fault(missing.length, 'recordsLost', `Not in the journal: ${missing.join(', ')}`);
    states.sort((a, b) => a.startNumber - b.startNumber);
    if (lost === 0) for (const what of scenario.judge(states)) fault(1, 'unrecoverable', what);
  } finally {
    await history.close();
  }
  return faults;
}

/** Answers how many of its actions and rules were reported lost. */
function judgeExecution(
  events: readonly ExecutionEvent[],
  { fails = [] }: CrashScenario,
  fault: (count: number, kind: 'doubleStarts' | 'unrecoverable' | 'orphans', what: string) => void,
): number {
  const last = events.at(-1);
  if (last?.type !== 'ExecutionFinished') fault(1, 'unrecoverable', `The run stands at ${last?.type ?? 'nothing'}.`);
  let lost = 0;
  for (const started of events) {
    if (started.type !== 'ActionStarted' && started.type !== 'RuleStarted') continue;
    const [name, cookie] =
      started.type === 'ActionStarted'
        ? [started.actionName, started.actionExecutionId]
        : [started.ruleName, started.ruleExecutionId];
    const ends = events.filter(
      (event) =>
        (event.type === 'ActionFinished' && event.actionExecutionId === cookie) ||
        (event.type === 'RuleFinished' && event.ruleExecutionId === cookie),
    ) as Extract<ExecutionEvent, { type: 'ActionFinished' | 'RuleFinished' }>[];
    if (ends.length !== 1) fault(1, 'doubleStarts', `${name} has ${ends.length} ends.`);
    const [end] = ends;
    if (end?.errorDetails?.code === 'Lost') lost += 1;
    else if (end?.status === 'Failed' && !fails.includes(name)) {
      fault(1, 'unrecoverable', `${name}: ${end.errorDetails?.message}`);
    }
    const left = findByCookie(cookie).length;
    fault(left, 'orphans', `${name} left ${left} processes.`);
  }
  return lost;
}
