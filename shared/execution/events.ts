import type { JobResult } from '../jobs/job.ts';
import type { ActionTypeId, ExecutionMode, PipelineDeclaration, RetryMode } from '../model/declaration.ts';
import type { Sidecar } from '../model/sidecar.ts';
import type { FailureCode } from '../providers/host.ts';
import type { Fidelity } from '../providers/provider.ts';
import type { ReportRecord } from '../reports/report.ts';

/**
 * The facts of one pipeline execution, in order. Live view, recovery, history and replay read this log and nothing else.
 * Only add kinds and optional members: every journal ever written must replay for ever.
 */

export type PipelineExecutionStatus =
  | 'InProgress'
  | 'Stopping'
  | 'Stopped'
  | 'Succeeded'
  | 'Superseded'
  | 'Failed'
  | 'Cancelled';
export type StageStatus = 'InProgress' | 'Stopping' | 'Stopped' | 'Succeeded' | 'Failed' | 'Cancelled' | 'Skipped';
export type ActionStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';

/** A source revision as variables and history show it; members are absent where the source has none (plain folder). */
export interface RepositoryRevision {
  revisionId: string;
  branchName?: string;
  repositoryName?: string;
  commitMessage?: string;
  authorDate?: string;
  authorDisplayName?: string;
  authorEmail?: string;
  committerDate?: string;
  revisionUrl?: string;
}

export interface ArtifactRecord {
  name: string;
  /** Lower-case hex SHA-256 of the stored bytes. */
  digest: string;
  /** Bytes. */
  size: number;
}

/** Where a condition sits; the first two as OverrideStageCondition names them (rules.md §3). */
export type ConditionType = 'BEFORE_ENTRY' | 'ON_SUCCESS' | 'ON_FAILURE';
export type ConditionStatus =
  | 'InProgress'
  | 'Succeeded'
  | 'Failed'
  | 'Errored'
  | 'Cancelled'
  | 'Abandoned'
  | 'Overridden';
export type RuleStatus = 'InProgress' | 'Succeeded' | 'Failed' | 'Abandoned';

/** What an action of another execution had produced. */
export interface ActionResult {
  outputArtifacts: ArtifactRecord[];
  outputVariables: Record<string, string>;
  revision?: RepositoryRevision;
}

/**
 * An execution that does not begin at the first stage. `rollback` (semantics §8) and `action` end after their stage; `fork` goes on
 * to the end of the pipeline.
 */
export interface StartingPoint {
  kind: 'rollback' | 'fork' | 'action';
  /** The execution whose results it starts with. */
  pipelineExecutionId: string;
  /** The first stage it enters. */
  stageName: string;
  /** By 'Stage/Action'. Those of the first stage count as done there and are not run. */
  results: Record<string, ActionResult>;
  /** `action`: the only action that runs. */
  actionName?: string;
}

/** Why an execution waits at an entrance. */
export type EntranceWait =
  /** The inbound transition is disabled (semantics §5). */
  | { reason: 'transition'; disabledReason: string; disabledBy: string }
  /** Another execution is inside the stage (semantics §4). */
  | { reason: 'lock'; pipelineExecutionId: string }
  /** QUEUED: another execution came first. */
  | { reason: 'queue'; pipelineExecutionId: string }
  /** It waited at a disabled transition for more than 30 days and does not go on by itself (semantics §5). */
  | { reason: 'expired' };

export interface Trigger {
  triggerType:
    | 'StartPipelineExecution'
    | 'CreatePipeline'
    | 'PollForSourceChanges'
    | 'Webhook'
    | 'WebhookV2'
    | 'ManualRollback'
    | 'AutomatedRollback';
  triggerDetail: string;
}

export type Happening =
  | {
      type: 'ExecutionStarted';
      pipelineExecutionId: string;
      pipelineName: string;
      pipelineVersion: number;
      executionMode: ExecutionMode;
      executionType: 'STANDARD' | 'ROLLBACK';
      trigger: Trigger;
      /** Rises with every start of this pipeline: "newer" in supersession means a larger number. */
      startNumber: number;
      /** The definition this execution runs, whole. */
      declaration: PipelineDeclaration;
      /** Pipeline-level variables, resolved. */
      variables: Record<string, string>;
      bindings: Sidecar['bindings'];
      /** Real path of the pipeline file it was started from, if any. */
      documentPath?: string;
      sourceRevisions?: { actionName: string; revisionType: string; revisionValue: string }[];
      startingPoint?: StartingPoint;
      /** By 'Stage/Action': where the execution pauses for a person. */
      breakpoints?: Record<string, 'before' | 'after'>;
    }
  /** Stands at the entrance of a stage, holding no lock. */
  | { type: 'StageEntranceReached'; stageName: string }
  /** It cannot enter now. Recorded when the reason changes, so that the log says at any instant why it waits. */
  | { type: 'EntranceWaited'; stageName: string; wait: EntranceWait }
  /** Took the stage's lock. `attempt` starts at 1 and rises with each retry of the stage. */
  | { type: 'StageStarted'; stageName: string; attempt: number }
  | {
      type: 'ActionStarted';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      actionTypeId: Pick<ActionTypeId, 'category' | 'owner' | 'provider' | 'version'>;
      /** Rises each time this action is started in this execution. */
      attempt: number;
      fidelity: Fidelity;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      /** Names the start of the machine during which it began: after another one its process and unsynced files are gone. */
      boot?: string;
    }
  /** The runner's process exists. `startTime` (clock ticks since boot, from the system) guards against a reused pid. */
  | {
      type: 'ActionProcessStarted';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      pid: number;
      startTime: string;
    }
  /** A host that came back took the running action over. */
  | { type: 'ActionAdopted'; stageName: string; actionName: string; actionExecutionId: string }
  | {
      type: 'ApprovalRequested';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      token: string;
      /** Milliseconds since 1970. */
      expiresAt: number;
      customData?: string;
      externalEntityLink?: string;
    }
  | {
      type: 'ApprovalAnswered';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      status: 'Approved' | 'Rejected';
      summary: string;
      answeredBy: string;
    }
  /** The action waits as a job (semantics §17), or a function is called for it. A continued action has several, one after another. */
  | {
      type: 'JobQueued';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      jobId: string;
      /** Milliseconds since 1970: not offered before. */
      availableAt: number;
      continuationToken?: string;
    }
  /** A worker took it. */
  | { type: 'JobAcknowledged'; stageName: string; actionName: string; actionExecutionId: string; jobId: string }
  /** An output artifact was uploaded for the job; a later one of the same name replaces it. */
  | {
      type: 'JobArtifactStored';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      jobId: string;
      artifact: ArtifactRecord;
    }
  /** PutJobSuccessResult or PutJobFailureResult was taken. */
  | {
      type: 'JobFinished';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      jobId: string;
      result: JobResult;
    }
  | {
      type: 'ActionFinished';
      stageName: string;
      actionName: string;
      actionExecutionId: string;
      status: 'Succeeded' | 'Failed' | 'Abandoned';
      summary?: string;
      errorDetails?: { code: FailureCode; message: string; fix?: string };
      outputArtifacts: ArtifactRecord[];
      outputVariables: Record<string, string>;
      externalExecutionId?: string;
      externalExecutionUrl?: string;
      revision?: RepositoryRevision;
      /** What its build reported of tests and coverage, also of a failed build. */
      reports?: readonly ReportRecord[];
    }
  /** The rules of a condition are evaluated from here on (rules.md §3). */
  | { type: 'ConditionStarted'; stageName: string; conditionType: ConditionType }
  | {
      type: 'RuleStarted';
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
      ruleTypeId: { category: 'Rule'; owner: string; provider: string; version: string };
      fidelity: Fidelity;
      resolvedConfiguration: Record<string, string>;
      inputArtifacts: ArtifactRecord[];
      boot?: string;
    }
  | {
      type: 'RuleProcessStarted';
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
      pid: number;
      startTime: string;
    }
  /** A host that came back took the running rule over. */
  | {
      type: 'RuleAdopted';
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
    }
  | {
      type: 'RuleFinished';
      stageName: string;
      conditionType: ConditionType;
      ruleName: string;
      ruleExecutionId: string;
      status: 'Succeeded' | 'Failed' | 'Abandoned';
      summary?: string;
      errorDetails?: { code: FailureCode; message: string; fix?: string };
      externalExecutionId?: string;
      externalExecutionUrl?: string;
    }
  | {
      type: 'ConditionFinished';
      stageName: string;
      conditionType: ConditionType;
      status: Exclude<ConditionStatus, 'InProgress'>;
      /** Why, in a sentence. */
      summary: string;
      /** Who, for Overridden. */
      overriddenBy?: string;
    }
  /**
   * A rollback is due. `pipelineExecutionId` is that of the rollback execution, which may not exist yet; absent when there is no
   * target (`refused` says why) and the stage just stays Failed.
   */
  | {
      type: 'RollbackRequested';
      stageName: string;
      pipelineExecutionId?: string;
      targetPipelineExecutionId?: string;
      refused?: string;
    }
  /** Waits for a person, before the action starts or after it has ended (a breakpoint). */
  | { type: 'ActionPaused'; stageName: string; actionName: string; pausedAt: 'before' | 'after' }
  /** `variables`: by 'namespace.key', values that count from here on. `skip`: the action is not run and counts as done. */
  | {
      type: 'ActionContinued';
      stageName: string;
      actionName: string;
      pausedAt: 'before' | 'after';
      by: string;
      variables?: Record<string, string>;
      skip?: boolean;
    }
  /** The definition was updated: running actions finish, then the execution is Cancelled (semantics §15). */
  | { type: 'CancelRequested'; reason: string }
  | { type: 'StageFinished'; stageName: string; status: 'Succeeded' | 'Failed' | 'Stopped' | 'Skipped' | 'Cancelled' }
  | { type: 'StopRequested'; abandon: boolean; reason: string }
  | {
      type: 'StageRetryRequested';
      stageName: string;
      retryMode: RetryMode;
      trigger: 'ManualStageRetry' | 'AutomatedStageRetry';
      /** The local stand-ins from here on, absolute; absent = they stay. */
      bindings?: Sidecar['bindings'];
    }
  | {
      type: 'ExecutionFinished';
      status: 'Succeeded' | 'Failed' | 'Stopped' | 'Superseded' | 'Cancelled';
      /** Why, for Superseded: the newer execution. */
      supersededBy?: string;
      summary?: string;
    };

/**
 * A recorded fact. `seq` counts from 1 within its execution without gaps; `at` is wall time in milliseconds since 1970;
 * `mono` is milliseconds of the host's monotonic clock since the execution's first event (so durations survive a changed clock).
 */
export type ExecutionEvent = { seq: number; at: number; mono: number } & Happening;
