import { ProblemError } from '../../shared/problem.ts';
import type { History } from '../parts.ts';

/** The full id of an execution named by its id or the beginning of it; 'latest' is the newest. */
export async function findExecution(history: History, named: string): Promise<string> {
  if (named !== 'latest' && isId(named) && (await history.summary(named))) return named;
  const { executions } = await history.handlers.listPipelineExecutions({ limit: 500 });
  const matches =
    named === 'latest'
      ? executions.slice(0, 1)
      : executions.filter(({ pipelineExecutionId }) => pipelineExecutionId.startsWith(named));
  if (matches.length === 1) return matches[0]!.pipelineExecutionId;
  throw new ProblemError({
    code: matches.length ? 'execution.ambiguous' : 'execution.unknown',
    where: named,
    what: matches.length
      ? `${matches.length} executions begin with this id.`
      : named === 'latest'
        ? 'There are no executions yet.'
        : 'There is no execution with this id.',
    fix: 'List them: penstock history',
  });
}

const isId = (text: string) => /^[0-9a-f-]{36}$/.test(text);
