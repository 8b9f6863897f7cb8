import type { ActionStatus, StageStatus } from '../../shared/execution/events.ts';
import {
  type ActionAttempt,
  actionOf,
  type ExecutionState,
  type StageState,
  stageOf,
  waitsForApproval,
} from '../../shared/execution/executionState.ts';
import type { Fidelity } from '../../shared/providers/provider.ts';

/**
 * What a card or a column header shows of an execution. The same state gives the same object, so that a component that
 * selects one redraws only when its own action changed.
 */
export interface ActionView {
  /** Skipped: it was not run, and counts as done (a person or a condition said so). */
  readonly status: ActionStatus | 'NotStarted' | 'Skipped';
  readonly actionExecutionId: string;
  /** 0 = never started. */
  readonly attempt: number;
  /** Milliseconds since 1970, by the execution's monotonic clock. */
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  readonly fidelity: Fidelity | undefined;
  readonly waitsForApproval: boolean;
  /** A breakpoint holds it there; '' = none does. */
  readonly pausedAt: 'before' | 'after' | '';
  /** Why it failed, or what it said at its end; '' for nothing. */
  readonly message: string;
}

export interface StageView {
  readonly status: StageStatus | 'NotStarted' | 'Waiting';
  readonly attempt: number;
  readonly startedAt: number | undefined;
  readonly finishedAt: number | undefined;
  /** A retry can be asked for: the stage failed (or was stopped) and the execution ended there. */
  readonly isRetryable: boolean;
}

const nothingDone: ActionView = Object.freeze({
  status: 'NotStarted',
  actionExecutionId: '',
  attempt: 0,
  startedAt: undefined,
  finishedAt: undefined,
  fidelity: undefined,
  waitsForApproval: false,
  pausedAt: '',
  message: '',
});
const skipped: ActionView = Object.freeze({ ...nothingDone, status: 'Skipped' });
const notEntered: StageView = Object.freeze({
  status: 'NotStarted',
  attempt: 0,
  startedAt: undefined,
  finishedAt: undefined,
  isRetryable: false,
});

const actionViews = new WeakMap<ActionAttempt, ActionView>();

const wall = (origin: number, mono: number | undefined): number | undefined =>
  mono === undefined ? undefined : origin + mono;

/** The view of one attempt. `origin` is the execution's start. */
export function viewOfAttempt(attempt: ActionAttempt, origin: number): ActionView {
  let view = actionViews.get(attempt);
  if (!view) {
    view = {
      status: attempt.status,
      actionExecutionId: attempt.actionExecutionId,
      attempt: attempt.attempt,
      startedAt: origin + attempt.startedMono,
      finishedAt: wall(origin, attempt.finishedMono),
      fidelity: attempt.fidelity,
      waitsForApproval: waitsForApproval(attempt),
      pausedAt: '',
      message: attempt.errorDetails?.message ?? attempt.summary ?? '',
    };
    actionViews.set(attempt, view);
  }
  return view;
}

export function actionView(state: ExecutionState | undefined, stageName: string, actionName: string): ActionView {
  const attempt = state && actionOf(state, stageName, actionName);
  const view = attempt ? viewOfAttempt(attempt, state.startedAt) : nothingDone;
  const stage = state && stageOf(state, stageName);
  if (!stage) return view;
  if (Object.hasOwn(stage.paused, actionName)) return pausedView(stage.paused[actionName]!, view);
  const isSkipped = stage.skipped.includes(actionName) || (stage.status === 'Skipped' && !attempt);
  return isSkipped ? skippedView(view) : view;
}

const pausedViews = new WeakMap<object, ActionView>();

function pausedView(pause: { readonly pausedAt: 'before' | 'after' }, view: ActionView): ActionView {
  const before = pausedViews.get(pause);
  if (before?.attempt === view.attempt) return before;
  const after: ActionView = { ...view, pausedAt: pause.pausedAt };
  pausedViews.set(pause, after);
  return after;
}

const skippedViews = new WeakMap<ActionView, ActionView>([[nothingDone, skipped]]);

/** An earlier attempt of it may have run: its log stays reachable. */
function skippedView(view: ActionView): ActionView {
  let after = skippedViews.get(view);
  if (!after) {
    after = { ...view, status: 'Skipped' };
    skippedViews.set(view, after);
  }
  return after;
}

const RETRYABLE: readonly (StageStatus | undefined)[] = ['Failed', 'Stopped'];
const retryableViews = new WeakMap<StageState, StageView>();
const stageViews = new WeakMap<StageState, StageView>();
const waitingViews = new WeakMap<StageState, StageView>();

export function stageView(state: ExecutionState | undefined, stageName: string): StageView {
  const stage = state && stageOf(state, stageName);
  if (!stage) return notEntered;
  const isWaiting =
    stage.status === undefined && state.position.at === 'entrance' && state.position.stageName === stageName;
  if (stage.status === undefined && !isWaiting) return notEntered;
  const isRetryable =
    state.position.at === 'ended' &&
    (state.status === 'Failed' || state.status === 'Stopped') &&
    RETRYABLE.includes(stage.status);
  const cache = isWaiting ? waitingViews : isRetryable ? retryableViews : stageViews;
  let view = cache.get(stage);
  if (!view) {
    view = {
      status: isWaiting ? 'Waiting' : (stage.status ?? 'NotStarted'),
      attempt: stage.attempt,
      startedAt: wall(state.startedAt, stage.startedMono),
      finishedAt: wall(state.startedAt, stage.finishedMono),
      isRetryable,
    };
    cache.set(stage, view);
  }
  return view;
}
