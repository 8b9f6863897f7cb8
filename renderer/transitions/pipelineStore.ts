import { create } from 'zustand';
import type { PipelineState } from '../../shared/ipc/contract.ts';
import { client, onPush } from '../bridge.ts';
import { isRunningStatus, liveStateOf, loadExecution, useExecution } from '../state/executionStore.ts';
import { notifyFailure } from '../state/uiStore.ts';

/** What the host says of pipelines beside their executions: transitions, and who waits at them. By pipeline name. */
export interface PipelinesState {
  states: Readonly<Record<string, PipelineState>>;
  /** The gate whose popover is open, by stage name; '' = none. */
  openGate: string;
}

export const usePipelines = create<PipelinesState>()(() => ({ states: {}, openGate: '' }));

export const setOpenGate = (openGate: string): void => usePipelines.setState({ openGate });

export type StageStateHere = PipelineState['stageStates'][number];
export const stageStateOf =
  (pipelineName: string, stageName: string) =>
  ({ states }: PipelinesState): StageStateHere | undefined =>
    Object.hasOwn(states, pipelineName)
      ? states[pipelineName]?.stageStates.find((stage) => stage.stageName === stageName)
      : undefined;

const MOST_RUNNING = 50;
const asking = new Map<string, { isAgain: boolean }>();

/**
 * Reads the state of a pipeline again, and the executions of it that run and are not known here yet. What is asked for
 * while an answer is under way is asked once more, after it.
 */
export async function refreshPipeline(pipelineName: string): Promise<void> {
  const underWay = asking.get(pipelineName);
  if (underWay) {
    underWay.isAgain = true;
    return;
  }
  const mine = { isAgain: false };
  asking.set(pipelineName, mine);
  try {
    do {
      mine.isAgain = false;
      const state = await client.getPipelineState({ pipelineName });
      usePipelines.setState(({ states }) => ({ states: { ...states, [pipelineName]: state } }));
      await learnRunning(pipelineName);
    } while (mine.isAgain);
  } catch {
    // Without an answer the gates stand as they stood; whoever moves one is told of the refusal.
  } finally {
    asking.delete(pipelineName);
  }
}

/** Executions that were running before this window came are not pushed until something happens to them. */
async function learnRunning(pipelineName: string): Promise<void> {
  const { executions } = await client.listPipelineExecutions({
    pipelineName,
    status: 'InProgress',
    limit: MOST_RUNNING,
  });
  const { notes } = useExecution.getState();
  for (const { pipelineExecutionId, origin } of executions)
    if (origin === 'local' && !notes[pipelineExecutionId]) await loadExecution(pipelineExecutionId);
}

/** Where the executions of a pipeline stand, as one text: another text, another state of its gates. */
const standing = (pipelineName: string): string =>
  Object.values(useExecution.getState().notes)
    .filter((note) => note.pipelineName === pipelineName)
    .map(({ pipelineExecutionId, status }) => {
      const live = isRunningStatus(status) ? liveStateOf(pipelineExecutionId) : undefined;
      return `${pipelineExecutionId} ${status} ${live?.position.at} ${live?.position.stageName} ${live?.waiting?.reason}`;
    })
    .join('\n');

/** Keeps the state of a pipeline current until the returned function is called. */
export function followPipeline(pipelineName: string): () => void {
  void refreshPipeline(pipelineName);
  let before = standing(pipelineName);
  const forgetNotes = useExecution.subscribe((now, then) => {
    if (now.notes === then.notes) return;
    const after = standing(pipelineName);
    if (after === before) return;
    before = after;
    void refreshPipeline(pipelineName);
  });
  const forgetPushes = onPush('pipelineChanged', (changed) => {
    if (changed.pipelineName === pipelineName) void refreshPipeline(pipelineName);
  });
  return () => {
    forgetNotes();
    forgetPushes();
  };
}

/** Closes the gate into a stage. Answers whether it was done; a refusal has been told. */
export async function disableTransition(pipelineName: string, stageName: string, reason: string): Promise<boolean> {
  try {
    await client.disableStageTransition({ pipelineName, stageName, reason });
  } catch (error) {
    notifyFailure('transition.disable', error);
    return false;
  }
  await refreshPipeline(pipelineName);
  return true;
}

export async function enableTransition(pipelineName: string, stageName: string): Promise<boolean> {
  try {
    await client.enableStageTransition({ pipelineName, stageName });
  } catch (error) {
    notifyFailure('transition.enable', error);
    return false;
  }
  await refreshPipeline(pipelineName);
  return true;
}
