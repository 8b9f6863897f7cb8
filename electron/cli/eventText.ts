import type { ExecutionEvent } from '../../shared/execution/events.ts';
import { actionKey } from '../../shared/model/declaration.ts';

/** An event in one line for people, '' for those that say nothing new to them. */
export function eventText(event: ExecutionEvent): string {
  const text = sentence(event);
  return text && `${new Date(event.at).toTimeString().slice(0, 8)}  ${text}\n`;
}

function sentence(event: ExecutionEvent): string {
  switch (event.type) {
    case 'ExecutionStarted':
      return `${event.pipelineName} started (${event.pipelineExecutionId})`;
    case 'StageStarted':
      return `${event.stageName}${event.attempt > 1 ? ` (attempt ${event.attempt})` : ''}`;
    case 'ActionStarted':
      return `  ${actionKey(event.stageName, event.actionName)} started${event.fidelity === 'real' ? '' : ` [${event.fidelity}]`}`;
    case 'ActionAdopted':
      return `  ${actionKey(event.stageName, event.actionName)} taken over`;
    case 'ApprovalRequested':
      return `  ${actionKey(event.stageName, event.actionName)} waits for approval${event.customData ? `: ${event.customData}` : ''}`;
    case 'ApprovalAnswered':
      return `  ${actionKey(event.stageName, event.actionName)} ${event.status.toLowerCase()}: ${event.summary}`;
    case 'ActionFinished': {
      const why = event.errorDetails
        ? `: ${event.errorDetails.message}${event.errorDetails.fix ? ` ${event.errorDetails.fix}` : ''}`
        : event.summary
          ? `: ${event.summary}`
          : '';
      return `  ${actionKey(event.stageName, event.actionName)} ${event.status}${why}`;
    }
    case 'StageFinished':
      return event.status === 'Succeeded' ? '' : `${event.stageName} ${event.status}`;
    case 'StopRequested':
      return event.abandon ? 'Stop: running actions are abandoned' : 'Stop: waiting for running actions';
    case 'StageRetryRequested':
      return `${event.stageName} is retried (${event.retryMode})`;
    case 'ExecutionFinished':
      return event.status;
    case 'StageEntranceReached':
    case 'ActionProcessStarted':
      return '';
    default:
      return event satisfies never;
  }
}
