import type { EntranceWait, Happening } from './events.ts';
import { type ExecutionState, stageIndexOf, stageOf } from './executionState.ts';
import { runningRulesIn } from './stageConditions.ts';

/** What is known of the pipeline beside its executions. */
export interface PipelineContext {
  /** By stage name: inbound transitions that are disabled (semantics §5). */
  readonly closedTransitions: ReadonlyMap<string, { reason: string; by: string }>;
  /** Milliseconds since 1970, for the 30 days of semantics §5; absent = nothing expires. */
  readonly now?: number;
}

/** A step and whose it is. */
export interface Next {
  state: ExecutionState;
  happening: Happening;
}

/** How long an execution may wait at a disabled transition and still go on by itself (semantics §5). */
const MAX_WAIT_MS = 30 * 24 * 60 * 60 * 1000;

/** The execution that holds the stage at which `state` stands. PARALLEL executions neither hold nor heed locks. */
export function lockHolder(state: ExecutionState, states: readonly ExecutionState[]): ExecutionState | undefined {
  if (state.executionMode === 'PARALLEL') return undefined;
  return states.find(
    (other) =>
      other !== state &&
      other.executionMode !== 'PARALLEL' &&
      other.position.stageName === state.position.stageName &&
      (isInside(other) || (other.position.at === 'retrying' && state.position.at !== 'retrying')),
  );
}

/** Also while a failure is answered: the lock is kept until the onFailure condition has had its say (semantics §4). */
function isInside(state: ExecutionState): boolean {
  if (state.position.at === 'inside') return true;
  if (state.position.at !== 'left') return false;
  const stage = stageOf(state, state.position.stageName);
  return stage !== undefined && (stage.status === 'Failed' || runningRulesIn(stage).length > 0);
}

/** A newer execution at the same entrance replaces an older one that waits there (semantics §4). */
export function supersession(states: readonly ExecutionState[]): Next | undefined {
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
      const supersededBy = newer.pipelineExecutionId;
      return { state, happening: { type: 'ExecutionFinished', status: 'Superseded', supersededBy } };
    }
  }
  return undefined;
}

/**
 * One step forward, at the last stage where there is one: whoever waits there is let in, first come first, before anybody
 * else arrives at that entrance.
 */
export function advance(states: readonly ExecutionState[], context: PipelineContext): Next | undefined {
  let chosen: Next | undefined;
  let chosenRank = -1;
  for (const state of states) {
    const { at, stageName } = state.position;
    const isWaiting = at === 'entrance';
    if (!isWaiting && at !== 'start' && at !== 'left') continue;
    const index = at === 'start' ? firstStage(state) : stageIndexOf(state, stageName) + (isWaiting ? 0 : 1);
    const stage = state.stages[index];
    const rank = index * 2 + (isWaiting ? 1 : 0);
    if (!stage || rank <= chosenRank) continue;
    if (isWaiting ? waitOf(state, states, context) : isInside(state)) continue;
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

const firstStage = (state: ExecutionState): number =>
  state.startingPoint ? stageIndexOf(state, state.startingPoint.stageName) : 0;

/** Who waits at an entrance for a reason that is not in its log yet (asked when nobody can go on). */
export function waiting(states: readonly ExecutionState[], context: PipelineContext): Next | undefined {
  for (const state of states) {
    if (state.position.at !== 'entrance') continue;
    const wait = waitOf(state, states, context);
    if (!wait || (state.waiting && isSameWait(state.waiting, wait))) continue;
    return { state, happening: { type: 'EntranceWaited', stageName: state.position.stageName, wait } };
  }
  return undefined;
}

/** What keeps an execution from entering; undefined when it may. */
function waitOf(
  state: ExecutionState,
  states: readonly ExecutionState[],
  { closedTransitions, now }: PipelineContext,
): EntranceWait | undefined {
  if (hasExpired(state, now)) return { reason: 'expired' };
  const closed = closedTransitions.get(state.position.stageName);
  if (closed) return { reason: 'transition', disabledReason: closed.reason, disabledBy: closed.by };
  if (state.executionMode === 'PARALLEL') return undefined;
  const ahead = nextAhead(state, states, now);
  if (ahead) return { reason: 'queue', pipelineExecutionId: ahead.pipelineExecutionId };
  const holder = lockHolder(state, states);
  return holder && { reason: 'lock', pipelineExecutionId: holder.pipelineExecutionId };
}

function hasExpired({ waiting: known }: ExecutionState, now: number | undefined): boolean {
  if (known?.reason === 'expired') return true;
  return known?.reason === 'transition' && now !== undefined && now - known.since > MAX_WAIT_MS;
}

/** Of those that wait at the same entrance and came before: the last one. */
function nextAhead(
  state: ExecutionState,
  states: readonly ExecutionState[],
  now: number | undefined,
): ExecutionState | undefined {
  let ahead: ExecutionState | undefined;
  for (const other of states) {
    const { at, stageName } = other.position;
    if (other === state || at !== 'entrance' || stageName !== state.position.stageName) continue;
    if (other.executionMode === 'PARALLEL' || hasExpired(other, now)) continue;
    if (byArrival(other, state) < 0 && (!ahead || byArrival(ahead, other) < 0)) ahead = other;
  }
  return ahead;
}

/**
 * The order of arrival at an entrance (semantics §4). Who is known to wait came before who has just arrived: that holds even
 * when the machine's clock was changed in between. Of two that came in one millisecond the log may say who waits for whom.
 */
function byArrival(a: ExecutionState, b: ExecutionState): number {
  const reachedAt = (state: ExecutionState) => stageOf(state, state.position.stageName)?.reachedAt ?? 0;
  return (
    Number(a.waiting === undefined) - Number(b.waiting === undefined) ||
    reachedAt(a) - reachedAt(b) ||
    Number(queuesBehind(a, b)) - Number(queuesBehind(b, a)) ||
    a.startNumber - b.startNumber
  );
}

const queuesBehind = ({ waiting: known }: ExecutionState, other: ExecutionState): boolean =>
  known?.reason === 'queue' && known.pipelineExecutionId === other.pipelineExecutionId;

function isSameWait(a: EntranceWait, b: EntranceWait): boolean {
  if (a.reason === 'transition' && b.reason === 'transition') {
    return a.disabledReason === b.disabledReason && a.disabledBy === b.disabledBy;
  }
  const other = (wait: EntranceWait) => ('pipelineExecutionId' in wait ? wait.pipelineExecutionId : '');
  return a.reason === b.reason && other(a) === other(b);
}
