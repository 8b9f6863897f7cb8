import { conditionNames } from '../../shared/execution/eventSentence.ts';
import type { Happening } from '../../shared/execution/events.ts';
import { strings } from '../strings/strings.ts';
import { statusText } from '../ui/StatusIcon.tsx';

/** What happened in an event, in a few words. */
export function eventText(event: Happening): string {
  const texts = strings.timeline.events;
  switch (event.type) {
    case 'ExecutionStarted':
      return texts.executionStarted;
    case 'StageEntranceReached':
      return texts.reached(event.stageName);
    case 'EntranceWaited':
      return texts.waits(event.stageName);
    case 'StageStarted':
      return startText(event.stageName, event.attempt);
    case 'ActionStarted':
      return startText(event.actionName, event.attempt);
    case 'ActionProcessStarted':
      return texts.processStarted(event.actionName);
    case 'ActionAdopted':
      return texts.adopted(event.actionName);
    case 'ApprovalRequested':
      return texts.waitsForApproval(event.actionName);
    case 'ApprovalAnswered':
      return event.status === 'Approved' ? texts.approved(event.actionName) : texts.rejected(event.actionName);
    case 'JobQueued':
      return texts.jobQueued(event.actionName);
    case 'JobAcknowledged':
      return texts.jobTaken(event.actionName);
    case 'JobArtifactStored':
      return texts.jobArtifact(event.actionName);
    case 'JobFinished':
      return texts.jobFinished(event.actionName);
    case 'ActionFinished':
      return texts.ended(event.actionName, statusText(event.status).toLowerCase());
    case 'ConditionStarted':
      return texts.conditions(event.stageName, conditionNames[event.conditionType]);
    case 'ConditionFinished':
      return texts.conditionsEnded(
        event.stageName,
        conditionNames[event.conditionType],
        statusText(event.status === 'Errored' ? 'Failed' : event.status).toLowerCase(),
      );
    case 'RuleStarted':
      return texts.started(texts.rule(event.ruleName));
    case 'RuleProcessStarted':
      return texts.processStarted(texts.rule(event.ruleName));
    case 'RuleAdopted':
      return texts.adopted(texts.rule(event.ruleName));
    case 'RuleFinished':
      return texts.ended(texts.rule(event.ruleName), statusText(event.status).toLowerCase());
    case 'RollbackRequested':
      return event.pipelineExecutionId ? texts.rollback(event.stageName) : texts.noRollback(event.stageName);
    case 'ActionPaused':
      return texts[event.pausedAt === 'before' ? 'pausedBefore' : 'pausedAfter'](event.actionName);
    case 'ActionContinued':
      return event.skip ? texts.skipped(event.actionName) : texts.continued(event.actionName);
    case 'StageFinished':
      return texts.ended(event.stageName, statusText(event.status).toLowerCase());
    case 'CancelRequested':
      return texts.cancel;
    case 'StopRequested':
      return event.abandon ? texts.abandon : texts.stop;
    case 'StageRetryRequested':
      return texts.retry(event.stageName);
    case 'ExecutionFinished':
      return texts.executionEnded(statusText(event.status).toLowerCase());
    default:
      event satisfies never;
      // A newer program wrote this journal; its new kinds of events have no words here.
      return texts.other;
  }
}

function startText(name: string, attempt: number): string {
  const { started, startedAgain } = strings.timeline.events;
  return attempt > 1 ? startedAgain(name, attempt) : started(name);
}
