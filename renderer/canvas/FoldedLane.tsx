import { memo } from 'react';
import { stageViewOf, useExecution } from '../state/executionStore.ts';
import { strings } from '../strings/strings.ts';
import { ExpandIcon } from '../ui/icons.ts';
import { StatusIcon, statusText } from '../ui/StatusIcon.tsx';
import { canvas, isSelected, select, severityOf, useCanvas } from './canvasStore.ts';
import styles from './FoldedLane.module.css';
import { toggleFold } from './folded.ts';
import { Gate } from './Gate.tsx';
import { type FoldedNode, type NodeProps, styleOf } from './nodes.ts';

/** A stage folded to a strip: its name, how many actions it holds, how it fares. A click on its head unfolds it. */
export const FoldedLane = memo(function FoldedLane({ node }: NodeProps<FoldedNode>) {
  const { stageName, stageIndex, actionCount } = node.data;
  const view = useExecution(stageViewOf(stageName));
  const selected = useCanvas(isSelected(stageName));
  const severity = useCanvas(severityOf(stageName));
  // What is inside cannot be seen: the strip stands for all of it.
  const isBehind = useCanvas(({ stale }) => [...stale].some((where) => where.split('/')[0] === stageName));
  const words = strings.canvas;
  const counted = words.actions(actionCount);
  const unfold = () => {
    const { documentId } = canvas();
    if (documentId) toggleFold(documentId, stageName);
  };
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: the canvas is one tab stop and moves the selection by itself (keyboard.ts)
    <section
      className={`${styles.lane} nopan`}
      style={styleOf(node)}
      data-where={stageName}
      data-selected={selected || undefined}
      data-status={view.status}
      data-stale={isBehind || undefined}
      aria-label={[
        words.lane.name(stageName),
        words.lane.isCollapsed,
        counted,
        statusText(view.status).toLowerCase(),
        ...(severity ? [words.card.hasProblems] : []),
        ...(isBehind ? [words.card.isBehind] : []),
      ].join(', ')}
      title={`${stageName}, ${counted}`}
      onClick={() => select(stageName)}
      onDoubleClick={unfold}
    >
      {stageIndex > 0 && <Gate stageName={stageName} isWaiting={view.status === 'Waiting'} />}
      <button
        type="button"
        tabIndex={-1}
        className={styles.unfold}
        aria-label={words.lane.expand(stageName)}
        title={words.lane.expand(stageName)}
        onClick={unfold}
      >
        <ExpandIcon size={15} aria-hidden="true" />
      </button>
      <span className={styles.state}>
        {view.status !== 'NotStarted' && <StatusIcon status={view.status} size={14} isStill />}
        {severity && <span className={styles.fault} data-severity={severity} />}
      </span>
      <span className={styles.name}>{stageName}</span>
      <span className={styles.count}>{actionCount}</span>
    </section>
  );
});
