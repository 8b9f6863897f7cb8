import type { ExecutionEvent } from '../execution/events.ts';
import { evolve, notStarted } from '../execution/evolve.ts';
import { attemptsOf, type ExecutionState } from '../execution/executionState.ts';

export type Level = 'execution' | 'stage' | 'action';
export interface StatusChange {
  level: Level;
  /** '' for the execution, the stage's name, or the action execution's id. */
  name: string;
  /** 'InProgress -> Failed'; what had no status before comes from '(none)'. */
  change: string;
  /** The event that brought it. */
  by: ExecutionEvent['type'];
}

/** Every change of a status in a log, in order: of the execution, its stages and each of its action executions. */
export function statusChanges(log: readonly ExecutionEvent[]): StatusChange[] {
  const changes: StatusChange[] = [];
  let state = notStarted;
  for (const event of log) {
    const before = statuses(state);
    state = evolve(state, event);
    for (const [key, { level, name, status }] of statuses(state)) {
      const from = before.get(key)?.status ?? '(none)';
      const to = status ?? '(none)';
      if (from !== to) changes.push({ level, name, change: `${from} -> ${to}`, by: event.type });
    }
  }
  return changes;
}

/** The changes of one level, once each, in the order of their first appearance. */
export const changesOf = (log: readonly ExecutionEvent[], level: Level, name?: string): string[] => [
  ...new Set(
    statusChanges(log)
      .filter((change) => change.level === level && (name === undefined || change.name === name))
      .map(({ change }) => change),
  ),
];

function statuses(state: ExecutionState) {
  const found = new Map<string, { level: Level; name: string; status: string | undefined }>();
  found.set('', { level: 'execution', name: '', status: state.status });
  for (const stage of state.stages) {
    found.set(`stage ${stage.stageName}`, { level: 'stage', name: stage.stageName, status: stage.status });
    for (const attempt of stage.actions.flatMap(attemptsOf)) {
      const { actionExecutionId: name, status } = attempt;
      found.set(`action ${name}`, { level: 'action', name, status });
    }
  }
  return found;
}
