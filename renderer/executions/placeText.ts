import type { ExecutionState } from '../../shared/execution/executionState.ts';
import { strings } from '../strings/strings.ts';

/** Where an execution of a pipeline is, in few words: "in Build", "waits at the disabled transition into Deploy". */
export function placeText({ position, waiting, status, stages }: ExecutionState): string {
  const { at, stageName } = position;
  const texts = strings.executions.place;
  if (status === 'Stopping') return texts.stopping(stageName);
  if (at === 'start') return texts.begins;
  if (at === 'entrance') return texts[waiting?.reason ?? 'comes'](stageName);
  if (stages.some(({ paused }) => Object.keys(paused).length > 0)) return texts.paused(stageName);
  return at === 'left' ? texts.left(stageName) : texts.in(stageName);
}
