import type { Happening } from '../../shared/execution/events.ts';
import type { ExecutionState } from '../../shared/execution/executionState.ts';
import type { History } from '../parts.ts';
import type { PipelineLoop } from './pipelineLoop.ts';
import type { DefinitionVersions } from './pipelines/definitionVersions.ts';
import type { Transitions } from './pipelines/transitions.ts';

/** What the groups of the engine's calls have in common. */
export interface EngineCore {
  dataDirectory: string;
  history: History;
  transitions: Transitions;
  versions: DefinitionVersions;
  /** Milliseconds since 1970. */
  now: () => number;
  /** Lower-case UUIDs. */
  newId: () => string;
  loopOf(pipelineName: string): PipelineLoop;
  /** The loop and state of an execution, also of one that has finished. @throws ProblemError `execution.unknown` */
  find(pipelineExecutionId: string): Promise<{ loop: PipelineLoop; state: ExecutionState }>;
  /** Executions that could have overtaken `state`: those started later, and those that run. */
  others(loop: PipelineLoop, state: ExecutionState): Promise<ExecutionState[]>;
  nextStartNumber(pipelineName: string): Promise<number>;
  /**
   * Records the first facts of a new execution. Resolves when they are on disk. `unasked`: no person has just agreed to it, so it
   * is held where what it would run is not what was agreed to.
   */
  begin(
    pipelineName: string,
    pipelineExecutionId: string,
    happenings: readonly Happening[],
    options?: { unasked?: boolean },
  ): Promise<void>;
  /**
   * Records what a command answers for an execution, which may have finished: then it goes on with these facts. Rejects with
   * what the command throws.
   */
  reopen(
    pipelineExecutionId: string,
    command: (state: ExecutionState, others: readonly ExecutionState[]) => readonly Happening[],
  ): Promise<void>;
  /** Something of the pipeline changed that is in no execution's journal. */
  pipelineChanged(pipelineName: string): Promise<void>;
}
