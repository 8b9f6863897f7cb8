import { runningActionsOf, waitsForApproval } from '../../shared/execution/executionState.ts';
import { reasonsBeside } from '../run/whyHere.ts';
import { activePipeline, useDocuments } from '../state/documentStore.ts';
import { isRunningStatus, liveStateOf, showExecution, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { type ShownStatus, StatusIcon } from '../ui/StatusIcon.tsx';
import styles from './ExecutionsStrip.module.css';
import { Origin, originOf } from './Origin.tsx';
import { placeText } from './placeText.ts';

/** Why it stands where it stands: asked for only where somebody looks. */
const tellWhy =
  (pipelineExecutionId: string) =>
  ({ currentTarget }: { currentTarget: HTMLElement }): void => {
    currentTarget.title = [...reasonsBeside(pipelineExecutionId), pipelineExecutionId].join('\n');
  };

/**
 * Above the canvas, while there is something to say: the executions of this pipeline that run beside the shown one, each a
 * button that shows it; and where the shown one came from when it is a rollback or a fork.
 */
export function ExecutionsStrip() {
  const pipelineName = useDocuments((documents) => activePipeline(documents)?.name ?? '');
  const notes = useExecution((store) => store.notes);
  const shownId = useExecution((store) => store.shownId);
  const state = useExecution((store) => store.state);
  const running = Object.values(notes)
    .filter((note) => note.pipelineName === pipelineName && isRunningStatus(note.status))
    .flatMap(({ pipelineExecutionId }) => liveStateOf(pipelineExecutionId) ?? [])
    .toSorted((a, b) => a.startNumber - b.startNumber);
  const hasOthers = running.some(({ pipelineExecutionId }) => pipelineExecutionId !== shownId);
  const hasOrigin = state !== undefined && originOf(state) !== undefined;
  if (!hasOthers && !hasOrigin) return null;
  return (
    <div className={styles.strip}>
      {hasOrigin && <Origin state={state} onShow={showExecution} />}
      {hasOthers && (
        <>
          <span className={styles.label}>{strings.executions.run(running.length)}</span>
          <ul className={styles.list} aria-label={strings.executions.list}>
            {running.map((one) => {
              const isWaiting = one.position.at === 'entrance' || runningActionsOf(one).some(waitsForApproval);
              const isPaused = one.stages.some(({ paused }) => Object.keys(paused).length > 0);
              const status: ShownStatus = isPaused ? 'Paused' : isWaiting ? 'Waiting' : 'InProgress';
              return (
                <li key={one.pipelineExecutionId}>
                  <button
                    type="button"
                    className={styles.one}
                    aria-pressed={one.pipelineExecutionId === shownId}
                    title={one.pipelineExecutionId}
                    onPointerEnter={tellWhy(one.pipelineExecutionId)}
                    onFocus={tellWhy(one.pipelineExecutionId)}
                    onClick={() => showExecution(one.pipelineExecutionId)}
                  >
                    <StatusIcon status={status} size={13} isStill />
                    <strong>{one.startNumber}</strong> {placeText(one)}
                  </button>
                </li>
              );
            })}
          </ul>
        </>
      )}
    </div>
  );
}
