import { client } from '../bridge.ts';
import { tabById, useDocuments } from '../state/documentStore.ts';
import { isRunningStatus, showExecution, useExecution } from '../state/executionStore.ts';

const asked = new Set<string>();

/**
 * A document that is opened while an execution of it runs shows that execution: a run outlives the window that started it.
 * Asked once for each document; failing is no fault of the document.
 */
export async function resumeShowing(documentId: string): Promise<void> {
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab?.path || !tab.lastGood?.name || asked.has(documentId)) return;
  asked.add(documentId);
  try {
    const { executions } = await client.listPipelineExecutions({ pipelineName: tab.lastGood.name, limit: 5 });
    const running = executions.find(
      ({ status, documentPath, origin }) => origin === 'local' && documentPath === tab.path && isRunningStatus(status),
    );
    const { place, shownId } = useExecution.getState();
    if (running && place === documentId && shownId === null) showExecution(running.pipelineExecutionId);
  } catch {
    // The history view says what is wrong with the history; opening a document must not.
  }
}
