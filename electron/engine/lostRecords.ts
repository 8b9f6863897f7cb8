import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { History } from '../parts.ts';
import { isStarted, startedId } from './attemptSubject.ts';

/**
 * The events of an unfinished execution that is taken over. A journal that was damaged ends at its last sound record, so the
 * execution may have done more than it says. What gives that away: the start of an attempt is on disk before its folder is
 * made, so a folder that no record names belongs to a lost one. Going on from there would run commands a second time: what
 * such attempts left running is ended, and the execution is stopped, for a person to decide how it goes on.
 */
export async function takeOver(
  history: History,
  pipelineExecutionId: string,
  onProblem: (problem: Problem) => void,
): Promise<readonly ExecutionEvent[]> {
  const events = await history.events(pipelineExecutionId);
  const folder = history.folder(pipelineExecutionId);
  const attempts = unrecordedAttempts(folder, events);
  if (attempts.length === 0) return events;
  const { endAttempt } = await import('./process/superviseShell.ts');
  for (const id of attempts) await endAttempt(join(folder, 'actions', id), id);
  const reason = 'Its journal is damaged: it had begun actions of which no record is left.';
  const stop = await history.append(pipelineExecutionId, [{ type: 'StopRequested', abandon: true, reason }]);
  onProblem(
    problem({
      code: 'history.records-lost',
      severity: 'warning',
      where: join(folder, 'journal.jsonl'),
      what: `Execution ${pipelineExecutionId} was stopped: its journal is damaged, and it had begun actions of which no record is left. Going on could have run commands a second time.`,
      fix: 'Look at what its commands have done, then start the pipeline again.',
    }),
  );
  return [...events, ...stop];
}

/** Ids of attempts that were begun and of which the journal knows nothing. */
function unrecordedAttempts(executionFolder: string, events: readonly ExecutionEvent[]): string[] {
  const recorded = new Set(events.filter(isStarted).map(startedId));
  try {
    return readdirSync(join(executionFolder, 'actions')).filter((id) => !recorded.has(id));
  } catch {
    return []; // nothing was begun
  }
}
