import { create } from 'zustand';
import type { TriggerState } from '../../shared/ipc/contract.ts';
import { toProblem } from '../../shared/problem.ts';
import { client } from '../bridge.ts';
import { activeTab, type DocumentsState, sidecarSaved, tabById, useDocuments } from '../state/documentStore.ts';
import { showExecution } from '../state/executionStore.ts';
import { notify, notifyFailure, showView } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/** What the host watches for this window's documents, by the path of the pipeline file. */
export interface TriggersState {
  states: Readonly<Record<string, TriggerState>>;
  /** The document that is being armed or disarmed. */
  busyId: string | null;
}

export const useTriggers = create<TriggersState>()(() => ({ states: {}, busyId: null }));

export const triggerStateOf =
  (path: string | undefined) =>
  ({ states }: TriggersState): TriggerState | undefined =>
    path ? states[path] : undefined;
export const activePath = (documents: DocumentsState): string => activeTab(documents)?.path ?? '';

/** Takes what the host says of a file. An execution that an event started is told of, once. */
export function takeTriggerState(state: TriggerState): void {
  if (state.path === '') return;
  const before = useTriggers.getState().states[state.path]?.last?.pipelineExecutionId;
  useTriggers.setState(({ states }) => ({ states: { ...states, [state.path]: state } }));
  const { last } = state;
  const tab = useDocuments.getState().tabs.find(({ path }) => path === state.path);
  if (!tab || last?.pipelineExecutionId === undefined || last.pipelineExecutionId === before) return;
  const { pipelineExecutionId } = last;
  notify({
    kind: 'info',
    text: last.what,
    action: {
      label: strings.triggers.arm.show,
      run: () => {
        useDocuments.setState({ activeId: tab.documentId });
        showView('design');
        showExecution(pipelineExecutionId);
      },
    },
  });
}

/** The same from a menu or the command palette, where a refusal becomes a notice. */
export async function armByCommand(documentId: string, armed: boolean): Promise<void> {
  const refusal = await armTriggers(documentId, armed);
  if (refusal !== '') notify({ kind: 'error', text: refusal });
}

/** Asks the host what it watches for a document. */
export async function refreshTriggerState(documentId: string): Promise<void> {
  try {
    takeTriggerState(await client.triggerState({ documentId }));
  } catch (error) {
    notifyFailure('trigger.state', error);
  }
}

/**
 * Arms or disarms the triggers of a document. Bindings that only the window knows are saved first: the host reads the files.
 * Answers why it was refused, for whoever asked to show; '' = done.
 */
export async function armTriggers(documentId: string, armed: boolean): Promise<string> {
  const tab = tabById(documentId)(useDocuments.getState());
  if (!tab || useTriggers.getState().busyId !== null) return '';
  useTriggers.setState({ busyId: documentId });
  try {
    const { sidecar } = tab;
    if (tab.path !== '' && sidecar !== tab.savedSidecar) {
      await client.saveSidecar({ documentId, sidecar });
      sidecarSaved(documentId, sidecar);
    }
    takeTriggerState(await client.armTriggers({ documentId, armed }));
    const { triggersArmed: _, ...rest } = sidecar;
    sidecarSaved(documentId, armed ? { ...rest, triggersArmed: true } : rest);
    return '';
  } catch (error) {
    const { code, what, fix } = toProblem('trigger.arm', error);
    if (code === 'trust.refused') return strings.triggers.arm.refused;
    return `${what} ${fix}`;
  } finally {
    useTriggers.setState({ busyId: null });
  }
}
