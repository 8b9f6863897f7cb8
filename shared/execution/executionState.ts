import type { JobsState } from '../jobs/jobRecord.ts';
import type { ActionTypeId, ExecutionMode, PipelineDeclaration, RetryMode } from '../model/declaration.ts';
import type { Sidecar } from '../model/sidecar.ts';
import type { FailureCode } from '../providers/host.ts';
import type { Fidelity } from '../providers/provider.ts';
import type { ReportRecord } from '../reports/report.ts';
import type {
  ActionStatus,
  ArtifactRecord,
  ConditionStatus,
  ConditionType,
  EntranceWait,
  PipelineExecutionStatus,
  RepositoryRevision,
  RuleStatus,
  StageStatus,
  StartingPoint,
  Trigger,
} from './events.ts';
import { shapeOf } from './shape.ts';

/**
 * What the facts of an execution add up to. Never changed in place: every event makes a new state that shares all it did
 * not touch, so a view may compare by identity and a scrubber may keep any number of them.
 * Times: `…At` is milliseconds since 1970, `…Mono` milliseconds since the execution's first event (use it for durations).
 */
export interface ExecutionState {
  /** '' until ExecutionStarted. */
  readonly pipelineExecutionId: string;
  readonly pipelineName: string;
  readonly pipelineVersion: number;
  readonly executionMode: ExecutionMode;
  readonly executionType: 'STANDARD' | 'ROLLBACK';
  readonly trigger: Trigger;
  /** Rises with every start of the pipeline: "newer" means larger. */
  readonly startNumber: number;
  readonly declaration: PipelineDeclaration;
  /** Pipeline-level variables, resolved. */
  readonly variables: Readonly<Record<string, string>>;
  readonly bindings: Sidecar['bindings'];
  readonly documentPath: string;
  readonly sourceRevisions: readonly { actionName: string; revisionType: string; revisionValue: string }[];
  /** Where it begins, when not at the first stage. */
  readonly startingPoint: StartingPoint | undefined;
  readonly breakpoints: Readonly<Record<string, 'before' | 'after'>>;
  /** By 'namespace.key': values a person gave at a breakpoint; they count before what actions produced. */
  readonly changedVariables: Readonly<Record<string, string>>;
  /** Undefined until ExecutionStarted. */
  readonly status: PipelineExecutionStatus | undefined;
  readonly position: Position;
  /** In the order of the declaration; stages that only events name follow. */
  readonly stages: readonly StageState[];
  /** The stop that is under way, or that ended the execution; a retry clears it. */
  readonly stop: StopRequest | undefined;
  /** The definition was updated: it is to become Cancelled. A retry clears it. */
  readonly cancel: { readonly reason: string; readonly at: number } | undefined;
  /** Why it waits at the entrance where it stands, and since when (milliseconds since 1970) for this reason. */
  readonly waiting: (EntranceWait & { readonly since: number }) | undefined;
  /** 1, and one more for each retry of a stage (the events' pipeline-execution-attempt). */
  readonly attempt: number;
  /** Actions that are InProgress now. */
  readonly runningActions: number;
  /** The newer execution, when Superseded. */
  readonly supersededBy: string | undefined;
  readonly summary: string | undefined;
  readonly startedAt: number;
  readonly updatedAt: number;
  readonly finishedAt: number | undefined;
  readonly finishedMono: number | undefined;
  /** Sequence number and monotonic time of the last event, 0 before any. */
  readonly lastSeq: number;
  readonly lastMono: number;
}

/**
 * Where an execution stands. `start`: not yet at the first entrance. `entrance`: waits there, holds no lock. `inside`: holds
 * the stage's lock. `retrying`: a retry was accepted, the lock is its own again. `left`: the stage ended, nothing followed yet.
 */
export interface Position {
  readonly at: 'start' | 'entrance' | 'inside' | 'retrying' | 'left' | 'ended';
  /** '' at the start. */
  readonly stageName: string;
  /** `retrying` because a failed condition was overridden: the attempt that it had failed goes on. */
  readonly isOverride?: boolean;
}

export interface StopRequest {
  readonly abandon: boolean;
  readonly reason: string;
  readonly at: number;
}

export interface StageState {
  readonly stageName: string;
  /** Undefined while the execution has not entered it. */
  readonly status: StageStatus | undefined;
  /** 0 before the first entry, then 1 and one more for each retry. */
  readonly attempt: number;
  /** Successes of attempts before this one do not count any more (ALL_ACTIONS). */
  readonly freshFrom: number;
  /** Of the latest retry. */
  readonly retryMode: RetryMode | undefined;
  readonly retries: StageRetries;
  /** In the order of the declaration: the latest attempt of each action, undefined while it was never started. */
  readonly actions: readonly (ActionAttempt | undefined)[];
  readonly runningActions: number;
  /** The latest evaluation of each condition that was evaluated, in that order. */
  readonly conditions: readonly ConditionState[];
  /** The rollback that this stage's failure led to, or why there is none. */
  readonly rollback:
    | {
        readonly pipelineExecutionId: string | undefined;
        readonly targetPipelineExecutionId: string | undefined;
        readonly refused: string | undefined;
      }
    | undefined;
  /** By action name: where a breakpoint holds it now. */
  readonly paused: Readonly<Record<string, { readonly pausedAt: 'before' | 'after'; readonly since: number }>>;
  /** By action name: the breakpoints that a person has let it pass in this attempt of the stage. */
  readonly passed: Readonly<Record<string, readonly ('before' | 'after')[]>>;
  /** Names of actions that a person skipped in this attempt of the stage: they count as done. */
  readonly skipped: readonly string[];
  readonly reachedAt: number | undefined;
  /** Of the latest attempt. */
  readonly startedAt: number | undefined;
  readonly startedMono: number | undefined;
  readonly finishedAt: number | undefined;
  readonly finishedMono: number | undefined;
}

/** One evaluation of a condition. */
export interface ConditionState {
  readonly conditionType: ConditionType;
  /** The attempt of the stage it belongs to. */
  readonly stageAttempt: number;
  readonly status: ConditionStatus;
  readonly summary: string | undefined;
  readonly overriddenBy: string | undefined;
  readonly startedAt: number;
  readonly startedMono: number;
  readonly finishedAt: number | undefined;
  readonly finishedMono: number | undefined;
  /** Those that were started, in that order. */
  readonly rules: readonly RuleState[];
  /** The evaluation before this one. */
  readonly previous: ConditionState | undefined;
}

export interface RuleState {
  readonly stageName: string;
  readonly conditionType: ConditionType;
  readonly ruleName: string;
  readonly ruleExecutionId: string;
  readonly ruleTypeId: { category: 'Rule'; owner: string; provider: string; version: string };
  readonly fidelity: Fidelity;
  readonly status: RuleStatus;
  readonly startedAt: number;
  readonly startedMono: number;
  readonly finishedAt: number | undefined;
  readonly finishedMono: number | undefined;
  readonly resolvedConfiguration: Readonly<Record<string, string>>;
  readonly inputArtifacts: readonly ArtifactRecord[];
  readonly summary: string | undefined;
  readonly errorDetails: { code: FailureCode; message: string; fix?: string } | undefined;
  readonly externalExecutionId: string | undefined;
  readonly externalExecutionUrl: string | undefined;
  readonly process: { readonly pid: number; readonly startTime: string } | undefined;
  readonly adoptions: number;
}

/** As GetPipelineState's retryStageMetadata. */
export interface StageRetries {
  readonly automatic: number;
  readonly manual: number;
  readonly latestTrigger: 'ManualStageRetry' | 'AutomatedStageRetry' | undefined;
}

export interface ActionAttempt {
  readonly stageName: string;
  readonly actionName: string;
  readonly actionExecutionId: string;
  readonly actionTypeId: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>;
  /** 1, and one more each time the action is started in this execution. */
  readonly attempt: number;
  /** The attempt of the stage it ended in; while it runs, the one it was started in. */
  readonly stageAttempt: number;
  readonly status: ActionStatus;
  readonly startedAt: number;
  readonly startedMono: number;
  readonly finishedAt: number | undefined;
  readonly finishedMono: number | undefined;
  readonly fidelity: Fidelity;
  readonly resolvedConfiguration: Readonly<Record<string, string>>;
  readonly inputArtifacts: readonly ArtifactRecord[];
  readonly outputArtifacts: readonly ArtifactRecord[];
  readonly outputVariables: Readonly<Record<string, string>>;
  readonly summary: string | undefined;
  readonly errorDetails: { code: FailureCode; message: string; fix?: string } | undefined;
  readonly externalExecutionId: string | undefined;
  readonly externalExecutionUrl: string | undefined;
  readonly revision: RepositoryRevision | undefined;
  /** What its build reported of tests and coverage; undefined where it reported nothing. */
  readonly reports?: readonly ReportRecord[] | undefined;
  readonly process: { readonly pid: number; readonly startTime: string } | undefined;
  /** How often a host that came back took it over. */
  readonly adoptions: number;
  readonly approval: ApprovalState | undefined;
  /** Of an action that somebody else works on; undefined for all others. */
  readonly jobs?: JobsState | undefined;
  /** The attempt before this one. */
  readonly previous: ActionAttempt | undefined;
}

export interface ApprovalState {
  readonly token: string;
  readonly expiresAt: number;
  readonly customData: string | undefined;
  readonly externalEntityLink: string | undefined;
  readonly answer:
    | {
        readonly status: 'Approved' | 'Rejected';
        readonly summary: string;
        readonly answeredBy: string;
        readonly at: number;
      }
    | undefined;
}

/** The index of a stage in `state.stages`, -1 if unknown. */
export function stageIndexOf(state: ExecutionState, stageName: string): number {
  const index = shapeOf(state.declaration).stageIndex.get(stageName);
  return index ?? state.stages.findIndex((stage) => stage.stageName === stageName);
}

/** The index of an action in `stage.actions`, -1 if unknown. */
export function actionIndexOf(state: ExecutionState, stageIndex: number, actionName: string): number {
  const index = shapeOf(state.declaration).stages[stageIndex]?.actionIndex.get(actionName);
  if (index !== undefined) return index;
  return state.stages[stageIndex]?.actions.findIndex((action) => action?.actionName === actionName) ?? -1;
}

export function stageOf(state: ExecutionState, stageName: string): StageState | undefined {
  return state.stages[stageIndexOf(state, stageName)];
}

/** The latest attempt of an action, undefined while it was never started. */
export function actionOf(state: ExecutionState, stageName: string, actionName: string): ActionAttempt | undefined {
  const stageIndex = stageIndexOf(state, stageName);
  return state.stages[stageIndex]?.actions[actionIndexOf(state, stageIndex, actionName)];
}

/** All attempts of an action, oldest first. */
export function attemptsOf(latest: ActionAttempt | undefined): ActionAttempt[] {
  const attempts: ActionAttempt[] = [];
  for (let attempt = latest; attempt; attempt = attempt.previous) attempts.push(attempt);
  return attempts.reverse();
}

/** An action execution of any attempt by its id; searches the latest attempts first. */
export function findActionExecution(state: ExecutionState, actionExecutionId: string): ActionAttempt | undefined {
  for (const stage of state.stages) {
    for (const latest of stage.actions) {
      for (let attempt = latest; attempt; attempt = attempt.previous) {
        if (attempt.actionExecutionId === actionExecutionId) return attempt;
      }
    }
  }
  return undefined;
}

/** The latest evaluation of a condition, of whichever attempt. */
export function conditionOf(stage: StageState | undefined, conditionType: ConditionType): ConditionState | undefined {
  return stage?.conditions.find((condition) => condition.conditionType === conditionType);
}

/** Every rule that is InProgress. */
export function runningRulesOf(state: ExecutionState): RuleState[] {
  return state.stages.flatMap((stage) =>
    stage.conditions.flatMap((condition) => condition.rules.filter((rule) => rule.status === 'InProgress')),
  );
}

/** Every action that is InProgress. */
export function runningActionsOf(state: ExecutionState): ActionAttempt[] {
  if (state.runningActions === 0) return [];
  return state.stages.flatMap((stage) =>
    stage.runningActions === 0
      ? []
      : stage.actions.filter((action): action is ActionAttempt => action?.status === 'InProgress'),
  );
}

export const isFinished = (state: ExecutionState): boolean => state.position.at === 'ended';

/** True while an approval of this action waits for an answer. */
export const waitsForApproval = (action: ActionAttempt | undefined): boolean =>
  action?.status === 'InProgress' && action.approval !== undefined && action.approval.answer === undefined;
