import { strings } from '../strings/strings.ts';
import type { Gesture } from './canvasStore.ts';
import { splitPlace } from './operations/operation.ts';

/** What a gesture carries, by its name. */
export function carriedText(gesture: Gesture): string {
  if (gesture.kind === 'add') return strings.provided.text(gesture.provider.label);
  const [stageName, actionName] = splitPlace(gesture.where);
  if (gesture.kind === 'connect') return gesture.artifact ?? strings.canvas.outputOf(actionName ?? '');
  return actionName ?? stageName;
}
