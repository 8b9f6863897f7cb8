import { dirname } from 'node:path';
import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { type Problem, problem } from '../../shared/problem.ts';
import type { StartRequest } from '../parts.ts';

/**
 * Executions that were taken over although what their projects would run is not what the user agreed to
 * (reliability-security.md WT-16). They start no action and no process until they are released; what runs goes on.
 */
export interface Holds {
  hold(state: ExecutionState): Problem;
  isHeld(pipelineExecutionId: string): boolean;
  /** Resolves when it may start processes; undefined when it may now. */
  released(pipelineExecutionId: string): Promise<void> | undefined;
  /** False when it was not held. */
  release(pipelineExecutionId: string): boolean;
  list(): { pipelineExecutionId: string; request: StartRequest }[];
}

export function createHolds(): Holds {
  const held = new Map<string, { request: StartRequest; released: PromiseWithResolvers<void> }>();
  return {
    hold(state) {
      const { pipelineExecutionId, pipelineName } = state;
      held.set(pipelineExecutionId, { request: ongoingRequestOf(state), released: Promise.withResolvers() });
      return problem({
        code: 'trust.held',
        severity: 'warning',
        where: state.documentPath,
        what: `Execution ${pipelineExecutionId} of "${pipelineName}" is held: what its project would run is not what was agreed to. Commands that run already go on.`,
        fix: 'Agree to its commands when the window asks, or stop it.',
      });
    },
    isHeld: (id) => held.has(id),
    released: (id) => held.get(id)?.released.promise,
    release(id) {
      held.get(id)?.released.resolve();
      return held.delete(id);
    },
    list: () => [...held].map(([pipelineExecutionId, { request }]) => ({ pipelineExecutionId, request })),
  };
}

/** What was agreed to when the execution was started, as its journal has it. */
export function requestOf({ declaration, bindings, variables, documentPath }: ExecutionState): StartRequest {
  const folder = documentPath === '' ? '' : dirname(documentPath);
  return { declaration, bindings, variables: { ...variables }, documentPath, folder };
}

const COMMIT_ID = /^(?:[0-9a-f]{40}|[0-9a-f]{64})$/;

/** The same for asking whether it may go on: what its sources have read is what it runs, whatever was committed since. */
export function ongoingRequestOf(state: ExecutionState): StartRequest {
  const revisionType = 'COMMIT_ID' as const;
  const sourceRevisions = state.stages.flatMap(({ actions }) =>
    actions.flatMap((action) =>
      action?.revision && COMMIT_ID.test(action.revision.revisionId)
        ? [{ actionName: action.actionName, revisionType, revisionValue: action.revision.revisionId }]
        : [],
    ),
  );
  return { ...requestOf(state), ...(sourceRevisions.length > 0 && { sourceRevisions }) };
}
