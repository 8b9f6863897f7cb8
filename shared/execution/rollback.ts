import type { Sidecar } from '../model/sidecar.ts';
import { ProblemError } from '../problem.ts';
import { refuseOverLimit } from './commands.ts';
import type { Happening, Trigger } from './events.ts';
import { type ExecutionState, isFinished, stageIndexOf, stageOf } from './executionState.ts';
import { hasFailed, presentCondition } from './stageConditions.ts';
import { resultsBefore } from './startingResults.ts';

/** Rollback of a stage to what an earlier execution had brought there (semantics §8). */

export interface RollbackRequest {
  stageName: string;
  targetPipelineExecutionId: string;
  /** The execution that the person chose; undefined when there is no such execution. */
  target: ExecutionState | undefined;
  /** Version of the pipeline's definition now. */
  pipelineVersion: number;
}

/** The target, or what RollbackStage answers instead. `executions`: those of this pipeline that have not finished, and any others. */
export function checkRollback(
  { stageName, targetPipelineExecutionId, target, pipelineVersion }: RollbackRequest,
  executions: readonly ExecutionState[],
): ExecutionState {
  const refuse = (code: string, what: string, fix: string) => new ProblemError({ code, where: stageName, what, fix });
  if (!target || target.status === undefined) {
    throw refuse(
      'rollback.execution-not-found',
      `The pipeline has no execution ${targetPipelineExecutionId} (PipelineExecutionNotFoundException).`,
      'Choose an execution that succeeded in the stage.',
    );
  }
  if (!stageOf(target, stageName)) {
    throw refuse(
      'rollback.stage-not-found',
      `The pipeline of this execution has no stage "${stageName}" (StageNotFoundException).`,
      'Choose a stage that the execution has.',
    );
  }
  const fault = rollbackFault(target, stageName, pipelineVersion);
  if (fault?.isOutdated) {
    throw refuse(
      'rollback.outdated',
      `"${stageName}" can not be rolled back: ${fault.why} (PipelineExecutionOutdatedException).`,
      'Choose an execution of the present version of the pipeline.',
    );
  }
  if (fault) {
    throw refuse(
      'rollback.unable',
      `"${stageName}" can not be rolled back: ${fault.why} (UnableToRollbackStageException).`,
      'Choose an execution that succeeded in the stage; the source stage and PARALLEL pipelines have no rollback.',
    );
  }
  const inside = executions.find(
    (other) =>
      !isFinished(other) &&
      other.executionMode !== 'PARALLEL' &&
      other.position.stageName === stageName &&
      (other.position.at === 'inside' || other.position.at === 'retrying'),
  );
  if (inside) {
    throw refuse(
      'rollback.unable',
      `"${stageName}" can not be rolled back while execution ${inside.pipelineExecutionId} is inside (UnableToRollbackStageException).`,
      'Wait until the stage is free, or stop that execution.',
    );
  }
  refuseOverLimit(
    target.declaration,
    executions.filter((other) => other.status !== undefined && !isFinished(other)).length,
  );
  return target;
}

/** The execution that an automatic rollback returns to: of those that may be, the one that succeeded in the stage last. */
export function latestRollbackTarget(
  states: readonly ExecutionState[],
  stageName: string,
  pipelineVersion: number,
): ExecutionState | undefined {
  const endOf = (state: ExecutionState) => stageOf(state, stageName)?.finishedAt ?? 0;
  let latest: ExecutionState | undefined;
  for (const state of states) {
    if (!stageOf(state, stageName) || rollbackFault(state, stageName, pipelineVersion)) continue;
    const later = latest ? endOf(state) - endOf(latest) || state.startNumber - latest.startNumber : 1;
    if (later > 0) latest = state;
  }
  return latest;
}

/** Why an execution can not be the target of a rollback, as a clause; undefined when it can be. */
export function rollbackFault(
  target: ExecutionState,
  stageName: string,
  pipelineVersion: number,
): { why: string; isOutdated: boolean } | undefined {
  const stage = stageOf(target, stageName);
  const because = (why: string, isOutdated = false) => ({ why, isOutdated });
  if (stageIndexOf(target, stageName) === 0) return because('it is the source stage');
  if (target.executionMode === 'PARALLEL') return because('the pipeline runs in PARALLEL mode');
  if (target.executionType === 'ROLLBACK') return because('the target is itself a rollback');
  if (target.startingPoint?.kind === 'action') return because('the target ran one action of it only');
  if (target.pipelineVersion !== pipelineVersion) {
    const versions = `version ${target.pipelineVersion}, and the pipeline has version ${pipelineVersion} now`;
    return because(`the target ran ${versions}`, true);
  }
  if (stage?.status !== 'Succeeded') {
    return because(stage?.status ? `the stage ${stage.status} in the target` : 'the target never entered the stage');
  }
  // Shown as Succeeded although its onSuccess condition asked for a rollback (rules.md §3): nothing to return to.
  if (hasFailed(presentCondition(stage, 'ON_SUCCESS'))) return because('the onSuccess condition of the target failed');
  return undefined;
}

export interface StartRollbackInput {
  pipelineExecutionId: string;
  stageName: string;
  /** Checked: `checkRollback`, or found by `latestRollbackTarget`. */
  target: ExecutionState;
  /** ManualRollback with who asked, AutomatedRollback with the id of the failed execution. */
  trigger: Trigger;
  startNumber: number;
  /** The bindings of today; absent = those of the target. */
  bindings?: Sidecar['bindings'];
  documentPath?: string;
}

/** The first fact of a rollback execution: source revisions, artifacts, variables and definition are those of its target. */
export function startRollback(input: StartRollbackInput): Happening[] {
  const { pipelineExecutionId, stageName, target, trigger, startNumber } = input;
  const documentPath = input.documentPath ?? target.documentPath;
  return [
    {
      type: 'ExecutionStarted',
      pipelineExecutionId,
      pipelineName: target.pipelineName,
      pipelineVersion: target.pipelineVersion,
      executionMode: target.executionMode,
      executionType: 'ROLLBACK',
      trigger,
      startNumber,
      declaration: target.declaration,
      variables: { ...target.variables },
      bindings: input.bindings ?? target.bindings,
      ...(documentPath === '' ? {} : { documentPath }),
      ...(target.sourceRevisions.length > 0 ? { sourceRevisions: [...target.sourceRevisions] } : {}),
      startingPoint: {
        kind: 'rollback',
        pipelineExecutionId: target.pipelineExecutionId,
        stageName,
        results: resultsBefore(target, stageIndexOf(target, stageName)),
      },
    },
  ];
}
