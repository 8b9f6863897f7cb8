import { actionKey } from '../model/declaration.ts';
import { waitSentence } from './eventSentence.ts';
import { type ExecutionState, isFinished, runningActionsOf, type StageState, stageIndexOf } from './executionState.ts';
import { isRolledBack } from './stageSteps.ts';
import type { Reason } from './whyReason.ts';
import { whyStage } from './whyStage.ts';

export type { Reason } from './whyReason.ts';

/**
 * Why an execution is as it is, from its log alone: why it waits, why it was superseded, why a stage failed or was skipped, why an
 * action never started. At least one sentence for every state; those of the whole execution first, then stage by stage.
 * Give the state of an instant for what was true then.
 *
 * `others`: more executions of the pipeline, if at hand: they say what the one is doing that is waited for. `now`:
 * milliseconds since 1970, for openings that lie ahead; absent = the time of the last event.
 */
export function why(
  state: ExecutionState,
  others: readonly ExecutionState[] = [],
  now: number = state.updatedAt,
): Reason[] {
  if (state.status === undefined) return [{ where: '', text: 'It has not started.' }];
  const reasons: Reason[] = [];
  const add = (where: string, text: string) => reasons.push({ where, text });
  for (const text of ofExecution(state)) add('', text);
  if (state.position.at === 'entrance') add(state.position.stageName, entranceText(state, others, now));
  for (const [index, stage] of state.stages.entries()) reasons.push(...ofStage(state, stage, index, others, now));
  if (reasons.length === 0) add('', plainText(state));
  return reasons;
}

function ofExecution(state: ExecutionState): string[] {
  const { startingPoint, position, stop, cancel } = state;
  const texts: string[] = [];
  if (startingPoint) {
    const { kind, stageName, pipelineExecutionId, actionName } = startingPoint;
    const what = {
      rollback: `It rolls "${stageName}" back to what execution ${pipelineExecutionId} brought there`,
      fork: `It began at "${stageName}" with the results of execution ${pipelineExecutionId}`,
      action: `It runs only ${actionKey(stageName, actionName ?? '')}, with the inputs of execution ${pipelineExecutionId}`,
    }[kind];
    texts.push(`${what}; ${kind === 'fork' ? 'the stages before it are not run' : 'no other stage is run'}.`);
  }
  switch (state.status) {
    case 'Superseded':
      texts.push(
        `Superseded while it waited at "${position.stageName}": execution ${state.supersededBy ?? '(unknown)'}, which was started later, came to the same entrance.`,
      );
      break;
    case 'Cancelled':
      texts.push(`Cancelled: ${cancel?.reason ?? 'the pipeline was updated.'}`);
      break;
    case 'Stopped':
      texts.push(`Stopped by request${stop?.abandon ? ', running work abandoned' : ''}${given(stop?.reason)}`);
      break;
    case 'Stopping':
      texts.push(`It is being stopped${given(stop?.reason)} ${stoppingText(state)}`);
      break;
    case 'Failed':
      texts.push(`Failed in the stage "${position.stageName}".`);
      break;
    default:
      if (cancel) texts.push(`It becomes Cancelled as soon as its running actions have ended: ${cancel.reason}`);
  }
  return texts;
}

const given = (reason: string | undefined): string => (reason ? `: ${reason}` : '.');

function stoppingText(state: ExecutionState): string {
  const names = runningActionsOf(state).map(({ stageName, actionName }) => actionKey(stageName, actionName));
  const running = names.length > 0 ? names.join(', ') : 'its rules';
  return state.stop?.abandon ? `(${running} abandoned)` : `(waiting for ${running} to end)`;
}

function entranceText(state: ExecutionState, others: readonly ExecutionState[], now: number): string {
  const { waiting, position } = state;
  if (!waiting) return `It stands at the entrance of "${position.stageName}".`;
  const text = `Waits at the entrance of "${position.stageName}": ${waitSentence(waiting)}.`;
  if (waiting.reason !== 'lock') return text;
  const holder = others.find((other) => other.pipelineExecutionId === waiting.pipelineExecutionId);
  const [first] = holder ? why(holder, [], now).filter(({ where }) => where.startsWith(position.stageName)) : [];
  return first ? `${text} There: ${first.text}` : text;
}

function ofStage(
  state: ExecutionState,
  stage: StageState,
  index: number,
  others: readonly ExecutionState[],
  now: number,
): Reason[] {
  const { stageName } = stage;
  if (stage.status === undefined) {
    const text = neverEntered(state, index);
    return text === '' ? [] : [{ where: stageName, text }];
  }
  const reasons = whyStage(state, index, now);
  const { rollback } = stage;
  if (rollback?.refused !== undefined) {
    reasons.push({ where: stageName, text: `Not rolled back: ${rollback.refused}` });
  } else if (rollback) {
    const isKnown = others.some((other) => other.pipelineExecutionId === rollback.pipelineExecutionId);
    const answer = `Rolled back to execution ${rollback.targetPipelineExecutionId} by execution ${rollback.pipelineExecutionId}`;
    const why = isRolledBack(stage) ? ', as its onSuccess condition asked, so this execution went no further' : '';
    reasons.push({
      where: stageName,
      text: `${answer}${isKnown || others.length === 0 ? '' : ' (not started yet)'}${why}.`,
    });
  }
  return reasons;
}

/** Why an execution has not been in a stage; '' while it may still come there. */
function neverEntered(state: ExecutionState, index: number): string {
  const { startingPoint, position } = state;
  const begin = startingPoint ? stageIndexOf(state, startingPoint.stageName) : 0;
  if (index < begin) return `Not run: the execution began at "${startingPoint?.stageName}".`;
  if (!isFinished(state)) return '';
  if (startingPoint && startingPoint.kind !== 'fork' && index > begin) {
    return `Not run: the execution was for "${startingPoint.stageName}" only.`;
  }
  if (position.stageName === '') return `Not run: the execution was ${state.status} before it began.`;
  const isHere = stageIndexOf(state, position.stageName) === index;
  if (isHere) return `Never entered: the execution was ${state.status} while it waited at the entrance.`;
  return `Not reached: the execution ended in "${position.stageName}" (${state.status}).`;
}

function plainText({ status, position }: ExecutionState): string {
  if (status === 'Succeeded') return 'Every stage succeeded.';
  return position.stageName === '' ? 'It is about to begin.' : `It goes on after "${position.stageName}".`;
}
