import { actionKey } from '../model/declaration.ts';
import type { ConditionType, EntranceWait, ExecutionEvent } from './events.ts';
import { errorSentence } from './whyReason.ts';

/** An event in one sentence for people, '' for those that say nothing new to them. Not masked: texts of events are masked already. */
export function eventSentence(event: ExecutionEvent): string {
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
    case 'ActionFinished':
      return `  ${actionKey(event.stageName, event.actionName)} ${event.status}${because(event)}`;
    case 'StageFinished':
      return event.status === 'Succeeded' ? '' : `${event.stageName} ${event.status}`;
    case 'StopRequested':
      return event.abandon ? 'Stop: running actions are abandoned' : 'Stop: waiting for running actions';
    case 'StageRetryRequested':
      return `${event.stageName} is retried (${event.retryMode})`;
    case 'ExecutionFinished':
      return event.status;
    case 'EntranceWaited':
      return `Waits at ${event.stageName}: ${waitSentence(event.wait)}`;
    case 'ConditionStarted':
      return `  ${event.stageName}: ${conditionNames[event.conditionType]} conditions are evaluated`;
    case 'RuleStarted':
      return `    rule ${event.ruleName} started${event.fidelity === 'real' ? '' : ` [${event.fidelity}]`}`;
    case 'RuleAdopted':
      return `    rule ${event.ruleName} taken over`;
    case 'RuleFinished':
      return `    rule ${event.ruleName} ${event.status}${because(event)}`;
    case 'ConditionFinished':
      return `  ${event.stageName}: ${conditionNames[event.conditionType]} ${event.status}${event.overriddenBy ? ` by ${event.overriddenBy}` : ''}: ${event.summary}`;
    case 'RollbackRequested':
      return event.pipelineExecutionId
        ? `${event.stageName} is rolled back to execution ${event.targetPipelineExecutionId} by execution ${event.pipelineExecutionId}`
        : `${event.stageName} is not rolled back: ${event.refused}`;
    case 'ActionPaused':
      return `  ${actionKey(event.stageName, event.actionName)} paused ${event.pausedAt === 'before' ? 'before it starts' : 'after its end'} (breakpoint)`;
    case 'ActionContinued':
      return `  ${actionKey(event.stageName, event.actionName)} ${event.skip ? 'skipped' : 'continued'} by ${event.by}`;
    case 'CancelRequested':
      return `Cancelled: ${event.reason}`;
    case 'JobQueued':
      return `  ${actionKey(event.stageName, event.actionName)} ${event.continuationToken === undefined ? 'waits as' : 'goes on as'} job ${event.jobId}`;
    case 'JobAcknowledged':
      return `  ${actionKey(event.stageName, event.actionName)}: a worker took job ${event.jobId}`;
    case 'JobArtifactStored':
    case 'JobFinished':
    case 'RuleProcessStarted':
    case 'StageEntranceReached':
    case 'ActionProcessStarted':
      return '';
    default:
      return event satisfies never;
  }
}

export const conditionNames: Record<ConditionType, string> = {
  BEFORE_ENTRY: 'beforeEntry',
  ON_SUCCESS: 'onSuccess',
  ON_FAILURE: 'onFailure',
};

/** Why an execution waits at an entrance, as the end of a sentence. */
export function waitSentence(wait: EntranceWait): string {
  switch (wait.reason) {
    case 'transition':
      return `the transition was disabled by ${wait.disabledBy} (${wait.disabledReason})`;
    case 'lock':
      return `execution ${wait.pipelineExecutionId} is inside`;
    case 'queue':
      return `execution ${wait.pipelineExecutionId} came first`;
    case 'expired':
      return 'it waited at a disabled transition for more than 30 days and does not go on by itself';
    default:
      return wait satisfies never;
  }
}

function because({
  errorDetails,
  summary,
}: {
  errorDetails?: { message: string; fix?: string };
  summary?: string;
}): string {
  if (errorDetails) return `: ${errorSentence(errorDetails)}`;
  return summary ? `: ${summary}` : '';
}
