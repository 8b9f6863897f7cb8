import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { type Reason, why } from '../../shared/execution/why.ts';
import { eventsOf, liveStateOf, loadExecution, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';

/** Reasons of a state that no longer changes, and of the one that was asked for last. */
const known = new WeakMap<ExecutionState, readonly Reason[]>();

/** Why the shown execution is as it is at the shown instant; none while no execution is shown. */
export function reasonsHere(): readonly Reason[] {
  const { state, at } = useExecution.getState();
  if (state?.status === undefined) return [];
  if (at !== 'live' || isFinished(state)) {
    const before = known.get(state);
    if (before) return before;
    const reasons = said(why(state));
    known.set(state, reasons);
    return reasons;
  }
  return reasonsNow(state);
}

/** In the language of the window. */
const said = (reasons: readonly Reason[]): readonly Reason[] =>
  reasons.map(({ where, text }) => ({ where, text: strings.run.why.text(text) }));

/** Why an execution is as it is now. What it waits for is done by the other executions of its pipeline. */
function reasonsNow(state: ExecutionState): readonly Reason[] {
  const { notes, clockNow } = useExecution.getState();
  const others = Object.values(notes)
    .filter(
      (note) => note.pipelineName === state.pipelineName && note.pipelineExecutionId !== state.pipelineExecutionId,
    )
    .flatMap(({ pipelineExecutionId }) => liveStateOf(pipelineExecutionId) ?? [])
    .filter((other) => other.status !== undefined);
  return said(why(state, others, clockNow));
}

/** Sentences for one place: '' (the execution), 'Stage', 'Stage/Action'. */
export const reasonsAt = (where: string): string[] =>
  reasonsHere()
    .filter((reason) => reason.where === where)
    .map(({ text }) => text);

/** A tooltip that says why: `name` on its first line. Made when it is asked for, not with every change of state. */
export const withReasons = (name: string, where: string): string => [name, ...reasonsAt(where)].join('\n');

/** No tooltip needs more. */
const MOST_BESIDE = 8;

/** Why an execution that runs beside the shown one stands where it stands: the first sentences. */
export function reasonsBeside(pipelineExecutionId: string): string[] {
  const state = liveStateOf(pipelineExecutionId);
  if (state?.status === undefined) return [];
  return reasonsNow(state)
    .slice(0, MOST_BESIDE)
    .map(({ text }) => text);
}

/** Why an execution of the list is as it is, in its first sentence; '' when its events cannot be read. */
export async function reasonOf(pipelineExecutionId: string): Promise<string> {
  try {
    if (eventsOf(pipelineExecutionId).length === 0) await loadExecution(pipelineExecutionId);
  } catch {
    return '';
  }
  const state = liveStateOf(pipelineExecutionId);
  return state?.status === undefined ? '' : (said(why(state))[0]?.text ?? '');
}
