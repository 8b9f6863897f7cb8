import { type ExecutionState, isFinished } from '../../shared/execution/executionState.ts';
import { strings } from '../strings/strings.ts';
import { durationText } from '../ui/duration.ts';

export interface End {
  status: 'Succeeded' | 'Stopped' | 'Superseded' | 'Cancelled';
  text: string;
  /** What a reader should know before relying on it; '' for nothing. */
  note: string;
  /** The last stage that was entered: where a stopped execution can be taken up again. */
  stageName: string;
}

/** How an execution ended that did not fail, in a sentence; undefined while it runs, and for a failure (failureOf). */
export function endOf(state: ExecutionState): End | undefined {
  const { status } = state;
  if (!isFinished(state) || state.finishedMono === undefined) return undefined;
  if (status !== 'Succeeded' && status !== 'Stopped' && status !== 'Superseded' && status !== 'Cancelled')
    return undefined;
  const time = durationText(state.finishedMono);
  const texts = strings.run.end;
  const text = texts[status](time);
  const actions = state.stages.flatMap((stage) => stage.actions.filter((action) => action !== undefined));
  const simulated = actions.filter(({ fidelity }) => fidelity === 'simulated').length;
  const skipped = state.stages.reduce((sum, stage) => sum + stage.skipped.length, 0);
  const notes =
    status === 'Succeeded'
      ? [
          simulated > 0 &&
            (simulated === actions.length ? texts.allSimulated : texts.simulated(simulated, actions.length)),
          skipped > 0 && texts.skipped(skipped),
        ]
      : [status === 'Stopped' && (state.stop?.reason ?? '')];
  const note = notes.filter(Boolean).join(' ');
  const stageName = state.stages.findLast((stage) => stage.status !== undefined)?.stageName ?? '';
  return { status, text, note, stageName };
}
