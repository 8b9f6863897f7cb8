import { ProblemError } from '../../shared/problem.ts';
import type { GitEvent } from '../../shared/triggers/gitEvent.ts';
import { client } from '../bridge.ts';
import { chooseLog } from '../run/runStore.ts';
import { tabById, useDocuments } from '../state/documentStore.ts';
import { showExecution, useExecution } from '../state/executionStore.ts';
import { closeDialog, notifyFailure, showBottom, showView } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/**
 * Starts a document as it stands in the window, as this event would, and shows the run. Answers what stands in its way, for
 * the sheet to show; '' = it started. `of`: the source action ('Stage/Action') whose repository it is, '' = all.
 */
export async function startWithEvent(documentId: string, event: GitEvent, of: string): Promise<string> {
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab) return '';
  try {
    const { text, sidecar } = tab;
    const { pipelineExecutionId } = await client.startFromTrigger({
      documentId,
      text,
      sidecar,
      event,
      ...(of && { of: [of] }),
    });
    closeDialog();
    chooseLog('');
    if (useExecution.getState().place === documentId) showExecution(pipelineExecutionId);
    showView('design');
    showBottom('logs');
    return '';
  } catch (error) {
    if (!(error instanceof ProblemError)) return notifyFailure('trigger.start', error).what;
    const { code, what, fix } = error.problem;
    if (code === 'trust.refused') return strings.triggers.sheet.refused;
    return `${what} ${fix}`;
  }
}
