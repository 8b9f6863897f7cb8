import { client } from '../bridge.ts';
import { canvas } from '../canvas/canvasStore.ts';
import { openExecution } from '../history/historyStore.ts';
import { isRefusal, tellRefusal } from '../run/runPipeline.ts';
import { chooseLog } from '../run/runStore.ts';
import { activeTab, isSound, setSidecar, tabById, useDocuments } from '../state/documentStore.ts';
import { HISTORY_PLACE, isShownRunning, showExecution, useExecution } from '../state/executionStore.ts';
import { notifyFailure } from '../state/uiStore.ts';
import { strings } from '../strings/strings.ts';

/** Where the active document pauses at this action; undefined = nowhere. */
export function breakpointOf(where: string): 'before' | 'after' | undefined {
  const breakpoints = activeTab(useDocuments.getState())?.sidecar.breakpoints;
  return breakpoints && Object.hasOwn(breakpoints, where) ? breakpoints[where] : undefined;
}

/** Sets, moves or removes the breakpoint of an action, as one step to undo. Runs that are started from then on obey it. */
export function setBreakpoint(documentId: string, where: string, at: 'before' | 'after' | undefined): void {
  const label = strings.debug.step[at ?? 'remove'](where);
  setSidecar(documentId, label, ({ breakpoints = {}, ...sidecar }) => {
    const { [where]: _, ...others } = breakpoints;
    const after = at ? { ...others, [where]: at } : others;
    return Object.keys(after).length > 0 ? { ...sidecar, breakpoints: after } : sidecar;
  });
}

export const isAction = (where: string): boolean => where.includes('/');

/** Why nothing of the shown execution can be run again from a card now; '' when it can. */
export function reasonAgainstRunningFrom(where: string): string {
  const store = useExecution.getState();
  if (!isAction(where)) return strings.debug.selectFirst;
  if (store.state === undefined) return strings.debug.showFirst;
  if (store.at === 'live' && isShownRunning(store)) return strings.debug.stillRuns;
  return '';
}

/** What of the open document a run from here takes along. In the history there is none: the recorded bindings count. */
function ofDocument(hasText: boolean) {
  const { place } = useExecution.getState();
  const tab = place === HISTORY_PLACE ? undefined : tabById(place)(useDocuments.getState());
  if (!tab) return {};
  const { documentId, sidecar, text } = tab;
  return { documentId, sidecar, ...(hasText && isSound(tab.parsed) && { text }) };
}

async function fork(input: Parameters<typeof client.forkExecution>[0]): Promise<void> {
  try {
    const { pipelineExecutionId } = await client.forkExecution(input);
    chooseLog('');
    if (useExecution.getState().place === HISTORY_PLACE) openExecution(pipelineExecutionId);
    else showExecution(pipelineExecutionId);
  } catch (error) {
    if (isRefusal(error)) tellRefusal();
    else notifyFailure('run.fork', error);
  }
}

/** Starts an execution at an action of the shown one, with what was produced before it; `only` runs nothing else. */
export async function runFrom(where: string, only: boolean): Promise<void> {
  const { state, at } = useExecution.getState();
  const [stageName = '', actionName = ''] = where.split('/', 2);
  if (!state || reasonAgainstRunningFrom(where) !== '') return;
  await fork({
    pipelineExecutionId: state.pipelineExecutionId,
    stageName,
    actionName,
    only,
    ...(at !== 'live' && { seq: at }),
    ...ofDocument(true),
  });
}

/** Starts an execution that stands where the shown one stood at the shown instant, of the definition that it ran. */
export async function forkFromInstant(): Promise<void> {
  const { state, at } = useExecution.getState();
  if (!state || at === 'live') return;
  await fork({ pipelineExecutionId: state.pipelineExecutionId, seq: at, ...ofDocument(false) });
}

/** Where the shown execution is paused right now, first the selected action; undefined = nowhere. */
export function pausedHere(): { stageName: string; actionName: string; pausedAt: 'before' | 'after' } | undefined {
  const { state, at } = useExecution.getState();
  if (!state || at !== 'live') return undefined;
  const all = state.stages.flatMap(({ stageName, paused }) =>
    Object.entries(paused).map(([actionName, { pausedAt }]) => ({ stageName, actionName, pausedAt })),
  );
  return all.find(({ stageName, actionName }) => `${stageName}/${actionName}` === canvas().selected) ?? all[0];
}

/** Lets a paused action pass. Answers whether it did; a refusal has been told. */
export async function continuePaused(
  { stageName, actionName }: { stageName: string; actionName: string },
  { skip = false, variables = {} }: { skip?: boolean; variables?: Readonly<Record<string, string>> } = {},
): Promise<boolean> {
  const { state } = useExecution.getState();
  if (!state) return false;
  const { pipelineExecutionId } = state;
  try {
    await client.continueAction({ pipelineExecutionId, stageName, actionName, skip, variables });
    return true;
  } catch (error) {
    notifyFailure('run.continue', error);
    return false;
  }
}
