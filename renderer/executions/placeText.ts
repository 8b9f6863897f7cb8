import type { ExecutionState } from '../../shared/execution/executionState.ts';

const WAITS = {
  transition: 'waits at the disabled transition into',
  lock: 'waits until it may enter',
  queue: 'waits in the queue for',
  expired: 'waited too long at',
} as const;

/** Where an execution of a pipeline is, in few words: "in Build", "waits at the disabled transition into Deploy". */
export function placeText({ position, waiting, status, stages }: ExecutionState): string {
  const { at, stageName } = position;
  if (status === 'Stopping') return `is being stopped in ${stageName}`;
  if (at === 'start') return 'is about to begin';
  if (at === 'entrance') return waiting ? `${WAITS[waiting.reason]} ${stageName}` : `comes to ${stageName}`;
  if (stages.some(({ paused }) => Object.keys(paused).length > 0)) return `is paused in ${stageName}`;
  return at === 'left' ? `has left ${stageName}` : `in ${stageName}`;
}
