import { type Problem, ProblemError, toProblem } from '../../shared/problem.ts';
import type { History } from '../parts.ts';
import type { LoopPorts } from './pipelineLoop.ts';

/**
 * What the engine does and says when a journal takes no facts. A full disk is told of once until there is room again; after
 * anything that leaves in doubt what the disk holds (an input or output error), the execution is lost to this host.
 */
export interface WriteTroubles {
  append: History['append'];
  onWriteFailure: LoopPorts['onWriteFailure'];
  /** Why an execution can not go on here. */
  lost(pipelineExecutionId: string): Problem | undefined;
  /** True for what was thrown because an execution is lost, which was told of. */
  isOfLost(error: unknown): boolean;
}

/** The journal's own word for one that takes nothing any more (history/journal.ts). */
const CLOSED = 'history.journal-closed';

export function createWriteTroubles(options: {
  append: History['append'];
  onProblem: (problem: Problem) => void;
  onLost: (pipelineExecutionId: string) => void;
}): WriteTroubles {
  const { append, onProblem, onLost } = options;
  /** Codes of troubles that were told of and are not over, by execution. */
  const told = new Map<string, string>();
  const lost = new Map<string, Problem>();
  const isOfLost = (error: unknown) => error instanceof ProblemError && error.problem.code === CLOSED;

  return {
    async append(pipelineExecutionId, happenings) {
      const events = await append(pipelineExecutionId, happenings);
      if (told.size > 0) told.delete(pipelineExecutionId);
      return events;
    },
    onWriteFailure(pipelineExecutionId, error) {
      const isLost = isOfLost(error);
      const problem = problemOf(pipelineExecutionId, error);
      if (told.get(pipelineExecutionId) !== problem.code) onProblem(problem);
      told.set(pipelineExecutionId, problem.code);
      if (!isLost) return 'again';
      lost.set(pipelineExecutionId, problem);
      onLost(pipelineExecutionId);
      return 'lost';
    },
    lost: (pipelineExecutionId) => lost.get(pipelineExecutionId),
    isOfLost,
  };
}

function problemOf(pipelineExecutionId: string, error: unknown): Problem {
  const { code, where, what, fix } = toProblem('history.write-failed', error);
  return {
    ...toProblem(code, error),
    where,
    what: `Execution ${pipelineExecutionId}: ${what}`,
    fix:
      error instanceof ProblemError
        ? fix
        : 'Writing is tried again every few seconds; nothing is lost meanwhile. If it does not end, look at the disk.',
  };
}
