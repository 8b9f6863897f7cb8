import { ProblemError } from '../../shared/problem.ts';
import type { History } from '../parts.ts';

/** The full id of an execution named by its id or the beginning of it; 'latest' is the newest. */
export async function findExecution(history: History, named: string): Promise<string> {
  const { executions } = await history.handlers.listPipelineExecutions({ limit: 500 });
  const matches =
    named === 'latest'
      ? executions.slice(0, 1)
      : executions.filter(({ pipelineExecutionId }) => pipelineExecutionId.startsWith(named));
  const exact = matches.find(({ pipelineExecutionId }) => pipelineExecutionId === named);
  const found = exact ?? (matches.length === 1 ? matches[0] : undefined);
  if (found) return found.pipelineExecutionId;
  throw new ProblemError({
    code: matches.length ? 'execution.ambiguous' : 'execution.unknown',
    where: named,
    what: matches.length ? `${matches.length} executions begin with this id.` : 'There is no execution with this id.',
    fix: 'List them: penstock history',
  });
}
