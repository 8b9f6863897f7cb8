import { runningActionsOf } from '../../shared/execution/executionState.ts';
import { actionViewOf, useExecution } from '../state/executionStore.ts';
import { chooseLog } from './runStore.ts';

/**
 * Shows the log of an action that somebody chose on the canvas, if it has one to stay with: it has ended, or others run beside
 * it. Any other choice goes back to following what runs.
 */
export function showLogOf(where: string): void {
  const store = useExecution.getState();
  const [stageName = '', actionName = ''] = where.split('/', 2);
  const view = actionViewOf(stageName, actionName)(store);
  const hasEnded = view.finishedAt !== undefined;
  const isOneOfMany = store.state !== undefined && runningActionsOf(store.state).length > 1;
  chooseLog(actionName !== '' && (hasEnded || isOneOfMany) ? view.actionExecutionId : '');
}
