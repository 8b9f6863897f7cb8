import { type ExecutionState, isFinished, stageOf } from '../execution/executionState.ts';
import { shapeOf } from '../execution/shape.ts';
import { runningRulesIn } from '../execution/stageConditions.ts';
import type { Moment, Simulation } from './simulate.ts';

/**
 * What must not happen at any moment of any run, as a sentence; '' when the event is in order. It looks at the event alone and at
 * who stands where, not at how it was decided, so that a fault of `decide` can not hide in it.
 */
export function faultOfMoment({ happening, before, after }: Moment, run: Simulation): string {
  switch (happening.type) {
    case 'StageEntranceReached':
      return before.stop || before.cancel ? 'It goes on to a stage after it was stopped or cancelled.' : '';
    case 'StageStarted': {
      const stopped = before.stop || before.cancel ? 'It enters a stage after it was stopped or cancelled.' : '';
      return stopped || entryFault(before, happening.stageName, run);
    }
    case 'ActionStarted':
      return before.stop || before.cancel
        ? 'An action starts after a stop or an update.'
        : startFault(before, after, happening.stageName, happening.actionName);
    case 'RuleStarted':
      return before.stop || before.cancel ? 'A rule starts after a stop or an update.' : '';
    case 'ExecutionFinished':
      if (happening.status !== 'Superseded') return '';
      return before.position.at === 'entrance' ? '' : 'It is superseded elsewhere than at an entrance.';
    default:
      return '';
  }
}

/** Locks, queues and transitions (semantics §4, §5). */
function entryFault(before: ExecutionState, stageName: string, run: Simulation): string {
  const waited = before.position.at === 'entrance';
  if (waited && run.closed.has(stageName)) return `It enters ${stageName} through a disabled transition.`;
  if (before.executionMode === 'PARALLEL') return '';
  const others = run
    .executions()
    .filter((other) => other.pipelineExecutionId !== before.pipelineExecutionId && !isFinished(other))
    .filter(({ executionMode }) => executionMode !== 'PARALLEL');
  const inside = others.find((other) => {
    const stage = stageOf(other, stageName);
    const isThere = other.position.at === 'inside' && other.position.stageName === stageName;
    return isThere || (stage && (stage.runningActions > 0 || runningRulesIn(stage).length > 0));
  });
  if (inside) return `It enters ${stageName} while ${inside.pipelineExecutionId} is inside.`;
  if (!waited) return '';
  const reachedAt = (state: ExecutionState) => stageOf(state, stageName)?.reachedAt ?? 0;
  // Of two that came in one millisecond, who came first is known only when the log says that one waits for the other.
  const cameBefore = (other: ExecutionState) =>
    reachedAt(other) < reachedAt(before) ||
    (before.waiting?.reason === 'queue' && before.waiting.pipelineExecutionId === other.pipelineExecutionId);
  const overtaken = others.find(
    (other) =>
      other.position.at === 'entrance' &&
      other.position.stageName === stageName &&
      !hasExpired(other, run.clock.now()) &&
      cameBefore(other),
  );
  return overtaken ? `It overtakes ${overtaken.pipelineExecutionId} at the entrance of ${stageName}.` : '';
}

const hasExpired = ({ waiting }: ExecutionState, now: number): boolean =>
  waiting?.reason === 'expired' || (waiting?.reason === 'transition' && now - waiting.since > 30 * 86_400_000);

/** Run orders, retries and the limit of PARALLEL mode (semantics §3, §7). */
function startFault(before: ExecutionState, after: ExecutionState, stageName: string, actionName: string): string {
  const stage = stageOf(before, stageName);
  const shape = shapeOf(before.declaration).stages.find((known) => known.stageName === stageName);
  if (!stage || !shape || before.position.at !== 'inside') return 'An action starts outside its stage.';
  if (after.executionMode === 'PARALLEL' && after.runningActions > 5) return 'A sixth action starts in PARALLEL mode.';
  if (stage.skipped.includes(actionName)) return 'An action starts that a person skipped.';
  const all = shape.groups.flat();
  const own = all.find(({ action }) => action.name === actionName);
  const latest = own && stage.actions[own.index];
  if (latest?.status === 'InProgress') return 'An action starts that is running.';
  if (latest?.status === 'Succeeded' && latest.stageAttempt >= stage.freshFrom) {
    return 'An action starts again that had succeeded.';
  }
  if (latest && latest.stageAttempt === stage.attempt) return 'An action starts twice in one attempt of its stage.';
  const failed = all.find(({ action, index }) => {
    const other = stage.actions[index];
    const hasFailed = other?.status === 'Failed' && other.stageAttempt === stage.attempt;
    return hasFailed && (action.runOrder ?? 1) < (own?.action.runOrder ?? 1);
  });
  if (failed) return `An action starts although ${failed.action.name} failed before it.`;
  const open = all.find(({ action, index }) => {
    const status = stage.actions[index]?.status;
    const isOpen = status === 'InProgress' || (status === undefined && !isGiven(before, stageName, action.name));
    return isOpen && (action.runOrder ?? 1) < (own?.action.runOrder ?? 1) && !stage.skipped.includes(action.name);
  });
  return open ? `An action starts before ${open.action.name} has ended.` : '';
}

/** Its result came with the start, or only another action was asked for. */
const isGiven = ({ startingPoint }: ExecutionState, stageName: string, actionName: string): boolean =>
  startingPoint?.stageName === stageName &&
  (startingPoint.kind === 'action' || startingPoint.results[`${stageName}/${actionName}`] !== undefined);
