import type { ActionDeclaration, RuleDeclaration } from '../model/declaration.ts';
import type { FailureCode } from '../providers/host.ts';
import type { ArtifactRecord, ConditionType, Happening } from './events.ts';
import { evolve } from './evolve.ts';
import { type ExecutionState, isFinished, runningActionsOf, stageIndexOf } from './executionState.ts';
import { prepareAction } from './prepareAction.ts';
import { type StageProgress, stageProgress } from './stageProgress.ts';

export type Decision =
  | { do: 'record'; pipelineExecutionId: string; happening: Happening }
  | {
      do: 'startAction';
      pipelineExecutionId: string;
      stageName: string;
      actionName: string;
      attempt: number;
      /** Its configuration, commands and environment variables are resolved. */
      action: ActionDeclaration;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      /** The action must be started and fail at once. */
      failure?: { code: FailureCode; message: string; fix?: string };
    }
  | {
      do: 'abandonAction';
      pipelineExecutionId: string;
      stageName: string;
      actionName: string;
      actionExecutionId: string;
    }
  | {
      do: 'startRule';
      pipelineExecutionId: string;
      stageName: string;
      conditionType: ConditionType;
      /** Its configuration and commands are resolved. */
      rule: RuleDeclaration;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      /** The rule must be started and fail at once. */
      failure?: { code: FailureCode; message: string; fix?: string };
    }
  | {
      do: 'abandonRule';
      pipelineExecutionId: string;
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
    }
  /** Asked until RollbackRequested is in the log: look for the target, record RollbackRequested, start the rollback execution. */
  | { do: 'rollback'; pipelineExecutionId: string; stageName: string };

export interface PipelineContext {
  /** By stage name: inbound transitions that are disabled (semantics §5). */
  readonly closedTransitions: ReadonlyMap<string, { reason: string; by: string }>;
  /** Milliseconds since 1970, for the 30 days of semantics §5; absent = nothing expires. */
  readonly now?: number;
}

const allOpen: PipelineContext = { closedTransitions: new Map() };

/** In PARALLEL mode at most this many actions of one execution run at once (semantics §3.6). */
const PARALLEL_MODE_ACTIONS = 5;

/**
 * What must happen next in one pipeline, in the order in which it must happen; empty means wait. Pure: asked again with the
 * same states it answers the same, and nothing that is already in the log.
 *
 * `executions` are all that have not finished (finished ones are passed over). Records come first and are complete: when an
 * action's end ends its stage, the answer has the stage's end, the next entrance and its start. Write those of one execution
 * together if you like, but not before what stands earlier in the list is on disk: that order is what keeps a crash between two
 * journals from letting an older execution in behind a newer one. Then come the actions to abandon and to start. An action
 * that waits for a slot is answered again each time until its ActionStarted is in the log; if it is no longer answered (a
 * stop came), it must not start any more.
 *
 * Decisions of ours where the reference leaves room: a stage turns Failed when the last of its running actions has ended,
 * not at the first failure, so the lock is never free while an action runs; siblings of a failed action that only wait for a slot still run, as
 * they would have been started together on AWS; an older execution that arrives where a newer one waits is superseded itself;
 * a stage is retried automatically once per execution.
 */
export function decide(executions: readonly ExecutionState[], context: PipelineContext = allOpen): Decision[] {
  const decisions: Decision[] = [];
  const states = executions
    .filter((state) => state.status !== undefined && !isFinished(state))
    .sort((a, b) => a.startNumber - b.startNumber);
  for (let next = nextRecord(states, context); next; next = nextRecord(states, context)) {
    const { state, happening } = next;
    decisions.push({ do: 'record', pipelineExecutionId: state.pipelineExecutionId, happening });
    // As it will be once recorded; the times do not matter here because nothing is decided by a clock.
    states[states.indexOf(state)] = evolve(state, {
      ...happening,
      seq: state.lastSeq,
      at: state.updatedAt,
      mono: state.lastMono,
    });
  }
  for (const state of states) {
    if (state.position.at === 'inside') decisions.push(...actionDecisions(state));
  }
  return decisions;
}

interface Next {
  state: ExecutionState;
  happening: Happening;
}

/**
 * The order makes simultaneous events come out as on AWS (semantics §4, §18): first locks are released, then executions move
 * forward, from the last stage to the first.
 */
function nextRecord(states: readonly ExecutionState[], context: PipelineContext): Next | undefined {
  for (const state of states) {
    const happening = endOf(state, states);
    if (happening) return { state, happening };
  }
  return supersession(states) ?? advance(states, context);
}

/** What ends, without regard to others: a stage, an execution; or the stage starts again for its retry. */
function endOf(state: ExecutionState, states: readonly ExecutionState[]): Happening | undefined {
  const { at, stageName } = state.position;
  const index = stageIndexOf(state, stageName);
  const stage = state.stages[index];
  switch (at) {
    case 'start':
    case 'entrance':
      return state.stop ? { type: 'ExecutionFinished', status: 'Stopped' } : undefined;
    case 'retrying':
      if (state.stop) return { type: 'ExecutionFinished', status: 'Stopped' };
      if (!stage || isLocked(state, states)) return undefined;
      return { type: 'StageStarted', stageName, attempt: stage.attempt + 1 };
    case 'inside': {
      const status = stageEnd(state, stageProgress(state, index));
      return status && { type: 'StageFinished', stageName, status };
    }
    case 'left':
      if (stage?.status === 'Cancelled') return { type: 'ExecutionFinished', status: 'Cancelled' };
      // Before the failure: from Stopping an execution only becomes Stopped (semantics §1).
      if (stage?.status === 'Stopped' || state.stop) return { type: 'ExecutionFinished', status: 'Stopped' };
      if (stage?.status === 'Failed') {
        return automaticRetry(state, index) ?? { type: 'ExecutionFinished', status: 'Failed' };
      }
      if (index === state.declaration.stages.length - 1) return { type: 'ExecutionFinished', status: 'Succeeded' };
      return undefined;
    case 'ended':
      return undefined;
    default:
      at satisfies never;
      return undefined;
  }
}

function stageEnd(state: ExecutionState, progress: StageProgress | undefined) {
  if (!progress || progress.running > 0) return undefined;
  // "Last action finishes well while Stopping": Stopped, also in the last stage (semantics §6).
  if (state.stop) return 'Stopped';
  if (progress.toStart.length > 0) return undefined;
  return progress.failed ? 'Failed' : 'Succeeded';
}

/** `onFailure: {result: RETRY}` (semantics §7): once for each stage of an execution, before anybody else gets the lock. */
function automaticRetry(state: ExecutionState, stageIndex: number): Happening | undefined {
  const onFailure = state.declaration.stages[stageIndex]?.onFailure;
  const stage = state.stages[stageIndex];
  if (onFailure?.result !== 'RETRY' || !stage || stage.retries.automatic > 0) return undefined;
  return {
    type: 'StageRetryRequested',
    stageName: stage.stageName,
    retryMode: onFailure.retryConfiguration?.retryMode ?? 'FAILED_ACTIONS',
    trigger: 'AutomatedStageRetry',
  };
}

/** True when another execution holds the stage that `state` stands at. PARALLEL executions neither hold nor heed locks. */
function isLocked(state: ExecutionState, states: readonly ExecutionState[]): boolean {
  if (state.executionMode === 'PARALLEL') return false;
  return states.some(
    (other) =>
      other !== state &&
      other.executionMode !== 'PARALLEL' &&
      other.position.stageName === state.position.stageName &&
      (other.position.at === 'inside' || (other.position.at === 'retrying' && state.position.at !== 'retrying')),
  );
}

function supersession(states: readonly ExecutionState[]): Next | undefined {
  for (const state of states) {
    if (state.position.at !== 'entrance' || state.executionMode !== 'SUPERSEDED') continue;
    const newer = states.findLast(
      (other) =>
        other.startNumber > state.startNumber &&
        other.executionMode !== 'PARALLEL' &&
        other.position.at === 'entrance' &&
        other.position.stageName === state.position.stageName,
    );
    if (newer) {
      return {
        state,
        happening: { type: 'ExecutionFinished', status: 'Superseded', supersededBy: newer.pipelineExecutionId },
      };
    }
  }
  return undefined;
}

/**
 * One step forward, at the last stage where there is one: whoever waits there is let in, the oldest first (QUEUED: first
 * come), before anybody else arrives at that entrance.
 */
function advance(states: readonly ExecutionState[], { closedTransitions }: PipelineContext): Next | undefined {
  let chosen: Next | undefined;
  let chosenRank = -1;
  for (const state of states) {
    const { at, stageName } = state.position;
    const isWaiting = at === 'entrance';
    if (!isWaiting && at !== 'start' && at !== 'left') continue;
    if (isWaiting && (closedTransitions.has(stageName) || isLocked(state, states))) continue;
    const index = at === 'start' ? 0 : stageIndexOf(state, stageName) + (isWaiting ? 0 : 1);
    const stage = state.stages[index];
    const rank = index * 2 + (isWaiting ? 1 : 0);
    if (!stage || rank <= chosenRank) continue;
    chosenRank = rank;
    chosen = {
      state,
      happening: isWaiting
        ? { type: 'StageStarted', stageName, attempt: stage.attempt + 1 }
        : { type: 'StageEntranceReached', stageName: stage.stageName },
    };
  }
  return chosen;
}

function actionDecisions(state: ExecutionState): Decision[] {
  const { pipelineExecutionId, position } = state;
  const { stageName } = position;
  if (state.stop) {
    if (!state.stop.abandon) return [];
    return runningActionsOf(state).map(({ actionName, actionExecutionId }) => ({
      do: 'abandonAction',
      pipelineExecutionId,
      stageName,
      actionName,
      actionExecutionId,
    }));
  }
  const stageIndex = stageIndexOf(state, stageName);
  const progress = stageProgress(state, stageIndex);
  if (!progress) return [];
  const startable =
    state.executionMode === 'PARALLEL'
      ? progress.toStart.slice(0, Math.max(0, PARALLEL_MODE_ACTIONS - progress.running))
      : progress.toStart;
  return startable.map((placed) => ({
    do: 'startAction',
    pipelineExecutionId,
    stageName,
    actionName: placed.action.name,
    attempt: (state.stages[stageIndex]?.actions[placed.index]?.attempt ?? 0) + 1,
    ...prepareAction(state, stageIndex, placed),
  }));
}
