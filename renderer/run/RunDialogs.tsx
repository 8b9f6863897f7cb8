import { useEffect } from 'react';
import { onPush } from '../bridge.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { COMPARE_PLACE, followExecutions, HISTORY_PLACE, leavePlace, setPlace } from '../state/executionStore.ts';
import { useUi } from '../state/uiStore.ts';
import { followPipeline } from '../transitions/pipelineStore.ts';
import { ConsentDialog } from './ConsentDialog.tsx';
import { RunAnnouncer } from './RunAnnouncer.tsx';
import { RunSheet } from './RunSheet.tsx';
import { resumeShowing } from './resumeShowing.ts';
import { useRun } from './runStore.ts';

/**
 * Everything of a run that stands above the views, mounted once: the run sheet, the consent of the browser host, and the
 * ears for the host's pushes.
 */
export function RunDialogs() {
  const sheet = useRun((run) => run.sheet);
  const consent = useRun((run) => run.consents[0]);
  const activeId = useDocuments((documents) => documents.activeId);
  const isHistory = useUi((ui) => ui.view === 'history');
  const isCompare = useUi((ui) => ui.view === 'compare');
  const pipelineName = useDocuments((documents) => activePipeline(documents)?.name ?? '');

  useEffect(followExecutions, []);
  useEffect(
    () => onPush('consentRequested', (asked) => useRun.setState((run) => ({ consents: [...run.consents, asked] }))),
    [],
  );
  useEffect(() => {
    setPlace(isHistory ? HISTORY_PLACE : isCompare ? COMPARE_PLACE : (activeId ?? ''));
    if (!isHistory && !isCompare && activeId) void resumeShowing(activeId);
  }, [isHistory, isCompare, activeId]);
  useEffect(() => (pipelineName === '' ? undefined : followPipeline(pipelineName)), [pipelineName]);
  useEffect(
    () =>
      useDocuments.subscribe((now, before) => {
        if (now.tabs === before.tabs) return;
        for (const { documentId } of before.tabs)
          if (!now.tabs.some((tab) => tab.documentId === documentId)) leavePlace(documentId);
      }),
    [],
  );

  return (
    <>
      <RunAnnouncer />
      {sheet && <RunSheet documentId={sheet.documentId} missing={sheet.missing} asksAll={sheet.asksAll} />}
      {consent && <ConsentDialog key={consent.consentId} consent={consent} />}
    </>
  );
}
