import { ProblemError } from '../problem.ts';
import { overtakerOf, refuseOverLimit } from './commands.ts';
import type { ConditionType, Happening } from './events.ts';
import { conditionOf, type ExecutionState, isFinished, type StageState, stageOf } from './executionState.ts';
import { type Gate, resultOf } from './stageConditions.ts';

export interface OverrideInput {
  stageName: string;
  conditionType: ConditionType;
  overriddenBy: string;
}

/**
 * Override of a stage's condition (rules.md §3): one that is evaluated, or one whose failure ended the execution. `others`:
 * executions of this pipeline that were started later, or that have not finished; others than those may be among them.
 *
 * Decisions of ours where the reference leaves room: SKIP can not be overridden while it is evaluated either; a failed
 * condition can be until another execution has entered the stage, its rollback has been started, or the pipeline's
 * definition has changed (`currentVersion`).
 */
export function overrideStageCondition(
  state: ExecutionState,
  { stageName, conditionType, overriddenBy, currentVersion }: OverrideInput & { currentVersion?: number },
  others: readonly ExecutionState[] = [],
): Happening[] {
  const refuse = (code: string, what: string, fix: string) => new ProblemError({ code, where: stageName, what, fix });
  const stage = stageOf(state, stageName);
  if (!stage) {
    throw refuse(
      'override.stage-not-found',
      `The pipeline of this execution has no stage "${stageName}" (StageNotFoundException).`,
      'Choose a stage that the execution has.',
    );
  }
  if (conditionType === 'ON_FAILURE') {
    throw refuse(
      'override.not-overridable',
      'Only the conditions BEFORE_ENTRY and ON_SUCCESS can be overridden (ValidationException).',
      'Stop the execution to keep its onFailure condition from acting.',
    );
  }
  const fault = faultOf(state, stage, conditionType);
  if (fault !== undefined) {
    throw refuse(
      'override.not-overridable',
      `The ${conditionType} condition of "${stageName}" can not be overridden: ${fault} (ConditionNotOverridableException).`,
      'A condition can be overridden while its rules run, or right after it has failed the stage.',
    );
  }
  if (isFinished(state)) {
    if (currentVersion !== undefined && currentVersion !== state.pipelineVersion) {
      throw refuse(
        'override.conflict',
        `The execution ran version ${state.pipelineVersion} of the pipeline, which is version ${currentVersion} now (ConflictException).`,
        'Start the pipeline anew, so that its present definition runs.',
      );
    }
    const overtaking = overtakerOf(state, stageName, others);
    if (overtaking) {
      throw refuse(
        'override.not-latest',
        `A newer execution, ${overtaking.pipelineExecutionId}, has entered "${stageName}" since (NotLatestPipelineExecutionException).`,
        'Start the pipeline anew.',
      );
    }
    refuseOverLimit(
      state.declaration,
      others.filter((other) => other.status !== undefined && !isFinished(other)).length,
    );
  }
  return [
    {
      type: 'ConditionFinished',
      stageName,
      conditionType,
      status: 'Overridden',
      summary: `Overridden by ${overriddenBy}.`,
      overriddenBy,
    },
  ];
}

/** Why a condition can not be overridden, as a clause. */
function faultOf(state: ExecutionState, stage: StageState, conditionType: Gate): string | undefined {
  const condition = conditionOf(stage, conditionType);
  if (!condition || condition.stageAttempt !== stage.attempt) return 'it was not evaluated';
  if (resultOf(state, stage.stageName, conditionType) === 'SKIP') return 'its result is SKIP';
  if (state.stop || state.cancel) return `the execution ${state.stop ? 'was stopped' : 'is cancelled'}`;
  if (condition.status !== 'InProgress' && condition.status !== 'Failed' && condition.status !== 'Errored') {
    return `it is ${condition.status}`;
  }
  if (state.position.stageName !== stage.stageName) return 'the execution has left the stage';
  if (stage.rollback?.pipelineExecutionId !== undefined) return 'the stage is being rolled back';
  if (state.position.at === 'inside') return undefined;
  if (!isFinished(state)) return 'the failure is being answered by the onFailure condition';
  return state.status === 'Failed' ? undefined : `the execution is ${state.status}`;
}
