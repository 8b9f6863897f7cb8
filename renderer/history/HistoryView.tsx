import { ExecutionPage } from './ExecutionPage.tsx';
import { ExecutionsList } from './ExecutionsList.tsx';
import { useHistory } from './historyStore.ts';

/** Executions of all pipelines; opened, one shows itself on its own canvas. */
export function HistoryView() {
  const openId = useHistory((history) => history.openId);
  return openId === null ? <ExecutionsList /> : <ExecutionPage pipelineExecutionId={openId} />;
}
